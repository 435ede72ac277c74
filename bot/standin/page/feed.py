"""What a viewer of a chat has not been told yet, told as Server-Sent Events."""

from __future__ import annotations

import json
from collections.abc import Mapping

from bot.standin.model import Chat, JsonObject, Message, Press, User
from bot.standin.world import World

News = tuple[str, JsonObject]


def written(news: News) -> str:
    """One event as it goes over the line (HTML Living Standard: Server-sent events)."""
    name, body = news
    return f"event: {name}\ndata: {json.dumps(body)}\n\n"


def readers_of(world: World) -> list[JsonObject]:
    """Everybody who can be picked, and the bot's newest message to each (0: none)."""
    people = [user for user in world.roster.users.values() if not user.is_bot]
    return [
        {
            "id": person.id,
            "name": person.first_name,
            "last": max((message.id for message in world.sent(person)), default=0),
        }
        for person in people
    ]


def commands_of(world: World, chat: Chat, language: str | None) -> list[JsonObject]:
    """The bot's menu in a private chat (Bot API: "Determining list of commands")."""
    for scope in (f"{chat.id}/chat", "all_private_chats", "default"):
        for code in (language or "", ""):
            commands: list[JsonObject] = world.profile.get((f"commands/{scope}", code), [])
            if commands:
                return commands
    return []


class Feed:
    """One viewer's knowledge of a chat. `news` is synchronous: nothing changes meanwhile."""

    def __init__(self, world: World, reader: User, chat: Chat) -> None:
        self._world = world
        self._reader = reader
        self._chat = chat
        self._known: dict[int, Message] | None = None
        self._said: dict[str, JsonObject] = {}
        self._answered = {press.id for press in self._presses()}

    def news(self) -> list[News]:
        """What changed since the last time; at first, all that there is."""
        return [*self._lists(), *self._messages(), *self._answers()]

    def _lists(self) -> list[News]:
        menu = commands_of(self._world, self._chat, self._reader.language_code)
        bodies: Mapping[str, JsonObject] = {
            "readers": {"readers": readers_of(self._world)},
            "commands": {"commands": menu},
        }
        changed = [(name, body) for name, body in bodies.items() if self._said.get(name) != body]
        self._said.update(changed)
        return changed

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
        mine = (self._reader.id, self._chat.id)
        presses = self._world.presses.values()
        return [one for one in presses if one.answer and (one.user.id, one.message.chat.id) == mine]


def _answer(press: Press) -> JsonObject:
    answer = press.answer
    shown = {"text": answer.text, "show_alert": answer.show_alert} if answer else {}
    return {"press": press.id, "message_id": press.message.id, **shown}
