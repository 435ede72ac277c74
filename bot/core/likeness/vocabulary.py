"""Terms as small numbers, and how many of the kept reports have each."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Sequence
from itertools import repeat
from operator import mul

from bot.core.likeness.calendar import is_calendar
from bot.core.likeness.terms import Terms

# The background counts as much as this many reports: what a word is worth is known from
# the first report on, and learned anew where this store's news differ.
PRIOR_REPORTS = 200

UNSEEN = 0  # no term's number: that of all which no kept report has
_COMMON = 0.1


class Vocabulary:
    """Numbers terms, counts the reports that have them, forgets those that none has.

    Terms of two languages never meet, whatever their spelling.
    """

    def __init__(self) -> None:
        self.reports = 0
        self._numbers: dict[str, dict[str, int]] = {}  # by language
        # By number, UNSEEN's first; what is free has no key.
        self._keys: list[tuple[str, str] | None] = [None]
        self._counts = array("L", [0])
        self._shares = array("f", [0.0])
        self._telling = bytearray(1)
        self._free: list[int] = []

    def add(self, terms: Terms) -> list[int]:
        """Count a report's terms; their numbers, in the order of its counts."""
        self.reports += 1
        if not terms.counts:
            return []
        known = self._numbers.setdefault(terms.language, {})
        counts = self._counts
        numbers = []
        for term, share in terms.shares.items():
            number = known.get(term)
            if number is None:
                known[term] = number = self._new(term, share, terms.language)
            counts[number] += 1
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
        known = self._numbers.get(terms.language, {})
        return list(map(known.get, terms.counts, repeat(UNSEEN)))

    def is_telling(self, number: int) -> bool:
        """Whether at most a tenth of all texts of its language have the term, and it is no day of
        the week nor a month: these say when, not what."""
        return self._telling[number] > 0

    def weigh(self, terms: Terms, numbers: Sequence[int], *, is_kept: bool) -> list[float]:
        """The unit vector of a text: sublinear counts by inverse document frequency.

        The frequency blends what the store has seen with the background (a prior, as in
        Laplace's rule). A text that is not kept counts for itself as if it were.
        """
        extra = 0 if is_kept else 1
        total = math.log(self.reports + extra + 1 + PRIOR_REPORTS)
        counts, log = self._counts, math.log
        weights = [
            (total - common) * stress
            if (common := log(extra + PRIOR_REPORTS * share + 0.5 + counts[number])) < total
            else 0.0
            for number, share, stress in zip(
                numbers, terms.shares.values(), terms.stress, strict=True
            )
        ]
        norm = math.sqrt(sum(map(mul, weights, weights)))
        return [weight / norm for weight in weights] if norm else weights

    def rarity(self, number: int) -> float:
        """The inverse document frequency of a term; a great one where no report has it."""
        seen = 1.5
        if number != UNSEEN:
            seen = self._counts[number] + PRIOR_REPORTS * self._shares[number] + 0.5
        return max(0.0, math.log((self.reports + 1 + PRIOR_REPORTS) / seen))

    def _new(self, term: str, share: float, language: str) -> int:
        number = self._free.pop() if self._free else self._grow()
        self._keys[number], self._shares[number] = (language, term), share
        is_common = self._shares[number] > _COMMON
        self._telling[number] = not is_common and not is_calendar(term, language)
        return number

    def _grow(self) -> int:
        self._keys.append(None)
        self._counts.append(0)
        self._shares.append(0.0)
        self._telling.append(0)
        return len(self._keys) - 1

    def _release(self, number: int) -> None:
        key = self._keys[number]
        if key is not None:
            language, term = key
            del self._numbers[language][term]
            if not self._numbers[language]:
                del self._numbers[language]
        self._keys[number] = None
        self._free.append(number)
