"""The sample week as a portal that is polled like the real one, without a network."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from bot.services.polling import PolledPortal
from bot.services.sample.week import SamplePage, sample_week
from bot.sources.mediawiki import PageVersion
from bot.sources.wikipedia import page_name, read_page

# Its own source in the database, so that the real portal's never takes over its pages.
SAMPLE_KEY = "sample"
# Noon in UTC: the 23rd it is then from the Aleutians to Sydney, and for hours in most zones.
SAMPLE_NOW = datetime(2017, 11, 23, 12, tzinfo=UTC)

_STEP = timedelta(minutes=1)


def sample_portal(clock: Callable[[], datetime]) -> PolledPortal:
    """A portal that serves the sample week as of ``clock()``: a held-back step comes with each
    minute after ``SAMPLE_NOW``."""
    week = sample_week()

    async def fetch(names: Sequence[str]) -> Sequence[PageVersion]:
        minute = (clock() - SAMPLE_NOW) // _STEP
        return [_version(week, name, minute) for name in names]

    return PolledPortal(key=SAMPLE_KEY, page_name=page_name, fetch=fetch, read=read_page)


def sample_length() -> timedelta:
    """After so long all of the week stands on its pages."""
    return max(step for page in sample_week().values() for step in page.steps) * _STEP


def _version(week: Mapping[str, SamplePage], name: str, minute: int) -> PageVersion:
    page = week.get(name)
    if page is None:
        return PageVersion(name)
    return PageVersion(name, revision=page.revision(minute), text=page.text(minute))
