"""JSON as sites really write it: with line breaks in strings, and commas behind the last."""

from __future__ import annotations

import json
import re
from typing import Any

# What is kept as it is: all but a comma that a list or an object ends behind. A string that
# never ends goes to the end, else each mark in it would be taken for the start of another.
_TRAILING_COMMA = re.compile(r"((?:[^\",]++|\"(?:[^\"\\]++|\\.)*+\"?+|,(?!\s*+[}\]]))++)|,", re.S)
_MOST_COMMAS = 10_000
_LONGEST_NUMBER = 1_000  # digits; Python refuses to read 4,300


def _whole(digits: str) -> int:
    return int(digits[:_LONGEST_NUMBER])


_DECODER = json.JSONDecoder(strict=False, parse_int=_whole)


def without_commas(text: str) -> str:
    """``text`` less the commas that stand behind the last of a list or an object."""
    return _TRAILING_COMMA.sub(lambda found: found[1] or "", text, 2 * _MOST_COMMAS)


def value_at(text: str, place: int = 0) -> tuple[Any, int]:
    """The value that begins at ``place``, and where it ends; what follows is not looked at.

    Raises ValueError where it is broken, cut off or too deep, with the place in ``pos`` if known.
    """
    try:
        return _DECODER.raw_decode(text, place)
    except RecursionError:
        raise ValueError("nested too deep") from None


def value_of(text: str) -> Any:
    """The value that ``text`` begins with, mended if need be. Raises ValueError as above."""
    try:
        return value_at(text)[0]
    except ValueError:
        mended = without_commas(text)
        if mended == text:
            raise
    return value_at(mended)[0]
