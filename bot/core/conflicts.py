"""Where two texts cannot be about one happening: other places or other numbers.

"12 killed in Kabul" and "15 killed in Peshawar" look alike and are two events.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from bot.core.tolls import is_year

_NUMBER_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen twenty"
).split()
# From two on: in most languages the word for one is an article, too.
_NUMBERS_ABROAD: Mapping[str, str] = {
    "ar": "اثنان/اثنين/اثنتين ثلاثة/ثلاث أربعة/أربع خمسة/خمس ستة/ست سبعة/سبع ثمانية/ثماني تسعة/تسع"
    " عشرة/عشر",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze",
    "pt": "dois/duas três quatro cinco seis sete oito nove dez onze doze",
    "ru": "два/две/двух три/трех/трёх четыре/четырех/четырёх пять/пяти шесть/шести семь/семи"
    " восемь/восьми девять/девяти десять/десяти",
    "zh": "二/两/兩 三 四 五 六 七 八 九 十",
}
_NUMBERS: Mapping[str, Mapping[str, str]] = {
    "en": {word: str(number) for number, word in enumerate(_NUMBER_WORDS)},
} | {
    language: {
        word: str(number)
        for number, forms in enumerate(words.split(), 2)
        for word in forms.split("/")
    }
    for language, words in _NUMBERS_ABROAD.items()
}
_NONE: Mapping[str, str] = {}
_COUNTED = {
    "killed": "dead", "kills": "dead", "kill": "dead", "killing": "dead", "dead": "dead",
    "deaths": "dead", "die": "dead", "dies": "dead", "died": "dead",
    "injured": "hurt", "injures": "hurt", "injuring": "hurt", "injure": "hurt",
    "wounded": "hurt", "wounds": "hurt", "wounding": "hurt", "hurt": "hurt",
    "arrested": "arrested", "arrests": "arrested", "arrest": "arrested",
    "detained": "arrested", "detains": "arrested", "missing": "missing",
}  # fmt: skip
# Looked for much faster than the words, and most texts have none of them.
_BEGINNINGS = frozenset(word[:4] for word in _COUNTED)
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|\w+")
_AHEAD, _BEHIND = 5, 4
_INITIALS = r"(?:[A-Z]\.){2,}"
_NAME = r"(?:(?:St|Mt|Ft|Pt)\.\s+)?[^\W\d_a-z](?!\.[A-Z])[\w'’-]*"
_PLACE = re.compile(
    r"\b(?:in|at|near|outside|off)\s+(?:the\s+)?"
    rf"({_INITIALS}|{_NAME}(?:,?\s+{_NAME})*(?:,?\s+{_INITIALS})?)"
)
_BY_OTHER_NAMES = {
    "u.s.": "united states", "us": "united states", "usa": "united states",
    "u.s.a.": "united states", "u.k.": "united kingdom", "uk": "united kingdom",
    "britain": "united kingdom", "u.a.e.": "united arab emirates", "uae": "united arab emirates",
}  # fmt: skip
_NO_PLACES = frozenset(
    (
        "January February March April May June July August September October November December"
        " Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
    ).split()
)


def texts_conflict(first: str, second: str) -> bool:
    """Whether two texts name other places, or count the same thing differently."""
    return places_conflict(first, second) or numbers_conflict(first, second)


@lru_cache(maxsize=4096)  # each text is compared with many others
def counts(text: str) -> Mapping[str, set[float]]:
    """What a text counts ("dead", "hurt", …) and the numbers it gives for it."""
    low = text.casefold()
    if not any(map(low.__contains__, _BEGINNINGS)):
        return {}
    tokens = _TOKEN.findall(low)
    if _COUNTED.keys().isdisjoint(tokens):
        return {}
    found: dict[str, set[float]] = {}
    for index, token in enumerate(tokens):
        value = _value(token)
        what = _counted(tokens, index) if value is not None else None
        if value is not None and what:
            found.setdefault(what, set()).add(value)
    return found


@lru_cache(maxsize=4096)
def places(text: str) -> frozenset[str]:
    """The names that follow "in", "at", "near", "outside" and "off", case levelled."""
    names = (match.group(1) for match in _PLACE.finditer(text))
    parts = [part.strip() for name in names for part in name.split(",") if part.strip()]
    levelled = [part.casefold() for part in parts if part.split()[0] not in _NO_PLACES]
    return frozenset(_BY_OTHER_NAMES.get(place, place) for place in levelled)


def places_conflict(first: str, second: str) -> bool:
    """Whether both texts name places and share none."""
    one, two = places(first), places(second)
    return bool(one and two) and one.isdisjoint(two)


def numbers_conflict(first: str, second: str) -> bool:
    """Whether both texts count the same thing and agree on no number."""
    one, two = counts(first), counts(second)
    return any(one[what].isdisjoint(two[what]) for what in one.keys() & two.keys())


def number_of(word: str, language: str) -> str:
    """The digits of the small number that a word, case levelled, is in a language; else ""."""
    return _NUMBERS.get(language, _NONE).get(word, "")


def _value(token: str) -> float | None:
    if token in _NUMBER_WORDS:
        return float(_NUMBER_WORDS.index(token))
    if is_year(token):
        return None
    digits = token.replace(",", "")
    try:
        return float(digits) if digits[0].isdigit() else None
    except ValueError:
        return None


def _counted(tokens: list[str], index: int) -> str | None:
    """What the number at ``index`` counts: the nearest such word, looking ahead first."""
    ahead = tokens[index + 1 : index + 1 + _AHEAD]
    behind = reversed(tokens[max(0, index - _BEHIND) : index])
    for token in (*ahead, *behind):
        if token in _COUNTED:
            return _COUNTED[token]
        if _value(token) is not None:
            return None
    return None
