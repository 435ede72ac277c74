"""What a poll reads and may push, and when things are too old. Times are aware and in UTC."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from storage.model import Telling

GAP = timedelta(hours=6)
TOO_OLD = timedelta(days=7)  # an event of before alerts nobody any more
ALERT_LIFETIME = timedelta(hours=24)
DOUBT = timedelta(hours=1)
DOUBTFUL_FROM = 3
WINDOW_DAYS = 3
LATE_EDIT_DAYS = 7


def telling_after(last_success: datetime | None, now: datetime) -> Telling:
    """Whether what a poll brings may push: not the first one's, nor single alerts after a
    gap of more than six hours."""
    if last_success is None:
        return Telling.SILENT
    return Telling.CATCH_UP if now - last_success > GAP else Telling.PUSH


def window(now: datetime, last_success: datetime | None, *, deep: bool) -> list[date]:
    """The days whose pages a poll reads, newest first: today's and the two before, those
    that may still push in a ``deep`` poll, and after a gap all since the last success."""
    today = now.date()
    days = LATE_EDIT_DAYS if deep else WINDOW_DAYS
    if last_success is not None:
        days = max(days, (today - last_success.date()).days + WINDOW_DAYS)
    return [today - timedelta(days=back) for back in range(days)]


def is_doubtful(present: int, lost: int, doubtful_since: datetime | None, now: datetime) -> bool:
    """Whether a page's version that loses ``lost`` of ``present`` reports must wait for a
    second one or an hour: it may be half a page, or vandalism."""
    loses_most = present >= DOUBTFUL_FROM and lost * 2 > present
    return loses_most and (doubtful_since is None or now - doubtful_since < DOUBT)
