"""What the reports of one event say together."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from bot.core.likeness.facts import Facts, together
from bot.core.likeness.kept import Kept


@dataclass
class Voice:
    """The reports of an event in one language, and how many these are: the sum of their unit
    vectors by term, how many of them have each name, which terms have capitals throughout in one
    of them, and which are words of which article's title."""

    reports: list[Kept] = field(default_factory=list)
    size: int = 0
    sums: dict[int, float] = field(default_factory=dict)
    names: dict[int, int] = field(default_factory=dict)
    capitals: set[int] = field(default_factory=set)
    parts: dict[int, int] = field(default_factory=dict)

    def add(self, kept: Kept) -> None:
        """Take one more in."""
        self.reports.append(kept)
        self.size += 1
        self.capitals.update(kept.capitals)
        if kept.parts:
            self.parts.update(kept.parts)
        names, sums = self.names, self.sums
        for name in kept.names:
            names[name] = names.get(name, 0) + 1
        if not sums:  # most events have one report
            sums.update(zip(kept.terms, kept.weights, strict=True))
            return
        for term, weight in zip(kept.terms, kept.weights, strict=True):
            sums[term] = sums.get(term, 0.0) + weight


@dataclass
class Profile:
    """An event's reports by language, the oldest first, and which articles they name."""

    reports: list[Kept] = field(default_factory=list)
    voices: dict[str, Voice] = field(default_factory=dict)
    entities: dict[int, None] = field(default_factory=dict)
    listed_by: set[int] = field(default_factory=set)  # sources that set a report here apart
    oldest: float = math.inf  # when the first of them was told, in seconds since 1970
    newest: float = -math.inf  # when the last of them was told

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
        voice = self.voices.get(kept.language)
        if voice is None:
            voice = self.voices[kept.language] = Voice()
        voice.add(kept)
        if kept.entities:
            self.entities.update(dict.fromkeys(kept.entities))
        if kept.listed:
            self.listed_by.add(kept.source_id)
        self.oldest, self.newest = min(self.oldest, kept.at), max(self.newest, kept.at)
        self.__dict__.pop("facts", None)

    @cached_property
    def facts(self) -> Facts:
        """What the reports state, taken together."""
        return together(kept.facts for kept in self.reports)
