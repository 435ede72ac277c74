"""A day page of a portal as accounts: what each bullet says, and where it stands. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from types import MappingProxyType

from bot.sources.wikipedia.markup import read_note, read_passage, read_plain
from bot.sources.wikipedia.names import mended, page_day, page_name
from bot.sources.wikipedia.outline import Bullet, is_oversized, looks_like_portal, outline
from bot.sources.wikipedia.passage import Note, Passage
from bot.sources.wikipedia.portal import Portal
from bot.sources.wikipedia.portal_en import ENGLISH
from bot.sources.wikipedia.sentence import is_ended
from storage.model import Account, Dropped, Link, PageReading, Topic

PORTALS: Mapping[str, Portal] = MappingProxyType({"en": ENGLISH})

_NAMED_REFERENCE = re.compile(
    r"<ref\s+name\s*=\s*(?P<name>\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>/]++)[^<>]*(?<!/)>"
    r"(?P<contents>(?:(?!<ref\b).)*?)</ref>",
    re.S | re.I,
)
_MAX_HEADING_WORDS = 8
_MAX_TOPICS = 10  # of one report, the nearest; days have three at most
_MAX_EXCERPT = 200  # characters of a dropped piece


def read_page(page: str, wikitext: str, language: str = "en") -> PageReading:
    """One version of a portal's page, read; ``page`` is its name or full title.

    Never raises for any ``wikitext``: what cannot be used is listed as dropped, and a
    page that is blanked or no portal page at all is marked unreadable. Raises ValueError
    where ``page`` names no day and KeyError for a language without a portal.
    """
    portal = PORTALS[language]
    day = page_day(page, portal)
    name = page_name(day, portal)
    if reason := _unreadable(wikitext, portal):
        dropped = (Dropped(reason, _excerpt(wikitext)),)
        return PageReading(name, day, dropped=dropped, readable=False)
    text = mended(wikitext)
    lines = outline(text, portal)
    if lines.is_oversized:
        dropped = (Dropped("too many lines", _excerpt(wikitext)),)
        return PageReading(name, day, dropped=dropped, readable=False)
    tree = _Tree(day, portal, _named_references(text, portal))
    tree.grow(lines.bullets)
    strays = [Dropped("outside the list", _excerpt(line)) for line in lines.strays]
    return PageReading(name, day, tuple(tree.accounts), (*tree.dropped, *strays))


def _unreadable(text: str, portal: Portal) -> str | None:
    """Why a page is none of a day, if it is none."""
    if not text.strip():
        return "blank page"
    if is_oversized(text):
        return "too long, or too much markup"
    return None if looks_like_portal(text, portal) else "not a page of the portal"


def _named_references(text: str, portal: Portal) -> dict[str, Note]:
    """The page's references by name, the first of each."""
    named: dict[str, str] = {}
    for match in _NAMED_REFERENCE.finditer(text):
        named.setdefault(match["name"].strip("\"' "), match["contents"])
    return {name: read_note(contents, portal) for name, contents in named.items()}


def _excerpt(text: str) -> str:
    return " ".join(text[: 2 * _MAX_EXCERPT].split())[:_MAX_EXCERPT]


@dataclass(frozen=True)
class _Branch:
    """A bullet that deeper ones may stand under: their topic, or a report that lends them its
    links."""

    level: int
    topic: Topic | None
    lent: tuple[Link, ...] = ()


