"""Without a token: the local stand-in for Telegram, and the page to chat on."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.config import Settings
from bot.errors import SettingsError
from bot.services.roster import known_chats
from bot.standin import StandInServer, World
from bot.standin.keeping import Keeper, TakenError, alone_in
from bot.standin.page import ChatPage
from storage.addresses import file_of
from storage.database import Database
from storage.model import Chat, ChatKind

LOOK_SECONDS = 1.0
REST_SECONDS = 0.2  # between two looks at least, however much happens
# The log keeps what is uploaded, too.
CALLS_KEPT = 1000

log = logging.getLogger(__name__)


@contextlib.contextmanager
def only_page(settings: Settings) -> Iterator[None]:
    """Let no other process serve a page of this database. Raises ``SettingsError`` where one
    does."""
    folder = None if settings.bot_token else kept_beside(settings.database_url)
    with contextlib.ExitStack() as stack:
        try:
            if folder is not None:
                stack.enter_context(alone_in(folder))
        except TakenError:
            raise SettingsError(
                "Another `dateline run` serves the page of this database: end it first, or set "
                "BOT_TOKEN."
            ) from None
        yield


@contextlib.asynccontextmanager
async def serve_stand_in(
    settings: Settings, database: Database, stop: asyncio.Event, clock: Callable[[], datetime]
) -> AsyncIterator[tuple[str, str]]:
    """A stand-in with its chat page on the port of ``LISTEN``; gives its address and token.

    All chats of the database are in it, so that whoever asked or followed by ``dateline
    ask`` gets alerts; the page shows them. What they show is kept beside the database.
    """
    trial = _begin(settings, clock)
    await _look(trial, database)
    trial.clear_forgotten()
    # Browsers come here: no web site should know the token by heart.
    token = f"{trial.world.bot.id}:{secrets.token_hex(18)[:35]}"
    async with _kept(trial, database), _serve(trial, settings.port, token) as url:
        print(
            "No BOT_TOKEN: a local stand-in for Telegram is running.\n"
            f"Open {url} and chat with the bot,\n"
            'or ask it from another terminal: dateline ask "/start"',
            flush=True,
        )
        watching = asyncio.create_task(_watch(trial, database, stop))
        try:
            yield url, token
        finally:
            stop.set()  # it ends by itself: a transaction must not be cut off
            trial.world.changed.fire()
            await asyncio.gather(watching, return_exceptions=True)


@contextlib.asynccontextmanager
async def _serve(trial: _Trial, port: int, token: str) -> AsyncIterator[str]:
    """A server of the stand-in and its page; gives its address."""
    server = StandInServer(trial.world, port, token, page=trial.page)
    try:
        await server.__aenter__()
    except OSError as error:
        raise SettingsError(
            f"LISTEN: port {port} is taken ({error.strerror}). Choose another one."
        ) from error
    try:
        yield server.url
    finally:
        await server.__aexit__(None, None, None)


@contextlib.asynccontextmanager
async def _kept(trial: _Trial, database: Database) -> AsyncIterator[None]:
    """The chats are kept, those at the end too, but for what is forgotten by then."""
    if trial.keeper is None:
        yield
        return
    async with trial.keeper.keeping(trial.world):
        yield
        await _look(trial, database)


@dataclass
class _Trial:
    """A stand-in that is served, and what keeps its chats (None: nothing does)."""

    world: World
    page: ChatPage
    keeper: Keeper | None
    forgotten: frozenset[int] = frozenset()

    def answered(self) -> frozenset[int]:
        """The chats in which the bot has written."""
        chats = self.world.roster.chats.keys() - self.world.roster.moved.keys()
        return frozenset(chat_id for chat_id in chats if self.world.last_sent(chat_id))

    def forget(self, chats: frozenset[int]) -> None:
        """Keep nothing of what these chats show; as in Telegram, that goes on being shown."""
        self.forgotten = chats
        if self.keeper:
            for chat_id in chats:
                self.keeper.forget(self.world, chat_id)

    def clear_forgotten(self) -> None:
        """Show nothing of forgotten chats: a process may have died before that was kept."""
        for chat_id in self.forgotten:
            for message in self.world.messages(chat_id):
                self.world.drop_message(message)


def _begin(settings: Settings, clock: Callable[[], datetime]) -> _Trial:
    """A stand-in as the process before left it."""
    folder = kept_beside(settings.database_url)
    keeper = Keeper(folder) if folder else None
    if keeper is None:
        log.info("the database is no file: the page's chats are not kept")
    kept = keeper.read() if keeper else None
    # A restarted stand-in must not number messages and updates as the one before did.
    first_id = max(time.time_ns() // 1000, kept.first_id if kept else 0)
    world = World(first_id=first_id, now=clock, keep_calls=CALLS_KEPT)
    if keeper and kept:
        keeper.restore(world, kept)
    return _Trial(world, ChatPage(world), keeper)


def kept_beside(database_url: str) -> Path | None:
    """The folder in which the page's chats are kept, beside the file of an SQLite database;
    None for any other database."""
    path = file_of(database_url)
    return path.with_name(f"{path.name}.stand-in") if path and path.name else None


async def _watch(trial: _Trial, database: Database, stop: asyncio.Event) -> None:
    """Look what becomes of the chats: at once where something happens on the page, for the
    bot may just have been asked to forget."""
    while not stop.is_set():
        # From before the look on: no change during it slips through.
        change = asyncio.create_task(trial.world.changed.wait())
        await _look(trial, database)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), REST_SECONDS)
        await asyncio.wait([change], timeout=LOOK_SECONDS)
        change.cancel()


async def _look(trial: _Trial, database: Database) -> None:
    """Let the database's chats in, those too who come by ``dateline ask`` later. Groups that
    the bot is no longer in stay away. Chats that the bot has written to and does not know
    have asked to be forgotten."""
    answered = trial.answered()  # first: who is answered now is known by then
    known = await known_chats(database)
    trial.forget(answered - {chat.telegram_id for chat, _ in known})
    for chat, threads in known:
        if chat.is_reached and chat.kind is ChatKind.PRIVATE:
            _let_in(trial, chat)
        elif chat.is_reached:
            topics = {thread: f"Topic {thread}" for thread in threads}  # no names are kept
            trial.page.add_known_chat(chat.telegram_id, chat.kind.value, chat.title, topics)


def _let_in(trial: _Trial, chat: Chat) -> None:
    """Show a reader, as soon as it is known by the name that `dateline ask` was given."""
    nameless = f"reader {chat.telegram_id}"
    known = trial.world.roster.users.get(chat.telegram_id)
    if known is None:
        trial.world.add_user(chat.title or nameless, chat.telegram_id, started=True)
        trial.world.changed.fire()
    elif chat.title and known.first_name == nameless:
        trial.page.add_reader(chat.title)
