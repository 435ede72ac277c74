"""Without a token: the local stand-in for Telegram, and the page to chat on."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import secrets
import time
from collections.abc import AsyncIterator, Callable
from datetime import datetime

from bot.config import Settings
from bot.errors import SettingsError
from bot.standin import StandInServer, World
from bot.standin.page import ChatPage
from storage.database import Database, Transaction
from storage.model import Chat, ChatKind

# Telegram's ids have at most 52 significant bits: those above are local readers' alone.
LOCAL = 2**52
LONGEST_ID = 16  # digits
LOOK_SECONDS = 1.0
# The log keeps what is uploaded, too.
CALLS_KEPT = 1000


def reader_id(name: str) -> int:
    """The chat id of a local reader: the number itself, or one made from the name."""
    if len(name) <= LONGEST_ID and name.isdecimal() and 0 < int(name) < LOCAL:
        return int(name)
    digest = hashlib.sha256(name.strip().casefold().encode()).digest()
    return LOCAL + int.from_bytes(digest[:5])


@contextlib.asynccontextmanager
async def serve_stand_in(
    settings: Settings, database: Database, stop: asyncio.Event, clock: Callable[[], datetime]
) -> AsyncIterator[tuple[str, str]]:
    """A stand-in with its chat page on the port of ``LISTEN``; gives its address and token.

    All chats of the database are in it, so that whoever asked or followed by ``dateline
    ask`` gets alerts; the page shows them.
    """
    # A restarted stand-in must not number messages and updates as the one before did.
    world = World(first_id=time.time_ns() // 1000, now=clock, keep_calls=CALLS_KEPT)
    page = ChatPage(world, reader_id)
    # Browsers come here: no web site should know the token by heart.
    token = f"{world.bot.id}:{secrets.token_hex(18)[:35]}"
    try:
        server = await contextlib.AsyncExitStack().enter_async_context(
            StandInServer(world, settings.port, token, page=page)
        )
    except OSError as error:
        raise SettingsError(
            f"LISTEN: port {settings.port} is taken ({error.strerror}). Choose another one."
        ) from error
    print(
        "No BOT_TOKEN: a local stand-in for Telegram is running.\n"
        f"Open {server.url} and chat with the bot,\n"
        'or ask it from another terminal: dateline ask "/start"',
        flush=True,
    )
    watching = asyncio.create_task(_watch(world, page, database, stop))
    try:
        yield server.url, token
    finally:
        stop.set()  # it ends by itself: a transaction must not be cut off
        await asyncio.gather(watching, return_exceptions=True)
        await server.__aexit__(None, None, None)


async def _watch(world: World, page: ChatPage, database: Database, stop: asyncio.Event) -> None:
    """Let the database's chats in, those too who come by ``dateline ask`` later. Groups that
    the bot is no longer in stay away."""
    while not stop.is_set():
        async with database.reading() as tx:
            chats = [chat for chat in await tx.chats.known() if chat.is_reached]
            topics = {chat.telegram_id: await _topics(tx, chat) for chat in chats}
        for chat in chats:
            if chat.kind is ChatKind.PRIVATE:
                _let_in(world, chat)
            else:
                known = topics[chat.telegram_id]
                page.add_known_chat(chat.telegram_id, chat.kind.value, chat.title, known)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), LOOK_SECONDS)


async def _topics(tx: Transaction, chat: Chat) -> dict[int, str]:
    """The topics of a forum in which the bot talks; their names are nowhere kept."""
    if chat.kind is not ChatKind.SUPERGROUP:
        return {}
    threads = [topic.thread_id for topic in await tx.chats.topics(chat.telegram_id)]
    return {thread: f"Topic {thread}" for thread in threads if thread}


def _let_in(world: World, chat: Chat) -> None:
    if chat.telegram_id not in world.roster.users:
        name = chat.title or f"reader {chat.telegram_id}"
        world.add_user(name, chat.telegram_id, started=True)
        world.changed.fire()
