"""The times that feeds write, in UTC."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

# RFC 822's names and those that feeds use beside them, hours east of UTC. Where a name
# means two zones (IST, CST, BST) it is the one that writes it in English-language feeds.
_ZONES = {
    "ut": 0.0, "gmt": 0.0, "utc": 0.0, "z": 0.0, "wet": 0.0, "west": 1.0, "bst": 1.0, "cet": 1.0,
    "met": 1.0, "cest": 2.0, "mest": 2.0, "mez": 1.0, "mesz": 2.0, "eet": 2.0, "eest": 3.0,
    "sast": 2.0, "msk": 3.0, "msd": 4.0, "gst": 4.0, "pkt": 5.0, "ist": 5.5, "ict": 7.0,
    "wib": 7.0, "sgt": 8.0, "hkt": 8.0, "awst": 8.0, "jst": 9.0, "kst": 9.0, "aest": 10.0,
    "aedt": 11.0, "nzst": 12.0, "nzdt": 13.0, "brt": -3.0, "art": -3.0, "ndt": -2.5, "nst": -3.5,
    "adt": -3.0, "ast": -4.0, "edt": -4.0, "est": -5.0, "et": -5.0, "cdt": -5.0, "cst": -6.0,
    "ct": -6.0, "mdt": -6.0, "mst": -7.0, "mt": -7.0, "pdt": -7.0, "pst": -8.0, "pt": -8.0,
    "akdt": -8.0, "akst": -9.0, "hst": -10.0, "wat": 1.0, "cat": 2.0, "eat": 3.0, "idt": 3.0,
    "trt": 3.0, "irst": 3.5, "npt": 5.75, "wita": 8.0, "wit": 9.0, "myt": 8.0, "pht": 8.0,
    "clt": -4.0, "clst": -3.0, "vet": -4.0, "cot": -5.0, "pet": -5.0,
}  # fmt: skip
# English, and the abbreviations of Romance and Germanic languages where they differ.
_MONTH_NAMES = """
jan january januar janvier janv ene enero gen gennaio janeiro
feb february februar février févr fev febrero febbraio fevereiro
mar march märz mär mars marzo março mrt maart
apr april avril avr abr abril aprile
may mai mayo maggio mag maio mei
jun june juni juin junio giugno giu junho
jul july juli juillet juil julio luglio lug julho
aug august août ago agosto augustus
sep sept september septembre septiembre settembre set setembro
oct october oktober okt octobre octubre ottobre ott out outubro
nov november novembre noviembre novembro
dec december dezember dez déc décembre dic diciembre dicembre dezembro
"""
# Of Russian, Ukrainian, Polish, Turkish, Indonesian and Arabic; "listopada" is November to some,
# October to others.
_FURTHER_NAMES = """
января янв січня stycznia sty ocak oca januari يناير
февраля фев лютого lutego lut şubat şub februari فبراير شباط
марта березня marca mart maret مارس آذار
апреля апр квітня kwietnia kwi nisan nis أبريل إبريل نيسان
мая травня maja mayıs مايو أيار
июня июн червня czerwca cze haziran haz يونيو يونيه حزيران
июля июл липня lipca lip temmuz tem يوليو يوليه تموز
августа авг серпня sierpnia sie ağustos ağu agustus agu أغسطس آب
сентября сен сент вересня września wrz eylül eyl سبتمبر أيلول
октября окт жовтня października paź ekim eki أكتوبر
ноября ноя нояб kasım kas nopember نوفمبر
декабря дек грудня grudnia gru aralık ara desember des ديسمبر
"""
_MONTHS = {
    name: number
    for table in (_MONTH_NAMES, _FURTHER_NAMES)
    for number, names in enumerate(table.strip().splitlines(), start=1)
    for name in names.split()
}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4}|\d{2})(?![\d:])"
_CLOCK = r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d{1,9})?)?"
_ZONE = (
    r"(?P<half>\s*[ap]\.?m\b\.?)?"
    r"\s*\(?(?P<zone>(?:gmt|utc|etc/gmt)?\s?[+-]\d{1,2}:?(?:\d{2})?|[a-z]{1,5}\b)?"
)
_GAP = r"[\s,،/-]+"
_DAY_FIRST = rf"{_DAY}{_GAP}{_MONTH}"
_MONTH_FIRST = rf"{_MONTH}{_GAP}{_DAY}".replace("month>", "month2>").replace("day>", "day2>")
_WORDED = re.compile(
    rf"(?:[^\W\d_]{{1,20}}(?:\.?[,،]\s*|\.?\s+))?(?:{_DAY_FIRST}|{_MONTH_FIRST}){_GAP}{_YEAR}"
    rf"(?:[\s,T-]+(?:at\s+)?{_CLOCK}{_ZONE})?",
    re.I,
)
_NUMBERED = re.compile(
    rf"(?P<year>\d{{4}})(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})(?!\d)"
    rf"(?:\s*[T\s]\s*{_CLOCK}{_ZONE})?",
    re.I,
)
_COMPACT = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
    rf"(?:T?(?P<hour>\d{{2}}):?(?P<minute>\d{{2}}):?(?P<second>\d{{2}})?{_ZONE})?(?!\d)",
    re.I,
)
_ASCTIME = re.compile(
    rf"(?:[a-z]{{3,9}},?\s+)?{_MONTH}\s+{_DAY},?\s+{_CLOCK}"
    rf"(?:\s+(?P<zone>[a-z]{{2,5}}|[+-]\d{{4}}))?\s+{_YEAR}",
    re.I,
)
# Nobody writes a month first with points.
_POINTED = re.compile(
    r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})(?!\d)"
    rf"(?:,?\s(?:-\s)?{_CLOCK}{_ZONE})?",
    re.I,
)
_SECONDS = re.compile(r"(1\d{9})(?:\d{3})?")  # since 1970, with thousandths
# Chinese, Japanese and Korean, which put before the clock what half of the day it counts.
_EASTERN = re.compile(
    r"(?P<year>\d{4})\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일号號]"
    r"(?:\s?(?:\(\w{1,4}\)|\w曜日?|\w요일|(?:星期|周|週)\w))?"
    rf"(?:\s?(?P<half2>午前|上午|오전|午後|下午|오후)?\s?{_CLOCK}{_ZONE})?",
    re.I,
)
_AFTERNOON = ("p", "午後", "下午", "오후")
_OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d{2})?$")
_HAS_YEAR = re.compile(r"\d{4}")
_CLOCK_AT = re.compile(r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?!\d)\S*")
_SHORT_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_WORD = re.compile(r"[^\W\d_]{3,}")
_LONGEST = 100  # characters; no time is longer

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # of what a feed can have reported
AHEAD = timedelta(days=1)  # of our clock, a publisher's may be


def parse_time(text: str) -> datetime | None:
    """A time as feeds write it (RFC 822, ISO 8601 and their misspellings), in UTC.

    A time without a zone is UTC, and a date alone its midnight. None for what is no time.
    """
    text = " ".join(text[:_LONGEST].split()).replace("\N{MINUS SIGN}", "-")
    if seconds := _SECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(seconds[1]), UTC)
    for pattern in (_NUMBERED, _COMPACT, _POINTED, _ASCTIME, _WORDED, _EASTERN):
        match = pattern.match(text)
        if match:
            return _made(match)
    return None


def plausible(times: Iterable[datetime | None], at: datetime) -> datetime | None:
    """The first that a feed read at ``at`` can mean: not before 1990, not after tomorrow."""
    latest = at + AHEAD
    for time in times:
        if time and EARLIEST <= time <= latest:
            return time
    return None


def _made(match: re.Match[str]) -> datetime | None:
    named = {name.rstrip("2"): value for name, value in match.groupdict().items() if value}
    month = named["month"].lower()
    try:
        local = datetime(
            _full_year(named["year"]),
            _MONTHS.get(month) or int(month),
            int(named["day"]),
            _hour(named),
            int(named.get("minute", 0)),
            min(int(named.get("second", 0)), 59),  # 60 is a leap second
            tzinfo=_zone(named.get("zone", "")),
        )
        if named.get("hour") == "24":  # which ends a day
            local += timedelta(days=1)
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _full_year(text: str) -> int:
    """Two digits as RFC 2822, section 4.3 reads them."""
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 50 else 1900)


def _hour(named: dict[str, str]) -> int:
    hour = int(named.get("hour", 0))
    half = named.get("half", "").strip().lower()
    if half and hour <= 12:
        return hour % 12 + (12 if half.startswith(_AFTERNOON) else 0)
    return 0 if hour == 24 else hour


@lru_cache(maxsize=1 << 8)
def _zone(name: str) -> timezone:
    """UTC for one that nobody knows. Raises ValueError for an offset that there cannot be."""
    match = _OFFSET.search(name)
    if match is None:
        return timezone(timedelta(hours=_ZONES.get(name.lower(), 0.0)))
    east = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return timezone(east if match[1] == "+" else -east)


def from_tuple(text: str, parsed: object) -> datetime | None:
    """A time in a form that only feedparser knows: its tuple, in UTC, of ``text``.

    Without four digits in a row the year would be that of feedparser's clock, and it takes
    what it cannot read of a date for the first.
    """
    if not isinstance(parsed, tuple) or not _HAS_YEAR.search(text):
        return None
    try:
        year, month, day, hour, minute, *_ = parsed
        time = datetime(year, month, day, hour, minute, tzinfo=UTC)
        return time if _names_day(text, time) else None
    except (ValueError, TypeError, OverflowError):
        return None


def _names_day(text: str, time: datetime) -> bool:
    """Whether a text gives a month beside the day of ``time``, in whatever zone."""
    date = _CLOCK_AT.sub(" ", text)
    numbers = [int(number) for number in _SHORT_NUMBER.findall(date)]
    days = {(time + timedelta(days=shift)).day for shift in (-1, 0, 1)}
    has_month = len(numbers) > 1 or _WORD.search(date)
    return bool(has_month and days.intersection(numbers))
