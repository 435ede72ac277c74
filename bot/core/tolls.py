"""How many people a title says have died. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

# A greater number is mostly one that the day recalls (wars, famines), or of animals.
_MOST = 1000
_YEARS = range(1900, 2100)
# In English, German, French, Spanish, Russian, Arabic and Chinese: what follows a number of dead,
_DEAD = (
    r"\b(?:killed|dead|deaths?|die|died|tote[nr]?|tot|getötet|todesopfer|sterben|starben|gestorben"
    r"|morts|tuée?s|décès|meurent|muertos|muertes|muertas|mueren|murieron|fallec\w+)\b"
    r"|погиб|убит|жертв|умер|قتل|قتيل|مصرع|وفاة|死|遇[难難]|[丧喪]生|身亡"
)
# and what goes before one.
_KILLS = (
    r"\b(?:kill|kills|killing|killed|toll|töte[tn]|töteten?|toten|todesopfern?|tue|tuent|tuant"
    r"|(?:a|ont) tué|matan?|mató|mataron|mueren|muertos)\b"
    r"|погиб|убит|жертв|قتل|مصرع|死|遇[难難]|[丧喪]生"
)
# Of whom else these languages keep count: the hurt, the missing, the arrested, the saved, the
# sick, votes.
_COUNTED = (
    r"verletz|vermiss|opfer|festgenommen|verhaft|gerettet|evakuier|obdachlos|infizier|stimmen"
    r"|bless|disparu|victime|bilan|arrêt|interpell|secouru|évacu|sinistré|contamin|\bvoix"
    r"|herid|desaparecid|víctima|balance|detenid|arrestad|rescatad|evacuad|damnificad|contagi"
    r"|\bvotos|ранен|пострада|пропа[вл]|задержан|арестован|спас|эвакуир|заболе|заражен|голос"
    r"|جريح|جرحى|إصابة|مصاب|مفقود|ضحايا|ضحية|اعتقال|معتقل|إنقاذ|إجلاء|نازح|شهيد|شهداء|استشهاد|أصوات"
    r"|[伤傷]|失[踪蹤联聯]|[被受]困|被捕|逮捕|[获獲]救|疏散|感染|票"
)
_NUMBER = r"(?<![\d.,-])(\d{1,3}(?:[., \u00a0\u202f]\d{3})+|\d+)(?![\d%-])"
# "12 are killed and 37 hurt": between both stand a few words of one part of the sentence.
_BETWEEN = r"(?:(?! and | und | et | y | и )[^\d.,;:!?()«»，。；、]){0,30}?"
_TOLD = re.compile(rf"{_NUMBER}{_BETWEEN}(?:{_DEAD})|(?:{_KILLS}){_BETWEEN}{_NUMBER}", re.I)
_OF_PEOPLE = re.compile(rf"{_DEAD}|{_KILLS}|{_COUNTED}", re.I)
_KNOWN = frozenset({"de", "fr", "es", "ru", "ar", "zh"})
_DIGIT = re.compile(r"\d")


@lru_cache(maxsize=1 << 12)  # each page of a day ranks the whole day
def toll_of(title: str) -> int:
    """The greatest number of dead in a title, if it has one in digits beside a word for that, of
    one of the languages of the interface; else 0. More than a thousand are a thousand."""
    if _DIGIT.search(title) is None:  # looked for much faster, and most titles have none
        return 0
    return min(_MOST, max(_numbers(title), default=0))


def may_count_people(title: str, language: str) -> bool:
    """Whether a title's numbers may be of people, of whom there are more later: in languages
    whose words for them are known, it has one of these."""
    return language not in _KNOWN or _OF_PEOPLE.search(title) is not None


def _numbers(title: str) -> Iterator[int]:
    for before, after in _TOLD.findall(title):
        digits = before or after
        if not is_year(digits):
            yield int("".join(filter(str.isdecimal, digits)))


def is_year(digits: str) -> bool:
    """Whether a number is written as a year is, four digits in a row, and so counts nothing."""
    return len(digits) == 4 and digits.isdecimal() and int(digits) in _YEARS
