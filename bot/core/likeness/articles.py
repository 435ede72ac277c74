"""The articles that a text names: as rare as their titles, and which of its words these are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from bot.core.likeness.background import frequency, term_of
from bot.core.likeness.terms import Terms

_WORD = re.compile(r"\w+")
_NO_PARTS: Mapping[int, int] = MappingProxyType({})
_NO_TERMS = Terms("", {}, {}, frozenset())


def as_terms(entities: frozenset[str]) -> Terms:
    """Articles' titles counted like terms; as rare as the rarest of their words."""
    if not entities:  # as for most texts
        return _NO_TERMS
    shares = {
        entity: min((frequency(word, "en") for word in entity.split()), default=0.0)
        for entity in sorted(entities)
    }
    return Terms("", dict.fromkeys(shares, 1), shares, frozenset())


def parts_of(
    entities: Terms, articles: Sequence[int], terms: Terms, numbers: Sequence[int]
) -> Mapping[int, int]:
    """Those of a text's terms that are words of the titles of the articles that it names; both
    by number."""
    if not articles:
        return _NO_PARTS
    numbered = dict(zip(terms.counts, numbers, strict=True))
    return {
        numbered[term]: article
        for title, article in zip(entities.counts, articles, strict=True)
        for word in _WORD.findall(title)
        if (term := term_of(word, terms.language)[0]) in numbered
    }
