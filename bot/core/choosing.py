"""Which entity a typed name means, and which names are near to it.

Names are compared folded (``bot.core.names.fold``). A name is clear only where a wrong
guess is unlikely: following the wrong Georgia is worse than being asked which.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.core.names import fold, fold_title
from storage.model import Candidate, Entity

# One entity is clear when it holds this share of at least so many uses of the words.
CLEAR_SHARE = 0.95
CLEAR_USES = 5
# An alias competes with an article of that very title from this many uses and share on.
RIVAL_USES = 3
RIVAL_SHARE = 0.1
# Candidates with a smaller share of the uses are not offered.
OFFERED_SHARE = 0.01
# Likeness (0 to 100) from which a name may be what was meant. Of tests/unit/test_choosing.py, the
# misspellings have 90 and more with the names meant, and 72 and less with others.
NEAR = 78
# The same for single words of names: 77 and more, 67 and less. A letter too many or too few in a
# short one is far off.
WORD_NEAR = 75
SHORTEST_NEAR = 4  # letters; shorter words must be right


@dataclass(frozen=True)
class Nearest:
    """Ids of entities by name: ``containing`` all the words typed, or else ``alike``."""

    containing: tuple[int, ...] = ()
    alike: tuple[int, ...] = ()


def choose(typed: str, candidates: Sequence[Candidate]) -> Candidate | None:
    """The one candidate that ``typed`` (folded) clearly means, or None."""
    if len(candidates) == 1:
        return candidates[0] if _stands_alone(typed, candidates[0]) else None
    return _by_title(typed, candidates) or _by_use(candidates)


def is_common(candidates: Sequence[Candidate]) -> bool:
    """Whether the words are used often enough to tell by them who may be meant."""
    return sum(candidate.uses for candidate in candidates) >= CLEAR_USES


def worth_offering(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates without those that hardly any use of the words means."""
    total = sum(candidate.uses for candidate in candidates)
    return [c for c in candidates if c.exact or c.uses >= OFFERED_SHARE * total]


def _stands_alone(typed: str, only: Candidate) -> bool:
    """Whether the only one known by these words is meant. A single word may name many who
    are not known yet: it must be in common use, the title of an article in use, or what
    another language calls it ("Syrien")."""
    if len(typed.split()) > 1 or only.uses >= CLEAR_USES:
        return True
    if only.exact:
        return only.uses > 0 and fold(only.words) == typed
    return typed in _translated(only.entity)


def _translated(entity: Entity) -> set[str]:
    """What other languages call it, but not by its own name, which others may share."""
    return {fold(name.label) for name in entity.names.values()} - {fold(entity.label)}


def _by_title(typed: str, candidates: Sequence[Candidate]) -> Candidate | None:
    """The one whose article is titled so, unless another is too but for its qualifier."""
    titled = [candidate for candidate in candidates if candidate.exact]
    if len(titled) != 1 or fold(titled[0].words) != typed:
        return None
    others = [candidate for candidate in candidates if candidate is not titled[0]]
    total = sum(candidate.uses for candidate in candidates)
    rivals = (c for c in others if c.uses >= max(RIVAL_USES, RIVAL_SHARE * total))
    return None if any(rivals) else titled[0]


def _by_use(candidates: Sequence[Candidate]) -> Candidate | None:
    """The one that nearly all uses of the words mean."""
    total = sum(candidate.uses for candidate in candidates)
    if total < CLEAR_USES:
        return None
    most = max(candidates, key=lambda candidate: candidate.uses)
    return most if most.uses >= CLEAR_SHARE * total else None


def among(name: str, entities: Iterable[Entity], meant: Collection[int]) -> list[Entity]:
    """Those of the ``entities`` with that name: so labelled, called so in another language or
    (those ``meant`` by it) by an alias; where there are none, with all its words in a label."""
    few = carrying(name, entities, meant)
    return called(name, few, meant) or few


