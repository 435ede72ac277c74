"""The words, numbers and runs of characters of a text, and what capitals say of words."""

from __future__ import annotations

import re

# Scripts written without spaces, and Korean, whose endings vary: pairs of characters.
_UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uac00-\ud7af\uf900-\ufaff"
)
# A word's vowel signs and the like, which Python does not count as its letters.
_MARKS = r"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0971-\u0dff"
_LETTER = rf"[^\W\d_{_UNSPACED}]"
# A number, a run of what is written without spaces, or a word.
TOKEN = re.compile(
    r"(\d+(?:[.,:]\d+)*)"
    rf"|([{_UNSPACED}]+)"
    rf"|({_LETTER}+(?:[{_MARKS}]+{_LETTER}*)*(?:['’]{_LETTER}+)?)"
)
_POSSESSIVE = ("'s", "’s")
# A capital letter makes a name of a word that is rare in texts; at the beginning of a
# sentence, or in a headline with a capital for each word, of a rarer one.
NAME_SHARE, NAME_SHARE_AT_START = 1e-3, 3e-4
HEADLINE = 0.6  # of its words have capitals
CAPITAL_NOUNS = frozenset({"de", "lb"})  # a capital proves nothing there

# What TOKEN finds: a number, a run and a word, of which two are "".
Token = tuple[str, str, str]


def is_loud(word: str) -> bool:
    """Whether a word is in capitals from its first letter to its last, as a name is among words
    that are not: "UPS", "BoE"."""
    letters = word.removesuffix("'s").removesuffix("’s")
    return len(letters) > 1 and letters[0].isupper() and letters[-1].isupper()


def without_possessive(word: str) -> str:
    """A word in small letters, without a possessive ``'s``."""
    low = word.casefold()
    return low[:-2] if low.endswith(_POSSESSIVE) else low
