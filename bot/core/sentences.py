"""Where the first sentence of a text ends."""

from __future__ import annotations

import re

# A full stop after these, after a single letter or after initials ends no sentence.
_ABBREVIATIONS = frozenset(
    (
        "mr mrs ms dr prof sen rep gov st jr sr rev msgr fr hon sens reps messrs fmr sra wm"
        " gen lt col sgt capt maj adm brig cpl spc pfc pvt cmdr cdr supt"
        " jan feb mar apr jun jul aug sep sept oct nov dec"
        " no vs inc ltd co corp approx est bros rs mt ft nr bzw ca mio mrd ee ee.uu ул св"
    ).split()
)
# "O.J.", "a.k.a."; names of clubs and of one country end with some, and sentences with those.
_INITIALS = re.compile(r"(?!(?:a?f\.c|c\.f|s\.c|s\.k|b\.c|u\.s\.a|a\.d)$)[^\W\d_](?:\.[^\W\d_])*")
_SEEN = 2 * max(map(len, _ABBREVIATIONS))  # characters before a full stop, which tell of any
# In Chinese and Japanese nothing stands between two sentences.
_END = re.compile(
    r"(?:[.!?…؟।۔]+[\"'”’»)\]]*\s+|[。！？]+[\"'”’»)\]」』）]*\s*)(?=[\"'“‘«(\[「『（]*([^\W_]))"
)
# "Am 23. November": in German a full stop makes an ordinal.
_GERMAN_DAY = re.compile(
    r"\d\.\s(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)"
)
_LAST_WORD = re.compile(r"[^\s(\[\"“‘«]+$")


def split_first(text: str) -> tuple[str, str]:
    """The first sentence of a text and the rest ("" where there is none)."""
    for end in _END.finditer(text):
        if end[1] != end[1].title():  # a small letter; Georgian begins sentences with its own
            continue
        if end[0][0] != "." or not _is_abbreviation(text, end.start()):
            return text[: end.end()].strip(), text[end.end() :].strip()
    return text.strip(), ""


def _is_abbreviation(text: str, end: int) -> bool:
    """Whether the word that ends there is one."""
    word = _LAST_WORD.search(text[max(0, end - _SEEN) : end])
    if word is None:
        return False
    if _GERMAN_DAY.match(text, end - 1):
        return True
    last = word[0].casefold().rpartition("-")[2]  # "Brig.-Gen."
    return last in _ABBREVIATIONS or _INITIALS.fullmatch(last) is not None
