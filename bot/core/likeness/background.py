"""How common a word is in a language at large: what a young store has not learned yet.

The frequencies are those of the package wordfreq (Speer, R., 2022, rspeer/wordfreq), its
small lists, read when a language first comes up. It is imported then, too: that takes a third
of a second, which no command of the command line should wait for in vain.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

import Stemmer  # type: ignore[import-not-found]  # PyStemmer ships neither stubs nor py.typed

from bot.core.likeness.tokens import without_possessive

# How long a text a word's frequency is reckoned for, in words.
_TEXT_LENGTH = 100
# A word that a list lacks is rarer than its last one; where there is no list at all, a
# short word is taken for a common one.
_UNLISTED = 3e-7
_UNKNOWN_SHORT, _UNKNOWN_LONG, _SHORT = 1e-3, 1e-5, 3
_MOST = 0.9  # of all texts: no word is in every one
# Of three of these languages each has a name at least a tenth as often as another.
_FAR_FROM_EACH_OTHER, _ABROAD, _ABROAD_AS_OFTEN = ("de", "es", "pl", "en"), 3, 0.1
_RARE = 3e-6
_ENDINGS = ("s", "es", "e", "en", "er", "n")
_STEMMERS: Mapping[str, str] = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german",
    "el": "greek", "en": "english", "eo": "esperanto", "es": "spanish", "et": "estonian",
    "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish",
    "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian",
    "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
_LISTS: Mapping[str, str] = {"no": "nb", "nn": "nb", "sr": "sh", "hr": "sh", "bs": "sh"}


@lru_cache(maxsize=1 << 17)  # words come again and again, and stemming one takes 30 µs
def term_of(written: str, language: str) -> tuple[str, float]:
    """The term that a word as written stands for, and the share of a language's texts that have
    it."""
    word = without_possessive(written)
    if word[0].isdigit():
        return word, frequency(word, language)
    term = stem(word, language)
    return term, max(frequency(word, language), frequency(term, language))


def frequency(word: str, language: str) -> float:
    """The share of a language's texts that have the word, between 0 and 1, roughly."""
    listed = _list_of(language)
    if word[0].isdigit():
        share = _number_share(word)
    elif not listed:
        share = _UNKNOWN_SHORT if len(word) <= _SHORT else _UNKNOWN_LONG
    else:
        share = listed.get(word, _UNLISTED)
    return min(_MOST, share * _TEXT_LENGTH)


@lru_cache(maxsize=1 << 12)
def is_spelled_alike_abroad(word: str, language: str) -> bool:
    """Whether languages that are not close have a word in one spelling and its own none of its
    endings: a name, mostly."""
    own = _list_of(language)
    share = own.get(word, _UNLISTED)
    least = _ABROAD_AS_OFTEN * share
    if any(own.get(word + ending, 0.0) >= least for ending in _ENDINGS):
        return False
    others = [each for each in _FAR_FROM_EACH_OTHER if each != language][:_ABROAD]
    # What is rare may be too rare for one of the lists.
    enough = len(others) - 1 if share < _RARE else len(others)
    return sum(_list_of(each).get(word, 0.0) >= least for each in others) >= enough


def _number_share(number: str) -> float:
    """By its digits: small numbers and years near to ours are common, long ones rare."""
    import wordfreq

    return wordfreq.word_frequency(number, "en", wordlist="small", minimum=_UNLISTED)


def stem(word: str, language: str) -> str:
    """The word without its endings, as Snowball cuts them; as it is where it knows none."""
    stem_word = _stemmer(language)
    return stem_word(word) if stem_word else word


@lru_cache(maxsize=64)
def _list_of(language: str) -> Mapping[str, float]:
    name = _LISTS.get(language, language)
    if name not in _listed_languages():
        return {}
    import wordfreq

    return wordfreq.get_frequency_dict(name, wordlist="small")


@lru_cache(maxsize=1)
def _listed_languages() -> frozenset[str]:
    import wordfreq

    return frozenset(wordfreq.available_languages("small"))


@lru_cache(maxsize=64)
def _stemmer(language: str) -> Callable[[str], str] | None:
    name = _STEMMERS.get(language)
    if name is None or name not in Stemmer.algorithms():
        return None
    stem_word: Callable[[str], str] = Stemmer.Stemmer(name).stemWord
    return stem_word
