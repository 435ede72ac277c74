"""Headlines that say the same of others: "BP reports record profit", "Shell reports record profit".

The first word of a headline has a capital whatever it is. That it is a name shows otherwise: it
is in capitals throughout, or goes on ("Bank of England"), or many languages have it. And reports
of one event name its subject somewhere: what either text has of the other's proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.core.likeness.background import is_spelled_alike_abroad
from bot.core.likeness.gazetteer import touch
from bot.core.likeness.headlines import (
    NAME,
    PART,
    SPELLED_ALIKE,
    Headline,
    align,
    places_in,
)
from bot.core.likeness.kept import Kept
from bot.core.likeness.tokens import CAPITAL_NOUNS, TOKEN, is_loud, without_possessive

_LEAST = 3  # letters of a word that is cut


def tell_of_others(one: Kept, other: Kept) -> bool:
    """Whether two reports' headlines are of one pattern and name what the other's text does not:
    at their beginning, or in another place if their numbers differ, too."""
    return _begin_with_others(one, other) or _count_others(one, other)


def _begin_with_others(one: Kept, other: Kept) -> bool:
    """Whether all but the subject is the same, from the next word on."""
    here, there = one.headline, other.headline
    mine, theirs = _words(here.subject), _words(there.subject)
    if not (mine and theirs):
        return False
    first, rest = _cut(here, len(mine))
    second, others = _cut(there, len(theirs))
    if rest.terms[:1] != others.terms[:1] or _are_alike(mine, theirs):
        return False
    if not (_is_name(here.subject, one.language) or _is_name(there.subject, one.language)):
        return False
    if _may_be_any(here, first) or _may_be_any(there, second) or _share_a_name(first, second):
        return False
    if _is_told(range(len(mine)), one, other) or _is_told(range(len(theirs)), other, one):
        return False
    along = align(rest, others)
    return along is not None and not any(left and right for left, right in along[2])


def _count_others(one: Kept, other: Kept) -> bool:
    """Whether the numbers differ, and in another place something does that has a name; but not
    where they share a name, as that of a ship whose victims are counted again."""
    here, there = one.headline, other.headline
    if not set(one.names).isdisjoint(other.terms) or PART in here.kinds or PART in there.kinds:
        return False
    if not any(term[0].isdigit() for term in here.terms):
        return False
    along = align(here, there)
    if along is None:
        return False
    mine, theirs, gaps = along
    if [here.terms[place] for place in mine] == [there.terms[place] for place in theirs]:
        return False
    return any(_name_others(one, left, other, right) for left, right in gaps if left and right)


def _name_others(one: Kept, left: range, other: Kept, right: range) -> bool:
    """Whether one of two gaps has a name, and neither text tells what stands in the other's."""
    here, there = one.headline, other.headline
    mine, theirs = slice(left.start, left.stop), slice(right.start, right.stop)
    return (
        NAME in here.kinds[mine] + there.kinds[theirs]
        and not _are_alike(here.terms[mine], there.terms[theirs])
        and not touch(places_in(here, left), places_in(there, right))
        and not _is_told(left, one, other)
        and not _is_told(right, other, one)
    )


def _words(subject: str) -> list[str]:
    return [without_possessive("".join(token)) for token in TOKEN.findall(subject)]


def _is_name(subject: str, language: str) -> bool:
    """Whether a headline's subject is a name for sure."""
    words = subject.split()
    if any(map(is_loud, words)):
        return True
    if len(words) > 1:
        return language not in CAPITAL_NOUNS
    return is_spelled_alike_abroad(without_possessive(subject), language)


def _are_alike(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether two names are one: all words of one are the other's, or it stands for these."""
    fewer, more = sorted((mine, theirs), key=lambda words: (len(words), len("".join(words))))
    return all(any(_are_spelled_alike(word, each) for each in more) for word in fewer) or (
        len(fewer) == 1 and _stands_for(fewer[0], more)
    )


def _are_spelled_alike(one: str, other: str) -> bool:
    """Whether two words may be one, of which one is cut: "Fed", "Federal"."""
    letters = max(_LEAST, min(SPELLED_ALIKE, len(one), len(other)))
    return one[:letters] == other[:letters]


def _stands_for(short: str, words: Sequence[str]) -> bool:
    """Whether a name abbreviates others by their letters: "EZB", "Europäische Zentralbank"."""
    name = "".join(words)
    return (
        short[0] == name[0]
        and (len(words) > 1 or not name.startswith(short))  # "UN", "UNICEF"
        and _are_among([word[0] for word in words if len(word) > 3], short)
        and _are_among(short, name)
    )


def _are_among(few: Iterable[str], letters: str) -> bool:
    """Whether some letters are among others, in their order."""
    left = iter(letters)
    return all(letter in left for letter in few)


def _may_be_any(headline: Headline, subject: Headline) -> bool:
    """Whether a subject begins with a place, which stands for much: its government, who leads
    it, whoever lives there; or says how many."""
    begins = bool(headline.places) and headline.places[0][0] == 0
    return begins or any(term[0].isdigit() for term in subject.terms)


def _share_a_name(one: Headline, other: Headline) -> bool:
    """Whether two subjects do: "Former President Example", "Ex-President Example"."""
    names = [
        {term for term, kind in zip(each.terms, each.kinds, strict=True) if kind == NAME}
        for each in (one, other)
    ]
    return not names[0].isdisjoint(names[1])


def _is_told(words: range, one: Kept, other: Kept) -> bool:
    """Whether a text has all these words of another's headline."""
    terms = one.headline.terms
    # A text's terms are numbered in the order of their first occurrence.
    numbers = dict(zip(dict.fromkeys(terms), one.terms, strict=False))
    return all(numbers.get(terms[place], 0) in other.terms for place in words)


def _cut(headline: Headline, place: int) -> tuple[Headline, Headline]:
    """The terms of a headline before a place, and those from there on."""
    terms, kinds = headline.terms, headline.kinds
    return Headline(terms[:place], kinds[:place]), Headline(terms[place:], kinds[place:])
