"""Names as people type them: folded for comparing and finding."""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

_QUALIFIER = re.compile(r"\s*\([^()]*\)\s*$")
_APART = re.compile(r"[^\w]+|_+")
_QUOTES = re.compile(r"['’`ʻʼ‘ʿʾ]")


# Signs around a name: emoji with what joins and colours them, quotes, question marks.
_AROUND = frozenset({"So", "Sk", "Cf", "Zs", "Pi", "Pf"})
_MARKS = frozenset("?!¿¡…\"'؟？！。\ufe0f\u20e3")


def bare(name: str) -> str:
    """A name as typed, without emoji and marks around it."""
    seen = [not _is_around(char) for char in name]
    if not any(seen):
        return name
    return name[seen.index(True) : len(name) - seen[::-1].index(True)]


def _is_around(char: str) -> bool:
    return char in _MARKS or unicodedata.category(char) in _AROUND


def fold(text: str) -> str:
    """A text as it is compared: Latin letters without marks or case, words by one space.

    Scripts other than Latin are transliterated, so "Путин" and "Putin" meet; letters that
    are the same but for width or composition count as one (Unicode NFKC).
    """
    plain = _QUOTES.sub("", unicodedata.normalize("NFKC", text))
    return " ".join(_APART.sub(" ", anyascii(plain).casefold()).split())


def fold_title(title: str) -> str:
    """An article's title as people type it: folded, its qualifier in brackets off."""
    return fold(_QUALIFIER.sub("", title)) or fold(title)


def twin_key(title: str) -> str:
    """What two titles share that differ in case only.

    Such titles of two words and more are redirects of one article; a single word may be
    two ("AIDS" and "Aids"), so it keeps its case.
    """
    return title.casefold() if len(title.split()) > 1 else title


def words_of(text: str) -> list[str]:
    """The folded words of a text."""
    return fold(text).split()
