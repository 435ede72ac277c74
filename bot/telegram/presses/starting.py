"""Buttons that lead on from dead ends: what a command would answer, below."""

from __future__ import annotations

from collections.abc import Mapping

from bot.services.answering import TodayAnswer
from bot.services.following import Welcome
from bot.services.settings import ChatSettings
from bot.telegram import choices, views
from bot.telegram.choices import Onward
from bot.telegram.presses.pressed import Act, Pressed, Presses
from bot.telegram.screens import Screen
from bot.telegram.texts import groups as texts
from bot.telegram.views import settings as shown
from bot.telegram.views import starting
from bot.telegram.views.groups import Around
from bot.telegram.wording import Words
from storage.model import Call, Chat, ChatKind, Entity, Follow


class Starting(Presses):
    """Ways on."""

    @property
    def presses(self) -> Mapping[str, Act]:
        return {choices.GO: self.go}

    async def go(self, pressed: Pressed) -> None:
        """Whatever the button leads to."""
        match Onward(pressed.parts[0]):
            case Onward.TODAY:
                await self._today(pressed)
            case Onward.BUSY:
                await self._busy(pressed)
            case Onward.FOLLOWING:
                await self._follows(pressed)
            case Onward.HELP:
                await self._help(pressed)
            case Onward.SETTINGS:
                await self._settings(pressed)
            case Onward.START:
                await self._start(pressed)
            case Onward.LOCATION:
                await self._location(pressed)

    async def _today(self, pressed: Pressed) -> None:
        def view(words: Words, answer: TodayAnswer) -> list[Call]:
            return _below(pressed, views.today(words, answer))

        await self._answering.today(pressed.request, "", self._called(view))

    async def _busy(self, pressed: Pressed) -> None:
        def view(words: Words, entities: tuple[Entity, ...]) -> list[Call]:
            return _below(pressed, starting.busy(words, entities))

        await self._answering.busy(pressed.request, self._called(view))

    async def _follows(self, pressed: Pressed) -> None:
        def view(chat: Chat, follows: tuple[Follow, ...]) -> list[Call]:
            words = self._wording.in_chat(chat)
            return _below(pressed, shown.with_pause(words, chat, views.following(words, follows)))

        await self._following.following(pressed.request, view)

    async def _help(self, pressed: Pressed) -> None:
        bot = self._links.username()

        def view(chat: Chat, _: None) -> list[Call]:
            words = self._wording.in_chat(chat)
            match chat.kind:
                case ChatKind.PRIVATE:
                    return _below(pressed, views.help_text(words))
                case ChatKind.CHANNEL:
                    return _below(pressed, views.channel_help(words, Around(bot)))
            return _below(pressed, views.group_help(words, bot))

        await self._answering.say(pressed.request, view)

    async def _settings(self, pressed: Pressed) -> None:
        def view(words: Words, answer: ChatSettings) -> list[Call]:
            return _below(pressed, shown.settings(words, answer))

        await self._preferences.show(pressed.request, self._called(view))

    async def _start(self, pressed: Pressed) -> None:
        def view(chat: Chat, answer: Welcome) -> list[Call]:
            words = self._wording.in_chat(chat)
            if chat.kind is ChatKind.PRIVATE:
                return _below(pressed, starting.welcome(words, answer))
            return _below(pressed, views.hello(words, chat, Around(self._links.username())))

        await self._answering.start(pressed.request, view)

    async def _location(self, pressed: Pressed) -> None:
        if pressed.request.kind is not ChatKind.PRIVATE:
            await self.refuse(pressed, texts.ONLY_PRIVATE)
            return

        def view(words: Words, _: None) -> list[Call]:
            return [pressed.toast(), shown.ask_location(words)]

        await self._answering.say(pressed.request, self._called(view))


def _below(pressed: Pressed, screen: Screen) -> list[Call]:
    """The screen as a message of its own: what the button stands under stays."""
    return [pressed.toast(), screen.sent()]
