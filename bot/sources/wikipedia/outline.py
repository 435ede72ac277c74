"""A page's wikitext as an outline: categories and bullets with their levels. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.sources.wikipedia.portal import Portal

# A comment that has a line to itself takes the line along (MediaWiki: Preprocessor); one
# without an end hides all that follows.
_COMMENT = re.compile(r"(?P<before>^[ \t]*)?<!--.*?(?:-->(?P<after>[ \t]*\n)?|\Z)", re.S | re.M)
_NOINCLUDE = re.compile(r"<noinclude>(?:(?!<noinclude>).)*?</noinclude>", re.S | re.I)
_WRAPPED = re.compile(
    r"\{\{[^{}]*\}\}|<ref\b[^<>]*(?<!/)>(?:(?!<ref\b|\n[*;#]).)*?</ref>", re.S | re.I
)
_LINE = re.compile(r"(?P<marks>[*#:;]*)\s*(?P<rest>.*)")
_TITLE = re.compile(r"'''(?P<bold>(?:(?!''').)+)'''[\s:]*|(?P<eq>={1,6})(?P<heading>.+)(?P=eq)")
_CLOSING = re.compile(r"\|?\}\}?|-{4,}|</?(?:noinclude|includeonly|onlyinclude)>", re.I)
_BRACES = re.compile(r"\{\{|\}\}")
_TEMPLATE = re.compile(r"\{\{.*\}\}")
_FOREIGN = re.compile(
    r"\s*(?:<!doctype|<\?xml|\{\s*\"|\[\s*[{\"]|%PDF)|.{,3000}?<(?:html|body)\b", re.I | re.S
)
_ITEM = re.compile(r"^[ \t]*[*#:;]", re.M)
_OPENING = re.compile(r"\{\{|\[\[?|<|&|''|//")
_BULLET = re.compile(r"^[ \t]*:*\*.*(?:\[\[|//|<ref\b|\{\{)", re.M)

# Ten times and more what the fullest day of 1999 to 2017 has; beyond, a page is no day's.
_MAX_PAGE = 256 * 1024  # characters (19,694)
_MAX_MARKUP = 6_000  # openings of markup (457)
_MAX_LINES = 300  # bullets, or lines out of place (65 and 2); bullets alone make work for all


@dataclass(frozen=True)
class Bullet:
    """A bullet's wikitext and how deep it stands (1: outermost) under which category."""

    level: int
    category: str
    wikitext: str


@dataclass(frozen=True)
class Outline:
    """The bullets of a page in order, and the lines that are neither bullet nor heading."""

    bullets: tuple[Bullet, ...]
    strays: tuple[str, ...]

    @property
    def is_oversized(self) -> bool:
        return max(len(self.bullets), len(self.strays)) > _MAX_LINES


def markup_in(wikitext: str) -> int:
    """How often ``wikitext`` opens markup: reading takes time with its square or worse."""
    return sum(1 for _ in _OPENING.finditer(wikitext))


def is_oversized(wikitext: str) -> bool:
    """Whether a page is longer or has more markup than any day's."""
    return len(wikitext) > _MAX_PAGE or markup_in(wikitext) > _MAX_MARKUP


def looks_like_portal(wikitext: str, portal: Portal) -> bool:
    """Whether a page is one of the portal's, empty or not, and neither blanked nor foreign."""
    if "\0" in wikitext or _FOREIGN.match(wikitext):
        return False
    return bool(
        portal.items_begin.search(wikitext)
        or portal.items_end.search(wikitext)
        or portal.frame.search(wikitext)
        or _BULLET.search(wikitext)
    )


def outline(wikitext: str, portal: Portal) -> Outline:
    """The bullets between the marks of a page's beginning and end."""
    text = wikitext.replace("\r\n", "\n").replace("\r", "\n")
    text, complete = _up_to_end(text, portal)
    text = _NOINCLUDE.sub("\n", _COMMENT.sub(_comment_gone, text))
    enclosing = any(frame.endswith("=") for frame in portal.frame.findall(text))
    text = _unwrapped(portal.frame.sub("\n", text))
    return _Reader().read(text if complete or not enclosing else _up_to_brace(text))


def _up_to_end(text: str, portal: Portal) -> tuple[str, bool]:
    """``text`` up to the last mark of the end that stands behind items, and if there is one."""
    ends = [match.start() for match in portal.items_end.finditer(text)]
    first = _ITEM.search(text)
    if ends and (first is None or first.start() < ends[-1]):
        return text[: ends[-1]], True
    return text, False


def _comment_gone(comment: re.Match[str]) -> str:
    before, after = comment["before"], comment["after"]
    return "" if before is not None and after else (before or "") + (after or "")


def _up_to_brace(text: str) -> str:
    """``text`` up to the braces that close more than it opened."""
    depth = 0
    for braces in _BRACES.finditer(text):
        depth += 1 if braces[0] == "{{" else -1
        if depth < 0:
            return text[: braces.start()]
    return text


def _unwrapped(text: str) -> str:
    """``text`` with templates and references that run over several lines put on one."""
    for _ in range(4):  # templates inside templates
        joined = _WRAPPED.sub(lambda match: match[0].replace("\n", " "), text)
        if joined == text:
            break
        text = joined
    return text


class _Reader:
    """Collects bullets line by line."""

    def __init__(self) -> None:
        self._category = ""
        self._bullets: list[tuple[int, str, list[str]]] = []  # level, category, lines
        self._strays: list[str] = []
        self._open = False  # whether a line may continue the last bullet

    def read(self, text: str) -> Outline:
        for line in text.split("\n"):
            self._line(line.strip())
        bullets = (
            Bullet(level, category, " ".join(filter(None, lines)))
            for level, category, lines in self._bullets
        )
        return Outline(tuple(bullets), tuple(self._strays))

    def _line(self, line: str) -> None:
        if not line or _CLOSING.fullmatch(line):
            self._open = False
            return
        match = _LINE.match(line)
        marks, rest = (match["marks"], match["rest"]) if match else ("", line)
        title = _TITLE.fullmatch(rest) if not marks else None
        if title or ";" in marks:
            self._title(title["bold"] or title["heading"] if title else rest)
        elif "*" in marks or "#" in marks:
            self._bullets.append((len(marks), self._category, [rest]))
            self._open = True
        else:
            self._more(rest)

    def _title(self, title: str) -> None:
        self._category = title
        self._open = False

    def _more(self, text: str) -> None:
        """A line of its own: the rest of the bullet above it, or out of place."""
        if self._open:
            self._bullets[-1][-1].append(text)
        elif not _TEMPLATE.fullmatch(text):
            self._strays.append(text)
