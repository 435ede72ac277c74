"""Hours of the day: when it is quiet, when a digest is due, and hours as people type them.

Minutes of the day are ints from 0 (midnight) to 1439; instants are aware and in UTC.
"""

from bot.core.hours.due import digest_day, next_digest, next_weekly
from bot.core.hours.quiet import Quiet, Turn, quiet_turns
from bot.core.hours.typed import is_off, parse_minute, parse_span, written_minute
from bot.core.hours.zones import DAY, utc_of

__all__ = [
    "DAY",
    "Quiet",
    "Turn",
    "digest_day",
    "is_off",
    "next_digest",
    "next_weekly",
    "parse_minute",
    "parse_span",
    "quiet_turns",
    "utc_of",
    "written_minute",
]
