"""How many, in English, for what operators read; readers have the plurals of their languages."""

from __future__ import annotations


def counted(number: float, one: str, many: str = "") -> str:
    """A number of things: "1 event", "2 events"; ``many`` where that is not ``one`` and an s."""
    return f"{number} {noun(number, one, many)}"


def noun(number: float, one: str, many: str = "") -> str:
    """The word alone, as it goes with a number."""
    return one if number == 1 else many or f"{one}s"


def lasting(seconds: float) -> str:
    """A length of time, roughly: "40 s", "90 min", "3 h", "2 d"."""
    whole = max(0, round(seconds))
    full_hours = whole % 3600 == 0
    for size, unit, most in (
        (1, "s", 100),
        (60, "min", 60 if full_hours else 100),
        (3600, "h", 48),
    ):
        if whole < size * most:
            return f"{whole // size} {unit}"
    return f"{whole // 86400} d"


def sized(count: int) -> str:
    """So many bytes, roughly: "10 MB", "4 bytes"."""
    return f"{count // 2**20} MB" if count >= 2**20 else counted(count, "byte")
