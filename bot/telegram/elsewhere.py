"""Groups and channels: what the bot answers there, and what becomes of it in chats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from telegram import Message, Update
from telegram.ext import ChatMemberHandler, CommandHandler, MessageHandler, filters

from bot.services.groups import BotStanding
from bot.telegram import matching, views
from bot.telegram.acting import Acting, UseCases
from bot.telegram.commands import Act, Others
from bot.telegram.commands.filters import FILTER_WORDS, Filters
from bot.telegram.commands.groups import InGroups
from bot.telegram.commands.guard import CommandGuard
from bot.telegram.doors import Doors
from bot.telegram.matching import ELSEWHERE, Handler, Match
from bot.telegram.reach import is_inside, may_write
from bot.telegram.requests import argument, around, request_of
from bot.telegram.wording import Wording
from storage.model import Call, Chat, ChatKind

# What makes of an answer and the text that it takes a callback for the library.
Saying = Callable[[Act, Callable[[Message], str]], Callable[[Update, Match], Any]]


class Elsewhere(Acting):
    """In groups and channels the bot answers its own commands and replies to it, and nothing
    else. ``clock`` gives the time of each request, in UTC."""

    def __init__(
        self,
        use_cases: UseCases,
        wording: Wording,
        guard: CommandGuard,
        doors: Doors,
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__(use_cases, wording)
        self._guard = guard
        self._doors = doors
        self._clock = clock
        self._others = Others(use_cases, wording)
        self._filters = Filters(use_cases, wording)
        self._own = InGroups(use_cases, wording, guard.is_admin).commands

    def noting(self) -> list[Handler]:
        """What tells of the bot or of a chat, and is answered by nothing or a greeting."""
        topics = matching.TOPIC_CLOSED | matching.TOPIC_OPENED
        return [
            ChatMemberHandler(self._note_standing, ChatMemberHandler.MY_CHAT_MEMBER),
            MessageHandler(ELSEWHERE & matching.MOVED, self._note_move),
            MessageHandler(ELSEWHERE & topics, self._note_topic),
        ]

    def answering(self, commands: Mapping[str, Act], said: Saying) -> list[Handler]:
        """What is asked: by ``commands``, but for those that answer otherwise here."""
        event = self._guard.guarded("event", commands["event"])
        words = self._guard.guarded("filter", self._filters.words)
        reply = ELSEWHERE & filters.TEXT & ~filters.COMMAND & matching.REPLY_TO_BOT
        return [
            MessageHandler(ELSEWHERE & matching.REPEATED, matching.ignore),
            *(
                CommandHandler(name, said(self._guard.guarded(name, act), argument), ELSEWHERE)
                for name, act in {**commands, **self._own}.items()
            ),
            MessageHandler(ELSEWHERE & matching.OWN_EVENT, said(event, matching.event_word)),
            MessageHandler(
                ELSEWHERE & matching.OWN_COMMAND, said(self._others.unknown_command, _whole)
            ),
            MessageHandler(ELSEWHERE & FILTER_WORDS, said(words, _whole)),
            MessageHandler(reply, said(self._others.name, _whole)),
        ]

    async def _note_standing(self, update: Update, match: Match) -> None:
        """The bot was added, removed or blocked, or may do more or less than before."""
        request, change = request_of(update, self._clock()), update.my_chat_member
        if request is None or change is None:
            return
        before, after = change.old_chat_member.to_dict(), change.new_chat_member.to_dict()
        came = is_inside(after) and not is_inside(before)
        standing = BotStanding(came, may_write(after, request.kind))
        place = around(change.chat, change.get_bot().username)

        def greeting(chat: Chat, result: None) -> list[Call]:
            if chat.kind is ChatKind.PRIVATE:
                return []
            return [views.hello(self._wording.in_chat(chat), chat, place).sent()]

        await self._groups.note_standing(request, standing, greeting)

    async def _note_move(self, update: Update, match: Match) -> None:
        """A group became a supergroup, as the old chat or the new one says."""
        request, message = request_of(update, self._clock()), update.message
        if request is None or message is None:
            return
        old = message.migrate_from_chat_id or message.chat.id
        new = message.migrate_to_chat_id or message.chat.id
        self._doors.warn_of_move(old, new)
        await self._groups.note_move(request, old, new)

    async def _note_topic(self, update: Update, match: Match) -> None:
        """A forum's topic was closed, or opened again."""
        request, message = request_of(update, self._clock()), update.message
        if request and message:
            is_open = message.forum_topic_reopened is not None
            await self._groups.note_topic(request, is_open=is_open)


def _whole(message: Message) -> str:
    return (message.text or "").strip()
