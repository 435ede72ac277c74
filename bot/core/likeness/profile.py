"""What the reports of one event say together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from bot.core.likeness.facts import Facts, together
from bot.core.likeness.kept import Kept


@dataclass
class Voice:
    """The reports of an event in one language: the sum of their unit vectors by term, how
    many of them have each name, and which terms are words of which article's title."""

    reports: list[Kept] = field(default_factory=list)
    sums: dict[int, float] = field(default_factory=dict)
    names: Counter[int] = field(default_factory=Counter)
    parts: dict[int, int] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many reports there are."""
        return len(self.reports)

    def add(self, kept: Kept) -> None:
        """Take one more in."""
        self.reports.append(kept)
        sums = self.sums
        for term, weight in zip(kept.terms, kept.weights, strict=True):
            sums[term] = sums.get(term, 0.0) + weight
        self.names.update(kept.names)
        self.parts.update(kept.parts)


@dataclass
class Profile:
    """An event's reports by language, the oldest first, and which articles they name."""

    reports: list[Kept] = field(default_factory=list)
    voices: dict[str, Voice] = field(default_factory=dict)
    entities: Counter[int] = field(default_factory=Counter)

    @classmethod
    def of(cls, reports: Iterable[Kept]) -> Profile:
        """The profile of some reports."""
        profile = cls()
        for kept in reports:
            profile.add(kept)
        return profile

    def add(self, kept: Kept) -> None:
        """Take one more in."""
        self.reports.append(kept)
        self.voices.setdefault(kept.language, Voice()).add(kept)
        self.entities.update(kept.entities)
        self.__dict__.pop("facts", None)

    @cached_property
    def facts(self) -> Facts:
        """What the reports state, taken together."""
        return together(kept.facts for kept in self.reports)

    @property
    def oldest(self) -> float:
        """When the first of them was told, in seconds since 1970."""
        return min(kept.at for kept in self.reports)

    @property
    def newest(self) -> float:
        """When the last of them was told."""
        return max(kept.at for kept in self.reports)

    @property
    def listed_by(self) -> set[int]:
        """The sources that set a report of theirs here apart from their others."""
        return {kept.source_id for kept in self.reports if kept.listed}
