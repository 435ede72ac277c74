"""From the pieces of a bullet to its sentence, the sources taken out. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.sources.wikipedia.citations import citation
from storage.model import Citation


@dataclass(frozen=True)
class BulletSource:
    """A source in a bullet, or (without a citation) something else that vanishes.

    ``label``: words of its link that may be meant as words of the sentence.
    """

    citation: Citation | None
    label: str = ""


_MARK = "\x00"  # where a source stood
_MAX_PUBLISHER_WORDS = 8

_ENDED = re.compile(r"[.!?…][\"'”’)\]]*$")
_UNUSUAL = re.compile(r"[\[\]{}<>|/\x01-\x08\x0e-\x1f\x7f]|''|https?:")
_QUOTES = re.compile(r"'{2,}")
_LEFT_OVER = re.compile(
    r"\[\[(?:[^\[\]|]*\|)?|\]\]|\{\{|\}\}|\{\||\|\}|</?[a-zA-Z!][^<>]*>|<ref\b"
    r"|https?:\S*|(?<![\w:])//[\w-]+\.\S+"
)
_SQUARE = re.compile(r"\[[^\[\]]*\]|[\[\]|]")
_MARKUP = re.compile(r"[\[\]{}<>]")
_INVISIBLE = re.compile(
    r"[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffd]"
    r"|[\ud800-\udfff]"
)
_BLANKS = re.compile(r"\s+")

_IN_BRACKETS = re.compile(
    rf"[(\[]\s*(?:[\w.'’& -]{{1,40}}:\s*)?{_MARK}(?:[\s,;:/&|.–—-]|and\b|{_MARK})*[)\]]"
)
_RUN = re.compile(rf"{_MARK}(?:(?:[\s,;./|·•–—&-]|\band\b)*{_MARK})+")
_AFTER_STOP = re.compile(rf"(?P<before>[.!?,;:…][\"'”’)]*)\s*{_MARK}\s*(?P<after>[.,;]+)(?=\s|$)")
_BEFORE_STOP = re.compile(rf"\s*{_MARK}\s*(?=[.,;:!?…)\]]|['’]s\b)")
_EMPTY_BRACKETS = re.compile(r"\s*\(\s*[,;:–-]?\s*\)|\s*\[\s*\]")
_SPACED_STOP = re.compile(r"(?<=\w)\s+(?=[.,;:!?](?:\s|$))")
_DOUBLE_STOP = re.compile(r"(?<!\.)\.\.(?!\.)")
_LEADING = " ,;:|/"
_TRAILING = " ,;:|/–—-(["


def plain(text: str) -> str:
    """``text`` without what is left of markup, its whitespace collapsed."""
    if not text.isascii() or _UNUSUAL.search(text):
        text = _QUOTES.sub("", _INVISIBLE.sub("", text))
        text = _LEFT_OVER.sub(" ", text)
        if _LEFT_OVER.search(text):  # markup made of what stood around markup
            text = _MARKUP.sub(" ", text)
        text = _SQUARE.sub(lambda found: found[0] if len(found[0]) > 1 else " ", text)
    return " ".join(text.split())


def settled(pieces: Sequence[str | BulletSource]) -> list[str | BulletSource]:
    """``pieces`` with the labels that are words of the sentence made so."""
    result: list[str | BulletSource] = []
    for position, piece in enumerate(pieces):
        if isinstance(piece, str) or not piece.label:
            result.append(piece)
        elif _is_words(piece.label, _words_of(result), _words_of(pieces[position + 1 :])):
            result += [piece.label, BulletSource(_unnamed(piece.citation))]
        else:
            result.append(BulletSource(piece.citation))
    return result


def sentence(pieces: Sequence[str | BulletSource]) -> str:
    """The text of ``pieces`` as a reader would write it who leaves the sources out."""
    text = "".join(piece if isinstance(piece, str) else _MARK for piece in pieces)
    text = plain(text)
    if _MARK in text:
        text = _without_marks(text)
    text = _DOUBLE_STOP.sub(".", _SPACED_STOP.sub("", _EMPTY_BRACKETS.sub("", text)))
    return _BLANKS.sub(" ", text).lstrip(_LEADING).rstrip(_TRAILING)


def is_ended(text: str) -> bool:
    """Whether ``text`` ends as a sentence does."""
    return bool(_ENDED.search(text.rstrip()))


def _without_marks(text: str) -> str:
    text = _IN_BRACKETS.sub(_MARK, text)
    text = _RUN.sub(lambda run: f"{_MARK}." if "." in run[0] else _MARK, text)
    text = _AFTER_STOP.sub(_one_stop, text)
    return _BEFORE_STOP.sub("", text).replace(_MARK, " ")


def _one_stop(stops: re.Match[str]) -> str:
    """Of the marks before and behind sources the one that ends the sentence, if any does."""
    before = stops["before"]
    return "." if before in (",", ";", ":") and "." in stops["after"] else before


def _is_words(label: str, before: str, after: str) -> bool:
    """Whether a link's label belongs to the sentence around it, not to its sources.

    It does where the sentence begins with it or goes on behind it.
    """
    if before.endswith("(") or after.startswith(")"):
        return False
    if not any(character.isalpha() for character in before):
        return True
    going_on = after.lstrip(",;:'’\"- ")
    if not any(character.isalpha() for character in going_on):
        return len(label.split()) > _MAX_PUBLISHER_WORDS and not is_ended(before)
    return going_on[0].islower() or not is_ended(before)


def _words_of(pieces: Sequence[str | BulletSource]) -> str:
    return " ".join(piece for piece in pieces if isinstance(piece, str)).strip()


def _unnamed(found: Citation | None) -> Citation | None:
    return citation(found.url, "") if found else None
