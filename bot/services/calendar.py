"""How months and days of the week are called in the languages that readers may write, by
Unicode's CLDR."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from babel import Locale

from bot.core.days import CalendarNames
from storage.model import Chat

# The languages of the interface, and other names that are in use in them: Jänner in Austria,
# those of the Levant, of Algeria and Tunisia, and of Morocco in Arabic.
_LOCALES = ("en", "en_GB", "de", "de_AT", "fr", "es", "ru", "ar", "ar_SY", "ar_DZ", "ar_TN",
            "ar_MA", "zh", "zh_Hant")  # fmt: skip
# Languages in which some put the month before the day in 5/6/2017.
_MONTH_FIRST = ("en", "zh")
# What CLDR lacks: the Russian names in "on Wednesday" and "until Wednesday", and what else
# Chinese has for them.
_MORE_WEEKDAYS = (
    "понедельника вторника среды четверга пятницы субботы воскресенья".split(),
    "понедельник вторник среду четверг пятницу субботу воскресенье".split(),
    "星期一 星期二 星期三 星期四 星期五 星期六 星期天".split(),
    "礼拜一 礼拜二 礼拜三 礼拜四 礼拜五 礼拜六 礼拜天".split(),
    "礼拜一 礼拜二 礼拜三 礼拜四 礼拜五 礼拜六 礼拜日".split(),
)


@cache
def calendar_names() -> CalendarNames:
    """The names in all of these languages, in full and short."""
    locales = [Locale.parse(code) for code in _LOCALES]
    months = [names for each in locales for names in _names(each.months, range(1, 13))]
    weekdays = [names for each in locales for names in _names(each.days, range(7))]
    return CalendarNames.of(months, [*weekdays, *_MORE_WEEKDAYS])


def is_day_first(chat: Chat) -> bool:
    """Whether who writes in the chat's language puts the day before the month in 5/6/2017."""
    return chat.language.replace("_", "-").partition("-")[0].lower() not in _MONTH_FIRST


def _names(
    known: Mapping[str, Mapping[str, Mapping[int, str]]], numbers: range
) -> Iterator[Sequence[str]]:
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            yield [known[context][width][number] for number in numbers]
