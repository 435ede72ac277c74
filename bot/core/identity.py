"""Which known report is this one? Which known event does it belong to?

A wrong merge hides news and a split only repeats it: where the evidence is thin, split.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.core.conflicts import numbers_conflict, places_conflict, texts_conflict
from bot.core.links import article_key
from bot.core.names import words_of
from storage.model import Account

# Two wordings of one report share most of their words; two reports of one day seldom
# share a third. Measured on the portal's pages of April to October 2017.
SAME_REPORT_LIKENESS = 0.5
# A link cited by this many unlike events is a live page or an overview: no evidence.
COMMON_LINK_EVENTS = 3
# Headline and sentence of one article share at least so much, or an entity.
RETOLD_LIKENESS = 0.15


@dataclass(frozen=True)
class KnownReport:
    """A report as its page last showed it. ``urls`` are those of all its wordings."""

    id: int
    text: str
    urls: frozenset[str]
    present: bool


@dataclass(frozen=True)
class Neighbour:
    """A report that shares a link with a new one: of the same or a neighbouring page, or
    ``elsewhere``, of another source."""

    event_id: int
    account: Account
    urls: frozenset[str]
    present: bool
    elsewhere: bool = False


def evidence_urls(account: Account) -> frozenset[str]:
    """The canonical URLs that an account cites, front pages left out."""
    keys = (article_key(citation.url) for citation in account.citations)
    return frozenset(key for key in keys if key is not None)


def match_reports(known: Sequence[KnownReport], seen: Sequence[Account]) -> list[int | None]:
    """For each account of a page's new version the known report that it continues.

    One to one: the same words first, then by shared link, then by likeness of text;
    within each the likest pair first, reports still on the page before those gone. Which
    of equals comes first is decided by what they say, not by where they stand.
    """
    urls = [evidence_urls(account) for account in seen]
    order = sorted(range(len(seen)), key=lambda index: (seen[index].text, sorted(urls[index])))
    new = [_New(place, seen[index].text, urls[index]) for place, index in enumerate(order)]
    matched: dict[int, int] = {}
    for pairs in (_of_one_text, _of_one_link, _rewordings):  # the dear ones with what is left
        taken = set(matched.values())
        free = [report for report in known if report.id not in taken]
        _match(pairs(free, [each for each in new if each.place not in matched]), matched)
    found = {index: matched.get(place) for place, index in enumerate(order)}
    return [found[index] for index in range(len(seen))]


@dataclass(frozen=True)
class _New:
    """An account as the matching needs it; ``place`` is its turn among equals."""

    place: int
    text: str
    urls: frozenset[str]


# How well an account continues a report (less is better), its place and the report's id.
_Pair = tuple[float, float, int, int]


def _match(pairs: Iterable[_Pair], matched: dict[int, int]) -> None:
    """Add the best of ``pairs`` to the reports that are ``matched``, each of both once."""
    taken = set(matched.values())
    for *_, place, report_id in sorted(pairs):
        if place not in matched and report_id not in taken:
            matched[place] = report_id
            taken.add(report_id)


def _of_one_text(known: Sequence[KnownReport], new: Sequence[_New]) -> Iterator[_Pair]:
    """The pairs of the same words, those that share a link too before the others."""
    by_text: defaultdict[str, list[KnownReport]] = defaultdict(list)
    for report in known:
        by_text[report.text].append(report)
    for each in new:
        for report in by_text.get(each.text, ()):
            shared = not report.urls.isdisjoint(each.urls)
            yield -shared, -report.present, each.place, report.id


def _of_one_link(known: Sequence[KnownReport], new: Sequence[_New]) -> Iterator[_Pair]:
    """The pairs that share a link, whatever their words."""
    for report, each, likeness in _compared(known, new):
        if not report.urls.isdisjoint(each.urls):
            yield -likeness, -report.present, each.place, report.id


def _rewordings(known: Sequence[KnownReport], new: Sequence[_New]) -> Iterator[_Pair]:
    """The pairs of which likeness alone makes one report: not where it happened
    elsewhere. (Other numbers are no objection: tolls rise.)"""
    for report, each, likeness in _compared(known, new):
        if likeness >= SAME_REPORT_LIKENESS and not places_conflict(report.text, each.text):
            yield -likeness, -report.present, each.place, report.id


def _compared(
    known: Sequence[KnownReport], new: Sequence[_New]
) -> Iterator[tuple[KnownReport, _New, float]]:
    """All pairs with their likeness, each text taken apart once.

    A set of words is a number with a bit for each: thousands of long texts compare fast.
    """
    vocabulary: dict[str, int] = {}
    sets = [_as_bits(word_set(report.text), vocabulary) for report in known]
    sizes = [bits.bit_count() for bits in sets]
    for each in new:
        own = _as_bits(word_set(each.text), vocabulary)
        size = own.bit_count()
        for report, bits, other in zip(known, sets, sizes, strict=True):
            yield report, each, _dice((own & bits).bit_count(), size, other)


def _as_bits(words: frozenset[str], vocabulary: dict[str, int]) -> int:
    """A set of words as a number; ``vocabulary`` numbers them and learns new ones."""
    numbers = [vocabulary.setdefault(word, len(vocabulary)) for word in words]
    bits = bytearray(len(vocabulary) // 8 + 1)
    for number in numbers:
        bits[number // 8] |= 1 << number % 8
    return int.from_bytes(bits, "little")


def join_event(account: Account, neighbours: Sequence[Neighbour]) -> int | None:
    """The event that a new report belongs to by a link it shares, or None for a new one.

    ``neighbours`` are the reports of its own and the neighbouring days' pages, and of other
    sources near its day, that cite one of its links; the likest event wins, the older among
    equals.
    """
    urls = evidence_urls(account)
    telling = _telling_urls(urls, neighbours)
    near = [n for n in neighbours if not telling.isdisjoint(n.urls)]
    fits = [n for n in near if _same_happening(account, n)]
    best = max(
        fits,
        key=lambda n: (text_likeness(account.text, n.account.text), -n.event_id),
        default=None,
    )
    return best.event_id if best else None


def _telling_urls(urls: frozenset[str], neighbours: Sequence[Neighbour]) -> frozenset[str]:
    """Those of ``urls`` that few enough events cite to prove something."""
    events: defaultdict[str, set[int]] = defaultdict(set)
    for neighbour in neighbours:
        for url in urls & neighbour.urls:
            events[url].add(neighbour.event_id)
    return frozenset(url for url, ids in events.items() if len(ids) < COMMON_LINK_EVENTS)


def _same_happening(account: Account, neighbour: Neighbour) -> bool:
    other = neighbour.account
    if neighbour.elsewhere:
        return _is_retold(account, other)
    if texts_conflict(account.text, other.text):
        return False
    return not neighbour.present or _share_words(account, other)


def _share_words(account: Account, other: Account) -> bool:
    """Whether the texts themselves name one article, or are the same: all bullets under one
    topic share that, whatever they tell."""
    shared = _own_entities(account) & _own_entities(other)
    return bool(shared) or words(account.text) == words(other.text)


def _is_retold(account: Account, other: Account) -> bool:
    """Whether two sources with one link tell one happening: these may give another toll, or
    name a wider place, but not both."""
    texts = account.text, other.text
    places, numbers = places_conflict(*texts), numbers_conflict(*texts)
    if not (places or numbers):
        return True
    is_alike = text_likeness(*texts) >= RETOLD_LIKENESS
    shares = is_alike or not entities_of(account).isdisjoint(entities_of(other))
    return shares and not (places and numbers)


def entities_of(account: Account) -> frozenset[str]:
    """The articles that an account's own text and its topics link to, or that a text without
    links names in full, case levelled."""
    topics = (link for topic in account.topics for link in topic.links)
    return _own_entities(account).union(link.target.casefold() for link in topics)


def _own_entities(account: Account) -> frozenset[str]:
    # Editors choose what they link: what such a text names as well is common. So are countries,
    # which alone have names of one word here.
    named = (name for name in account.names if len(words_of(name.words)) > 1)
    return frozenset(link.target.casefold() for link in account.links or named)


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


@lru_cache(maxsize=4096)  # each text is compared with many others
def word_set(text: str) -> frozenset[str]:
    """The words of a text, each once."""
    return frozenset(words(text))


def text_likeness(first: str, second: str) -> float:
    """Dice's coefficient of the two sets of words, between 0 and 1.

    Dice, L. R. (1945), Measures of the amount of ecologic association between species.
    """
    one, two = word_set(first), word_set(second)
    return _dice(len(one & two), len(one), len(two))


def likenesses(texts: Sequence[str]) -> list[float]:
    """How much each text is like all of them: the sum of its ``text_likeness`` with each."""
    sets = [word_set(text) for text in texts]
    return [sum(_dice(len(one & two), len(one), len(two)) for two in sets) for one in sets]


def _dice(common: int, one: int, two: int) -> float:
    return 2 * common / (one + two) if one and two else 0.0
