"""What is kept of a world: who is there, where, and what the chats show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.standin.model import Chat, JsonObject, Keyboard, Message, Status, StoredFile, Topic, User
from bot.standin.world import World

NEWEST = 200  # messages of each chat


@dataclass(frozen=True)
class Kept:
    """A world at one moment. All that the bot has not confirmed yet is ``pending`` (Updates);
    ``topics`` come with their chat's id, ``keyboards`` and ``members`` under it. No message,
    update or other number from ``first_id`` on has been used."""

    first_id: int
    users: tuple[User, ...]
    chats: tuple[Chat, ...]
    topics: tuple[tuple[int, Topic], ...]
    members: dict[int, dict[int, Status]]
    moved: dict[int, int]
    deactivated: frozenset[int]
    messages: tuple[Message, ...]
    keyboards: dict[int, list[Keyboard]]
    files: tuple[StoredFile, ...]
    pending: tuple[JsonObject, ...]
    form: Literal["chats of the stand-in, 1"] = "chats of the stand-in, 1"


def kept_of(world: World, forgotten: Mapping[int, int]) -> Kept:
    """What is to be kept of a world; of chats that are ``forgotten`` nothing up to the message
    of that number."""
    roster = world.roster
    messages = tuple(
        message
        for chat_id in roster.chats
        for message in world.messages(chat_id)[-NEWEST:]
        if message.id > forgotten.get(chat_id, 0)
    )
    return Kept(
        first_id=world.first_free_id(),
        users=tuple(user for user in roster.users.values() if user != world.bot),
        chats=tuple(roster.chats.values()),
        topics=tuple((chat_id, topic) for (chat_id, _), topic in roster.topics.items()),
        members={chat_id: roster.members(chat_id) for chat_id in roster.chats},
        moved=dict(roster.moved),
        deactivated=frozenset(roster.deactivated),
        messages=messages,
        keyboards={
            chat_id: list(shown)
            for chat_id, shown in world.keyboards.items()
            if all(one.message_id > forgotten.get(chat_id, 0) for one in shown)
        },
        files=tuple(file for one in _file_ids(messages) if (file := world.files.find(one))),
        pending=tuple(world.updates.pending),
    )


def restore(world: World, kept: Kept) -> None:
    """Let into a new world what was kept of one before. What belongs to nobody and to no chat
    is left out."""
    roster = world.roster
    for user in kept.users:
        if user.id not in roster.users:
            roster.add_user(user)
    for chat in kept.chats:
        if chat.kind != "private" and chat.id not in roster.chats:
            roster.add_chat(chat)
    for chat_id, statuses in kept.members.items():
        for user_id, status in statuses.items():
            if chat_id in roster.chats and user_id in roster.users:
                roster.set_status(chat_id, user_id, status)
    roster.topics.update({(chat_id, topic.id): topic for chat_id, topic in kept.topics})
    roster.moved.update(kept.moved)
    roster.deactivated.update(kept.deactivated)
    for message in sorted(kept.messages, key=lambda one: one.id):
        if message.chat.id in roster.chats:
            world.keep(message)
    world.keyboards.update(kept.keyboards)
    world.updates.pending.extend(one for one in kept.pending if "update_id" in one)


def _file_ids(messages: Iterable[Message]) -> Iterator[str]:
    """The photos and documents that messages show."""
    for message in messages:
        for value in (message.media or {}).values():
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict) and "file_id" in one:
                    yield one["file_id"]
