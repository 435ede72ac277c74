"""How alike two accounts are, all evidence taken together."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import repeat
from operator import mul

from bot.core.likeness.facts import Facts, toll_rises
from bot.core.likeness.gazetteer import are_apart, are_other_towns, share_a_town
from bot.core.likeness.headlines import count_otherwise, name_others, tell_otherwise
from bot.core.likeness.kept import Kept
from bot.core.likeness.profile import Profile, Voice
from bot.core.likeness.subjects import tell_of_others

Rarity = Callable[[int], float]


@dataclass(frozen=True)
class Worth:
    """What terms and articles say, by number: how rare they are, and whether a word that two
    texts share is more than one of the language's common ones."""

    of_word: Rarity
    of_article: Rarity
    is_telling: Callable[[int], bool]


NEVER = -1.0  # surely not the same

# What each kind of evidence is worth, in cosines: the weights that a logistic regression
# gives it on pairs of a report and an event of labelled news (the training topics of ECB+,
# Cybulska and Vossen, 2014), rounded. That news names no articles: ENTITIES is chosen so
# that articles alone never suffice in one language.
MEAN, CLOSEST = 0.56, 0.44
FOREIGN, STRANGERS = 0.03, 0.07
SAME_PLACE, SAME_COUNT = 0.08, 0.12
OTHER_DAY, OTHER_SCORE = 0.05, 0.06
ENTITIES = 0.1
# Two events are taken for one the less easily, the more pairs of reports that would unite: of
# the same likeness (0.25 to 0.3), events of at most four reports mostly are one and those of
# more than eight are not. (Chosen, as FOREIGN is, on the same news in its order and five random
# ones; the regression, which saw reports and events only, gave FOREIGN 0.045.)
GROWN = 0.04
# A day's distance: what comes later tells more often what followed. (Labelled news gives no
# times; chosen on the portal's own days, where nearly all that is alike is a sequel: of 1,430
# bullets, taken as if many sources had told them, 37 join another; 65 do with half of it.)
DELAY = 0.2

# Days from which a headline of the same pattern with another verb tells what followed.
_LATER = 0.25
_CORE = 0.5  # of an event's reports have a name: it is the event's own
_LEAST = 0.03  # mean cosine below which nothing else is looked at
_SHARED_ENTITIES = 2  # at least
# Across languages: this many shared articles, each in at most a hundredth of the reports,
# at least half of all they name, within a day.
_SHARED_ABROAD, _RARE, _OVERLAP_ABROAD, _DAY = 3, math.log(100), 0.5, 86_400.0
# What two texts must have in common: so many telling words (one less where they are very much
# alike), and so much cosine beyond the names of articles.
_THINGS, _SURE, _BEYOND = 3, 0.4, 0.05
ROWS, _COLUMNS = 4, 12  # newest reports that are compared one by one


@dataclass(frozen=True)
class LikenessEvidence:
    """What speaks for one event and against it, each kind by itself."""

    mean: float = 0.0
    closest: float = 0.0
    foreign: float = 0.0
    strangers: bool = False
    same_place: bool = False
    same_count: bool = False
    other_day: bool = False
    other_score: bool = False
    entities: float = 0.0
    days: float = 0.0
    grown: float = 0.0

    @property
    def likeness(self) -> float:
        """All together, in cosines."""
        return (
            MEAN * self.mean
            + CLOSEST * self.closest
            - FOREIGN * self.foreign
            - STRANGERS * self.strangers
            + SAME_PLACE * self.same_place
            + SAME_COUNT * self.same_count
            - OTHER_DAY * self.other_day
            - OTHER_SCORE * self.other_score
            + ENTITIES * self.entities
            - DELAY * self.days
            - GROWN * self.grown
        )


def verdict(one: Profile, other: Profile, worth: Worth) -> float:
    """How surely two accounts, of one report or several, tell of one event."""
    if not one.listed_by.isdisjoint(other.listed_by):
        return NEVER
    if one.voices.keys().isdisjoint(other.voices):
        return _across_languages(one, other, worth.of_article)
    evidence = gather(one, other, worth)
    return evidence.likeness if evidence else NEVER


