"""A press, and what the themes of presses share.

Each press gets exactly one answer (``answerCallbackQuery``), first of all calls: Telegram
shows a waiting sign until then.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.services.conversation import Request
from bot.telegram.acting import Acting
from bot.telegram.screens import Screen, toast
from bot.telegram.texts import reading as texts
from storage.model import Call


@dataclass(frozen=True)
class Pressed:
    """A button pressed: by which query, under which message (None: unknown to Telegram by
    now), and the parts of its data, once that is understood. What it is answered with is in the
    reader's words."""

    request: Request
    query_id: str
    message_id: int | None
    parts: Sequence[str] = ()

    def toast(self, text: str = "", *, alert: bool = False) -> Call:
        """The answer to the press."""
        return toast(self.query_id, text, alert=alert)

    def leave(self, url: str) -> Call:
        """The answer to the press that opens the private chat by a link of the bot's own."""
        return Call("answerCallbackQuery", {"callback_query_id": self.query_id, "url": url})

    def redo(self, screen: Screen, text: str = "") -> list[Call]:
        """Answer the press and show the screen in place of the message."""
        if self.message_id is None:
            return [self.toast(text), screen.sent()]
        return [self.toast(text), screen.in_place(self.message_id)]

    def redo_buttons(self, screen: Screen, text: str) -> list[Call]:
        """Answer the press and exchange the buttons of the message."""
        if self.message_id is None:
            return [self.toast(text)]
        return [self.toast(text), screen.buttons_in_place(self.message_id)]


Act = Callable[[Pressed], Awaitable[None]]


class Presses(Acting):
    """The buttons of one theme."""

    @property
    def presses(self) -> Mapping[str, Act]:
        """How each is answered, by the pattern of its data (see ``buttons``)."""
        return {}

    async def refuse(self, pressed: Pressed, text: str) -> None:
        """Answer with a sentence in a box, and do nothing else."""
        view = self._called(lambda words, _: [pressed.toast(words(text), alert=True)])
        await self._answering.say(pressed.request, view)

    async def stale(self, pressed: Pressed) -> None:
        """Data that no button of today sends."""
        await self.refuse(pressed, texts.STALE)
