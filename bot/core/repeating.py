"""Whether a summary says anything that its title does not. Pure."""

from __future__ import annotations

import re

from bot.core.likeness.terms import Terms, take_apart
from bot.core.names import fold

# A word that more texts have is one of grammar ("the", "has"). Where nothing is known of a
# language, no word is taken for one.
_COMMON = 0.15
# A summary of more characters than this times its title's, and these, is no rewording of it.
_TIMES, _MORE = 2, 20
# What turns a sentence into its opposite is telling, however common; in the languages of the
# interface and some more.
_NEGATIONS = frozenset(
    "no not never none nobody neither nor without n't n’t nicht kein keine keiner keinen nie ne pas"
    " aucun aucune jamais sans non mai sin nunca ningún ninguna ni não nem nunca niet geen ikke"
    " inte ej nie nei не нет ни никто никогда без ні لا لم لن ليس ليست دون غير".split()
)
_NEGATING_CHARACTERS = frozenset("不没沒未无無非")
_WORD = re.compile(r"n['’]t\b|\w+?(?=n['’]t\b)|\w+")


def says_more(summary: str, title: str, language: str) -> bool:
    """Whether a summary, in the language of its title, has a telling word that the title lacks.

    Its endings make no other word of one where the language's are known, nor does its case; a
    number is always telling, and so is a negation. In scripts without spaces pairs of characters
    stand for words.
    """
    if len(summary) > _TIMES * len(title) + _MORE:
        return True
    if fold(summary) in fold(title):  # which is so of one cut off in a word, too
        return False
    if _negations(summary) - _negations(title):
        return True
    return not _telling(take_apart(summary, language)) <= take_apart(title, language).shares.keys()


def _negations(text: str) -> set[str]:
    words = set(_WORD.findall(text.casefold()))
    return (words & _NEGATIONS) | (_NEGATING_CHARACTERS & set(text))


def _telling(terms: Terms) -> set[str]:
    """The terms that are not of grammar; all where there is no other."""
    telling = {term for term, share in terms.shares.items() if _tells(term, share)}
    return telling or set(terms.shares)


def _tells(term: str, share: float) -> bool:
    return term[0].isdigit() or share < _COMMON
