"""How months and days of the week are called, and how what people type is levelled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.core.literal import level

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_SHORTEST_NAME = 3


@dataclass(frozen=True)
class CalendarNames:
    """The months (January 1) and the days of the week (Monday 0) by their names, levelled, in
    the languages that readers may write."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]

    @classmethod
    def of(
        cls, months: Iterable[Sequence[str]], weekdays: Iterable[Sequence[str]]
    ) -> CalendarNames:
        """From the twelve and the seven names, each several times if need be, of each language
        or style."""
        return cls(_numbered(months, 1), _numbered(weekdays, 0))

    def month(self, typed: str) -> int | None:
        """The month that a levelled name means, shortened to three letters or more."""
        return _named_by(typed, self.months)

    def weekday(self, typed: str) -> int | None:
        """The same for a day of the week."""
        return _named_by(typed, self.weekdays)


def level_typed(text: str) -> str:
    """A text levelled, its Arabic letters also where they are written in two ways."""
    return level(text).replace("ة", "ه").replace("ـ", "")


def _numbered(languages: Iterable[Sequence[str]], first: int) -> dict[str, int]:
    return {
        level_typed(name): number
        for names in languages
        for number, name in enumerate(names, first)
        if level_typed(name)
    }


def _named_by(typed: str, numbers: Mapping[str, int]) -> int | None:
    if typed in numbers:
        return numbers[typed]
    if len(typed) < _SHORTEST_NAME:
        return None
    meant = {number for name, number in numbers.items() if name.startswith(typed)}
    return meant.pop() if len(meant) == 1 else None
