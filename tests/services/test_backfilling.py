"""Days gone by: counted, shown, and pushed to nobody."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.services.backfilling import Backfilling, Day, revision_of
from bot.sources.wikipedia import page_name, read_page
from storage.database import Database
from storage.tables import AnnouncementRow, VersionRow
from tests.support.day_pages import bullet, page_text
from tests.support.portal import expand, follow, send_all
from tests.support.rows import column, count

NOW = datetime(2017, 12, 1, tzinfo=UTC)
FLOOD = bullet("A flood reaches [[Springfield]].", ("Paper", "https://paper.example/flood"))
BRIDGE = bullet("[[Jo Mayor]] opens a bridge.", ("Wire", "https://wire.example/bridge"))
RUMOUR = "*A rumour without a source."


def day(when: date, *bullets: str) -> Day:
    text = page_text(when, bullets)
    return Day(read_page(page_name(when), text), revision_of(text))


OCTOBER = day(date(2017, 10, 31), FLOOD)
NOVEMBER = [day(date(2017, 11, 1), BRIDGE, RUMOUR), day(date(2017, 11, 30), FLOOD, BRIDGE)]


async def backfill(
    database: Database, *batches: Sequence[Day], now: datetime = NOW
) -> tuple[list[dict[str, Any]], list[int]]:
    """Take batches in; the lines by month, and the steps of progress."""

    async def given() -> AsyncIterator[Sequence[Day]]:
        for batch in batches:
            yield batch

    steps: list[int] = []
    lines = await Backfilling(database, clock=lambda: now).take(given(), steps.append)
    return lines, steps


async def test_a_line_a_month_says_what_came_of_its_days(database: Database) -> None:
    lines, steps = await backfill(database, [OCTOBER], NOVEMBER)
    assert lines == [
        {"month": "2017-10", "days": 1, "reports": 1, "sources": 1, "events": 1,
         "dropped": 0, "new": 1},
        {"month": "2017-11", "days": 2, "reports": 3, "sources": 3, "events": 3,
         "dropped": 1, "new": 3},
    ]  # fmt: skip
    assert steps == [1, 2]


async def test_a_second_run_says_the_same_and_brings_nothing_new(database: Database) -> None:
    first, _ = await backfill(database, [OCTOBER, *NOVEMBER])
    second, _ = await backfill(database, [OCTOBER, *NOVEMBER], now=NOW + timedelta(days=1))
    assert second == [{**line, "new": 0} for line in first]
    assert await count(database, VersionRow) == 0


async def test_a_run_that_broke_off_is_taken_up(database: Database) -> None:
    whole, _ = await backfill(database, [OCTOBER])
    lines, _ = await backfill(database, [OCTOBER, *NOVEMBER])
    assert [line["new"] for line in lines] == [0, 3]
    assert lines[0] == {**whole[0], "new": 0}


async def test_many_days_go_in_several_transactions(database: Database) -> None:
    days = [day(date(2017, 1, 1) + timedelta(days=n), BRIDGE) for n in range(60)]
    _, steps = await backfill(database, days)
    assert sum(steps) == 60
    assert len(steps) > 1


async def test_what_was_taken_in_is_shown_at_once(database: Database) -> None:
    await backfill(database, [OCTOBER, *NOVEMBER])
    async with database.reading() as tx:
        [event] = await tx.events.of_day(date(2017, 10, 31))
        assert event.title == "A flood reaches Springfield."
        assert event.first_shown_at == NOW


async def test_a_backfill_pushes_nothing(database: Database) -> None:
    await follow(database, 1, "Springfield", "Jo Mayor")
    await backfill(database, NOVEMBER)
    assert await send_all(database, NOW + timedelta(minutes=5)) == []
    changed = day(date(2017, 11, 30), FLOOD.replace("A flood", "A great flood"), BRIDGE, RUMOUR)
    await backfill(database, [changed], now=NOW + timedelta(hours=1))
    assert await send_all(database, NOW + timedelta(hours=2)) == []


async def test_old_days_leave_no_announcements(database: Database) -> None:
    await backfill(database, [OCTOBER, *NOVEMBER])
    await expand(database, NOW)
    assert set(await column(database, AnnouncementRow.telling)) == {"silent"}
    assert await count(database, AnnouncementRow) == 2


async def test_a_page_that_cannot_be_read_is_counted_and_passed_over(database: Database) -> None:
    blank = Day(read_page("2017_November_2", ""), revision_of(""))
    lines, _ = await backfill(database, [blank, *NOVEMBER])
    assert (lines[0]["days"], lines[0]["reports"], lines[0]["dropped"]) == (3, 3, 2)


async def test_nothing_to_take_in_is_nothing_to_tell(database: Database) -> None:
    assert await backfill(database) == ([], [])


async def test_days_that_may_still_alert_are_left_to_the_poll(database: Database) -> None:
    async with database.transaction() as tx:
        source = await tx.sources.source("portal", "en")
        await tx.sources.succeeded(source.id, NOW)
    lines, _ = await backfill(database, [OCTOBER, *NOVEMBER])
    assert [line["new"] for line in lines] == [1, 1]  # not those of the day before