def _across_languages(one: Profile, other: Profile, rarity: Rarity) -> float:
    """By the articles alone that both name, if those are many, rare, and of one day."""
    shared = one.entities.keys() & other.entities.keys()
    if sum(rarity(entity) >= _RARE for entity in shared) < _SHARED_ABROAD:
        return NEVER
    apart = max(one.oldest, other.oldest) - min(one.newest, other.newest)
    if apart > _DAY or _places_conflict(one, other) or _counts_conflict(one.facts, other.facts):
        return NEVER
    overlap = entity_overlap(one, other, rarity)
    return overlap if overlap >= _OVERLAP_ABROAD else NEVER


def gather(one: Profile, other: Profile, worth: Worth) -> LikenessEvidence | None:
    """The evidence; None where they have too little in common, or something conflicts."""
    common = one.voices.keys() & other.voices.keys()
    if not common:
        return None
    language = max(common, key=lambda each: (one.voices[each].size + other.voices[each].size, each))
    smaller, larger = sorted((one.voices[language], other.voices[language]), key=_size)
    mean = mean_cosine(smaller, larger)
    here, there = one.facts, other.facts
    if mean < _LEAST or _places_conflict(one, other):
        return None
    rises = toll_rises(here, there)
    if _only_names(smaller, larger, mean, worth.is_telling, rises=rises):
        return None
    likest = _likest(smaller, larger)
    days = days_between(one, other.oldest, other.newest)
    if (
        _counts_conflict(here, there)
        and not _located(smaller, larger, here, there)
        and (days > 1 or not any(_recounts(row, kept) for _, row, kept in likest))
    ):
        return None
    for _, row, kept in likest:
        if name_others(row.headline, kept.headline) or tell_of_others(row, kept):
            return None
        if days >= _LATER and not rises and tell_otherwise(row.headline, kept.headline):
            return None
    foreign = _foreign(smaller, larger, worth.of_word)
    if smaller.size == larger.size:
        foreign = max(foreign, _foreign(larger, smaller, worth.of_word))
    return LikenessEvidence(
        mean=mean,
        closest=sum(best for best, _, _ in likest) / len(likest),
        foreign=foreign * math.log(1 + larger.size),
        strangers=foreign == 1.0,
        same_place=share_a_town(here.places, there.places),
        same_count=_same_count(here, there),
        other_day=_disjoint(here.weekdays, there.weekdays) or _disjoint(here.dates, there.dates),
        other_score=_disjoint(here.scores, there.scores),
        entities=entity_overlap(one, other, worth.of_article),
        days=days,
        grown=grown(len(one.reports), len(other.reports)),
    )


def _only_names(
    one: Voice, other: Voice, mean: float, is_telling: Callable[[int], bool], *, rises: bool
) -> bool:
    """Whether they have little more in common than whom they name: a person is in the news for
    many things. The words of one article that either names count as one, and of other names
    two do: most are a first name and a surname. Besides, one word at least has to say what
    happened: "Ukrainian President Volodymyr Zelensky" stands in all news of his. (A toll that
    ``rises`` does, too.)"""
    if len(one.sums) > len(other.sums):
        one, other = other, one
    articles: set[int] = set()
    names = words = 0
    deeds = int(rises)
    beyond = mean
    for term in one.sums.keys() & other.sums.keys():
        article = one.parts.get(term, other.parts.get(term))
        if article is not None:
            beyond -= one.sums[term] * other.sums[term] / (one.size * other.size)
            articles.add(article)
        elif term in one.names and term in other.names:
            names += 1
        elif is_telling(term):
            words += 1
            deeds += term not in one.capitals and term not in other.capitals
    things = len(articles) + (names + 1) // 2 + words
    return not deeds or beyond < _BEYOND or things < (_THINGS if mean < _SURE else _THINGS - 1)


