"""Texts in Telegram's HTML that know their size.

Telegram limits a text after its entities are parsed: 4096 UTF-16 units and 100 entities.
A ``Rich`` is put together from parts that are escaped and counted as they are made, so no
text ever has to be parsed back or cut inside its markup.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from itertools import accumulate
from string import Formatter
from urllib.parse import urlsplit

MOST_UNITS = 4000  # of Telegram's 4096: the rest is kept for a mark below sample messages
MOST_ENTITIES = 100
LONGEST_LABEL = 48  # of a button: what a phone shows
LONGEST_URL = 2000

_BLANKS = re.compile(r"\s+")
# Control characters, lone surrogates, and what turns the direction of the text after it.
_DROPPED = re.compile(
    r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
# Where a clause begins: at a stop within a sentence (not that of a number), or at such a word.
_CLAUSE = re.compile(r"[,;:،؛] |[，；：]| (?=(?:after|amid|as|before|following|when|while)\b)")
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
# The blocks of Unicode whose letters run from right to left.
_RIGHT_TO_LEFT = re.compile(
    r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


@dataclass(frozen=True)
class Rich:
    """A piece of HTML, its length in UTF-16 units once parsed, and its entities."""

    html: str = ""
    units: int = 0
    entities: int = 0

    def __add__(self, other: Rich) -> Rich:
        return Rich(
            self.html + other.html, self.units + other.units, self.entities + other.entities
        )

    def __bool__(self) -> bool:
        return self.units > 0

    def fits(self, units: int = MOST_UNITS) -> bool:
        """Whether it may be sent as one message of at most ``units``."""
        return self.units <= units and self.entities <= MOST_ENTITIES


class Label(str):
    """A button's label that is made ready: its parts are clean and cut where they were too long,
    and cannot turn each other's direction."""

    __slots__ = ()


def utf16(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text) + sum(char > "\uffff" for char in text)


def clean(text: str) -> str:
    """A text on one line, without control characters, lone surrogates or signs that turn
    the direction of what follows."""
    return _DROPPED.sub("", _BLANKS.sub(" ", text)).strip()


def clip(text: str, units: int) -> str:
    """A cleaned text of at most ``units``, cut at a word with "…" where it is longer."""
    whole = clean(text)
    if utf16(whole) <= units:
        return whole
    ends = list(accumulate(map(utf16, whole[:units])))
    head = whole[: bisect_right(ends, units - 1)]
    word_end = head.rfind(" ")
    return (head[:word_end] if word_end > len(head) // 2 else head).rstrip() + "…"


def clip_clause(text: str, units: int) -> str:
    """The same, cut before a clause where one begins in the last third of what is kept."""
    cut = clip(text, units)
    if cut == clean(text):
        return cut
    begun = [found.start() for found in _CLAUSE.finditer(cut, len(cut) * 2 // 3)]
    return f"{cut[: begun[-1]]}…" if begun else cut


def plain(text: str) -> Rich:
    """Text as it is, escaped."""
    return Rich(escape(text, quote=False), utf16(text))


def bold(text: str) -> Rich:
    """Bold text."""
    return _tagged("b", plain(text))


def italic(text: str) -> Rich:
    """Italic text."""
    return _tagged("i", plain(text))


def struck(content: Rich) -> Rich:
    """Content struck through."""
    return _tagged("s", content)


def command(text: str) -> Rich:
    """A command that the reader can tap; Telegram finds it by itself and counts it."""
    return Rich(escape(text), utf16(text), 1)


def link(text: str, url: str) -> Rich:
    """A link, or just its text where the address is no web address."""
    if not is_web_address(url):
        return plain(text)
    words = plain(text)
    return Rich(f'<a href="{escape(url)}">{words.html}</a>', words.units, 1)


def is_web_address(url: str) -> bool:
    """Whether Telegram may be given this URL as a link."""
    if len(url) > LONGEST_URL or not url.isprintable() or " " in url:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in (parts.hostname or "")


def runs_right_to_left(content: Rich) -> bool:
    """Whether any of its letters do."""
    return _RIGHT_TO_LEFT.search(content.html) is not None


def isolated(content: Rich) -> Rich:
    """Content that cannot turn the direction of what stands around it."""
    return plain(_ISOLATE) + content + plain(_END_ISOLATE) if content else content


def isolated_text(text: str) -> str:
    """The same of a text for a label."""
    return f"{_ISOLATE}{text}{_END_ISOLATE}" if text else text


def join(parts: Iterable[Rich], separator: str = "") -> Rich:
    """Parts in a row; those that are empty are left out."""
    whole = Rich()
    for part in parts:
        if part:
            whole = whole + plain(separator) + part if whole else part
    return whole


def lines(*parts: Rich) -> Rich:
    """Parts as lines."""
    return join(parts, "\n")


def paragraphs(*parts: Rich) -> Rich:
    """Parts as paragraphs, apart by an empty line."""
    return join(parts, "\n\n")


def folded(content: Rich) -> Rich:
    """Content in a quote of which a few lines show until it is tapped."""
    if not content:
        return content
    html = f"<blockquote expandable>{content.html}</blockquote>"
    return Rich(html, content.units, content.entities + 1)


def _tagged(tag: str, content: Rich) -> Rich:
    return Rich(f"<{tag}>{content.html}</{tag}>", content.units, content.entities + 1)


def fill(template: str, parts: Mapping[str, Rich]) -> Rich:
    """A sentence with its places, written ``{name}``, filled with parts."""
    whole = Rich()
    for text, name, _, _ in Formatter().parse(template):
        whole = whole + plain(text)
        whole = whole + parts[name] if name else whole
    return whole
