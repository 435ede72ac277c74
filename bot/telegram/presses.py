"""What readers press, from button to service to view.

Each press gets exactly one answer (``answerCallbackQuery``), first of all calls: Telegram
shows a waiting sign until then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.services.answering import (
    Answering,
    EntityCard,
    NothingAlerted,
    Pointer,
    RelatedAnswer,
)
from bot.services.conversation import Request
from bot.services.following import Followed, Following, Gone, TooMany, Unfollowed
from bot.telegram import texts, views
from bot.telegram.commands import related_screen
from bot.telegram.screens import Screen, toast
from storage.model import Call

# Days outside of these years come from no button of ours.
YEARS = range(1900, 2200)


@dataclass(frozen=True)
class Pressed:
    """A button pressed: by which query, under which message (None: unknown to Telegram by
    now), and the parts of its data."""

    request: Request
    query_id: str
    message_id: int | None
    parts: Sequence[str]

    def toast(self, text: str = "", *, alert: bool = False) -> Call:
        """The answer to the press."""
        return toast(self.query_id, text, alert=alert)

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


class Presses:
    """How each button is answered."""

    def __init__(self, following: Following, answering: Answering) -> None:
        self._following = following
        self._answering = answering

    async def refuse(self, pressed: Pressed, text: str) -> None:
        """Answer with a sentence in a box, and do nothing else."""
        await self._answering.say(pressed.request, [pressed.toast(text, alert=True)])

    async def stale(self, pressed: Pressed) -> None:
        """Data that no button of today sends."""
        await self.refuse(pressed, texts.STALE)

    # --- follows

    async def follow(self, pressed: Pressed) -> None:
        """Follow: the message becomes the confirmation."""

        def show(answer: Followed) -> list[Call]:
            return pressed.redo(views.follow(answer), views.follow_toast(answer))

        await self._follow(pressed, show)

    async def follow_beside(self, pressed: Pressed) -> None:
        """Follow from a message about an event, which stays and loses the button."""

        def show(answer: Followed) -> list[Call]:
            screen = views.beside_event(answer)
            text = views.follow_toast(answer)
            return pressed.redo_buttons(screen, text) if screen else [pressed.toast(text)]

        await self._follow(pressed, show, event_id=int(pressed.parts[1]))

    async def follow_start(self, pressed: Pressed) -> None:
        """Follow from the welcome, which goes on suggesting others."""

        def show(answer: Followed) -> list[Call]:
            return pressed.redo_buttons(views.under_welcome(answer), views.follow_toast(answer))

        await self._follow(pressed, show)

    async def _follow(
        self,
        pressed: Pressed,
        show: Callable[[Followed], list[Call]],
        event_id: int | None = None,
    ) -> None:
        def view(answer: Followed | TooMany | Gone) -> list[Call]:
            match answer:
                case Followed():
                    return show(answer)
                case TooMany():
                    return [pressed.toast(views.follow_toast(answer), alert=True)]
                case Gone():
                    return [pressed.toast(texts.GONE_ENTITY, alert=True)]

        entity_id = int(pressed.parts[0])
        await self._following.follow_entity(pressed.request, entity_id, view, event_id=event_id)

    async def unfollow(self, pressed: Pressed) -> None:
        """Unfollow: the message becomes the confirmation."""
        await self._unfollow(pressed, views.unfollow)

    async def unfollow_listed(self, pressed: Pressed) -> None:
        """Unfollow from the list, which stays without that line."""
        page = int(pressed.parts[1])
        await self._unfollow(pressed, lambda answer: views.following(answer.left, page))

    async def _unfollow(self, pressed: Pressed, show: Callable[[Unfollowed], Screen]) -> None:
        def view(answer: Unfollowed | Gone) -> list[Call]:
            if isinstance(answer, Gone):
                return [pressed.toast(texts.GONE_ENTITY, alert=True)]
            return pressed.redo(show(answer), views.unfollow_toast(answer))

        await self._following.unfollow_entity(pressed.request, int(pressed.parts[0]), view)

    async def follows(self, pressed: Pressed) -> None:
        """Another page of the list of follows."""
        page = int(pressed.parts[0])
        await self._following.following(
            pressed.request, lambda follows: pressed.redo(views.following(follows, page))
        )

    async def who(self, pressed: Pressed) -> None:
        """One of several of a name: the message becomes the card."""

        def view(answer: EntityCard | Gone) -> list[Call]:
            if isinstance(answer, Gone):
                return [pressed.toast(texts.GONE_ENTITY, alert=True)]
            return pressed.redo(views.entity_card(answer))

        await self._answering.entity(pressed.request, int(pressed.parts[0]), view)

    # --- events and days

    async def related(self, pressed: Pressed) -> None:
        """Related events, as a message of their own: the alert stays."""

        def view(answer: RelatedAnswer | NothingAlerted | Gone) -> list[Call]:
            if isinstance(answer, Gone):
                return [pressed.toast(texts.GONE_EVENT, alert=True)]
            return [pressed.toast(), related_screen(answer).sent()]

        await self._answering.related(pressed.request, Pointer(int(pressed.parts[0])), view)

    async def day(self, pressed: Pressed) -> None:
        """A page of a day."""
        await self._turn(pressed, now=False)

    async def now(self, pressed: Pressed) -> None:
        """A page of what was new on a day as it went on."""
        await self._turn(pressed, now=True)

    async def _turn(self, pressed: Pressed, *, now: bool) -> None:
        day, page = _day(pressed.parts[0]), int(pressed.parts[1])
        if day is None:
            await self.stale(pressed)
            return
        await self._answering.day(
            pressed.request,
            day,
            lambda answer: pressed.redo(views.today(answer, page=page)),
            now=now,
        )


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None
