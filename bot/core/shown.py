"""What readers see of an event, put together from what is shown of its reports."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from bot.core.categories import heading
from bot.core.identity import likenesses
from bot.core.links import canonical_url
from bot.core.literal import level, occurs
from bot.core.names import fold
from bot.core.repeating import says_more
from bot.core.sentences import split_first
from storage.model import PORTAL, Account, Citation, Evidence, Link, Mention, PageHead, Report


@dataclass(frozen=True)
class Named:
    """An article that an event names: by which link, and whether in its text or above it."""

    link: Link
    evidence: Evidence
    report_id: int


# More reports are not compared with each other: what the middle of these is will do.
COMPARED = 24


def leading_report(reports: Sequence[Report]) -> Report | None:
    """The report whose words stand for the event: of those that are visible, else of those
    that ever were, the portal's oldest; without one the most central, the oldest of equals."""
    shown = [report for report in reports if report.standing.shown]
    standing = [report for report in shown if report.standing.visible] or shown
    listed = [report for report in standing if report.kind == PORTAL]
    return listed[0] if listed else _most_central(standing[:COMPARED])


def _most_central(reports: Sequence[Report]) -> Report | None:
    """The report that is most alike the others, by Dice's coefficient of their words."""
    if len(reports) < 3:
        return next(iter(reports), None)
    texts = [report.standing.shown.full_text if report.standing.shown else "" for report in reports]
    likeness = likenesses(texts)
    return reports[likeness.index(max(likeness))]


def first_day(reports: Sequence[Report]) -> date | None:
    """The day of an event: its portal page's, else the UTC day of its first report."""
    shown = [(report, report.standing.shown) for report in reports if report.standing.shown]
    visible = [pair for pair in shown if pair[0].standing.visible] or shown
    listed = [account.day for report, account in visible if report.kind == PORTAL]
    return next(iter(listed or [account.day for _, account in shown]), None)


# Reports with what is shown of them.
Accounts = Sequence[tuple[Report, Account]]


def visible_accounts(
    reports: Sequence[Report], leading: Report | None = None
) -> list[tuple[Report, Account]]:
    """The accounts that make up an event now; its last one where all are withdrawn. ``leading``
    is its ``leading_report``, where that is known already."""
    leading = leading or leading_report(reports)
    return [
        (report, report.standing.shown)
        for report in reports
        if report.standing.shown and (report.standing.visible or report is leading)
    ]


def others_told(reports: Sequence[Report], title: str) -> tuple[Account, ...]:
    """What the reports of an event say now in other words than its ``title`` and each other, the
    newest first."""
    told: dict[str, Account] = {}
    for _, account in reversed(visible_accounts(reports)):
        told.setdefault(fold(account.text), account)
    told.pop(fold(title), None)
    return tuple(told.values())


def citations(
    accounts: Sequence[Account], heads: Mapping[str, PageHead] = MappingProxyType({})
) -> tuple[Citation, ...]:
    """All source links in the order of the reports, each article once, with its language as
    far as its report or its page's head (by canonical URL) tells it."""
    unique: dict[str, Citation] = {}
    for item in (item for account in accounts for item in account.citations):
        key = canonical_url(item.url)
        known = unique.setdefault(key, item)
        if item.language and not known.language:
            unique[key] = replace(known, language=item.language)
    return tuple(_with_language(item, heads.get(key)) for key, item in unique.items())


def _with_language(citation: Citation, head: PageHead | None) -> Citation:
    if citation.language or head is None:
        return citation
    return replace(citation, language=head.language)


@dataclass(frozen=True)
class Cover:
    """What an event is told by beside its title."""

    summary: str = ""
    picture: str | None = None


