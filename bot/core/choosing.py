"""Which entity a typed name means, and which names are near to it.

Names are compared levelled (``bot.core.names.fold``). A name is clear only where a wrong
guess is unlikely: following the wrong Georgia is worse than being asked which.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.core.names import fold, fold_title
from storage.model import Candidate

# One entity is clear when it holds this share of at least so many uses of the words.
CLEAR_SHARE = 0.95
CLEAR_USES = 5
# An alias competes with an article of that very title from this many uses and share on.
RIVAL_USES = 3
RIVAL_SHARE = 0.1
# Candidates with a smaller share of the uses are not offered.
OFFERED_SHARE = 0.01
# Likeness (0 to 100) from which a name may be what was meant, measured on misspellings.
NEAR = 78


@dataclass(frozen=True)
class Nearest:
    """Ids of entities by name: ``containing`` all the words typed, or else ``alike``."""

    containing: tuple[int, ...] = ()
    alike: tuple[int, ...] = ()


def choose(typed: str, candidates: Sequence[Candidate]) -> Candidate | None:
    """The one candidate that ``typed`` (levelled) clearly means, or None."""
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
    are not known yet: it must be in common use, or the title of an article in use."""
    if len(typed.split()) > 1 or only.uses >= CLEAR_USES:
        return True
    return only.exact and only.uses > 0 and fold(only.words) == typed


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


def clear_title(typed: str, titles: Sequence[str]) -> int | None:
    """The index of the one article among search results that ``typed`` clearly means.

    It must be titled so, in two words or more: single words are names of many.
    """
    same = [index for index, title in enumerate(titles) if fold_title(title) == typed]
    if len(same) != 1 or fold(titles[same[0]]) != typed or len(typed.split()) < 2:
        return None
    return same[0]


def nearest(typed: str, names: Sequence[tuple[str, int]], limit: int) -> Nearest:
    """The entities nearest to ``typed`` among ``names`` (levelled name, entity id): with all
    its words ten times ``limit``, of which the best known can be chosen; else ``limit`` alike.

    Takes about a tenth of a second for 100,000 names: run it in a thread.
    """
    containing = _once(_containing(typed, names))[: 10 * limit]
    alike = [] if containing else _once(_alike(typed, names, 4 * limit))[:limit]
    return Nearest(tuple(containing), tuple(alike))


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


def _once(ids: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(ids))
