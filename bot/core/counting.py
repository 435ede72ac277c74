"""How many, in English, for what operators read; readers have the plurals of their languages."""

from __future__ import annotations


def counted(number: float, one: str, many: str = "") -> str:
    """A number of things: "1 event", "2 events"; ``many`` where that is not ``one`` and an s."""
    return f"{number} {noun(number, one, many)}"


def noun(number: float, one: str, many: str = "") -> str:
    """The word alone, as it goes with a number."""
    return one if number == 1 else many or f"{one}s"
