"""What can't be kept or sent holds nothing else up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from telegram import Bot

from bot.services.outcomes import Failed
from bot.standin import World
from bot.telegram.receiver import LONGEST_UNWELL, RETRIES, Probe, Receiver, always, backoff
from bot.telegram.sender import TelegramSender
from storage.model import Call, Chat, ChatState
from tests.end_to_end.test_receiving import Naps, Reader, bot, naps, reader, server, world
from tests.support.chat_page import HANGING

__all__ = ["bot", "naps", "reader", "server", "world"]  # fixtures

WAITS = [backoff(failure) for failure in range(1, 8)]


@asynccontextmanager
async def receiving(bot: Bot, reader: Reader, naps: Naps, probe: Probe) -> AsyncIterator[None]:
    """A receiver at work."""
    stop = asyncio.Event()
    receiver = Receiver(bot, reader.handle, writable=probe, sleep=naps, patience=0.01)
    running = asyncio.create_task(receiver.run(stop))
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(running, HANGING)


async def away() -> bool:
    """A database that does not answer, or can only be read."""
    return False


async def broken() -> bool:
    """A probe that fails itself."""
    raise OSError("no route")


async def test_an_update_that_cannot_be_kept_is_given_up(
    world: World, bot: Bot, reader: Reader, naps: Naps, caplog: pytest.LogCaptureFixture
) -> None:
    ada = world.add_user("Ada")
    reader.failures = RETRIES + 1
    async with receiving(bot, reader, naps, always):
        world.say(ada, "odd")
        world.say(ada, "good")
        await reader.until("good")
        await world.until(lambda: not world.updates.pending, within=HANGING)
    assert reader.done == ["good"]
    assert naps.seconds == WAITS[:RETRIES]
    assert "is given up" in caplog.text


@pytest.mark.parametrize("probe", [away, broken])
async def test_while_the_database_is_away_an_update_waits_and_goes_soon_after(
    world: World, bot: Bot, reader: Reader, naps: Naps, probe: Probe
) -> None:
    reader.failures = 7
    async with receiving(bot, reader, naps, probe):
        world.say(world.add_user("Ada"), "one")
        await reader.until("one")
    assert naps.seconds == [min(wait, LONGEST_UNWELL) for wait in WAITS]


async def test_failures_before_an_outage_do_not_count(
    world: World, bot: Bot, reader: Reader, naps: Naps
) -> None:
    answers = [*[True] * RETRIES, False, *[True] * RETRIES]
    reader.failures = len(answers)

    async def probe() -> bool:
        return answers.pop(0)

    async with receiving(bot, reader, naps, probe):
        world.say(world.add_user("Ada"), "one")
        await reader.until("one")
    unwell = [min(WAITS[RETRIES], LONGEST_UNWELL)]
    assert naps.seconds == [*WAITS[:RETRIES], *unwell, *WAITS[RETRIES + 1 :]]


async def test_a_send_without_an_answer_ends(world: World, bot: Bot) -> None:
    await bot.initialize()  # so that its end closes its connections
    ada = world.add_user("Ada", started=True)
    slow = world.faults.add("slow", "sendMessage", times=None)
    sender = TelegramSender(bot, seconds=0.05)
    chat = Chat(1, ada.id, 0, ChatState.ACTIVE)
    outcome = await sender.deliver(chat, Call("sendMessage", {"text": "hello"}))
    assert outcome == Failed("no answer in time", is_late=True)
    world.faults.remove(slow)
    later = TelegramSender(bot)
    assert await later.deliver(chat, Call("sendMessage", {"text": "again"})) != outcome
