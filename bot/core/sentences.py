"""Where the first sentence of a text ends."""

from __future__ import annotations

import re

# A full stop after these, or after a single letter, ends no sentence.
_TITLES = frozenset(["mr", "mrs", "ms", "dr", "prof", "sen", "rep", "gov", "st", "jr", "sr"])
_RANKS = frozenset(["gen", "lt", "col", "sgt", "capt", "maj", "adm", "brig"])
_MONTHS = frozenset(["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov"])
_OTHERS = frozenset(["dec", "no", "vs", "inc", "ltd", "co", "corp", "approx", "est"])
_DOTTED = frozenset(["u.s", "u.k", "u.n", "d.c", "a.m", "p.m", "e.g", "i.e"])
_ABBREVIATIONS = _TITLES | _RANKS | _MONTHS | _OTHERS | _DOTTED
_SEEN = 2 * max(map(len, _ABBREVIATIONS))  # characters before a full stop, which tell of any
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[^\W_a-z])")
_LAST_WORD = re.compile(r"[^\s(\[\"“‘«]+$")


def split_first(text: str) -> tuple[str, str]:
    """The first sentence of a text and the rest ("" where there is none)."""
    for end in _END.finditer(text):
        if end[0][0] != "." or not _is_abbreviation(text, end.start()):
            return text[: end.end()].strip(), text[end.end() :].strip()
    return text.strip(), ""


def _is_abbreviation(text: str, end: int) -> bool:
    """Whether the word that ends there is one."""
    word = _LAST_WORD.search(text[max(0, end - _SEEN) : end])
    if word is None:
        return False
    last = word[0].casefold()
    return last in _ABBREVIATIONS or (len(last) == 1 and last.isalpha())
