"""Hours as people type them: "8", "20 Uhr", "8:15 p.m.", "٠٨:٣٠", "22:00 bis 07:00", "off".

Forgiving, but never guessing: what could mean two hours, or none, is None.
"""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType

from bot.core.hours.zones import DAY

_LONGEST = 60

# Words are written as ``_level`` leaves them: small, without marks.
_UNITS = (
    r"uhr|o['’]?clock|heures?|horas?|hours?|hrs?|hs?|часов|часа|час|ч|点钟|點鐘|点|點|时|時"
    r"|минут|мин|min|分"
)
_HALVES = MappingProxyType(
    {
        "am": r"a\.?\sm|a\.?m|vormittags?|morgens|fruh|(?:du\s)?matin|(?:de|por)\sla\smanana"
        r"|da\smanha|утра|صباحا|ص|上午|早上|凌晨|午前",
        "pm": r"p\.?\sm|p\.?m|nachmittags?|abends?|(?:de\sl['’]\s?)?apres[-\s]midi|(?:du\s)?soir"
        r"|(?:de|por)\sla\starde|da\starde|дня|вечера|مساء|م|下午|午後",
        "night": r"nachts?|(?:at\s)?night|(?:de|por)\sla\snoche|da\snoite|ночи|晚上|夜里",
    }
)
_LEADS = MappingProxyType(  # what stands before the hour, in Chinese and Japanese
    {
        **dict.fromkeys(("上午", "早上", "凌晨", "午前"), "am"),
        **dict.fromkeys(("下午", "午後"), "pm"),
        **dict.fromkeys(("晚上", "夜里"), "night"),
    }
)

_CLOCK = re.compile(
    rf"""
    (?: (?P<lead>{"|".join(_LEADS)}) \s? )?
    (?<!\d)
    (?: (?P<packed>\d{{3,4}})
      | (?P<hour>\d{{1,2}}) (?: (?: \s?:\s? | [.٫] | \s?(?:{_UNITS})\s? ) (?P<minute>\d{{2}}) )?
    )
    (?!\d)
    (?: \s?(?:{_UNITS})(?![^\W\d_]) | [点點时時分]钟? )?
    (?: \s?(?: {"|".join(f"(?P<{half}>{words})" for half, words in _HALVES.items())} )(?!\w)\.? )?
    """,
    re.VERBOSE,
)
_NOON = r"noon|midday|mittags?|midi|mediodia|полдень|полудня|الظهر|ظهرا"
_MIDNIGHT = r"midnight|mitternachts?|minuit|medianoche|полночь|полуночи|منتصف\sالليل"
_NAMED = re.compile(  # also "12 noon" and "12 Uhr mittags"
    rf"(?<![^\W\d_])(?<!apres[-\s])(?:12(?::00)?\s?(?:(?:{_UNITS})\s)?)?"
    rf"(?:(?P<noon>{_NOON})|(?:{_MIDNIGHT}))(?![^\W\d_])"
    r"|(?P<noon_too>[中正]午)(?:\s?12[点點时時])?|(?:午夜|半夜)(?:\s?12[点點时時])?"
)
_WORD = re.compile(r"[^\W\d_]+")
_POINTS = re.compile(r"[\s.,;:!?()\"'’“”„«»]*")

# What may stand around the hour: at, um, à, a las, às, kl., в, الساعة, …
_FILLERS = frozenset(
    "at um ab gegen a as las la vers alle ore kl klo в во к около الساعة في عند 在 于 约".split()
)
_OFF = frozenset(
    {
        *("off", "none", "no", "never", "stop", "disable", "disabled", "delete", "remove"),
        *("reset", "zurucksetzen", "reinitialiser", "restablecer", "сброс", "сбросить", "重置"),
        *("aus", "kein", "keine", "nein", "nie", "abschalten", "ausschalten"),
        *("non", "jamais", "aucun", "aucune", "desactive", "desactiver", "arret"),
        *("nunca", "ninguno", "ninguna", "desactivar", "desactivado", "apagar", "apagado"),
        *("nao", "nenhum", "nenhuma", "desativar", "desativado", "desligar", "desligado"),
        *("нет", "никогда", "выкл", "выключить", "выключено", "откл", "отключить", "отключено"),
        *("لا", "ابدا", "ايقاف", "اوقف", "تعطيل", "الغاء", "بدون"),
        *("关", "关闭", "否", "不", "不要", "无", "停止", "關", "關閉", "無", "オフ", "なし"),
    }
)


