"""A page's wikitext as an outline: categories and bullets with their levels. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.sources.wikipedia.portal import Portal

# A comment that has a line to itself takes the line along (MediaWiki: Preprocessor); one
# without an end hides all that follows.
_COMMENT = re.compile(r"(?P<before>^[ \t]*)?<!--.*?(?:-->(?P<after>[ \t]*\n)?|\Z)", re.S | re.M)
_NOINCLUDE = re.compile(r"<noinclude>(?:(?!<noinclude>).)*?</noinclude>", re.S | re.I)
# A template that is never closed takes no bullet with a source along.
_WRAPPED = re.compile(
    r"\{\{[^{}\n]*(?:\n(?![ \t]*[*#;:][^\n{}]*\[(?:https?:)?//)[^{}\n]*)*\}\}"
    r"|<ref\b[^<>]*(?<!/)>(?:(?!<ref\b|\n[*;#]).)*?</ref>",
    re.S | re.I,
)
_LINE = re.compile(r"(?P<marks>[*#:;]*)\s*(?P<rest>.*)")
_TITLE = re.compile(
    r"'{3,5}(?P<bold>(?:(?!''').)+)'{3,5}[\s:]*|(?P<eq>={1,6})(?P<heading>.+)(?P=eq)"
)
_DRESS = re.compile(r"\{\{[^{}]*\}\}|</?[a-z][^<>]*>", re.I)
_MAX_TITLE_WORDS = 8
_CLOSING = re.compile(r"\|?\}\}?|-{4,}|</?(?:noinclude|includeonly|onlyinclude)>", re.I)
_BRACES = re.compile(r"\{\{|\}\}")
_TABLE = re.compile(r"\{\||[|!]")
_LINKS_ALONE = re.compile(r"(?:[^\w\[\]]*\[\[[^\[\]]*\]\])+[^\w\[\]]*")
_SOURCE = re.compile(r"\[\s*(?:https?:)?//|https?://|<ref\b|\{\{\s*cit", re.I)
_SOURCES = re.compile(
    r"\[\s*(?:https?:)?//[^\[\]]*(?:\[\[[^\[\]]*\]\][^\[\]]*)*\]|https?://\S+"
    r"|<ref\b[^<>]*>(?:[^<]*(?:<(?!/?ref\b)[^<]*)*</ref>)?|\{\{[^{}]*\}\}|\([^()]*\)|\b(?:and|via)\b",
    re.I,
)
_OPENED = re.compile(r"\[|\{\{|<ref\b[^<>]*(?<!/)>", re.I)
_CLOSED = re.compile(r"\]|\}\}|</ref>", re.I)
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
        self._open = False  # whether a line may continue the last bullet,
        self._sourced = False  # which has a source,
        self._depth = 0  # and so many brackets that are not closed,
        self._unread: list[str] = []  # as far as its lines behind these do not say otherwise

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
        title = rest if ";" in marks else None if marks else _title_of(rest)
        if title is not None:
            self._title(title)
        elif "*" in marks or "#" in marks:
            self._bullet(len(marks), rest)
        else:
            self._more(rest, len(marks))

    def _bullet(self, level: int, text: str) -> None:
        self._bullets.append((level, self._category, [text]))
        self._open, self._sourced, self._depth, self._unread = True, False, 0, [text]

    def _note(self) -> None:
        """Find out whether the last bullet has a source, and whether it is complete."""
        for text in self._unread:
            self._sourced = self._sourced or bool(_SOURCE.search(text))
            self._depth += len(_OPENED.findall(text)) - len(_CLOSED.findall(text))
        self._unread = []

    def _title(self, title: str) -> None:
        self._category = title
        self._open = False

    def _more(self, text: str, indent: int) -> None:
        """A line of its own: the rest of the bullet above it, a report without its mark, or
        out of place. MediaWiki ends a bullet at the end of its line."""
        self._note()
        is_report = _is_report(text)
        if self._open and self._depth <= 0 and _TABLE.match(text):
            self._open = False
        if not self._open:
            if indent and is_report:
                self._bullet(indent, text)
            elif not _TEMPLATE.fullmatch(text):
                self._strays.append(text)
        elif is_report and (self._sourced or self._is_topic(text)) and self._depth <= 0:
            level = self._bullets[-1][0]
            self._bullet((indent or level) if self._sourced else level + 1, text)
        elif self._sourced and self._depth <= 0 and not _is_only_sources(text):
            self._strays.append(text)
        else:
            self._bullets[-1][-1].append(text)
            self._unread.append(text)

    def _is_topic(self, following: str) -> bool:
        """Whether the last bullet is nothing but links, and ``following`` begins anew."""
        lines = self._bullets[-1][-1]
        begins = next((sign for sign in following if sign.isalpha()), "")
        return len(lines) == 1 and not begins.islower() and bool(_LINKS_ALONE.fullmatch(lines[0]))


def _title_of(line: str) -> str | None:
    """The title that a line without a mark is, whatever dresses it; None if it is none."""
    if not line.startswith(("'", "=", "<", "{")):
        return None
    bare = _DRESS.sub("", line).strip()
    if title := _TITLE.fullmatch(bare):
        return title["bold"] or title["heading"]
    is_open = bare.startswith("'''") and "'''" not in bare[3:].strip("':")
    if not is_open or _SOURCE.search(line) or len(bare.split()) > _MAX_TITLE_WORDS:
        return None
    return bare.strip("': ")


def _is_report(line: str) -> bool:
    """Whether a line has a sentence and a source."""
    return bool(_SOURCE.search(line)) and not _is_only_sources(line)


def _is_only_sources(line: str) -> bool:
    return not any(sign.isalpha() for sign in _SOURCES.sub("", line))
