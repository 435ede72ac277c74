"""A day page of a portal as accounts: what each bullet says, and where it stands. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from bot.sources.wikipedia.markup import Note, Passage, read_note, read_passage, read_plain
from bot.sources.wikipedia.names import mended, page_day, page_name
from bot.sources.wikipedia.outline import Bullet, is_oversized, looks_like_portal, outline
from bot.sources.wikipedia.portal import Portal
from bot.sources.wikipedia.portal_en import ENGLISH
from bot.sources.wikipedia.sentence import is_ended
from storage.model import Account, Dropped, PageReading, Topic

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
    """A bullet that deeper ones may stand under; ``topic`` is None for a report."""

    level: int
    topic: Topic | None


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
        for bullet, has_children in _with_children(bullets):
            if bullet.category != category:
                category, self._branches = bullet.category, []
            if category not in categories:
                categories[category] = read_plain(category, self._portal)
            passage = read_passage(bullet.wikitext, self._portal, self._notes)
            self._add(bullet, passage, categories[category], has_children)

    def _add(self, bullet: Bullet, passage: Passage, category: str, has_children: bool) -> None:
        while self._branches and self._branches[-1].level >= bullet.level:
            self._branches.pop()
        topic: Topic | None = None
        if has_children and _is_heading(passage):
            topic = Topic(passage.text, passage.links)
        reason = _unusable(passage, is_topic=topic is not None)
        if reason is None:
            self.accounts.append(self._account(passage, category))
        elif reason:
            self.dropped.append(Dropped(reason, _excerpt(bullet.wikitext)))
        self._branches.append(_Branch(bullet.level, topic))

    def _account(self, passage: Passage, category: str) -> Account:
        topics = [branch.topic for branch in self._branches if branch.topic and branch.topic.text]
        return Account(
            self._day,
            passage.text,
            category,
            tuple(topics[-_MAX_TOPICS:]),
            passage.links,
            passage.citations,
            self._portal.language,
        )


def _with_children(bullets: Sequence[Bullet]) -> Iterator[tuple[Bullet, bool]]:
    """Each bullet, and whether a deeper one follows it in its category."""
    for position, bullet in enumerate(bullets):
        following = bullets[position + 1] if position + 1 < len(bullets) else None
        yield (
            bullet,
            following is not None
            and following.level > bullet.level
            and following.category == bullet.category,
        )


def _is_heading(passage: Passage) -> bool:
    """Whether a bullet above deeper ones is their topic rather than a report."""
    if not passage.citations:
        return True
    return len(passage.text.split()) <= _MAX_HEADING_WORDS and not is_ended(passage.text)


def _unusable(passage: Passage, *, is_topic: bool) -> str | None:
    """Why a bullet is no report: "" where that needs no saying, None where it is one."""
    has_words = any(character.isalpha() for character in passage.text)
    if passage.faults and not passage.citations and not is_topic:
        return ", ".join(passage.faults)
    if passage.citations:
        if is_topic:
            return "topic with a source of its own"
        return None if has_words else "no sentence"
    if is_topic or not has_words:
        return ""
    return "no source" if is_ended(passage.text) else "topic without reports"
