"""Events put together anew from what is shown of their reports, and announced."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from bot.core.links import canonical_url
from bot.core.names import fold
from bot.core.schedule import TOO_OLD
from bot.services.composing import Draft, draft_of, mentions_of, names_of, shown_event
from bot.services.naming import LANGUAGE, title_of
from bot.sources.wikipedia import PORTALS, page_title
from storage.database import Transaction
from storage.entities import Article, Use
from storage.events import ShownEvent
from storage.model import PORTAL, Evidence, PageHead, Report, Telling


async def refresh_events(
    tx: Transaction,
    changed: Sequence[Report],
    at: datetime,
    alone: Collection[int] = frozenset(),
    joined: Collection[int] = frozenset(),
) -> list[int]:
    """Put together anew the events of reports that changed; the ids of those that readers
    see changed. Events ``alone`` are new, and have no other report than the one that changed;
    reports ``joined`` are shown for the first time.

    Each entity that an event newly names is announced, once for ever, as the report that
    names it may be told (``Report.telling``); one announced to nobody is again, once, where a
    report that may push joins the event and names it.
    """
    if not changed:
        return []
    reports = await _reports(tx, changed, alone)
    drafts = {event_id: draft for event_id in reports if (draft := draft_of(reports[event_id]))}
    articles = await _articles(tx, list(drafts.values()))
    heads = await _heads(tx, drafts.values())
    mentions = {number: mentions_of(draft, articles) for number, draft in drafts.items()}
    followed = await tx.events.followed({each.entity_id for m in mentions.values() for each in m})
    listed = [draft.leading for draft in drafts.values() if draft.leading.kind == PORTAL]
    pages = await tx.sources.page_names(report.page_id for report in listed)
    events = {
        number: shown_event(
            draft,
            mentions[number],
            _page(draft, pages),
            heads,
            names_of(draft, mentions[number], articles, followed),
        )
        for number, draft in drafts.items()
    }
    visible = await tx.events.show(events, at)
    known = {
        n: draft for n, draft in drafts.items() if n not in alone and _is_recent(events[n], at)
    }
    await tx.events.announce_louder(_told(known, articles, joined), at)
    days = {number: events[number].day for number in visible}
    new = await tx.events.set_mentions({number: mentions[number] for number in visible}, days)
    drafts = {number: drafts[number] for number in visible}
    await _note_uses(tx, drafts, articles, new)
    recent = {n: draft for n, draft in drafts.items() if _is_recent(events[n], at)}
    await _announce(tx, recent, articles, new, at)
    # Nobody was asked yet about events that are new.
    await tx.outbox.mark_reworded([number for number in recent if number not in alone])
    return visible


async def _reports(
    tx: Transaction, changed: Sequence[Report], alone: Collection[int]
) -> dict[int, list[Report]]:
    """All reports of the events of some, by event, what came first before the others."""
    single = {report.event_id: [report] for report in changed if report.event_id in alone}
    events = {report.event_id for report in changed}
    found = single | await tx.reports.of_events(events.difference(single))
    return dict(sorted(found.items(), key=lambda item: item[1][0].id))


def _page(draft: Draft, pages: Mapping[int, str]) -> str | None:
    """The full title of the portal page that lists the event."""
    if draft.leading.kind != PORTAL:
        return None
    return page_title(pages[draft.leading.page_id], PORTALS[draft.account.language])


async def _heads(tx: Transaction, drafts: Iterable[Draft]) -> dict[str, PageHead]:
    """The heads of the pages that the drafts cite, by canonical URL, as far as read."""
    cited = (item.url for draft in drafts for each in draft.accounts for item in each.citations)
    return await tx.heads.of({canonical_url(url) for url in cited})


async def _articles(tx: Transaction, drafts: Sequence[Draft]) -> dict[str, Article]:
    """The articles that the drafts name, by title."""
    titles = dict.fromkeys(item.link.target for draft in drafts for item in draft.named)
    return await tx.entities.articles(LANGUAGE, [title_of(title) for title in titles])


async def _note_uses(
    tx: Transaction,
    drafts: Mapping[int, Draft],
    articles: Mapping[str, Article],
    new: Mapping[int, frozenset[int]],
) -> None:
    """Count the words whose links led to the entities that are new to the events."""
    uses: Counter[tuple[int, str]] = Counter()
    for number, draft in drafts.items():
        for item in draft.named:
            entity_id = articles[item.link.target].entity_id
            # What was found by its words says nothing new of what these words mean.
            if entity_id in new[number] and item.evidence is not Evidence.ALIAS:
                uses[entity_id, item.link.words] += 1
    counted = [
        Use(entity_id, words, folded, count)
        for (entity_id, words), count in uses.items()
        if (folded := fold(words))
    ]
    await tx.entities.note_uses(LANGUAGE, counted)


async def _announce(
    tx: Transaction,
    drafts: Mapping[int, Draft],
    articles: Mapping[str, Article],
    new: Mapping[int, frozenset[int]],
    at: datetime,
) -> None:
    told: dict[tuple[int, int], Telling] = {}
    for number, draft in drafts.items():
        tellings = {report.id: report.telling for report in draft.reports}
        for item in draft.named:
            entity_id = articles[item.link.target].entity_id
            if entity_id in new[number]:
                _take_louder(told, (number, entity_id), tellings[item.report_id])
    await tx.events.announce(told, at)


def _told(
    drafts: Mapping[int, Draft], articles: Mapping[str, Article], joined: Collection[int]
) -> dict[tuple[int, int], Telling]:
    """Whom the reports ``joined`` name that may push, and in which events."""
    told: dict[tuple[int, int], Telling] = {}
    for number, draft in drafts.items():
        loud = {
            report.id: report.telling
            for report in draft.reports
            if report.id in joined and report.telling is not Telling.SILENT
        }
        for item in draft.named if loud else ():
            if item.report_id in loud:
                entity_id = articles[item.link.target].entity_id
                _take_louder(told, (number, entity_id), loud[item.report_id])
    return told


def _take_louder(
    told: dict[tuple[int, int], Telling], named: tuple[int, int], telling: Telling
) -> None:
    # One report that may push is enough.
    told[named] = min(telling, told.get(named, telling), key=list(Telling).index)


def _is_recent(event: ShownEvent, at: datetime) -> bool:
    """Whether anybody may be told of an event yet."""
    return event.day >= (at - TOO_OLD).date()
