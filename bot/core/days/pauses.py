"""Until when a pause lasts, as people type it: "3 days", "2w", "for a week", "until Friday",
"bis 18 Uhr", "до завтра", "到12月1日"."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from functools import partial
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.core.days.names import CalendarNames, level_typed
from bot.core.days.typed import parse_coming, parse_day
from bot.core.hours import parse_minute, utc_of

_LONGEST = 60
_MOST = timedelta(days=10 * 366)  # who means longer than that means for ever
_DAY = timedelta(days=1)
_FEWEST_LETTERS = 3  # of a unit of time that stands without a number

_LEAD = re.compile(
    r"\s*(?:(?P<until>(?:(?:until|(?:un)?['’]?till?|up\s+to|to)(?:\s+the)?|bis(?:\s+zu[mr]?)?|hasta"
    r"|jusqu['’]?\s?(?:à|a|au|en)|до|حتى|إلى|الى|لغاية)\s+|(?:直到|到|至))"
    r"|(?:for|für|fuer|pour|pendant|durant|por|durante|на|لمدة)\s+)",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s*(?:为止|為止)\s*\Z")  # what Chinese has behind it: up to
# Behind these a word that may be a month or a day of the week is not taken for either: "mar".
_TWO_MEANINGS = re.compile(r"\s*(?:jusqu|hasta)", re.IGNORECASE)
_YEAR = re.compile(r"\s*(\d{4})\s?年?\s*")
_CHINESE_MONTH = re.compile(r"\s*((?:\d{4}\s?年\s?)?\d{1,2}\s?月)份?\s*")
# Where Chinese has a time right behind a day.
_CHINESE_DAY = re.compile(
    r"([今明后後][天日]|(?:星期|礼拜|周|週)[一二三四五六日天]|[日号號])(?=[\d上下早晚中凌正午半])"
)

# All words are levelled: without accents, Arabic letters in one way of writing.
_NUMBERS = MappingProxyType(
    {
        word: number
        for words in (
            "one two three four five six seven eight nine ten",
            "ein zwei drei vier funf sechs sieben acht neun zehn",
            "un deux trois quatre cinq six sept huit neuf dix",
            "una dos tres cuatro cinco seis siete ocho nueve diez",
            "один два три четыре пять шесть семь восемь девять десять",
            "одну две трое четверо",
            "واحد اثنين ثلاثه اربعه خمسه سته سبعه ثمانيه تسعه عشره",
            "واحده اثنان ثلاث اربع خمس ست سبع ثماني تسع عشر",
            "一 二 三 四 五 六 七 八 九 十",
            "a 两",
            "an 兩",
            "eine двое",
            "einen",
            "une",
        )
        for number, word in enumerate(words.split(), 1)
    }
)
_TWO = MappingProxyType(  # Arabic has a form of its own for two of something
    {
        **dict.fromkeys(("ساعتين", "ساعتان"), "2 ساعه"),
        **dict.fromkeys(("يومين", "يومان"), "2 يوم"),
        **dict.fromkeys(("اسبوعين", "اسبوعان"), "2 اسبوع"),
        **dict.fromkeys(("شهرين", "شهران"), "2 شهر"),
    }
)
_UNITS = (
    r"(?P<minutes>min(?:ute[ns]?|utos?|s)?|мин|минут[уы]?|دقيقه|دقائق|分[钟鐘])"
    r"|(?P<hours>h|hrs?|hours?|std|stunden?|heures?|horas?|час(?:а|ов)?|ч|ساعه|ساعات"
    r"|[个個]?(?:小时|小時|钟头|鐘頭))"
    r"|(?P<days>d|j|t|days?|tage?n?|jours?|dias?|д|дн|день|дня|днеи|сут(?:ки|ок)|يوما?|ايام|天)"
    r"|(?P<weeks>w|wks?|weeks?|wochen?|sem|semaines?|semanas?|нед|недел[юьия]|اسبوعا?|اسابيع"
    r"|[周週]|[个個]?(?:星期|礼拜|禮拜))"
    r"|(?P<months>months?|monate?n?|mois|mes(?:es)?|мес|месяц(?:а|ев)?|شهرا?|اشهر|شهور|[个個]月)"
)
_LASTING = re.compile(
    rf"(?:(?P<count>\d{{1,4}}|[一二三四五六七八九十两兩]) ?|(?P<word>[^\W\d]+) )?"
    rf"(?P<unit>{_UNITS})(?: lang)?"
)


def parse_end(
    text: str, now: datetime, zone: ZoneInfo, names: CalendarNames, *, day_first: bool = False
) -> datetime | None:
    """The instant (UTC) at which a pause shall end that a reader begins ``now``: so much later, or
    as the day or the time of the day that they name begins, in their ``zone``.

    Days and longer end at the same time of the day. None where the words tell no such instant
    to come within ten years.
    """
    if len(text) > _LONGEST:
        return None
    lead = _LEAD.match(text)
    rest = _CHINESE_DAY.sub(r"\1 ", _TAIL.sub("", text[lead.end() if lead else 0 :]))
    local, naming = now.astimezone(zone), partial(_named, names=names, day_first=day_first)
    if lead and lead["until"]:
        end = naming(rest, local) or _year(rest, local) or _clock(rest, local)
        if end is None and not (_is_unclear(rest, names) and _TWO_MEANINGS.match(text)):
            end = _month(rest, local, names)
    else:
        end = _later(rest, local) or naming(rest, local)
    return end if end is not None and now < end <= now + _MOST else None


def _named(
    text: str,
    local: datetime,
    *,
    names: CalendarNames,
    day_first: bool,
) -> datetime | None:
    """As the day begins that a text names, or at the time that stands behind it; where that is
    today, as it ends."""
    words, today = text.split(), local.date()
    for cut in range(len(words), 0, -1):
        typed, hour = " ".join(words[:cut]), " ".join(words[cut:])
        minute = None if hour.isdecimal() else parse_minute(hour or "0:00")
        if minute is None or (not hour and _is_unclear(typed, names)):
            continue
        day = parse_coming(typed, today, names, day_first=day_first)
        if hour and _at(local, today, minute) > local:  # Friday 18:00, on a Friday
            day = today if parse_day(typed, today, names) == today else day
        if isinstance(day, date) and today <= day <= today + _MOST:
            return _at(local, day if hour or day > today else day + _DAY, minute)
    return None


def _is_unclear(text: str, names: CalendarNames) -> bool:
    """Whether a word is the short name of a month and of a day of the week: "mar"."""
    word = level_typed(text).strip(" .")
    return names.month(word) is not None and names.weekday(word) is not None


def _year(text: str, local: datetime) -> datetime | None:
    """As a year of this century begins that is to come, however far; other four digits are a
    time of the day."""
    found = _YEAR.fullmatch(text)
    year = int(found[1]) if found else 0
    is_to_come = local.year < year < local.year // 100 * 100 + 100
    return _at(local, date(year, 1, 1), 0) if is_to_come else None


def _month(text: str, local: datetime, names: CalendarNames) -> datetime | None:
    """As a month begins that is named, and is to come."""
    if not any(map(str.isalpha, text)):
        return None
    sign = _CHINESE_MONTH.fullmatch(text)
    named, today = f"{sign[1]}1日" if sign else f"1 {text}", local.date()
    first = parse_coming(named, today, names)
    return _at(local, first, 0) if isinstance(first, date) and first > today else None


def _clock(text: str, local: datetime) -> datetime | None:
    """The next time that it is that time of the day."""
    minute = parse_minute(text)
    if minute is None:
        return None
    end = _at(local, local.date(), minute)
    return end if end > local else _at(local, local.date() + _DAY, minute)


def _later(text: str, local: datetime) -> datetime | None:
    """So many minutes, hours, days, weeks or months later; one where no number is named."""
    plain = level_typed(text)
    found = _LASTING.fullmatch(_TWO.get(plain, plain))
    count = _count(found) if found else None
    if found is None or count is None:
        return None
    if found["minutes"] or found["hours"]:
        minutes = count if found["minutes"] else 60 * count
        return local.astimezone(UTC) + timedelta(minutes=minutes)
    day = local.date() + timedelta(days=count * (7 if found["weeks"] else 1))
    if found["months"]:
        day = _months_later(local.date(), count)
    return _at(local, day, local.hour * 60 + local.minute)


def _count(lasting: re.Match[str]) -> int | None:
    number = lasting["count"] or lasting["word"]
    if number is None:
        return 1 if len(lasting["unit"]) >= _FEWEST_LETTERS else None
    return int(number) if number.isdecimal() else _NUMBERS.get(number)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _at(local: datetime, day: date, minute: int) -> datetime:
    """That minute of a day where ``local`` is a time."""
    assert isinstance(local.tzinfo, ZoneInfo)  # noqa: S101 (made so by parse_end)
    return utc_of(day, minute, local.tzinfo)