def parse_minute(text: str) -> int | None:
    """The minute of the day that a typed time means, whatever script its digits are of.

    "24:00", "midnight" and "noon" are read too. None where there is no such time ("8:60"), and
    for anything else.
    """
    plain, clocks = _clocks(text)
    if len(clocks) != 1:
        return None
    rest = plain[: clocks[0].start()] + " " + plain[clocks[0].end() :]
    fills = _FILLERS.issuperset(_WORD.findall(rest)) and _POINTS.fullmatch(_WORD.sub("", rest))
    return _minute(clocks[0]) if fills else None


def parse_span(text: str) -> tuple[int, int] | None:
    """The minutes of the day at which a typed span starts and ends: two times that differ,
    with any dash or words around them.

    None for anything else, and where only the second time says which half of the day it is
    of though the first could be of both ("10-7 am").
    """
    _, clocks = _clocks(text)
    if len(clocks) != 2 or _is_unclear(*clocks):
        return None
    start, end = _minute(clocks[0]), _minute(clocks[1])
    return None if start is None or end is None or start == end else (start, end)


def is_off(text: str) -> bool:
    """Whether a word says that a time shall be no more: "off", "aus", "нет", "关闭"."""
    return _level(text).strip(" .!/") in _OFF


def written_minute(minute: int) -> str:
    """A minute of the day on a clock of 24 hours: "08:00"."""
    hours, minutes = divmod(minute % DAY, 60)
    return f"{hours:02}:{minutes:02}"


def _clocks(text: str) -> tuple[str, list[re.Match[str]]]:
    """A text levelled, noon and midnight as times, and the times in it."""
    level = _level(text)
    if len(level) > _LONGEST:
        return level, []
    plain = _NAMED.sub(lambda found: " 12:00 " if found.lastgroup else " 00:00 ", level)
    return plain, list(_CLOCK.finditer(plain))


def _level(text: str) -> str:
    """A text without case, marks, wide letters, and with the digits 0 to 9 only."""
    parts = unicodedata.normalize("NFKD", text).casefold() if len(text) <= 4 * _LONGEST else ""
    letters = (letter for letter in parts if unicodedata.category(letter) not in ("Mn", "Cf"))
    return " ".join("".join(map(_digit, letters)).split())


def _digit(letter: str) -> str:
    return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter


def _is_unclear(first: re.Match[str], second: re.Match[str]) -> bool:
    hour, _ = _hour_and_minute(first)
    return _half(first) is None and _half(second) is not None and 1 <= hour <= 12


def _minute(clock: re.Match[str]) -> int | None:
    hour, minute = _hour_and_minute(clock)
    if (hour, minute, _half(clock)) == (24, 0, None):
        return 0
    if hour > 23 or minute > 59:
        return None
    whole = _in_half(hour, _half(clock))
    return None if whole is None else whole * 60 + minute


def _hour_and_minute(clock: re.Match[str]) -> tuple[int, int]:
    if clock["packed"]:
        return int(clock["packed"][:-2]), int(clock["packed"][-2:])
    return int(clock["hour"]), int(clock["minute"] or 0)


def _half(clock: re.Match[str]) -> str | None:
    """Which half of the day a time says that it is of: "am", "pm" or "night"."""
    lead = clock["lead"]
    return _LEADS[lead] if lead else next((half for half in _HALVES if clock[half]), None)


def _in_half(hour: int, half: str | None) -> int | None:
    """An hour of 24; None where its half of the day does not have it ("20 a.m.")."""
    match half:
        case "am":
            return hour % 12 if hour <= 12 else None
        case "pm":
            return hour % 12 + 12 if 0 < hour <= 12 else hour or None
        case "night":  # from five on it is the evening's, before it the morning's
            return hour % 12 + (12 if 5 <= hour < 12 else 0) if hour <= 12 else hour
    return hour
