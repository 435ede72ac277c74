"""What a viewer of a chat has not been told yet, told as Server-Sent Events."""

from __future__ import annotations

import json

from bot.standin.keyboards import keyboard_for
from bot.standin.model import Chat, JsonObject, Message, Press, User
from bot.standin.page.places import chats_of, place_as_json, readers_of
from bot.standin.profile import menu_of
from bot.standin.world import World

News = tuple[str, JsonObject]


def written(news: News) -> str:
    """One event as it goes over the line (HTML Living Standard: Server-sent events)."""
    name, body = news
    return f"event: {name}\ndata: {json.dumps(body)}\n\n"


class Feed:
    """One viewer's knowledge of a chat. `news` is synchronous: nothing changes meanwhile."""

    def __init__(self, world: World, reader: User, chat: Chat) -> None:
        self._world = world
        self._place = (reader.id, chat.id)
        self._known: dict[int, Message] | None = None
        self._said: dict[str, JsonObject] = {}
        self._answered = {press.id for press in self._presses()}

    def news(self) -> list[News]:
        """What changed since the last time; at first, all that there is."""
        # A wish for a reply names a message: that must be there first.
        return [*self._lists(), *self._messages(), *self._keyboard(), *self._answers()]

    def _lists(self) -> list[News]:
        world, chat, reader = self._world, self._chat, self._reader
        return self._changed(
            readers={"readers": readers_of(world)},
            chats={"chats": chats_of(world)},
            place=place_as_json(world, reader, chat),
            commands={"commands": menu_of(world, chat, reader)},
        )

    def _keyboard(self) -> list[News]:
        shown = keyboard_for(self._world, self._chat, self._reader)
        body = {"message_id": shown.message_id, "markup": shown.markup} if shown else {}
        return self._changed(keyboard=body)

    def _changed(self, **bodies: JsonObject) -> list[News]:
        changed = [(name, body) for name, body in bodies.items() if self._said.get(name) != body]
        self._said.update(changed)
        return changed

    @property
    def _chat(self) -> Chat:
        return self._world.roster.chats[self._place[1]]

    @property
    def _reader(self) -> User:
        return self._world.roster.users[self._place[0]]

    def _messages(self) -> list[News]:
        before = self._known
        now = {message.id: message for message in self._world.messages(self._chat)}
        self._known = now
        if before is None:
            return [("chat", {"messages": [message.as_json() for message in now.values()]})]
        gone: list[News] = [("gone", {"message_id": one}) for one in before if one not in now]
        changed = [message for message in now.values() if before.get(message.id) is not message]
        return [*gone, *(("message", message.as_json()) for message in changed)]

    def _answers(self) -> list[News]:
        found: list[News] = []
        for press in self._presses():
            if press.id not in self._answered and press.answer:
                self._answered.add(press.id)
                found.append(("answer", _answer(press)))
        return found

    def _presses(self) -> list[Press]:
        presses = self._world.presses.values()
        return [
            one
            for one in presses
            if one.answer and (one.user.id, one.message.chat.id) == self._place
        ]


def _answer(press: Press) -> JsonObject:
    answer = press.answer
    shown = {"text": answer.text, "show_alert": answer.show_alert} if answer else {}
    opened = {"url": answer.url} if answer and answer.url else {}
    return {"press": press.id, "message_id": press.message.id} | shown | opened
