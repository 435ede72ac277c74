"""Whom an alert offers to follow, of those whom its event names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from bot.core.topics import is_story
from storage.model import Evidence

OFFERED = 2
# Articles that tell of nobody in particular.
_COMMON = re.compile("^Lists? of | people$")


class Candidate(NamedTuple):
    """An entity by the title of its article, and the surest evidence by which an event names
    it, with the words."""

    entity_id: int
    title: str
    evidence: Evidence
    words: str


def offered(
    named: Iterable[Candidate], topics: Sequence[str], followed: Collection[int]
) -> list[int]:
    """The entities that an event under ``topics`` offers to follow, but for those followed: whom
    its own text names and the nearest topic above it, which comes second. Names are written with
    a capital where letters have any; what is written small ("jury"), then lists and peoples
    ("American": "American people") come last."""
    left = sorted((each for each in named if each.entity_id not in followed), key=_commonness)
    own = [each for each in left if each.evidence is not Evidence.TOPIC]
    above = [
        each
        for each in left
        if each.evidence is Evidence.TOPIC and each.words in topics[-1:] and is_story(each.words)
    ]
    return [each.entity_id for each in (*own[:1], *above, *own[1:])][:OFFERED]


def _commonness(candidate: Candidate) -> int:
    return 2 if _COMMON.search(candidate.title) else int(candidate.words.islower())