class _Tree:
    """Makes accounts of bullets, each with the headings that it stands under."""

    def __init__(self, day: date, portal: Portal, notes: Mapping[str, Note]) -> None:
        self.accounts: list[Account] = []
        self.dropped: list[Dropped] = []
        self._day = day
        self._portal = portal
        self._notes = notes
        self._branches: list[_Branch] = []

    def grow(self, bullets: Sequence[Bullet]) -> None:
        categories: dict[str, str] = {}
        category = ""
        read = [(each, read_passage(each.wikitext, self._portal, self._notes)) for each in bullets]
        for bullet, passage, has_children in _with_children(_with_sources_below(read)):
            if bullet.category != category:
                category, self._branches = bullet.category, []
            if category not in categories:
                categories[category] = read_plain(category, self._portal)
            self._add(bullet, passage, categories[category], has_children)

    def _add(self, bullet: Bullet, passage: Passage, category: str, has_children: bool) -> None:
        while self._branches and self._branches[-1].level >= bullet.level:
            self._branches.pop()
        is_topic = has_children and _is_heading(passage)
        reason = _unusable(passage, is_topic=is_topic)
        if reason is None:
            self.accounts.append(self._account(passage, category))
        elif reason:
            self.dropped.append(Dropped(reason, _excerpt(bullet.wikitext)))
        self.dropped += [Dropped("unknown template", _excerpt(each)) for each in passage.unknown]
        is_topic = is_topic or (has_children and _is_short(passage))
        topic = Topic(passage.text, passage.links) if is_topic and passage.text else None
        self._branches.append(_Branch(bullet.level, topic, passage.links))

    def _account(self, passage: Passage, category: str) -> Account:
        topics: list[Topic] = []
        for branch in self._branches[-_MAX_TOPICS:]:
            if branch.topic:
                topics.append(branch.topic)
            elif topics:
                topics[-1] = _with_links(topics[-1], branch.lent)
            elif named := next(filter(_is_name, branch.lent), None):
                topics.append(Topic(named.words, branch.lent))
        return Account(
            self._day,
            passage.text,
            category,
            tuple(topics),
            passage.links,
            passage.citations,
            self._portal.language,
        )


_Read = tuple[Bullet, Passage]


def _with_children(read: Sequence[_Read]) -> Iterator[tuple[Bullet, Passage, bool]]:
    """Each bullet, and whether a deeper one follows it in its category."""
    for (bullet, passage), following in zip_longest(read, read[1:]):
        below = following[0] if following else None
        has_children = (
            below is not None and below.level > bullet.level and below.category == bullet.category
        )
        yield bullet, passage, has_children


def _with_sources_below(read: Sequence[_Read]) -> list[_Read]:
    """The bullets, where one of nothing but sources has given them to those that it ends."""
    result: list[_Read] = []
    for bullet, passage in read:
        if passage.citations and not passage.has_words and _unsourced(result, bullet):
            for position in _unsourced(result, bullet):
                above, words = result[position]
                result[position] = above, replace(words, citations=passage.citations)
        else:
            result.append((bullet, passage))
    return result


def _unsourced(read: Sequence[_Read], below: Bullet) -> list[int]:
    """Which bullets wait for the sources of ``below``: the sentence right above it, and if that
    stands under a topic the others there that follow each other without sources."""
    found: list[int] = []
    level = read[-1][0].level if read else 0
    for position in range(len(read) - 1, -1, -1):
        bullet, passage = read[position]
        is_sentence = not (_is_short(passage) or passage.citations or passage.faults)
        is_near = bullet.category == below.category and bullet.level == level < below.level
        if not (is_sentence and is_near) or (found and level == 1):
            break
        found.append(position)
    return found


def _is_heading(passage: Passage) -> bool:
    """Whether a bullet above deeper ones is their topic rather than a report."""
    if not passage.citations:
        return True
    return _is_short(passage) and (passage.is_title or not passage.has_plain_source)


def _is_short(passage: Passage) -> bool:
    """Whether a bullet can be a topic, by the length and the end of its words."""
    return len(passage.text.split()) <= _MAX_HEADING_WORDS and not is_ended(passage.text)


def _is_name(link: Link) -> bool:
    """Whether a link's words are the name of its article: neither "Iraqi" nor "elections"."""
    return link.words == link.target and link.words[0].isupper()


def _with_links(topic: Topic, lent: Sequence[Link]) -> Topic:
    known = {link.target for link in topic.links}
    return Topic(topic.text, (*topic.links, *(link for link in lent if link.target not in known)))


def _unusable(passage: Passage, *, is_topic: bool) -> str | None:
    """Why a bullet is no report: "" where that needs no saying, None where it is one."""
    if passage.faults and not passage.citations and not is_topic:
        return ", ".join(passage.faults)
    if passage.citations:
        if is_topic:
            return "topic with a source of its own"
        return None if passage.has_words else "no sentence"
    if is_topic or not passage.has_words:
        return ""
    return "no source" if is_ended(passage.text) else "topic without reports"
