"""Polls that take long, and pages that the parser fails on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.sources.mediawiki import PageVersion
from bot.sources.wikipedia import page_name, read_page
from storage.model import PageReading
from tests.support.day_pages import bullet
from tests.support.polled_pages import BRIDGE, FLOOD, TODAY, VOTE, PolledPages, events, paper
from tests.support.portal import START
from tests.support.rows import shift_lease

__all__ = ["paper"]  # a fixture


async def test_a_poll_that_took_so_long_that_another_polls_keeps_nothing(
    paper: PolledPages, caplog: pytest.LogCaptureFixture
) -> None:
    fetch = paper.fetch

    async def slow(names: Sequence[str]) -> list[PageVersion]:
        await shift_lease(paper.database, "poll portal en", timedelta(minutes=-10))
        await paper.process("two").poll()
        return await fetch(names)

    paper.write(FLOOD, BRIDGE)
    assert await paper.process("one", fetch=slow).poll() == []
    assert "another process does by now" in caplog.text


async def test_a_poll_that_takes_long_is_kept_where_no_other_process_polls(
    paper: PolledPages,
) -> None:
    async def slow(names: Sequence[str]) -> list[PageVersion]:
        found = await paper.fetch(names)
        await shift_lease(paper.database, "poll portal en", timedelta(minutes=-10))
        return found

    paper.polling = paper.process("one", fetch=slow)
    paper.write(FLOOD, BRIDGE)
    assert len(await paper.stand()) == 1


async def test_after_a_long_gap_no_other_process_polls_between_batches(paper: PolledPages) -> None:
    taken = []

    async def slow(names: Sequence[str]) -> list[PageVersion]:
        taken.append(await paper.process("two").poll())
        await shift_lease(paper.database, "poll portal en", timedelta(seconds=-100))
        return await paper.fetch(names)

    paper.clock.now = START + timedelta(days=200)
    paper.asked.clear()
    await paper.process("one", fetch=slow).poll()
    assert [len(names) for names in paper.asked] == [50, 50, 50, 50, 3]
    assert taken == [[]] * 5


async def test_an_outage_goes_on_until_something_was_kept(
    paper: PolledPages, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="bot.services.outages")

    async def down(names: Sequence[str]) -> list[PageVersion]:
        if len(paper.asked) > 1:
            await shift_lease(paper.database, "poll portal en", timedelta(minutes=-10))
            await paper.process("two").poll()
        return await paper.fetch(names)

    paper.polling, paper.down = paper.process("one", fetch=down), True
    await paper.poll()
    paper.down = False
    await paper.poll(minutes=1)
    assert "can be read again" not in caplog.text


async def test_a_page_that_the_parser_fails_on_holds_up_no_other(
    paper: PolledPages, caplog: pytest.LogCaptureFixture
) -> None:
    yesterday = TODAY - timedelta(days=1)

    def read(name: str, text: str) -> PageReading:
        if "[[Malta]]" in text:
            raise RecursionError("too deep")
        return read_page(name, text)

    paper.polling = paper.process("one", read=read)
    paper.write(VOTE, day=yesterday)
    paper.write(FLOOD, BRIDGE)
    assert len(await paper.stand()) == 1
    (said,) = [record.getMessage() for record in caplog.records]
    assert said == f"{page_name(yesterday)}: version 1 can't be read, and changes nothing"
    paper.write(bullet("[[Gozo]] votes.", ("Post", "https://post.example/gozo")), day=yesterday)
    await paper.stand()
    assert len(await events(paper, yesterday)) == 1
