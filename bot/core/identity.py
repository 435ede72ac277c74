"""Which known report is this one? Which known event does it belong to?

A wrong merge hides news and a split only repeats it: where the evidence is thin, split.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from bot.core.conflicts import places_conflict, texts_conflict
from bot.core.links import canonical_url, is_front_page
from storage.model import Account

# Two wordings of one report share most of their words; two reports of one day seldom
# share a third. Measured on the portal's pages of April to October 2017.
SAME_REPORT_LIKENESS = 0.5
# A link cited by this many unlike events is a live page or an overview: no evidence.
COMMON_LINK_EVENTS = 3


@dataclass(frozen=True)
class KnownReport:
    """A report as its page last showed it. ``urls`` are those of all its wordings."""

    id: int
    text: str
    urls: frozenset[str]
    present: bool


@dataclass(frozen=True)
class Neighbour:
    """A report of the same or a neighbouring page that shares a link with a new one."""

    event_id: int
    account: Account
    urls: frozenset[str]
    present: bool


def evidence_urls(account: Account) -> frozenset[str]:
    """The canonical URLs that an account cites, front pages left out."""
    urls = (citation.url for citation in account.citations)
    return frozenset(canonical_url(url) for url in urls if not is_front_page(url))


def match_reports(known: Sequence[KnownReport], seen: Sequence[Account]) -> list[int | None]:
    """For each account of a page's new version the known report that it continues.

    One to one: the same words first, then by shared link, then by likeness of text;
    within each the likest pair first, reports still on the page before those gone. Which
    of equals comes first is decided by what they say, not by where they stand.
    """
    urls = [evidence_urls(account) for account in seen]
    pairs = [
        (rank, account.text, sorted(urls[index]), index, report.id)
        for (index, account), report in product(enumerate(seen), known)
        if (rank := _rank(report, account.text, urls[index])) is not None
    ]
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for *_, index, report_id in sorted(pairs):
        if index not in matched and report_id not in taken:
            matched[index] = report_id
            taken.add(report_id)
    return [matched.get(index) for index in range(len(seen))]


def _rank(report: KnownReport, text: str, urls: frozenset[str]) -> tuple[float, ...] | None:
    """How well an account continues a report (less is better), or None."""
    same = report.text == text
    shared = not report.urls.isdisjoint(urls)
    likeness = 1.0 if same else text_likeness(report.text, text)
    if not (same or shared or _is_rewording(likeness, report.text, text)):
        return None
    return (-(same and shared), -same, -shared, -likeness, -report.present)


def _is_rewording(likeness: float, before: str, after: str) -> bool:
    """Whether likeness alone makes one report of two texts: not where it happened
    elsewhere. (Other numbers are no objection: tolls rise.)"""
    return likeness >= SAME_REPORT_LIKENESS and not places_conflict(before, after)


def join_event(account: Account, neighbours: Sequence[Neighbour]) -> int | None:
    """The event that a new report belongs to by a link it shares, or None for a new one.

    ``neighbours`` are the reports of its own and the neighbouring days' pages that cite
    one of its links; the likest event wins, the older among equals.
    """
    urls = evidence_urls(account)
    near = [n for n in neighbours if _telling_urls(urls, n.urls, neighbours)]
    fits = [n for n in near if _same_happening(account, n)]
    best = max(
        fits,
        key=lambda n: (text_likeness(account.text, n.account.text), -n.event_id),
        default=None,
    )
    return best.event_id if best else None


def _telling_urls(
    urls: frozenset[str], theirs: frozenset[str], neighbours: Sequence[Neighbour]
) -> bool:
    return any(
        len({n.event_id for n in neighbours if url in n.urls}) < COMMON_LINK_EVENTS
        for url in urls & theirs
    )


def _same_happening(account: Account, neighbour: Neighbour) -> bool:
    if texts_conflict(account.text, neighbour.account.text):
        return False
    return not neighbour.present or bool(entities_of(account) & entities_of(neighbour.account))


def entities_of(account: Account) -> frozenset[str]:
    """The articles that an account's own text and its topics link to, case levelled."""
    topics = (link for topic in account.topics for link in topic.links)
    return frozenset(link.target.casefold() for link in (*account.links, *topics))


# --- Likeness and conflict ----------------------------------------------------------

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_SMALL = frozenset(
    (
        "a an and are as at be by for from has have in into is it its of on or that the their"
        " this to was were which who will with"
    ).split()
)


def words(text: str) -> list[str]:
    """The words of a text, case levelled, those that say nothing left out."""
    return [word for word in _WORD.findall(text.casefold()) if word not in _SMALL]


def text_likeness(first: str, second: str) -> float:
    """Dice's coefficient of the two sets of words, between 0 and 1.

    Dice, L. R. (1945), Measures of the amount of ecologic association between species.
    """
    one, two = set(words(first)), set(words(second))
    return 2 * len(one & two) / (len(one) + len(two)) if one and two else 0.0
