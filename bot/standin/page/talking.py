"""What readers do in a chat: say, reply, press, share a place, ask inline and choose."""

from __future__ import annotations

from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.standin.model import JsonObject, Message
from bot.standin.page.places import Places
from bot.standin.page.requests import body_of
from bot.standin.world import World

LONGEST_QUERY = 256  # characters (Bot API: InlineQuery)
NO_REPLY = "The message replied to is gone."
PATIENCE = 10.0  # seconds that an inline query waits for the bot's answer


class Talking:
    """The page's requests that make updates."""

    def __init__(self, world: World, is_open: Callable[[], bool]) -> None:
        self._world = world
        self._places = Places(world)
        self._is_open = is_open

    def routes(self) -> list[Route]:
        return [
            Route("/say", self._say, methods=["POST"]),
            Route("/press", self._press, methods=["POST"]),
            Route("/location", self._send_location, methods=["POST"]),
            Route("/inline", self._ask_inline, methods=["POST"]),
            Route("/choose", self._choose, methods=["POST"]),
        ]

    async def _say(self, request: Request) -> Response:
        body = await body_of(request)
        reader, chat, topic = self._places.writing(body)
        text, replied = body.string("text"), body.optional("reply_to")
        hidden = body.flag("anonymously") and chat.kind != "channel"
        if hidden and not self._places.rules(reader, chat):
            raise HTTPException(403, "Only administrators write anonymously.")
        try:
            if chat.kind == "channel":
                return _written(self._world.post(chat, text, replied))
            said = self._world.say(reader, text, chat, replied, topic, anonymously=hidden)
        except ValueError as error:
            raise HTTPException(400, "A message has 1 to 4096 characters.") from error
        except LookupError as error:
            raise HTTPException(404, NO_REPLY) from error
        return _written(said)

    async def _press(self, request: Request) -> Response:
        body = await body_of(request)
        reader, chat = self._places.seen(body)
        try:
            press = self._world.press(reader, body.integer("message"), body.string("data"), chat)
        except (LookupError, ValueError) as error:
            raise HTTPException(404, "That button is gone.") from error
        return JSONResponse({"press": press.id})

    async def _send_location(self, request: Request) -> Response:
        body = await body_of(request)
        reader, chat, topic = self._places.writing(body)
        latitude, longitude = body.decimal("latitude"), body.decimal("longitude")
        try:
            said = self._world.send_location(
                reader, latitude, longitude, chat, body.optional("reply_to"), topic
            )
        except ValueError as error:
            text = "Latitude is -90 to 90, longitude -180 to 180 degrees."
            raise HTTPException(400, text) from error
        except LookupError as error:
            raise HTTPException(404, NO_REPLY) from error
        return _written(said)

    # --- inline mode ---

    async def _ask_inline(self, request: Request) -> Response:
        """The bot's results, once they are there; `results` null where the bot gave none."""
        body = await body_of(request)
        reader, chat = self._places.seen(body)
        query, offset = body.string("query"), body.string("offset")
        if len(query) > LONGEST_QUERY:
            raise HTTPException(400, f"An inline query has up to {LONGEST_QUERY} characters.")
        kind = "sender" if chat.kind == "private" else chat.kind
        query_id = self._world.ask_inline(reader, query, offset, kind)
        try:
            await self._world.until(lambda: self._is_settled(query_id), PATIENCE)
        except TimeoutError:
            return JSONResponse({"query": query_id, "results": None})
        return JSONResponse({"query": query_id} | self._answer(query_id))

    def _is_settled(self, query_id: str) -> bool:
        return query_id in self._world.inline_answers or not self._is_open()

    def _answer(self, query_id: str) -> JsonObject:
        answer = self._world.inline_answers.get(query_id)
        if not answer:
            return {"results": None}
        shown = [_result(one) for one in answer.results]
        return {"results": shown, "next_offset": answer.next_offset, "button": answer.button}

    async def _choose(self, request: Request) -> Response:
        body = await body_of(request)
        reader, chat, topic = self._places.writing(body)
        query, result = body.string("query"), body.string("result")
        try:
            chosen = self._world.choose_inline(reader, query, result, chat, None, topic)
        except LookupError as error:
            raise HTTPException(404, "That result is gone. Ask again.") from error
        return _written(chosen)


def _result(result: JsonObject) -> JsonObject:
    """What a list shows of a result."""
    title = result.get("title") or result.get("caption") or result["type"]
    return {"id": result["id"], "title": title, "description": result.get("description", "")}


def _written(message: Message) -> Response:
    return JSONResponse({"message_id": message.id})
