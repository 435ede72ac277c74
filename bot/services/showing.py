"""Events put together anew from what is shown of their reports, and announced."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core import shown
from bot.core.names import fold, fold_title, twin_key
from bot.core.schedule import TOO_OLD
from bot.sources.wikipedia import PORTALS, page_title
from storage.database import Transaction
from storage.entities import Article, Title, Use
from storage.events import NewMention, ShownEvent
from storage.model import Account, Report, Telling


@dataclass(frozen=True)
class _Draft:
    """An event as its reports make it now."""

    leading: Report
    account: Account
    reports: Sequence[Report]
    named: Sequence[shown.Named]


async def refresh_events(tx: Transaction, changed: Sequence[Report], at: datetime) -> list[int]:
    """Put together anew the events of reports that changed; the ids of those that readers
    see changed.

    Each entity that an event newly names is announced, once for ever, as the report that
    names it may be told (``Report.telling``).
    """
    if not changed:
        return []
    reports = await tx.reports.of_events({report.event_id for report in changed})
    drafts = {event_id: draft for event_id in reports if (draft := _draft(reports[event_id]))}
    articles = await _articles(tx, list(drafts.values()))
    mentions = {number: _mentions(draft, articles) for number, draft in drafts.items()}
    pages = await tx.sources.page_names(draft.leading.page_id for draft in drafts.values())
    events = {
        number: _shown_event(draft, mentions[number], pages[draft.leading.page_id])
        for number, draft in drafts.items()
    }
    visible = await tx.events.show(events, at)
    days = {number: events[number].day for number in visible}
    new = await tx.events.set_mentions({number: mentions[number] for number in visible}, days)
    drafts = {number: drafts[number] for number in visible}
    await _note_uses(tx, drafts, articles, new)
    recent = {n: draft for n, draft in drafts.items() if days[n] >= (at - TOO_OLD).date()}
    await _announce(tx, recent, articles, new, at)
    await tx.outbox.mark_reworded(list(recent))
    return visible


def _draft(reports: Sequence[Report]) -> _Draft | None:
    leading = shown.leading_report(reports)
    if leading is None or leading.standing.shown is None:
        return None
    return _Draft(leading, leading.standing.shown, reports, shown.named_articles(reports))


async def _articles(tx: Transaction, drafts: Sequence[_Draft]) -> dict[tuple[str, str], Article]:
    """The articles that the drafts name, by language and title."""
    found: dict[tuple[str, str], Article] = {}
    for language in {draft.account.language for draft in drafts}:
        named = (d.named for d in drafts if d.account.language == language)
        titles = dict.fromkeys(item.link.target for items in named for item in items)
        keys = [Title(title, twin_key(title), fold_title(title)) for title in titles]
        articles = await tx.entities.articles(language, keys)
        found |= {(language, title): article for title, article in articles.items()}
    return found


def _mentions(draft: _Draft, articles: Mapping[tuple[str, str], Article]) -> list[NewMention]:
    """The mentions to keep: each entity once for each kind of evidence."""
    unique: dict[tuple[int, str], NewMention] = {}
    for item in draft.named:
        article = articles[draft.account.language, item.link.target]
        mention = NewMention(article.entity_id, article.id, item.evidence, item.link.words)
        unique.setdefault((article.entity_id, item.evidence), mention)
    return list(unique.values())


def _shown_event(draft: _Draft, mentions: Sequence[NewMention], page: str) -> ShownEvent:
    account = draft.account
    topics = tuple(topic.text for topic in account.topics)
    accounts = [each for _, each in shown.visible_accounts(draft.reports)]
    citations = shown.citations(accounts)
    withdrawn = not draft.leading.standing.visible
    entities = sorted((mention.entity_id, mention.evidence.value) for mention in mentions)
    return ShownEvent(
        day=account.day,
        title=account.text,
        category=account.category,
        topics=topics,
        citations=citations,
        page=page_title(page, PORTALS[account.language]),
        language=account.language,
        withdrawn=withdrawn,
        searchable=shown.searchable(account),
        fingerprint=shown.fingerprint(
            account.day, account.text, account.category, topics, citations, entities, withdrawn
        ),
    )


async def _note_uses(
    tx: Transaction,
    drafts: Mapping[int, _Draft],
    articles: Mapping[tuple[str, str], Article],
    new: Mapping[int, frozenset[int]],
) -> None:
    """Count the words that stood for the entities that are new to the events."""
    counted: dict[str, Counter[tuple[int, str]]] = {}
    for number, draft in drafts.items():
        language = draft.account.language
        for item in draft.named:
            entity_id = articles[language, item.link.target].entity_id
            if entity_id in new[number]:
                counted.setdefault(language, Counter())[entity_id, item.link.words] += 1
    for language, uses in counted.items():
        await tx.entities.note_uses(
            language,
            [
                Use(entity_id, words, folded, count)
                for (entity_id, words), count in uses.items()
                if (folded := fold(words))
            ],
        )


async def _announce(
    tx: Transaction,
    drafts: Mapping[int, _Draft],
    articles: Mapping[tuple[str, str], Article],
    new: Mapping[int, frozenset[int]],
    at: datetime,
) -> None:
    loudness = list(Telling)
    told: dict[tuple[int, int], Telling] = {}
    for number, draft in drafts.items():
        tellings = {report.id: report.telling for report in draft.reports}
        for item in draft.named:
            entity_id = articles[draft.account.language, item.link.target].entity_id
            if entity_id in new[number]:
                telling = tellings[item.report_id]
                known = told.get((number, entity_id), telling)
                # One report that may push is enough.
                told[number, entity_id] = min(telling, known, key=loudness.index)
    await tx.events.announce(told, at)
