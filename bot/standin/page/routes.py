"""The page and its files, what it asks for and hears, and how readers and chats are added."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Mapping
from dataclasses import replace
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.standin.local import reader_id
from bot.standin.model import Chat, ChatKind, Status, Topic, User
from bot.standin.page.feed import Feed, written
from bot.standin.page.files import file_answer
from bot.standin.page.managing import LONGEST_TITLE, Managing
from bot.standin.page.places import Places, chats_of, local_chat_id, readers_of
from bot.standin.page.requests import body_of, query_of
from bot.standin.page.talking import Talking
from bot.standin.roster import INSIDE
from bot.standin.world import World

STATIC = Path(__file__).parent / "static"
LONGEST_NAME = 64
RETRY_MS = 1000  # how long a browser waits before it asks a bot that is gone again
FIRST_READER = "reader"
KINDS: Mapping[str, ChatKind] = {
    "group": "group",
    "supergroup": "supergroup",
    "channel": "channel",
}


class ChatPage:
    """A page to chat with the bot of a world; `app` serves it.

    Whoever opens the page may be any reader and see any chat that the reader is in: it is a
    Telegram of one's own.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._open = True
        self._places = Places(world)
        self._first = self.add_reader(FIRST_READER)
        self.app = self._make_app()

    def open(self) -> None:
        """Let news flow (again)."""
        self._open = True

    def close(self) -> None:
        """End all streams of news, so that the server can stop."""
        self._open = False
        self._world.changed.fire()

    def add_reader(self, name: str) -> User:
        """The reader of this name, to whom the bot may write; added where new.

        ValueError where the name gives the number of the bot.
        """
        number = reader_id(name)
        known = self._world.roster.users.get(number)
        if known == self._world.bot:
            raise ValueError(f"{name} is the number of the bot itself")
        if known is None:
            added = self._world.add_user(name, number, started=True)
            self._world.changed.fire()
            return added
        return self._renamed(known, name)

    def _renamed(self, reader: User, name: str) -> User:
        """The database knows readers by number only: whoever says the name gives it back."""
        roster = self._world.roster
        roster.users[reader.id] = replace(reader, first_name=name)
        roster.chats[reader.id] = replace(roster.chats[reader.id], title=name)
        self._world.changed.fire()
        return roster.users[reader.id]

    def add_chat(self, kind: ChatKind, title: str, owner: User, *, forum: bool = False) -> Chat:
        """The group, supergroup or channel of this title, made by its owner where it is new.

        The owner takes the bot in, which makes updates; into a channel as administrator. Into a
        chat that is there already the reader comes as a member.
        """
        kind = "supergroup" if forum and kind == "group" else kind
        number = local_chat_id(self._world, kind, title)
        known = self._world.roster.chats.get(number)
        if known:
            if self._world.roster.status(known.id, owner.id) not in INSIDE:
                self._world.join(known, owner)
            return known
        chat = self._world.add_group(
            title, owner, kind=kind, id=number, forum=forum and kind != "channel", bot="left"
        )
        role: Status = "administrator" if kind == "channel" else "member"
        self._world.invite(chat, owner, role, announced=True)
        return chat

    def add_known_chat(
        self, telegram_id: int, kind: str, title: str, topics: Mapping[int, str] | None = None
    ) -> Chat:
        """The group, supergroup or channel of this id, added where it is missing.

        For chats that the bot's database knows of: the bot is in it already, so no update is
        made. It belongs to the first reader. `topics` are names by message_thread_id; with any
        it is a forum. ValueError for another kind of chat.
        """
        if kind not in KINDS:
            raise ValueError(f"{kind} is no group and no channel")
        known = self._world.roster.chats.get(telegram_id)
        if known is None:
            known = self._world.add_group(
                title,
                self._first,
                kind=KINDS[kind],
                id=telegram_id,
                bot="administrator" if kind == "channel" else "member",
            )
        for number, name in (topics or {}).items():
            known = self._world.make_forum(known)
            self._world.roster.topics.setdefault((known.id, number), Topic(number, name))
        self._world.changed.fire()
        return known

    def _make_app(self) -> Starlette:
        api = [
            Route("/readers", self._list_readers, methods=["GET"]),
            Route("/readers", self._add_reader, methods=["POST"]),
            Route("/chats", self._add_chat, methods=["POST"]),
            Route("/messages", self._list_messages, methods=["GET"]),
            Route("/events", self._tell_events, methods=["GET"]),
            Route("/files/{file_id}", self._show_file, methods=["GET"]),
            *Talking(self._world, lambda: self._open).routes(),
            *Managing(self._world).routes(),
        ]
        routes = [
            Route("/", _index, methods=["GET"]),
            Mount("/api", routes=api),
            Mount("/static", StaticFiles(directory=STATIC)),
        ]
        return Starlette(routes=routes, exception_handlers={HTTPException: _explained})

    # --- asking ---

    async def _list_readers(self, request: Request) -> Response:
        world = self._world
        people = {"readers": readers_of(world), "chats": chats_of(world)}
        return JSONResponse({"bot": world.bot.as_json()} | people)

    async def _list_messages(self, request: Request) -> Response:
        _, chat = self._places.seen(query_of(request))
        messages = [message.as_json() for message in self._world.messages(chat)]
        return JSONResponse({"messages": messages})

    async def _show_file(self, request: Request) -> Response:
        return file_answer(self._world.files, request)

    async def _tell_events(self, request: Request) -> Response:
        feed = Feed(self._world, *self._places.seen(query_of(request)))
        return StreamingResponse(self._stream(feed), media_type="text/event-stream")

    async def _stream(self, feed: Feed) -> AsyncIterator[str]:
        yield f"retry: {RETRY_MS}\n\n"
        while self._open:
            news = feed.news()
            for one in news:
                yield written(one)
            # Nothing is awaited between an empty look and the wait: no change slips through.
            if not news:
                await self._world.changed.wait()

    # --- adding ---

    async def _add_reader(self, request: Request) -> Response:
        name = (await body_of(request)).name("name", LONGEST_NAME)
        try:
            reader = self.add_reader(name)
        except ValueError as error:
            raise HTTPException(400, "That is the number of the bot itself.") from error
        return JSONResponse({"id": reader.id, "name": reader.first_name})

    async def _add_chat(self, request: Request) -> Response:
        body = await body_of(request)
        owner, kind = self._places.reader(body), KINDS[body.one_of("kind", frozenset(KINDS))]
        title = body.name("title", LONGEST_TITLE)
        chat = self.add_chat(kind, title, owner, forum=body.flag("forum"))
        return JSONResponse({"id": chat.id, "kind": chat.kind, "title": chat.title})


async def _index(request: Request) -> Response:
    return FileResponse(STATIC / "index.html", media_type="text/html")


def _explained(request: Request, error: Exception) -> Response | Awaitable[Response]:
    if not isinstance(error, HTTPException):
        raise error
    return JSONResponse({"error": error.detail}, error.status_code, headers=error.headers)
