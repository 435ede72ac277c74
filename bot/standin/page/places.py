"""Who talks where on the page, what they may do there, and what the page shows of the place."""

from __future__ import annotations

import hashlib

from starlette.exceptions import HTTPException

from bot.standin.local import LOCAL
from bot.standin.model import Chat, ChatKind, JsonObject, Status, User
from bot.standin.page.requests import Fields
from bot.standin.roster import INSIDE, RULES
from bot.standin.world import World

NOBODY = "There is no such reader. Add one by name."
_RANKS = ("creator", "administrator", "member")


def local_chat_id(world: World, kind: ChatKind, title: str) -> int:
    """The id of a chat made on the page: always the same for a kind and title, if it is free.

    Where another title's number or an upgraded group of that title has it: the next free one.
    """
    digest = hashlib.sha256(f"{kind}\n{title.strip().casefold()}".encode()).digest()
    number = -LOCAL - 1 - int.from_bytes(digest[:5])
    while (taken := world.roster.chats.get(number)) and not _is(world, taken, kind, title):
        number -= 1
    return number


def _is(world: World, chat: Chat, kind: ChatKind, title: str) -> bool:
    same = chat.kind == kind and chat.title.casefold() == title.strip().casefold()
    return same and chat.id not in world.roster.moved


def readers_of(world: World) -> list[JsonObject]:
    """Everybody who can be picked, and the bot's newest message to each (0: none)."""
    people = [user for user in world.roster.users.values() if not user.is_bot]
    return [
        {"id": person.id, "name": person.first_name, "last": world.last_sent(person.id)}
        for person in people
    ]


def chats_of(world: World) -> list[JsonObject]:
    """Groups and channels, without those that have become supergroups."""
    shared = [one for one in world.roster.chats.values() if one.kind != "private"]
    return [
        {
            "id": one.id,
            "kind": one.kind,
            "title": one.title,
            "last": world.last_sent(one.id),
            "members": [member["id"] for member in _members(world, one)],
        }
        for one in shared
        if one.id not in world.roster.moved
    ]


def place_as_json(world: World, reader: User, chat: Chat) -> JsonObject:
    """A chat's people, topics and state, as this reader sees it."""
    roster = world.roster
    topics = [one for (chat_id, _), one in roster.topics.items() if chat_id == chat.id]
    return {
        "chat": chat.as_json(),
        "me": reader.as_json() | {"status": _status(world, chat, reader)},
        "bot": roster.status(chat.id, world.bot.id),
        "members": [] if chat.kind == "private" else _members(world, chat),
        "topics": [{"id": one.id, "name": one.name, "closed": one.closed} for one in topics],
        "moved": roster.moved.get(chat.id),
    }


def _members(world: World, chat: Chat) -> list[JsonObject]:
    inside = world.roster.inside(chat.id).items()
    people = [(world.roster.users[one], status) for one, status in inside if one != world.bot.id]
    ranked = sorted(people, key=lambda one: _RANKS.index(one[1]))
    return [{"id": one.id, "name": one.first_name, "status": status} for one, status in ranked]


def _status(world: World, chat: Chat, reader: User) -> Status:
    if chat.kind == "private":
        return "member"
    return world.roster.status(chat.id, reader.id)


class Places:
    """The doors to a world's chats: each method gives who and where, or HTTPException."""

    def __init__(self, world: World) -> None:
        self._world = world

    def reader(self, fields: Fields, name: str = "reader") -> User:
        """Somebody who can be picked."""
        user = self._world.roster.users.get(fields.integer(name))
        if not user or user.is_bot:
            raise HTTPException(404, NOBODY)
        return user

    def seen(self, fields: Fields) -> tuple[User, Chat]:
        """Who looks where: at their own chat with the bot, or at one that they are in."""
        chat_id, reader_id = fields.integer("chat"), fields.optional("reader")
        chat = self._world.roster.chats.get(chat_id)
        reader = self._world.roster.users.get(chat_id if reader_id is None else reader_id)
        if not chat or not reader:
            raise HTTPException(404, NOBODY)
        if not self._belongs(reader, chat):
            raise HTTPException(404, f"{reader.first_name} is not in that chat.")
        return reader, chat

    def _belongs(self, reader: User, chat: Chat) -> bool:
        if chat.kind == "private":
            return chat.id == reader.id
        return self._world.roster.status(chat.id, reader.id) in INSIDE

    def shared(self, fields: Fields) -> tuple[User, Chat]:
        """Who is in which group or channel that still is one."""
        reader, chat = self.seen(fields)
        if chat.kind == "private":
            raise HTTPException(400, "That is a private chat.")
        if chat.id in self._world.roster.moved:
            raise HTTPException(409, "This group has become a supergroup.")
        return reader, chat

    def ruled(self, fields: Fields) -> tuple[User, Chat]:
        """Who is an administrator or the owner of which group or channel."""
        reader, chat = self.shared(fields)
        if not self.rules(reader, chat):
            raise HTTPException(403, "Only administrators can do that.")
        return reader, chat

    def rules(self, reader: User, chat: Chat) -> bool:
        return self._world.roster.status(chat.id, reader.id) in RULES

    def writing(self, fields: Fields) -> tuple[User, Chat, int | None]:
        """Who writes where, and in which topic (None: the general one, or there are none)."""
        reader, chat = self.seen(fields)
        if chat.kind != "private":
            self.shared(fields)
        if chat.kind == "channel" and not self.rules(reader, chat):
            raise HTTPException(403, "Only administrators write in a channel.")
        return reader, chat, self._topic(fields, reader, chat)

    def _topic(self, fields: Fields, reader: User, chat: Chat) -> int | None:
        number = fields.optional("topic")
        if number is None:
            return None
        topic = self._world.roster.topics.get((chat.id, number))
        if not topic:
            raise HTTPException(404, "That topic is gone.")
        if topic.closed and not self.rules(reader, chat):
            raise HTTPException(403, "That topic is closed.")
        return number
