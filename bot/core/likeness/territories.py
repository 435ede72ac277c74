"""Names of countries in the languages of the world, as far as CLDR has them (by Babel)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from bot.core.likeness.background import stem
from bot.core.likeness.gazetteer import Names, Place
from bot.core.likeness.tokens import TOKEN, without_possessive

# What is meant more often than the names of CLDR.
_SHORT: Mapping[str, str] = {
    "США": "US", "USA": "US", "EE UU": "US", "EUA": "US", "ABD": "US", "米国": "US",
    "アメリカ": "US", "अमेरिका": "US", "أمريكا": "US", "أميركا": "US", "Großbritannien": "GB",
    "Grande-Bretagne": "GB", "Gran Bretaña": "GB", "Grã-Bretanha": "GB", "Gran Bretagna": "GB",
    "Wielka Brytania": "GB", "Groot-Brittannië": "GB", "英国": "GB", "ब्रिटेन": "GB",
    "بريطانيا": "GB", "الإمارات": "AE", "فلسطين": "PS", "巴勒斯坦": "PS", "Palästina": "PS",
    "Hongkong": "HK", "Hong Kong": "HK", "Гонконг": "HK", "香港": "HK", "Южная Корея": "KR",
    "Северная Корея": "KP", "Бирма": "MM",
}  # fmt: skip
# Provinces of China and prefectures of Japan, by the country. (Of two of these the names are
# words, too, and are told by what follows.)
_PARTS: Mapping[str, tuple[str, str]] = {
    "zh": (
        "CN",
        "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南"
        " 湖北 湖南 广东 广西 海南 重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆",
    ),
    "ja": (
        "JP",
        "北海道 青森 岩手 宮城 秋田 山形 福島 茨城 栃木 群馬 埼玉 千葉 東京 神奈川 新潟 富山"
        " 石川 福井 山梨 長野 岐阜 静岡 愛知 三重県 滋賀 京都 大阪 兵庫 奈良 和歌山 鳥取 島根"
        " 岡山 広島 山口 徳島 香川 愛媛 高知 福岡 佐賀 長崎 熊本 大分県 宮崎 鹿児島 沖縄",
    ),
}
# Adjectives in Arabic that are spelled unlike their country, with the article.
_PEOPLES_IN_ARABIC: Mapping[str, str] = {
    "AE": "إماراتي", "AF": "أفغاني", "AR": "أرجنتيني", "AU": "أسترالي", "BD": "بنغلاديشي",
    "BE": "بلجيكي", "BH": "بحريني", "CO": "كولومبي", "CU": "كوبي", "DE": "ألماني", "DK": "دنماركي",
    "ES": "إسباني", "ET": "إثيوبي", "FI": "فنلندي", "FR": "فرنسي", "GB": "بريطاني", "GR": "يوناني",
    "HU": "مجري", "ID": "إندونيسي", "IT": "إيطالي", "JO": "أردني", "JP": "ياباني", "KE": "كيني",
    "KR": "كوري", "LY": "ليبي", "MR": "موريتاني", "NG": "نيجيري", "PH": "فلبيني", "PK": "باكستاني",
    "PL": "بولندي", "PS": "فلسطيني", "RO": "روماني", "RS": "صربي", "RU": "روسي", "SA": "سعودي",
    "SD": "سوداني", "SY": "سوري", "TR": "تركي", "UA": "أوكراني", "VE": "فنزويلي", "VN": "فيتنامي",
}  # fmt: skip
_IN_BRACKETS = re.compile(r"\s*[(（].*[)）]")
_NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})


@lru_cache(maxsize=64)
def countries_in(language: str) -> Names:
    """The countries by the terms of their names in a language."""
    return Names.of(
        (" ".join(_terms(name, language)), place) for name, place in _territories(language)
    )


@lru_cache(maxsize=64)
def _runs(language: str) -> tuple[re.Pattern[str], Mapping[str, Place]] | None:
    """What finds the names that are written without spaces, the longest first."""
    named = [(name, place) for name, place in _territories(language) if TOKEN.fullmatch(name)]
    runs = {name: place for name, place in named if TOKEN.findall(name)[0][1]}
    if not runs:
        return None
    return re.compile("|".join(sorted(runs, key=len, reverse=True))), runs


def countries_in_run(run: str, language: str) -> Iterator[tuple[int, str, Place]]:
    """The countries that a run of what is written without spaces names, and where."""
    known = _runs(language)
    if known is not None:
        pattern, places = known
        for match in pattern.finditer(run):
            yield match.start(), match[0], places[match[0]]


def _territories(language: str) -> Iterator[tuple[str, Place]]:
    yield from ((name, (code,)) for name, code in _SHORT.items())
    country, parts = _PARTS.get(language, ("", ""))
    yield from ((part, (country, part)) for part in parts.split())
    if language == "ar":
        yield from (("ال" + people, (code,)) for code, people in _PEOPLES_IN_ARABIC.items())
    try:
        named = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        return
    for code, name in named.items():
        if len(code) == 2 and code not in _NO_COUNTRIES:
            yield _IN_BRACKETS.sub("", name), (code,)


def _terms(name: str, language: str) -> list[str]:
    return [stem(without_possessive(word), language) for _, _, word in TOKEN.findall(name) if word]
