"""Whether a summary says anything that its title does not. Pure."""

from __future__ import annotations

from bot.core.likeness.terms import Terms, take_apart
from bot.core.names import fold

# A word that more texts have is one of grammar ("the", "has"). Where nothing is known of a
# language, no word is taken for one.
_COMMON = 0.15
# A summary of more characters than this times its title's, and these, is no rewording of it.
_TIMES, _MORE = 2, 20


def says_more(summary: str, title: str, language: str) -> bool:
    """Whether a summary, in the language of its title, has a telling word that the title lacks.

    Its endings make no other word of one where the language's are known, nor does its case; a
    number is always telling. In scripts without spaces pairs of characters stand for words.
    """
    if len(summary) > _TIMES * len(title) + _MORE:
        return True
    if fold(summary) in fold(title):  # which is so of one cut off in a word, too
        return False
    return not _telling(take_apart(summary, language)) <= take_apart(title, language).shares.keys()


def _telling(terms: Terms) -> set[str]:
    """The terms that are not of grammar; all where there is no other."""
    telling = {term for term, share in terms.shares.items() if _tells(term, share)}
    return telling or set(terms.shares)


def _tells(term: str, share: float) -> bool:
    return term[0].isdigit() or share < _COMMON
