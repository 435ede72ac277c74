"""Days as people type them, in any language whose names are handed in, and until when a pause
lasts."""

from bot.core.days.names import MONTHS, CalendarNames
from bot.core.days.pauses import NoEnd, parse_end
from bot.core.days.typed import NeverWas, Unclear, parse_day, parse_month

__all__ = [
    "MONTHS",
    "CalendarNames",
    "NeverWas",
    "NoEnd",
    "Unclear",
    "parse_day",
    "parse_end",
    "parse_month",
]
