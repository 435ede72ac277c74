"""Commands that answer otherwise in groups and channels than in private."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping

from bot.services.following import Welcome
from bot.services.pausing import WentOn
from bot.telegram import views
from bot.telegram.acting import UseCases
from bot.telegram.commands.said import Act, Commands, Said
from bot.telegram.requests import around
from bot.telegram.screens import Screen
from bot.telegram.texts import groups as texts
from bot.telegram.views.settings import back, with_pause
from bot.telegram.wording import Wording, Words
from storage.model import Call, Chat, ChatKind

# What stands behind /start by one of the bot's own links (see ``sharing``).
_LINKED = re.compile(r"[a-z]_[A-Za-z0-9_-]{1,60}")


class InGroups(Commands):
    """Beginning and helping where several people read. ``is_admin`` says whether whoever
    wrote administers the chat."""

    def __init__(
        self,
        use_cases: UseCases,
        wording: Wording,
        is_admin: Callable[[Said], Awaitable[bool | None]],
    ) -> None:
        super().__init__(use_cases, wording)
        self._is_admin = is_admin

    @property
    def commands(self) -> Mapping[str, Act]:
        return {"start": self.start, "help": self.help}

    async def start(self, said: Said) -> None:
        """/start: how to begin, and an administrator ends a pause with it; a deep link's
        payload belongs into a private chat."""
        bot = said.message.get_bot().username
        if _LINKED.fullmatch(said.text):
            payload = said.text
            await self._reply(
                said, lambda words: views.to_private(words, texts.ONLY_PRIVATE, bot, payload)
            )
            return

        def view(chat: Chat, result: object) -> list[Call]:
            words = self._wording.in_chat(chat)
            if isinstance(result, Welcome) and result.paused:
                return [back(words, WentOn(was=True, missed=result.missed)).sent()]
            return [with_pause(words, chat, self._hello(words, chat, said)).sent()]

        if await self._is_admin(said):
            await self._answering.start(said.request, view)
        else:
            await self._answering.say(said.request, view)

    async def help(self, said: Said) -> None:
        """/help."""
        place = around(said.message.chat, said.message.get_bot().username)
        if said.request.kind is ChatKind.CHANNEL:
            await self._reply(said, lambda words: views.channel_help(words, place))
        else:
            await self._reply(said, lambda words: views.group_help(words, place.bot))

    def _hello(self, words: Words, chat: Chat, said: Said) -> Screen:
        return views.hello(words, chat, around(said.message.chat, said.message.get_bot().username))
