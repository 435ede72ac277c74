"""Terms as small numbers, and how many of the kept reports have each."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable

from bot.core.likeness.calendar import is_calendar
from bot.core.likeness.terms import Terms

# The background counts as much as this many reports: what a word is worth is known from
# the first report on, and learned anew where this store's news differ.
PRIOR_REPORTS = 200

# Numbers and names tell events apart that have all other words in common.
NUMBER_WORTH, NAME_WORTH = 2.0, 1.3

UNSEEN = -1
_COMMON = 0.1


class Vocabulary:
    """Numbers terms, counts the reports that have them, forgets those that none has.

    Terms of two languages never meet, whatever their spelling.
    """

    def __init__(self) -> None:
        self.reports = 0
        self._numbers: dict[tuple[str, str], int] = {}
        self._keys: list[tuple[str, str] | None] = []
        self._counts = array("L")
        self._shares = array("f")
        self._free: list[int] = []

    def add(self, terms: Terms) -> list[int]:
        """Count a report's terms; their numbers, in the order of its counts."""
        self.reports += 1
        numbers = []
        for term in terms.counts:
            key = (terms.language, term)
            number = self._numbers.get(key)
            if number is None:
                number = self._new(key, terms.shares[term])
            self._counts[number] += 1
            numbers.append(number)
        return numbers

    def drop(self, numbers: Iterable[int]) -> None:
        """Take a report's terms back."""
        self.reports -= 1
        for number in numbers:
            self._counts[number] -= 1
            if not self._counts[number]:
                self._release(number)

    def numbers(self, terms: Terms) -> list[int]:
        """The numbers of a text's terms, in the order of its counts; UNSEEN where no kept
        report has one."""
        language, known = terms.language, self._numbers
        return [known.get((language, term), UNSEEN) for term in terms.counts]

    def is_telling(self, number: int) -> bool:
        """Whether at most a tenth of all texts of its language have the term, and it is no day of
        the week nor a month: these say when, not what."""
        key = self._keys[number] if number != UNSEEN else None
        return (
            key is not None and self._shares[number] <= _COMMON and not is_calendar(key[1], key[0])
        )

    def weigh(self, terms: Terms, numbers: Iterable[int], *, is_kept: bool) -> list[float]:
        """The unit vector of a text: sublinear counts by inverse document frequency.

        The frequency blends what the store has seen with the background (a prior, as in
        Laplace's rule). A text that is not kept counts for itself as if it were.
        """
        extra = 0 if is_kept else 1
        total = math.log(self.reports + extra + 1 + PRIOR_REPORTS)
        counts, shares, names = self._counts, terms.shares, terms.names
        weights = []
        for (term, times), number in zip(terms.counts.items(), numbers, strict=True):
            seen = extra + PRIOR_REPORTS * shares[term] + 0.5
            if number != UNSEEN:
                seen += counts[number]
            weight = max(0.0, total - math.log(seen))
            if times > 1:
                weight *= 1 + math.log(times)
            if term in names:
                weight *= NAME_WORTH
            elif term[0].isdigit():
                weight *= NUMBER_WORTH
            weights.append(weight)
        norm = math.sqrt(sum(weight * weight for weight in weights))
        return [weight / norm for weight in weights] if norm else weights

    def rarity(self, number: int) -> float:
        """The inverse document frequency of a term; a great one where no report has it."""
        seen = 1.5
        if number != UNSEEN:
            seen = self._counts[number] + PRIOR_REPORTS * self._shares[number] + 0.5
        return max(0.0, math.log((self.reports + 1 + PRIOR_REPORTS) / seen))

    def __len__(self) -> int:
        return len(self._numbers)

    def _new(self, key: tuple[str, str], share: float) -> int:
        if self._free:
            number = self._free.pop()
            self._keys[number], self._shares[number] = key, share
        else:
            number = len(self._keys)
            self._keys.append(key)
            self._counts.append(0)
            self._shares.append(share)
        self._numbers[key] = number
        return number

    def _release(self, number: int) -> None:
        key = self._keys[number]
        if key is not None:
            del self._numbers[key]
        self._keys[number] = None
        self._free.append(number)
