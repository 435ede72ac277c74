"""Whom full names mean: those that have one bearer whom they clearly mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.core.choosing import CLEAR_USES, choose
from bot.core.mentions.runs import SMALL, FullName
from bot.core.names import fold, fold_title
from storage.model import Bearer, Candidate, Entity, Link

# How often links must have written a name that is no title: a single time may be a mistake.
LEAST_USES = 2
_LATIN = re.compile("[A-Za-zÀ-ɏ]")


def named_in(
    names: Sequence[FullName], bearers: Mapping[str, Sequence[Bearer]]
) -> tuple[Link, ...]:
    """Whom a text names, each once, in its order: an article about each, and the words of the
    text. ``names`` are its ``possible_names``, ``bearers`` those of each that has any.

    Of overlapping names the longest counts. One of several bearers, or that is part of another
    name, names nobody, nor does any name that shares a word with it.
    """
    found: dict[int, tuple[FullName, Bearer]] = {}
    taken: set[int] = set()
    for name in sorted(names, key=lambda name: (name.start - name.end, name.start)):
        known = bearers.get(name.folded, ())
        place = range(name.start, name.end)
        bearer = None if name.is_part else bearer_of(name, known)
        hides = len(known) > 1 or (known and name.is_part)
        if not (bearer or hides) or not taken.isdisjoint(place):
            continue
        taken.update(place)
        if bearer is not None:
            found[name.start] = (name, bearer)
    first: dict[int, Link] = {}
    for _, (name, bearer) in sorted(found.items()):
        first.setdefault(bearer.entity_id, Link(bearer.title, name.words))
    return tuple(first.values())


# --- Whom a name means ------------------------------------------------------------------

# Words before a surname. With one of them a surname is a surname still.
_FORMS_OF_ADDRESS = frozenset(
    """acting admiral ambassador archbishop ayatollah baron baroness bishop brigadier candidate
    captain cardinal chairman chairwoman chancellor chief col colonel commander congressman
    congresswoman count countess crown dame deputy director doctor dr duchess duke emir emperor
    empress ex father first former gen general gov governor head imam judge justice king lady
    leader lieutenant lord lt maj major mayor minister miss mother mr mrs ms pope premier
    president prime prince princess prof professor queen rabbi rep representative rev reverend
    saint secretary sen senator sergeant sgt sheikh sheikha sir speaker st sultan vice""".split()
)
# What every state, or many a place, has one of.
_COMMON = frozenset(
    """affairs agency air armed army assembly attorney authority bank border board bureau cabinet
    capital central chamber church city coalition coast college commerce commission committee
    commons communist congress conservative constitution constitutional council country county
    court customs day defence defense democratic democrats department development district
    economic economy education election elections electoral emergency energy environment
    executive external federal finance fire force forces foreign government grand green group guard
    health high home homeland house human independence industry institute intelligence interior
    international internal judiciary labor labour law left liberal local lower marine market
    ministry mufti municipal museum national nationalist navy new office official old opposition
    parliament parliamentary parties party peoples police policy popular post presidency
    presidential prison progressive prosecutor provincial public rear referendum regional
    republican republicans republic reserve revolution revolutionary right rights road royal
    school science security senate service services social socialist society special staff state
    states station stock street super supreme theater theatre town trade transport transportation
    treasury unity university upper water western workers year""".split()
)


def bearer_of(name: FullName, bearers: Sequence[Bearer]) -> Bearer | None:
    """Whom a full name clearly means, if anybody."""
    if name.is_country:  # others of that name, such as its teams, are only called so for short
        return next((one for one in bearers if fold(one.title) == name.folded), None)
    candidates = [
        Candidate(Entity(one.entity_id, one.label), one.title, one.uses, exact=one.titled)
        for one in bearers
    ]
    chosen = choose(name.folded, candidates)
    if chosen is None:
        return None
    bearer = bearers[candidates.index(chosen)]
    return bearer if _is_own(name, bearer) and _counts(name.folded, bearer) else None


def _is_own(name: FullName, bearer: Bearer) -> bool:
    """Whether a name is more than an office, a surname with its form of address, or what every
    country has: those mean another elsewhere, or next year."""
    if is_common(fold(bearer.title)) or _is_thing(bearer.title):
        return False
    if not _LATIN.search(name.words):
        return True  # folded, Omar in Arabic letters is "mr"
    own = [word for word in name.folded.split() if word not in SMALL | _FORMS_OF_ADDRESS]
    return not is_common(name.folded) and (len(own) > 1 or fold(bearer.label) == name.folded)


def is_common(name: str) -> bool:
    """Whether a name (folded) is made of words for what every state, or many a place, has."""
    return all(word in SMALL | _COMMON | _FORMS_OF_ADDRESS for word in name.split())


def is_office(word: str) -> bool:
    """Whether a word, its case levelled, is an office or a form of address before a name."""
    return word in _FORMS_OF_ADDRESS


def _is_thing(title: str) -> bool:
    """Whether an article is about a thing without a name ("Climate change", "Rule of law"):
    such words have their capitals from a headline."""
    first, *others = title.split()
    is_small = all(word.isalpha() and word.islower() for word in (first[1:] or "a", *others))
    return is_small and (len(others) == 1 or not SMALL.isdisjoint(others))


def _counts(name: str, bearer: Bearer) -> bool:
    """Whether it is known well enough that the bearer is called so. A title with a qualifier
    tells that others are, too."""
    if fold_title(bearer.title) == name != fold(bearer.title):
        return bearer.uses >= CLEAR_USES
    if bearer.titled or bearer.is_vouched or fold(bearer.label) == name:
        return True
    return bearer.uses >= LEAST_USES and not _is_described(name, bearer.title)


def _is_described(name: str, title: str) -> bool:
    """Whether an article's title describes what it is about ("Law enforcement in Italy") and
    has no name in common with this one: links write "Italian police" for it, which headlines
    write of any."""
    words = title.partition(" (")[0].split()
    named = {part for word in words if word != word.lower() for part in fold(word).split()}
    is_described = any(word.isalpha() and word.islower() and word not in SMALL for word in words)
    return is_described and named.isdisjoint(name.split())
