"""Who may press what, and for which chat it counts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.core.flood import MOST, Verdict
from bot.telegram import views
from bot.telegram.acting import UseCases
from bot.telegram.api import make_at_once
from bot.telegram.dressing import acts_for
from bot.telegram.guards import Guards
from bot.telegram.presses.pressed import Act, Pressed, Presses
from bot.telegram.rights import Hindrance, is_for_admins, is_private_press
from bot.telegram.texts import groups as texts
from bot.telegram.wording import Wording
from storage.model import ChatKind


class PressGuard(Presses):
    """Lets presses through to what answers them (``known``, by the patterns of their data),
    or answers why not."""

    def __init__(
        self, use_cases: UseCases, wording: Wording, guards: Guards, known: Mapping[str, Act]
    ) -> None:
        super().__init__(use_cases, wording)
        self._guards = guards
        self._known = known

    async def press(self, pressed: Pressed, data: str) -> None:
        """Answer a press with this data, but no more of them in a minute than one may send."""
        match self._guards.floods.verdict(pressed.request, is_press=True):
            case Verdict.TAKEN:
                await self._answer(pressed, *acts_for(data))
            case Verdict.TOLD:
                await self._slow_down(pressed)
            case Verdict.SILENT:  # nothing but the end of the waiting sign
                await make_at_once(self._guards.bot, pressed.toast())

    async def _answer(self, pressed: Pressed, data: str, named: str | None) -> None:
        for pattern, act in self._known.items():
            if found := re.match(pattern, data):
                understood = replace(pressed, parts=found.groups())
                await self._permitted(act, understood, data, named)
                return
        await self.stale(pressed)

    async def _permitted(self, act: Act, pressed: Pressed, data: str, named: str | None) -> None:
        if named is not None:
            await self._for_target(act, pressed, named)
        elif not is_for_admins(data, pressed.request.kind):
            await act(pressed)
        elif is_private_press(data):
            await self.refuse(pressed, texts.ONLY_PRIVATE)
        else:
            await self._for_admins(act, pressed)

    async def _for_target(self, act: Act, pressed: Pressed, named: str) -> None:
        """A button in private that acts for a group or channel."""
        if pressed.request.kind is not ChatKind.PRIVATE:
            await self.stale(pressed)
            return
        found = await self._guards.targets.find(named, pressed.request.user_id or 0)
        if isinstance(found, Hindrance):
            view = self._called(
                lambda words, _: [pressed.toast(views.hindrance(words, found, named), alert=True)]
            )
            await self._answering.say(pressed.request, view)
        else:
            await act(replace(pressed, request=replace(pressed.request, target=found)))

    async def _for_admins(self, act: Act, pressed: Pressed) -> None:
        request = pressed.request
        user = request.user_id or 0
        admin = await self._guards.administrators.is_admin(request.telegram_id, user)
        if admin:
            await act(pressed)
        else:
            why = texts.CANT_TELL_ADMINS if admin is None else texts.NOT_ADMIN
            await self.refuse(pressed, why)

    async def _slow_down(self, pressed: Pressed) -> None:
        view = self._called(
            lambda words, _: [pressed.toast(words.plain_count(texts.TOO_FAST, MOST), alert=True)]
        )
        await self._answering.say(pressed.request, view)