def cover(accounts: Sequence[Account], heads: Mapping[str, PageHead]) -> Cover:
    """The first summary and the first picture: of the accounts themselves (the leading one
    first), else of the pages that they cite, by the heads of these (by canonical URL).

    A summary that only repeats the title is none, and one in another language than the title
    is no summary for its readers.
    """
    cited = [heads.get(canonical_url(item.url)) for each in accounts for item in each.citations]
    read = [head for head in cited if head]
    language = accounts[0].language
    summaries = [
        *(each.summary for each in accounts if each.language == language),
        *(head.description for head in read if head.language in ("", language)),
    ]
    pictures = [*(each.picture for each in accounts), *(head.picture for head in read)]
    return Cover(
        next((text for text in summaries if says_more(text, accounts[0].text, language)), ""),
        next(filter(None, pictures), None),
    )


def category(accounts: Sequence[Account]) -> str:
    """The first category that an account gives, as the portal names it today, the leading
    one's first; "" if none does."""
    return next(filter(None, (heading(each.category) for each in accounts)), "")


def named_articles(accounts: Accounts) -> list[Named]:
    """What the event of these (its ``visible_accounts``) names: the links of its own texts
    first, then what they name in full, then the links of the topics above them.

    A topic without a link is named by its own words.
    """
    own = [
        Named(link, Evidence.LINK, report.id)
        for report, account in accounts
        for link in account.links
    ]
    in_words = [
        Named(name, Evidence.ALIAS, report.id)
        for report, account in accounts
        for name in _but_linked(account)
    ]
    above = [
        Named(link, Evidence.TOPIC, report.id)
        for report, account in accounts
        for topic in account.topics
        for link in topic.links or (Link(topic.text, topic.text),)
    ]
    return [*own, *in_words, *above]


def _but_linked(account: Account) -> Iterator[Link]:
    """What an account names in full, but for what a link says by now: whom it means."""
    words = {link.words for link in account.links}
    titles = {link.target for link in account.links}
    return (x for x in account.names if x.words not in words and x.target not in titles)


def said_by(evidence: Evidence, words: str, titles: Collection[str]) -> tuple[str, str]:
    """By what an alert says that its event names an entity: the kind of evidence, and the words
    where it quotes them. A name that is one of the ``titles`` (folded) of what the event names
    is shown as a link is."""
    if evidence is not Evidence.ALIAS:
        return evidence.value, ""
    return (Evidence.LINK.value, "") if fold(words) in titles else (evidence.value, words)


def is_named_by(named: Sequence[Named], leading: Report, account: Account) -> bool:
    """Whether the leading report of an event (what is shown of it) has one of these mentions of
    one article, or its text the words or the title of one."""
    if any(item.report_id == leading.id for item in named):
        return True
    text = level(account.text)
    words = dict.fromkeys(each for item in named for each in (item.link.words, item.link.target))
    return any(occurs(level(each), text) for each in words)


def bringer(mentions: Iterable[Mention]) -> int | None:
    """The report whose words an alert shows beside the leading one's, as these name none of its
    ``mentions`` (the surest of an entity first); None where they do, or there is none."""
    surest: dict[int, Mention] = {}
    for mention in mentions:
        surest.setdefault(mention.entity.id, mention)
    brought = [mention.brought_by for mention in surest.values()]
    return None if None in brought else next(iter(brought), None)


def headline(account: Account) -> tuple[str, Citation | None]:
    """An account's first sentence, and the first of its sources that has a name."""
    named = (citation for citation in account.citations if citation.publisher.strip())
    return split_first(account.text)[0], next(named, None)


def searchable(accounts: Iterable[Account]) -> str:
    """The folded words by which an event is found: of all its accounts their own, those of
    their links and those above; what several say alike stands once."""
    texts = dict.fromkeys(text for account in accounts for text in _texts(account) if text)
    return fold(" ".join(texts))


def _texts(account: Account) -> Iterator[str]:
    yield from (account.text, account.summary, account.category)
    yield from (topic.text for topic in account.topics)
    yield from (link.target for link in account.links if link.target not in account.text)


def fingerprint(*parts: object) -> str:
    """A digest that differs whenever one of the parts does."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
