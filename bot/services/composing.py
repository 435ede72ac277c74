"""An event as its reports make it now: its mentions, and what readers see of it. No I/O."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bot.core import shown
from bot.core.names import fold_title
from bot.core.offering import Candidate, offered
from storage.entities import Article
from storage.events import NewMention, ShownEvent
from storage.model import Account, Evidence, PageHead, Report


@dataclass(frozen=True)
class Draft:
    """An event as its reports make it now."""

    leading: Report
    account: Account
    day: date
    reports: Sequence[Report]
    visible: shown.Accounts

    @cached_property
    def accounts(self) -> list[Account]:
        """What is shown of its reports, the leading one's first."""
        others = [each for _, each in self.visible if each is not self.account]
        return [self.account, *others]

    @cached_property
    def named(self) -> list[shown.Named]:
        """The articles that it names."""
        return shown.named_articles(self.visible)


def draft_of(reports: Sequence[Report]) -> Draft | None:
    """The event that reports make; None where nothing is shown of any yet."""
    leading = shown.leading_report(reports)
    day = shown.first_day(reports)
    if leading is None or leading.standing.shown is None or day is None:
        return None
    visible = shown.visible_accounts(reports, leading)
    return Draft(leading, leading.standing.shown, day, reports, visible)


def mentions_of(draft: Draft, articles: Mapping[str, Article]) -> list[NewMention]:
    """The mentions to keep: each entity once for each kind of evidence, and which report brought
    it where the leading one names it in no such way."""
    alike: dict[tuple[int, bool], list[shown.Named]] = defaultdict(list)
    for item in draft.named:
        entity_id = articles[item.link.target].entity_id
        alike[entity_id, item.evidence is Evidence.TOPIC].append(item)
    unique: dict[tuple[int, str], NewMention] = {}
    for item in draft.named:
        article = articles[item.link.target]
        key = (article.entity_id, item.evidence)
        if key not in unique:
            named = alike[article.entity_id, item.evidence is Evidence.TOPIC]
            is_leading = shown.is_named_by(named, draft.leading, draft.account)
            by = None if is_leading else item.report_id
            words = item.link.words
            unique[key] = NewMention(article.entity_id, article.id, item.evidence, words, by)
    return list(unique.values())


def names_of(
    draft: Draft,
    mentions: Sequence[NewMention],
    articles: Mapping[str, Article],
    followed: Collection[int],
) -> tuple[object, ...]:
    """What alerts show of an event's mentions: those of whom anybody follows, with the headline
    that brought them; and whom of the others, named in its own text, they offer to follow."""
    surest: dict[int, NewMention] = {}
    for mention in mentions:
        surest.setdefault(mention.entity_id, mention)
    told = {report.id: account for report, account in draft.visible}
    titles = {fold_title(item.link.target) for item in draft.named}
    hits = [
        (
            number,
            *shown.said_by(each.evidence, each.words, titles),
            shown.headline(told[each.brought_by]) if each.brought_by in told else None,
        )
        for number, each in surest.items()
        if number in followed
    ]
    # But for topics: the portal moves events beneath others, which is worth no edit.
    called = {articles[item.link.target].id: item.link.target for item in draft.named}
    own = [
        Candidate(number, called[each.article_id], each.evidence, each.words)
        for number, each in surest.items()
        if each.evidence is not Evidence.TOPIC
    ]
    return hits, offered(own, (), followed)


def shown_event(
    draft: Draft,
    mentions: Sequence[NewMention],
    page: str | None,
    heads: Mapping[str, PageHead],
    names: tuple[object, ...],
) -> ShownEvent:
    """What readers see of it, with its mentions, the portal page that lists it, the heads of the
    pages that it cites (by canonical URL), and what alerts show of whom it names."""
    account = draft.account
    topics = tuple(topic.text for topic in account.topics)
    category = shown.category(draft.accounts)
    # In the order of the reports: what leads may change, the order of the sources need not.
    citations = shown.citations([each for _, each in draft.visible], heads)
    cover = shown.cover(draft.accounts, heads)
    withdrawn = not draft.leading.standing.visible
    entities = sorted((mention.entity_id, mention.evidence.value) for mention in mentions)
    return ShownEvent(
        day=draft.day,
        title=account.text,
        category=category,
        topics=topics,
        citations=citations,
        page=page,
        language=account.language,
        summary=cover.summary,
        picture=cover.picture,
        withdrawn=withdrawn,
        searchable=shown.searchable(draft.accounts),
        fingerprint=shown.fingerprint(
            draft.day, account.text, category, topics, citations, entities, withdrawn, cover
        ),
        # Alerts show no topics, and other reports' words only where these bring a name.
        alert_fingerprint=shown.fingerprint(
            draft.day,
            page,
            account.language,
            account.text,
            category.casefold(),
            citations,
            withdrawn,
            cover,
            names,
        ),
    )