def _located(smaller: Voice, larger: Voice, here: Facts, there: Facts) -> bool:
    """Whether a place or a name says that two tolls are one that rises."""
    if here.places and there.places:  # which do not conflict
        return not are_other_towns(here.places, there.places)
    return not smaller.names.keys().isdisjoint(larger.sums)


def _recounts(one: Kept, other: Kept) -> bool:
    """Whether two reports' headlines are the same but for what both count."""
    both = one.facts.counted.keys() & other.facts.counted.keys()
    return count_otherwise(one.headline, other.headline, most=len(both))


def _places_conflict(one: Profile, other: Profile) -> bool:
    return are_apart(one.facts.places, other.facts.places)


def _counts_conflict(one: Facts, other: Facts) -> bool:
    both = one.counted.keys() & other.counted.keys()
    return bool(both) and all(one.counted[what].isdisjoint(other.counted[what]) for what in both)


def _size(voice: Voice) -> int:
    return voice.size


def _disjoint(one: frozenset[object], other: frozenset[object]) -> bool:
    return bool(one and other) and one.isdisjoint(other)


def days_between(one: Profile, oldest: float, newest: float) -> float:
    """How far an account lies before or behind another, which was told from ``oldest`` to
    ``newest``."""
    return max(0.0, one.oldest - newest, oldest - one.newest) / _DAY


def grown(one: int, other: int) -> float:
    """How much uniting ``one`` event with another weighs, by their reports; nothing where
    ``one`` is a report that joins."""
    return math.log(one * other / 2) if one > 1 else 0.0


def _same_count(one: Facts, other: Facts) -> bool:
    both = one.counted.keys() & other.counted.keys()
    return any(not one.counted[what].isdisjoint(other.counted[what]) for what in both)


def mean_cosine(one: Voice, other: Voice) -> float:
    """The mean of the cosines of all pairs of their reports: the product of their sums."""
    smaller, larger = one.sums, other.sums
    if len(smaller) > len(larger):
        smaller, larger = larger, smaller
    product = sum([weight * larger[term] for term, weight in smaller.items() if term in larger])
    return product / (one.size * other.size)


def _likest(smaller: Voice, larger: Voice) -> list[tuple[float, Kept, Kept]]:
    """The smaller one's reports, each with the larger's that is most like it, behind the
    cosine."""
    rows, columns = smaller.reports[-ROWS:], larger.reports[-_COLUMNS:]
    found = []
    for row in rows:
        vector = smaller.sums if smaller.size == 1 else _vector(row)
        cosines = [cosine(vector, kept) for kept in columns]
        best = max(cosines)
        found.append((best, row, columns[cosines.index(best)]))
    return found


def _vector(kept: Kept) -> dict[int, float]:
    return dict(zip(kept.terms, kept.weights, strict=True))


def cosine(vector: dict[int, float], kept: Kept) -> float:
    """The product of a unit vector, by term, with a report's."""
    product: float = sum(map(mul, kept.weights, map(vector.get, kept.terms, repeat(0.0))))
    return product


def _foreign(smaller: Voice, larger: Voice, rarity: Rarity) -> float:
    """The share of the smaller one's own names, by rarity, that the larger never says."""
    least = _CORE * smaller.size
    total = missing = 0.0
    for name, times in smaller.names.items():
        if times >= least:
            weight = rarity(name) * times
            total += weight
            if name not in larger.sums:
                missing += weight
    return missing / total if total else 0.0


def entity_overlap(one: Profile, other: Profile, rarity: Rarity) -> float:
    """How far they name the same articles: Dice's coefficient, weighted by rarity.

    One article in common says who is in the news, two and more what happened.
    """
    shared = one.entities.keys() & other.entities.keys()
    if len(shared) < _SHARED_ENTITIES:
        return 0.0
    total = sum(rarity(entity) for each in (one, other) for entity in each.entities)
    return 2 * sum(map(rarity, shared)) / total if total else 0.0
