"""What Telegram knows and keeps: the state behind the methods, without a word of HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.standin.faults import Faults
from bot.standin.files import Files
from bot.standin.model import (
    Answer,
    Call,
    Chat,
    InlineAnswer,
    JsonObject,
    Keyboard,
    Message,
    Press,
    User,
)
from bot.standin.refusal import bad_request
from bot.standin.roster import Roster
from bot.standin.updates import Pulse, UpdateQueue

BOT_ID = 1


def utc_now() -> datetime:
    """The present time, UTC."""
    return datetime.now(UTC)


class Backend:
    """Users, chats, messages, updates and the log of calls.

    Not thread-safe: use it from the event loop that serves it. `first_id` is the first
    message_id and update_id; a stand-in that starts anew with a higher one never reuses an id.
    Of the calls the last `keep_calls` are logged (None: all), for one that runs for long.
    """

    def __init__(
        self,
        first_id: int = 1,
        now: Callable[[], datetime] = utc_now,
        *,
        reads_all: bool = True,
        inline: bool = True,
        keep_calls: int | None = None,
    ) -> None:
        self.now = now
        self.bot = User(BOT_ID, "Dateline", "dateline_bot", is_bot=True)
        self.reads_all = reads_all
        self.inline = inline
        self.roster = Roster(self.bot)
        self.changed = Pulse()
        self.updates = UpdateQueue(first_id, self.changed)
        self.faults = Faults()
        self.calls: list[Call] = []
        self._keep_calls = keep_calls
        self._forgotten_calls = 0
        self.presses: dict[str, Press] = {}
        self.inline_queries: dict[str, list[object] | None] = {}
        self.inline_answers: dict[str, InlineAnswer] = {}
        self.keyboards: dict[int, list[Keyboard]] = {}
        self.files = Files()
        self.profile: dict[tuple[str, str], Any] = {}
        self.logged_out = False
        self._messages: dict[int, dict[int, Message]] = {}
        self._next_message = first_id
        self._next_id = first_id

    def me(self) -> JsonObject:
        """The User that getMe gives, with what is known of bots only."""
        return self.bot.as_json() | {
            "can_join_groups": True,
            "can_read_all_group_messages": self.reads_all,
            "supports_inline_queries": self.inline,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    # --- messages ---

    def next_message_id(self) -> int:
        """A message id that this world has not used yet."""
        self._next_message += 1
        return self._next_message - 1

    def next_id(self) -> int:
        """A number not used yet, for users, queries and files."""
        self._next_id += 1
        return self._next_id - 1

    def first_free_id(self) -> int:
        """The first number that no message, update, user, query or file has had yet."""
        return max(self._next_message, self._next_id, self.updates.next_id)

    def keep(self, message: Message) -> Message:
        """Store a new message or the new state of one."""
        self._messages.setdefault(message.chat.id, {})[message.id] = message
        self.changed.fire()
        return message

    def keep_new(self, message: Message) -> Message:
        """Store a message under a new id."""
        return self.keep(replace(message, id=self.next_message_id()))

    def find_message(self, chat_id: int, message_id: int | None) -> Message | None:
        return self._messages.get(chat_id, {}).get(message_id or 0)

    def find_inline(self, inline_id: str) -> Message | None:
        """The message that was chosen from inline results and has this inline_message_id."""
        every = (one for chat in self._messages.values() for one in chat.values())
        return next((one for one in every if one.inline_id == inline_id), None)

    def drop_message(self, message: Message) -> None:
        """Delete a message."""
        self._messages[message.chat.id].pop(message.id, None)
        self.changed.fire()

    def messages(self, chat: Chat | User | int) -> list[Message]:
        """What the chat shows now, edits applied, oldest first; people's and the bot's."""
        chat_id = chat if isinstance(chat, int) else chat.id
        return sorted(self._messages.get(chat_id, {}).values(), key=lambda one: one.id)

    def sent(self, chat: Chat | User | int) -> list[Message]:
        """Of `messages`, those of the bot."""
        return [one for one in self.messages(chat) if self.is_own(one)]

    def last_sent(self, chat_id: int) -> int:
        """The number of the bot's newest message in the chat, 0 where there is none."""
        newest_first = reversed(self._messages.get(chat_id, {}).values())
        return next((one.id for one in newest_first if self.is_own(one)), 0)

    def is_own(self, message: Message) -> bool:
        """Whether the bot wrote the message."""
        return message.sender == self.bot

    # --- the log ---

    def record(self, call: Call) -> int:
        """Log a call as unanswered; the number is for `settle`."""
        self.calls.append(call)
        if self._keep_calls is not None and len(self.calls) > self._keep_calls:
            del self.calls[0]
            self._forgotten_calls += 1
        self.changed.fire()
        return self._forgotten_calls + len(self.calls) - 1

    def settle(self, number: int, ok: bool, code: int | None, description: str | None) -> None:
        """Log how a call was answered; `code` None: not at all."""
        at = number - self._forgotten_calls
        if at >= 0:
            self.calls[at] = replace(self.calls[at], ok=ok, code=code, description=description)
        self.changed.fire()

    def calls_to(self, method: str) -> list[Call]:
        """The calls of one method, in order; any case."""
        return [call for call in self.calls if call.method.lower() == method.lower()]

    async def until(self, true: Callable[[], bool], within: float = 60.0) -> None:
        """Wait until `true()`, looking again after every change; TimeoutError after `within` s."""
        async with asyncio.timeout(within):
            while not true():
                await self.changed.wait()

    # --- buttons ---

    def answer(self, query_id: str, answer: Answer) -> None:
        """Show the answer to whoever pressed; Refusal where the query is not known any more."""
        press = self.presses.get(query_id)
        if not press:
            text = "query is too old and response timeout expired or query ID is invalid"
            raise bad_request(text)
        self.presses[query_id] = replace(press, answer=answer)
        self.changed.fire()
