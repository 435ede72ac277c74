"""What is done again and again goes on after a failure, which is logged by its name."""

from __future__ import annotations

import asyncio
import logging

import pytest

from bot.app.ticks import Signals, Ticks


async def test_what_fails_is_named_and_done_again(caplog: pytest.LogCaptureFixture) -> None:
    signals = Signals(asyncio.Event(), asyncio.Event())
    ticks, tries = Ticks(signals), 0

    async def fail() -> None:
        nonlocal tries
        tries += 1
        if tries > 1:
            signals.stop.set()
        raise ValueError("a bug")

    ticks.every(0.01, "reading feeds", fail)
    with caplog.at_level(logging.ERROR):
        await ticks.run()
    assert tries > 1
    assert caplog.messages == ["reading feeds failed, and is done again in 0.01 s"] * tries
    assert all(record.exc_info for record in caplog.records)
