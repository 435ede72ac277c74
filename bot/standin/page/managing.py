"""What the chat menu does: members and their roles, topics, the bot's place, the language."""

from __future__ import annotations

import re

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.standin.model import Chat, Status, User
from bot.standin.page.places import Places, local_chat_id
from bot.standin.page.requests import Fields, body_of
from bot.standin.roster import INSIDE
from bot.standin.world import World

LONGEST_TITLE = 128  # characters of a topic's name (Bot API: createForumTopic)
_STATUSES: dict[str, Status] = {
    "creator": "creator",
    "administrator": "administrator",
    "member": "member",
    "left": "left",
}
_TOPIC_ACTIONS = frozenset({"add", "close", "reopen", "delete"})
_LANGUAGE = re.compile(r"(?:[a-z]{2,3}(?:-[a-z0-9]{2,8})*)?", re.IGNORECASE)
_DONE = {"done": True}


class Managing:
    """The page's requests that change who and what is in a chat."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._places = Places(world)

    def routes(self) -> list[Route]:
        return [
            Route("/member", self._set_member, methods=["POST"]),
            Route("/topic", self._change_topic, methods=["POST"]),
            Route("/forum", self._set_forum, methods=["POST"]),
            Route("/upgrade", self._upgrade, methods=["POST"]),
            Route("/block", self._block, methods=["POST"]),
            Route("/language", self._set_language, methods=["POST"]),
        ]

    # --- members ---

    async def _set_member(self, request: Request) -> Response:
        """Take somebody (the bot too) into a chat, out of it, or change what they are there."""
        body = await body_of(request)
        reader, chat = self._places.shared(body)
        status = _STATUSES[body.one_of("status", frozenset(_STATUSES))]
        member = self._member(body)
        if member == self._world.bot:
            self._set_bot(chat, reader, status)
        else:
            self._set_reader(chat, reader, member, status)
        return JSONResponse(_DONE)

    def _member(self, body: Fields) -> User:
        number = body.integer("member")
        return (
            self._world.bot if number == self._world.bot.id else self._places.reader(body, "member")
        )

    def _set_bot(self, chat: Chat, by: User, status: Status) -> None:
        self._check_rules(chat, by)
        if status == "creator":
            raise HTTPException(400, "A bot cannot own a chat.")
        before = self._world.roster.status(chat.id, self._world.bot.id)
        if status == before:
            return
        if status == "left":
            self._world.kick(chat, by, announced=True)
        else:
            self._world.invite(chat, by, status, announced=True)

    def _set_reader(self, chat: Chat, by: User, member: User, status: Status) -> None:
        before = self._world.roster.status(chat.id, member.id)
        by_oneself = by == member and status == "left"
        joins = before not in INSIDE and status == "member"
        if not by_oneself and not joins:
            self._check_rules(chat, by)
        if before == "creator" and status != "creator":
            raise HTTPException(400, "A chat has an owner: make somebody else the owner first.")
        if status == "creator":
            self._give_away(chat)
        if status == "left":
            self._world.leave(chat, member)
        else:
            self._world.join(chat, member, status)

    def _give_away(self, chat: Chat) -> None:
        for number, status in self._world.roster.inside(chat.id).items():
            if status == "creator":
                self._world.set_status(chat, number, "administrator")

    def _check_rules(self, chat: Chat, reader: User) -> None:
        if not self._places.rules(reader, chat):
            raise HTTPException(403, "Only administrators can do that.")

    # --- topics ---

    async def _change_topic(self, request: Request) -> Response:
        body = await body_of(request)
        reader, chat = self._places.ruled(body)
        if not chat.is_forum:
            raise HTTPException(400, "This chat has no topics.")
        action = body.one_of("do", _TOPIC_ACTIONS)
        if action == "add":
            name = body.name("name", LONGEST_TITLE)
            return JSONResponse({"topic": self._world.add_topic(chat, name, reader)})
        number = body.integer("topic")
        if (chat.id, number) not in self._world.roster.topics:
            raise HTTPException(404, "That topic is gone.")
        if action == "delete":
            self._world.delete_topic(chat, number)
        else:
            self._world.close_topic(chat, number, action == "close", reader)
        return JSONResponse(_DONE)

    async def _set_forum(self, request: Request) -> Response:
        """Turn topics on or off; a plain group becomes a supergroup for that, as in the apps."""
        body = await body_of(request)
        _, chat = self._places.ruled(body)
        if chat.kind == "channel":
            raise HTTPException(400, "A channel has no topics.")
        if chat.kind == "group":
            chat = self._upgraded(chat)
        return JSONResponse({"id": self._world.make_forum(chat, body.flag("forum")).id})

    async def _upgrade(self, request: Request) -> Response:
        _, chat = self._places.ruled(await body_of(request))
        if chat.kind != "group":
            raise HTTPException(400, "Only a group becomes a supergroup.")
        return JSONResponse({"id": self._upgraded(chat).id})

    def _upgraded(self, group: Chat) -> Chat:
        number = local_chat_id(self._world, "supergroup", group.title)
        while number in self._world.roster.chats:
            number -= 1
        return self._world.migrate(group, number)

    # --- one's own Telegram ---

    async def _block(self, request: Request) -> Response:
        body = await body_of(request)
        reader = self._places.reader(body)
        status = self._world.roster.status(reader.id, self._world.bot.id)
        blocked = body.flag("blocked")
        if blocked and status != "kicked":
            self._world.block(reader)
        if not blocked and status == "kicked":
            self._world.unblock(reader)
        return JSONResponse(_DONE)

    async def _set_language(self, request: Request) -> Response:
        body = await body_of(request)
        code = body.string("code")
        if not _LANGUAGE.fullmatch(code) or len(code) > LONGEST_TITLE:
            raise HTTPException(400, "A language is a tag such as de or zh-hans.")
        self._world.set_language(self._places.reader(body), code)
        return JSONResponse(_DONE)
