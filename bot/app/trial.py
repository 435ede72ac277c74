"""Without a token: the local stand-in for Telegram, and what it shows on the terminal."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import time
from collections.abc import AsyncIterator

from bot.config import Settings
from bot.errors import SettingsError
from bot.standin import TOKEN, StandInServer, World
from bot.standin.html import parse_html
from bot.standin.model import Call
from storage.database import Database

# Telegram's ids have at most 52 significant bits: those above are local readers' alone.
LOCAL = 2**52
LOOK_SECONDS = 1.0


def reader_id(name: str) -> int:
    """The chat id of a local reader: the number itself, or one made from the name."""
    if name.isdecimal() and 0 < int(name) < LOCAL:
        return int(name)
    digest = hashlib.sha256(name.strip().casefold().encode()).digest()
    return LOCAL + int.from_bytes(digest[:5])


@contextlib.asynccontextmanager
async def serve_stand_in(
    settings: Settings, database: Database, stop: asyncio.Event
) -> AsyncIterator[tuple[str, str]]:
    """A stand-in on the port of ``LISTEN``; gives its address and token.

    All chats of the database are in it, so that whoever asked or followed by ``dateline
    ask`` gets alerts; they are printed.
    """
    # A restarted stand-in must not number messages as the one before did.
    world = World(first_id=int(time.time()))
    try:
        server = await contextlib.AsyncExitStack().enter_async_context(
            StandInServer(world, settings.port)
        )
    except OSError as error:
        raise SettingsError(
            f"LISTEN: port {settings.port} is taken ({error.strerror}). Choose another one."
        ) from error
    print(
        f"No BOT_TOKEN: a local stand-in for Telegram answers at {server.url}.\n"
        'Talk to the bot from another terminal: dateline ask "/start"\n'
        "What it sends to its readers is printed here.",
        flush=True,
    )
    watching = asyncio.create_task(_watch(world, database, stop))
    try:
        yield server.url, TOKEN
    finally:
        watching.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watching
        await server.__aexit__(None, None, None)


async def _watch(world: World, database: Database, stop: asyncio.Event) -> None:
    """Let the database's readers in, and print what they are sent."""
    printed = 0
    while not stop.is_set():
        async with database.reading() as tx:
            for telegram_id in await tx.chats.private_ids():
                if telegram_id not in world.roster.users:
                    world.add_user(f"reader {telegram_id}", telegram_id, started=True)
        calls = list(world.calls)
        for call in calls[printed:]:
            _print(call)
        printed = len(calls)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), LOOK_SECONDS)


def _print(call: Call) -> None:
    if call.ok and call.method in ("sendMessage", "editMessageText"):
        verb = "edited for" if call.method == "editMessageText" else "to"
        text = parse_html(str(call.params["text"])).text
        print(f"\n--- {verb} {call.params['chat_id']}\n{text}", flush=True)
