"""The numbers of updates: after a quiet week they begin anew, perhaps lower (Bot API: Update)."""

from __future__ import annotations

import asyncio

from telegram import Bot, Update

from bot.standin import World
from bot.telegram.receiver import InFlight, Receiver, always
from tests.end_to_end.test_receiving import Naps, Reader, bot, naps, reader, receiver, server, world

__all__ = ["bot", "naps", "reader", "receiver", "server", "world"]  # fixtures
HIGH, LOW = 900_000_000, 5_000_000


async def test_each_update_is_handled_once_though_its_number_is_lower(
    world: World, reader: Reader, receiver: Receiver
) -> None:
    ada = world.add_user("Ada")
    world.updates.next_id = HIGH
    world.say(ada, "one")
    await reader.until("one")
    await world.until(lambda: not world.updates.pending)
    world.updates.next_id = LOW
    for text in ("two", "three"):
        world.say(ada, text)
    await reader.until("two", "three")
    await world.until(lambda: not world.updates.pending)
    world.say(ada, "four")
    await reader.until("four")
    assert reader.done == ["one", "two", "three", "four"]


async def test_lower_numbers_do_not_wait_for_what_is_in_work(
    world: World, bot: Bot, reader: Reader, naps: Naps
) -> None:
    in_flight = InFlight(reader.handle, naps, always)
    reader.held["slow"] = asyncio.Event()
    in_flight.take(updated(world, bot, HIGH, "slow"))
    in_flight.take(updated(world, bot, LOW, "quick"))
    await reader.until("quick")
    await in_flight.settle(0)
    assert in_flight.offset == LOW + 1
    reader.held["slow"].set()
    await reader.until("slow")
    await in_flight.settle(1)
    assert in_flight.offset == LOW + 1


async def test_what_comes_again_leaves_the_end_where_it_was(
    world: World, bot: Bot, reader: Reader, naps: Naps
) -> None:
    in_flight = InFlight(reader.handle, naps, always)
    reader.held["slow"] = asyncio.Event()
    slow, quick = (updated(world, bot, n, text) for n, text in ((5, "slow"), (7, "quick")))
    for _ in range(2):
        in_flight.take(slow)
        in_flight.skip(6)  # which nobody can read
        in_flight.take(quick)
        await reader.until("quick")
        assert in_flight.offset == 5
    reader.held["slow"].set()
    await in_flight.settle(1)
    assert (in_flight.offset, reader.done) == (8, ["quick", "slow"])


def updated(world: World, bot: Bot, number: int, text: str) -> Update:
    """An update of this number: somebody new says a text."""
    said = world.say(world.add_user("Ada"), text)
    return Update.de_json({"update_id": number, "message": said.as_json()}, bot)
