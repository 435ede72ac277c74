"""What a text states besides its words: where, on which day, how many, which score."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.core.conflicts import counts
from bot.core.likeness.calendar import dates_in, weekdays_in
from bot.core.likeness.gazetteer import Place, known_places

_SCORE = re.compile(
    r"(?<![\d-])(\d{1,3})\s?[-–:]\s?(\d{1,3})(?![\d-])(?!\s?-?\s?(?:year|day|month))"
)
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Facts:
    """Places named, days of the week (Monday is 0) and of months, what is counted ("dead",
    "hurt", …) with its numbers, scores ("31-24"), and whether a toll is spoken of."""

    places: frozenset[Place] = frozenset()
    weekdays: frozenset[int] = frozenset()
    dates: frozenset[tuple[int, int]] = frozenset()
    counted: Mapping[str, frozenset[float]] = field(default_factory=dict)
    scores: frozenset[str] = frozenset()
    toll: bool = False


NOTHING = Facts()


def facts_of(text: str, terms: Sequence[str], language: str) -> Facts:
    """The facts in a text; ``terms`` are its words' stems and numbers in their order."""
    places, scores = known_places(text), _scores(text)
    weekdays, dates = weekdays_in(terms, language), dates_in(terms, language)
    counted = {what: frozenset(numbers) for what, numbers in counts(text).items()}
    toll = language == "en" and "toll" in terms
    if not (places or weekdays or dates or counted or scores or toll):
        return NOTHING  # most texts: shared, to be small
    return Facts(places, weekdays, dates, counted, scores, toll)


def _scores(text: str) -> frozenset[str]:
    if _DIGIT.search(text) is None:  # looked for much faster than scores, and most texts have none
        return frozenset()
    return frozenset(f"{one}-{other}" for one, other in _SCORE.findall(text))


def together(facts: Iterable[Facts]) -> Facts:
    """What several reports state, taken together."""
    stated = [each for each in facts if each is not NOTHING]
    if len(stated) < 2:
        return stated[0] if stated else NOTHING
    counted: dict[str, frozenset[float]] = {}
    for each in stated:
        for what, numbers in each.counted.items():
            counted[what] = counted.get(what, frozenset()) | numbers
    return Facts(
        places=frozenset().union(*(each.places for each in stated)),
        weekdays=frozenset().union(*(each.weekdays for each in stated)),
        dates=frozenset().union(*(each.dates for each in stated)),
        counted=counted,
        scores=frozenset().union(*(each.scores for each in stated)),
        toll=any(each.toll for each in stated),
    )


def toll_rises(one: Facts, other: Facts) -> bool:
    """Whether one speaks of a toll, and the other one of it too or of how many died."""
    return (one.toll and (other.toll or "dead" in other.counted)) or (
        other.toll and "dead" in one.counted
    )
