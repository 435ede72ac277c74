"""Who may use a command where, and for which chat."""

from __future__ import annotations

from dataclasses import replace

from bot.core.flood import MOST, Verdict
from bot.telegram import views
from bot.telegram.acting import UseCases
from bot.telegram.commands.said import Act, Commands, Said, sentence
from bot.telegram.guards import Guards
from bot.telegram.requests import around
from bot.telegram.rights import PRIVATE, Hindrance, changes, takes_target
from bot.telegram.targets import split_target
from bot.telegram.texts import groups as texts
from bot.telegram.wording import Wording
from storage.model import ChatKind

# What everybody can do for themselves in private, and may have wanted to.
_ABOUT_FOLLOWS = ("follow", "unfollow", "filter")


class CommandGuard(Commands):
    """Lets commands through to what answers them, or answers why not."""

    def __init__(self, use_cases: UseCases, wording: Wording, guards: Guards) -> None:
        super().__init__(use_cases, wording)
        self._guards = guards

    def paced(self, act: Act) -> Act:
        """The answer to a message, but not to more of them in a minute than one may send."""

        async def called(said: Said) -> None:
            request = said.request
            match self._guards.floods.verdict(request):
                case Verdict.TAKEN:
                    await act(said)
                case Verdict.TOLD:
                    await self._reply(
                        said, lambda words: views.counted(words, texts.TOO_FAST, MOST)
                    )
                case Verdict.SILENT:
                    pass

        return called

    def guarded(self, name: str, act: Act) -> Act:
        """The answer to a command, for who may use it where they do."""

        async def called(said: Said) -> None:
            if not self._guards.doors.admits(said.message.chat):
                # /stop and /forget are heard from anybody: their pause must not end by itself.
                said = replace(said, text="")
            if said.request.kind is ChatKind.PRIVATE:
                await self._in_private(name, act, said)
            else:
                await self._in_group(name, act, said)

        return called

    async def _in_private(self, name: str, act: Act, said: Said) -> None:
        text, named = split_target(said.text) if takes_target(name) else (said.text, None)
        if named is None:
            await act(said)
            return
        found = await self._guards.targets.find(named, said.request.user_id or 0)
        if isinstance(found, Hindrance):
            await self._reply(said, lambda words: views.hindered(words, found, named, _bot(said)))
        else:
            await act(replace(said, text=text, request=replace(said.request, target=found)))

    async def _in_group(self, name: str, act: Act, said: Said) -> None:
        why = await self._hindrance(name, said)
        if why is None:
            await act(said)
        elif why == texts.NOT_ADMIN:
            await self._reply(said, sentence(why))
        elif why == texts.ONLY_PRIVATE_DATA:
            command = f"/{name} {_address(said)}"
            await self._reply(said, lambda words: views.data_in_private(words, command, _bot(said)))
        else:
            await self._reply(said, lambda words: views.to_private(words, why, _bot(said)))

    async def _hindrance(self, name: str, said: Said) -> str | None:
        """Why a command can't be used here by whoever sent it, if so."""
        if name in PRIVATE:
            return texts.ONLY_PRIVATE_DATA
        if not changes(name, said.text):
            return None
        if takes_target(name) and split_target(said.text)[1]:
            return texts.ONLY_PRIVATE_TARGET
        admin = await self.is_admin(said)
        if admin is None:
            return texts.CANT_TELL_ADMINS
        if admin:
            return None
        return texts.NOT_ADMIN_FOLLOWS if name in _ABOUT_FOLLOWS else texts.NOT_ADMIN

    async def is_admin(self, said: Said) -> bool | None:
        """Whether an administrator wrote, or the chat itself; None: that can't be told."""
        request = said.request
        if request.by_chat or request.user_id is None:
            return request.by_chat
        return await self._guards.administrators.is_admin(request.telegram_id, request.user_id)


def _bot(said: Said) -> str:
    return said.message.get_bot().username


def _address(said: Said) -> str:
    """By what the group or channel is named in private."""
    chat = said.message.chat
    return around(chat, _bot(said)).address or str(chat.id)