def called(name: str, entities: Iterable[Entity], meant: Collection[int]) -> list[Entity]:
    """Those of the ``entities`` labelled so; where there are none, those called so in another
    language or by an alias."""
    typed, every = fold(name), list(entities)
    exact = [each for each in every if typed in (fold(each.label), fold_title(each.label))]
    return exact or [each for each in every if each.id in meant or typed in _labels(each)]


def carrying(name: str, entities: Iterable[Entity], meant: Collection[int]) -> list[Entity]:
    """Those of the ``entities`` that have all words of the name in a label of theirs, in any
    language, or are ``meant`` by it as an alias."""
    words = set(fold(name).split())
    return [
        each
        for each in entities
        if each.id in meant or (words and any(words <= set(one.split()) for one in _labels(each)))
    ]


def _labels(entity: Entity) -> list[str]:
    return [fold(label) for label in (entity.label, *(n.label for n in entity.names.values()))]


def clear_title(typed: str, titles: Sequence[str]) -> int | None:
    """The index of the one article among search results that ``typed`` clearly means.

    It must be titled so, in two words or more: single words are names of many.
    """
    same = [index for index, title in enumerate(titles) if fold_title(title) == typed]
    if len(same) != 1 or fold(titles[same[0]]) != typed or len(typed.split()) < 2:
        return None
    return same[0]


def nearest(typed: str, names: Sequence[tuple[str, int]], limit: int) -> Nearest:
    """The entities nearest to ``typed`` among ``names`` (folded name, entity id): with all
    its words ten times ``limit``, of which the best known can be chosen; else ``limit`` alike,
    those alike in whole before those with words alike ("Mugabee").

    Takes some tenths of a second for 100,000 names: run it in a thread.
    """
    containing = _once(_containing(typed, names))[: 10 * limit]
    if containing:
        return Nearest(containing=tuple(containing))
    alike = _once(_alike(typed, names, 4 * limit))[:limit]
    if len(alike) < limit:
        alike = _once([*alike, *_alike_by_words(typed, names)])[:limit]
    return Nearest(alike=tuple(alike))


def _containing(typed: str, names: Sequence[tuple[str, int]]) -> list[int]:
    """Entities with a name that has all the words typed, the shortest names first."""
    words = frozenset(typed.split())
    if not words:
        return []
    longest = max(words, key=len)
    found = [
        (len(name), name, entity_id)
        for name, entity_id in names
        if longest in name and words <= set(name.split())
    ]
    return [entity_id for _, _, entity_id in sorted(found)]


def _alike(typed: str, names: Sequence[tuple[str, int]], limit: int) -> list[int]:
    found = process.extract(
        typed,
        [name for name, _ in names],
        scorer=fuzz.token_sort_ratio,
        processor=None,
        score_cutoff=NEAR,
        limit=limit,
    )
    return [names[index][1] for _, _, index in found]


def _alike_by_words(typed: str, names: Iterable[tuple[str, int]]) -> list[int]:
    """Entities with a name in which each word typed is spelled nearly so, likest first."""
    words = typed.split()
    if not words or max(map(len, words)) < SHORTEST_NEAR:
        return []
    having: dict[str, set[int]] = defaultdict(set)
    for name, entity_id in names:
        for word in name.split():
            having[word].add(entity_id)
    near = [_near_words(word, having) for word in words]
    every = set.intersection(*(set(found) for found in near))
    return sorted(every, key=lambda number: (-min(found[number] for found in near), number))


def _near_words(typed: str, having: dict[str, set[int]]) -> dict[int, float]:
    """The entities with a word like this one, by the best likeness."""
    cutoff = WORD_NEAR if len(typed) >= SHORTEST_NEAR else 100
    scored = process.extract(
        typed, list(having), scorer=fuzz.ratio, processor=None, score_cutoff=cutoff, limit=None
    )
    best: dict[int, float] = {}
    for word, score, _ in reversed(scored):  # the best come first, so last of all here
        best.update(dict.fromkeys(having[word], score))
    return best


def _once(ids: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(ids))
