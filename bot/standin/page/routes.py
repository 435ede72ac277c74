"""The page, its files, and what it asks for: readers, a chat, saying, pressing, news."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.standin.model import Chat, JsonObject, User
from bot.standin.page.feed import Feed, readers_of, written
from bot.standin.world import World

STATIC = Path(__file__).parent / "static"
LONGEST_NAME = 64
LONGEST_BODY = 65_536  # bytes
RETRY_MS = 1000  # how long a browser waits before it asks a bot that is gone again
FIRST_READER = "reader"


class ChatPage:
    """A page to chat with the bot of a world; `app` serves it.

    `reader_id` gives the stable id of a reader's name. Groups and channels have a place in the
    requests (`chat` beside `reader`) and no way in yet.
    """

    def __init__(self, world: World, reader_id: Callable[[str], int]) -> None:
        self._world = world
        self._reader_id = reader_id
        self._open = True
        self.add_reader(FIRST_READER)
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
        number = self._reader_id(name)
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

    def _make_app(self) -> Starlette:
        api = [
            Route("/readers", self._list_readers, methods=["GET"]),
            Route("/readers", self._add_reader, methods=["POST"]),
            Route("/messages", self._list_messages, methods=["GET"]),
            Route("/events", self._tell_events, methods=["GET"]),
            Route("/say", self._say, methods=["POST"]),
            Route("/press", self._press, methods=["POST"]),
        ]
        routes = [
            Route("/", _index, methods=["GET"]),
            Mount("/api", routes=api),
            Mount("/static", StaticFiles(directory=STATIC)),
        ]
        return Starlette(routes=routes, exception_handlers={HTTPException: _explained})

    # --- asking ---

    async def _list_readers(self, request: Request) -> Response:
        bot = self._world.bot.as_json()
        return JSONResponse({"bot": bot, "readers": readers_of(self._world)})

    async def _list_messages(self, request: Request) -> Response:
        _, chat = self._asked(request)
        messages = [message.as_json() for message in self._world.messages(chat)]
        return JSONResponse({"messages": messages})

    async def _tell_events(self, request: Request) -> Response:
        feed = Feed(self._world, *self._asked(request))
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

    # --- doing ---

    async def _add_reader(self, request: Request) -> Response:
        name = " ".join((await _read(request)).string("name").split())
        if not name.isprintable() or not 0 < len(name) <= LONGEST_NAME:
            raise HTTPException(400, f"A name has 1 to {LONGEST_NAME} characters.")
        try:
            reader = self.add_reader(name)
        except ValueError as error:
            raise HTTPException(400, "That is the number of the bot itself.") from error
        return JSONResponse({"id": reader.id, "name": reader.first_name})

    async def _say(self, request: Request) -> Response:
        body = await _read(request)
        reader, chat = self._place(body.integer("chat"), body.optional("reader"))
        replied = body.optional("reply_to")
        try:
            message = self._world.say(reader, body.string("text"), chat, replied)
        except LookupError as error:
            raise HTTPException(404, "The message replied to is gone.") from error
        except ValueError as error:
            raise HTTPException(400, "A message has 1 to 4096 characters.") from error
        return JSONResponse({"message_id": message.id})

    async def _press(self, request: Request) -> Response:
        body = await _read(request)
        reader, chat = self._place(body.integer("chat"), body.optional("reader"))
        try:
            press = self._world.press(reader, body.integer("message"), body.string("data"), chat)
        except (LookupError, ValueError) as error:
            raise HTTPException(404, "That button is gone.") from error
        return JSONResponse({"press": press.id})

    # --- who and where ---

    def _asked(self, request: Request) -> tuple[User, Chat]:
        query = _Fields({name: _number(text) for name, text in request.query_params.items()})
        return self._place(query.integer("chat"), query.optional("reader"))

    def _place(self, chat_id: int, reader_id: int | None) -> tuple[User, Chat]:
        """Who talks where; in a private chat both have one number."""
        chat = self._world.roster.chats.get(chat_id)
        reader = self._world.roster.users.get(chat_id if reader_id is None else reader_id)
        # A private chat is its reader's alone; groups will ask for members here.
        if not chat or not reader or chat.id != reader.id:
            raise HTTPException(404, "There is no such reader. Add one by name.")
        return reader, chat


class _Fields:
    """A request's fields, each of the type that is asked for; HTTPException 400 otherwise."""

    def __init__(self, values: JsonObject) -> None:
        self._values = values

    def string(self, name: str) -> str:
        value = self._values.get(name)
        if not isinstance(value, str) or _is_broken(value):
            raise HTTPException(400, f"{name} should be a text")
        return value

    def integer(self, name: str) -> int:
        value = self.optional(name)
        if value is None:
            raise HTTPException(400, f"{name} should be a number")
        return value

    def optional(self, name: str) -> int | None:
        value = self._values.get(name)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            raise HTTPException(400, f"{name} should be a number")
        return value


def _is_broken(text: str) -> bool:
    """Whether there is half a character in it, which JSON can write and UTF-8 cannot."""
    return any("\ud800" <= char <= "\udfff" for char in text)


def _number(text: str) -> int | str:
    try:
        return int(text)
    except ValueError:
        return text


async def _read(request: Request) -> _Fields:
    """The JSON object in a request's body. No form of a foreign page can send this type."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise HTTPException(415, "The body should be application/json")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_BODY:
            raise HTTPException(413, "That is too much for one message.")
    try:
        values = json.loads(body)
    except ValueError as error:
        raise HTTPException(400, "The body should be JSON") from error
    if not isinstance(values, dict):
        raise HTTPException(400, "The body should be a JSON object")
    return _Fields(values)


async def _index(request: Request) -> Response:
    return FileResponse(STATIC / "index.html", media_type="text/html")


def _explained(request: Request, error: Exception) -> Response | Awaitable[Response]:
    if not isinstance(error, HTTPException):
        raise error
    return JSONResponse({"error": error.detail}, error.status_code, headers=error.headers)
