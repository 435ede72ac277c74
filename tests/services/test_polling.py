"""Which pages are read when, and what a good or bad answer means."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.sources.wikipedia import page_name
from storage.database import Database
from tests.support.polled_pages import BRIDGE, FLOOD, TODAY, VOTE, PolledPages, events, paper
from tests.support.portal import START, follow, send_all
from tests.support.rows import shift_lease

__all__ = ["paper"]  # a fixture


async def sent(paper: PolledPages) -> list[int]:
    """Who was sent something, by now."""
    return [chat for chat, _ in await send_all(paper.database, paper.clock())]


async def test_the_first_poll_shows_what_stands_and_pushes_nothing(paper: PolledPages) -> None:
    await follow(paper.database, 1, "Springfield")
    assert len(await events(paper)) == 1
    assert await paper.stand() == []
    assert await sent(paper) == []


async def test_what_is_new_later_is_pushed_once_it_has_stood(paper: PolledPages) -> None:
    await follow(paper.database, 1, "Jo Mayor")
    paper.write(FLOOD, BRIDGE)
    assert await paper.poll(1) == []
    assert await sent(paper) == []
    assert len(await paper.poll(10)) == 1
    assert await sent(paper) == [1]


async def test_a_poll_reads_three_days_and_once_an_hour_a_week(paper: PolledPages) -> None:
    for _ in range(6):
        await paper.poll(12)
    assert [len(names) for names in paper.asked] == [7, 3, 3, 3, 3, 7, 3]
    assert paper.asked[1] == [page_name(TODAY - timedelta(days=back)) for back in range(3)]


async def test_a_page_that_waits_is_read_though_its_day_is_long_gone(paper: PolledPages) -> None:
    old = TODAY - timedelta(days=5)
    paper.clock.pass_by(3600)
    paper.write(VOTE, day=old)
    await paper.poll()
    assert page_name(old) not in [page_name(TODAY - timedelta(days=back)) for back in range(3)]
    await paper.poll(10)
    assert page_name(old) in paper.asked[-1]
    assert len(await events(paper, old)) == 1
    await paper.poll(1)
    assert page_name(old) not in paper.asked[-1]


async def test_a_failure_changes_nothing_and_is_no_success(paper: PolledPages) -> None:
    await follow(paper.database, 1, "Jo Mayor")
    paper.down = True
    paper.write(FLOOD, BRIDGE)
    assert await paper.poll(1) == []
    paper.down = False
    await paper.stand()
    assert await sent(paper) == [1]


async def test_an_outage_is_told_when_it_begins_once_an_hour_and_when_it_ends(
    paper: PolledPages, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="bot.services.outages")
    await paper.poll()
    paper.down = True
    for _ in range(65):
        await paper.poll(minutes=1)
    paper.down = False
    await paper.poll(minutes=1)
    await paper.poll(minutes=1)
    began = (START + timedelta(minutes=1)).strftime("%Y-%m-%d %H:%M UTC")
    assert [record.getMessage() for record in caplog.records] == [
        "the portal could not be read, trying again: no connection",
        f"the portal could not be read 61 times since {began}: no connection",
        "the portal can be read again, after 65 minutes",
    ]


async def test_a_page_that_is_gone_withdraws_nothing(paper: PolledPages) -> None:
    paper.write_text(None)
    await paper.stand()
    await paper.poll(120)
    assert len(await events(paper)) == 1


@pytest.mark.parametrize("text", ["", "Vandals!", "{{delete}}", "{{Current events"])
async def test_a_page_that_cannot_be_read_changes_nothing(paper: PolledPages, text: str) -> None:
    paper.write_text(text)
    await paper.stand()
    await paper.poll(120)
    assert len(await events(paper)) == 1


async def test_absence_that_stands_withdraws(paper: PolledPages) -> None:
    paper.write(BRIDGE)
    await paper.stand()
    assert [event.title for event in await events(paper)] == ["Jo Mayor opens a bridge."]


async def test_after_six_hours_what_was_missed_comes_in_one_digest(paper: PolledPages) -> None:
    await follow(paper.database, 1, "Jo Mayor", "Malta")
    paper.write(FLOOD, BRIDGE, VOTE)
    await paper.poll(6 * 60 + 1)
    await paper.poll(10)
    assert await sent(paper) == []
    paper.clock.pass_by(60)
    assert await sent(paper) == [1]


async def test_within_six_hours_nothing_was_missed(paper: PolledPages) -> None:
    await follow(paper.database, 1, "Jo Mayor")
    paper.write(FLOOD, BRIDGE)
    await paper.poll(6 * 60)
    await paper.poll(10)
    assert await sent(paper) == [1]


async def test_after_a_gap_all_days_since_the_last_success_are_read(paper: PolledPages) -> None:
    paper.clock.now = START + timedelta(days=20)
    await paper.poll()
    assert page_name(TODAY) in paper.asked[-1]
    assert page_name(TODAY + timedelta(days=20)) in paper.asked[-1]


async def test_what_waits_counts_at_a_later_poll_though_the_page_stayed_the_same(
    paper: PolledPages,
) -> None:
    paper.write(FLOOD, BRIDGE)
    for minute in (1, 3, 3, 3):
        assert await paper.poll(minute) == []
    assert len(await paper.poll(1)) == 1


async def test_one_process_polls_and_another_takes_over_when_its_lease_has_run_out(
    paper: PolledPages,
) -> None:
    other = paper.process("two")
    before = len(paper.asked)
    assert await other.poll() == []
    assert len(paper.asked) == before
    await shift_lease(paper.database, "poll portal en", timedelta(minutes=-10))
    await other.poll()
    assert len(paper.asked) == before + 1


async def test_the_first_poll_ever_may_find_no_page(database: Database) -> None:
    empty = PolledPages(database)
    assert await empty.poll() == []
    empty.write(FLOOD)
    start: datetime = empty.clock()
    assert len(await empty.stand()) == 1
    assert empty.clock() - start == timedelta(minutes=11)
