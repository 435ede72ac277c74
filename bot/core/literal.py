"""Words as they stand, in their own script: levelled and looked for in a text.

Unlike ``bot.core.names.fold`` nothing is transliterated: a Russian "он" is no English "on",
and Chinese words that only sound alike stay apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from anyascii import anyascii

_ACCENTS = frozenset((1, *range(10, 37), *range(200, 241)))  # combining classes
_DROPPED = frozenset("ʻʼʽʾʿ")  # modifier letters of transliterations: Hawaiʻi, Ṣanʿāʾ

# What is written without spaces, or with particles joined on: there any part is a word.
# First and last letters of the blocks, from the Unicode code charts.
_UNSPACED = (
    ("\u0e00", "\u0eff"),  # Thai, Lao
    ("\u0f00", "\u0fff"),  # Tibetan
    ("\u1000", "\u109f"),  # Myanmar
    ("\u1100", "\u11ff"),  # Hangul letters
    ("\u1780", "\u17ff"),  # Khmer
    ("\u2e80", "\u2fdf"),  # radicals of Chinese characters
    ("\u3005", "\u3007"),  # signs that stand for Chinese characters
    ("\u3040", "\u31ff"),  # Japanese syllables, Bopomofo, more Hangul letters
    ("\u3400", "\u4dbf"),  # Chinese characters
    ("\u4e00", "\u9fff"),
    ("\uac00", "\ud7ff"),  # Hangul syllables
    ("\uf900", "\ufaff"),
    ("\U00020000", "\U0003ffff"),
)

_APART = re.compile(r"[;\n]")


def listed(text: str) -> list[str]:
    """The names in a list written with semicolons and ends of lines between them."""
    return [name for part in _APART.split(text) if (name := part.strip())]


def level(text: str) -> str:
    """A text for literal comparing: its words by one space, without case, accents or points.

    Vowel signs stay where they are letters of their own (Hindi, Thai); Latin letters become
    plain ones ("Łódź" is "lodz"). Empty where there is neither letter nor digit.
    """
    return level_all([text])[0]


def level_all(texts: Sequence[str]) -> list[str]:
    """Many texts levelled, each letter looked at once: far faster than one by one."""
    lines = "\n".join(text.replace("\n", " ") for text in texts)
    composed = unicodedata.normalize("NFKC", lines).casefold()
    marked = unicodedata.normalize("NFKD", composed)
    accents = {ord(letter): None for letter in set(marked) if _is_accent(letter)}
    bare = unicodedata.normalize("NFC", marked.translate(accents))
    plain = {ord(letter): _plain(letter) for letter in set(bare)}
    return [" ".join(line.split()) for line in bare.translate(plain).split("\n")]


def occurs(word: str, text: str) -> bool:
    """Whether a levelled word or phrase stands in a levelled text as a whole, not as a part
    of other words. The empty word stands nowhere."""
    return any(_parts_at(text, at + len(word)) for at in _beginnings(word, text))


def begins(word: str, text: str) -> bool:
    """Whether a word in a levelled text begins with a levelled word, or a phrase there does. The
    empty word begins none."""
    return any(True for _ in _beginnings(word, text))


def _beginnings(word: str, text: str) -> Iterator[int]:
    at = text.find(word) if word else -1
    while at >= 0:
        if _parts_at(text, at):
            yield at
        at = text.find(word, at + 1)


def _parts_at(text: str, at: int) -> bool:
    """Whether a word may begin or end before the letter at this place."""
    if at in (0, len(text)):
        return True
    before, after = text[at - 1], text[at]
    if unicodedata.category(after).startswith("M"):
        return False
    return " " in (before, after) or _is_unspaced(before) or _is_unspaced(after)


def _is_unspaced(letter: str) -> bool:
    return letter >= _UNSPACED[0][0] and any(first <= letter <= last for first, last in _UNSPACED)


def _is_accent(letter: str) -> bool:
    """Whether a mark only adds to its letter: an accent of Latin, Greek or Cyrillic, a point
    of Hebrew or Arabic. Told by its combining class (Unicode, table 4-3 of UAX 44)."""
    return unicodedata.combining(letter) in _ACCENTS or letter in _DROPPED


def _plain(letter: str) -> str:
    """A Latin letter without its bars and joins; any other and the end of a line as they are;
    a space for all else."""
    if letter.isascii():
        return letter if letter.isalnum() or letter == "\n" else " "
    match unicodedata.category(letter)[0]:
        case "L":
            return _latin(letter)
        case "N" | "M":
            return letter
    return "" if unicodedata.category(letter) == "Cf" else " "


def _latin(letter: str) -> str:
    if not unicodedata.name(letter, "").startswith("LATIN "):
        return letter
    return anyascii(letter).casefold() or letter
