"""Until when a pause lasts, as people type it: "3 days", "2w", "for a week", "until Friday",
"bis 18 Uhr", "до завтра", "到12月1日"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from enum import Enum, auto
from functools import partial
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.core.days.names import CalendarNames, level_typed
from bot.core.days.typed import parse_coming, parse_day
from bot.core.hours import parse_minute, utc_of

_LONGEST = 60
_MOST = timedelta(days=10 * 366)  # who means longer than that means for ever
_DAY = timedelta(days=1)
_MONTHS = 12  # of a year
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
        **dict.fromkeys(("سنتين", "سنتان", "عامين", "عامان"), "2 سنه"),
    }
)
_TONIGHT = frozenset(  # what lasts until the day ends
    (
        "tonight", "this evening", "this night", "heute abend", "heute nacht", "ce soir",
        "cette nuit", "esta noche", "esta tarde", "сегодня вечером", "сегодня ночью",
        "الليله", "هذا المساء", "هذه الليله", "今晚", "今夜", "今天晚上",
    )
)  # fmt: skip
_UNITS = (
    r"(?P<minutes>min(?:ute[ns]?|utos?|s)?|мин|минут[уы]?|دقيقه|دقائق|分[钟鐘])"
    r"|(?P<hours>h|hrs?|hours?|std|stunden?|heures?|horas?|час(?:а|ов)?|ч|ساعه|ساعات"
    r"|[个個]?(?:小时|小時|钟头|鐘頭))"
    r"|(?P<days>d|j|t|days?|tage?n?|jours?|dias?|д|дн|день|дня|днеи|сут(?:ки|ок)|يوما?|ايام|天)"
    r"|(?P<weeks>w|wks?|weeks?|wochen?|sem|semaines?|semanas?|нед|недел[юьия]|اسبوعا?|اسابيع"
    r"|[周週]|[个個]?(?:星期|礼拜|禮拜))"
    r"|(?P<months>months?|monate?n?|mois|mes(?:es)?|мес|месяц(?:а|ев)?|شهرا?|اشهر|شهور|[个個]月)"
    r"|(?P<years>y|yrs?|years?|jahre?n?|ans?|annees?|anos?|г|год(?:а|у)?|лет"
    r"|سنه|سنوات|سنين|عاما?|اعوام|(?<!\d{4})年)"
)
_SHORTEST = MappingProxyType(  # that so much of each can be
    {
        "minutes": timedelta(minutes=1),
        "hours": timedelta(hours=1),
        "days": _DAY,
        "weeks": timedelta(weeks=1),
        "months": timedelta(days=28),
        "years": timedelta(days=365),
    }
)
_LASTING = re.compile(
    rf"(?:(?P<count>\d+|[一二三四五六七八九十两兩]) ?|(?P<word>[^\W\d]+) )?"
    rf"(?P<unit>{_UNITS})(?: lang)?"
)


class NoEnd(Enum):
    """Why words tell no end that a pause may have."""

    UNREAD = auto()  # they name no time
    NO_TIME = auto()  # so much later as now: "0 days"
    PAST = auto()
    TOO_FAR = auto()  # more than ten years ahead


_End = datetime | NoEnd | None


def parse_end(
    text: str, now: datetime, zone: ZoneInfo, names: CalendarNames, *, day_first: bool = False
) -> datetime | NoEnd:
    """The instant (UTC) at which a pause shall end that a reader begins ``now``: so much later, or
    as the day or the time of the day that they name begins, in their ``zone``.

    Days and longer end at the same time of the day. Where the words tell no such instant to come
    within ten years, why.
    """
    if len(text) > _LONGEST:
        return NoEnd.UNREAD
    lead = _LEAD.match(text)
    rest = _CHINESE_DAY.sub(r"\1 ", _TAIL.sub("", text[lead.end() if lead else 0 :]))
    local, naming = now.astimezone(zone), partial(_named, names=names, day_first=day_first)
    if lead and lead["until"]:
        ends: list[_End] = [naming(rest, local), _year(rest, local), _clock(rest, local)]
        if not (_is_unclear(rest, names) and _TWO_MEANINGS.match(text)):
            ends.append(_month(rest, local, names))
    else:
        ends = [_later(rest, local), _tonight(rest, local), naming(rest, local)]
    end = _first(ends)
    return NoEnd.TOO_FAR if isinstance(end, datetime) and end > now + _MOST else end


def _first(ends: Iterable[_End]) -> datetime | NoEnd:
    """The first way in which words can be read, else the first that is known to be none."""
    read = [end for end in ends if end is not None]
    return next((end for end in read if isinstance(end, datetime)), (*read, NoEnd.UNREAD)[0])


def _named(
    text: str,
    local: datetime,
    *,
    names: CalendarNames,
    day_first: bool,
) -> _End:
    """As the day begins that a text names, or at the time that stands behind it; where that is
    today, as it ends."""
    words, today, misfit = text.split(), local.date(), None
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
        if isinstance(day, date):
            misfit = misfit or (NoEnd.PAST if day < today else NoEnd.TOO_FAR)
    return misfit


def _is_unclear(text: str, names: CalendarNames) -> bool:
    """Whether a word is the short name of a month and of a day of the week: "mar"."""
    word = level_typed(text).strip(" .")
    return names.month(word) is not None and names.weekday(word) is not None


def _year(text: str, local: datetime) -> _End:
    """As a year of this century begins that is to come, however far; other four digits may be
    a time of the day."""
    found = _YEAR.fullmatch(text)
    if found is None:
        return None
    year = int(found[1])
    if not local.year < year < local.year // 100 * 100 + 100:
        return NoEnd.TOO_FAR if year > local.year else NoEnd.PAST
    return _at(local, date(year, 1, 1), 0)


def _month(text: str, local: datetime, names: CalendarNames) -> _End:
    """As a month begins that is named, and is to come."""
    if not any(map(str.isalpha, text)):
        return None
    sign = _CHINESE_MONTH.fullmatch(text)
    named, today = f"{sign[1]}1日" if sign else f"1 {text}", local.date()
    first = parse_coming(named, today, names)
    if not isinstance(first, date):
        return None
    return _at(local, first, 0) if first > today else NoEnd.PAST


def _clock(text: str, local: datetime) -> datetime | None:
    """The next time that it is that time of the day."""
    minute = parse_minute(text)
    if minute is None:
        return None
    end = _at(local, local.date(), minute)
    return end if end > local else _at(local, local.date() + _DAY, minute)


def _tonight(text: str, local: datetime) -> datetime | None:
    """As today ends, where that is what is named."""
    is_so = level_typed(text) in _TONIGHT
    return _at(local, local.date() + _DAY, 0) if is_so else None


def _later(text: str, local: datetime) -> _End:
    """So many minutes, hours, days, weeks, months or years later; one where no number is named."""
    plain = level_typed(text)
    found = _LASTING.fullmatch(_TWO.get(plain, plain))
    count = _count(found) if found else None
    if found is None or count is None:
        return None
    if count == 0:
        return NoEnd.NO_TIME
    unit = next(name for name in _SHORTEST if found[name])
    if count > _MOST // _SHORTEST[unit]:
        return NoEnd.TOO_FAR
    length = count * _SHORTEST[unit]
    if unit in ("minutes", "hours"):
        return local.astimezone(UTC) + length
    day = local.date() + length
    if unit in ("months", "years"):
        day = _months_later(local.date(), count * (_MONTHS if unit == "years" else 1))
    return _at(local, day, local.hour * 60 + local.minute)


def _count(lasting: re.Match[str]) -> int | None:
    number = lasting["count"] or lasting["word"]
    if number is None:
        return 1 if len(lasting["unit"]) >= _FEWEST_LETTERS else None
    return int(number) if number.isdecimal() else _NUMBERS.get(number)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _at(local: datetime, day: date, minute: int) -> datetime:
    """That minute of a day where ``local`` is a time."""
    assert isinstance(local.tzinfo, ZoneInfo)  # noqa: S101 (made so by parse_end)
    return utc_of(day, minute, local.tzinfo)
