"""How long a feed asks to be left alone."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from bot.sources.feeds.drafts import Drafts

_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(days=7),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_SKIPPED = re.compile(r"<skip(?:Hours|Days)>", re.I)
_SKIPPED_HOURS = re.compile(r"<skipHours>(.{1,2000}?)</skipHours>", re.I | re.S)
_SKIPPED_DAYS = re.compile(r"<skipDays>(.{1,1000}?)</skipDays>", re.I | re.S)
_HOUR = re.compile(r"<hour>\s*(\d{1,2})\s*</hour>", re.I)
_DAY = re.compile(r"<day>\s*(mon|tues|wednes|thurs|fri|satur|sun)day\s*</day>", re.I)
_WEEK = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
_HEAD = 64 * 1024  # characters in which a feed says this
_LONGEST = timedelta(days=7)


def asked_interval(drafts: Drafts, text: str, at: datetime) -> timedelta | None:
    """The longest that a feed read at ``at`` asks for, at most a week; None if it does not ask.

    ``ttl`` is in minutes, ``skipHours`` and ``skipDays`` are in UTC (RSS 2.0); the period
    and how often something changes in it are those of the RSS module "Syndication".
    """
    asked = [_ttl(drafts.minutes), _period(drafts), _skipped(text[:_HEAD], at)]
    longest = max((interval for interval in asked if interval), default=None)
    return min(longest, _LONGEST) if longest else None


def _ttl(minutes: str) -> timedelta | None:
    number = minutes[:5]
    return timedelta(minutes=int(number)) if number.isascii() and number.isdecimal() else None


def _period(drafts: Drafts) -> timedelta | None:
    period = _PERIODS.get(drafts.period.lower())
    number = drafts.frequency[:5]
    often = int(number) if number.isascii() and number.isdecimal() else 1
    return period / max(often, 1) if period else None


def _skipped(text: str, at: datetime) -> timedelta | None:
    """From ``at`` to the end of the hours and days on which the feed asks not to be read."""
    if not _SKIPPED.search(text):
        return None
    listed = _SKIPPED_HOURS.search(text)
    hours = {int(hour) % 24 for hour in _HOUR.findall(listed[1])} if listed else set()
    listed = _SKIPPED_DAYS.search(text)
    days = {_WEEK.index(day.lower()) for day in _DAY.findall(listed[1])} if listed else set()
    hour = at.replace(minute=0, second=0, microsecond=0)
    for _ in range(int(_LONGEST / timedelta(hours=1))):
        if hour.hour not in hours and hour.weekday() not in days:
            break
        hour += timedelta(hours=1)
    return hour - at if hour > at else None
