"""Buttons under charts. A picture's text cannot become another message's: what these show
is a message of its own, or other buttons."""

from __future__ import annotations

from collections.abc import Mapping

from bot.services.answering import EntityCard, TodayAnswer
from bot.services.following import Gone
from bot.services.reviewing import Week, Year
from bot.telegram import buttons, views
from bot.telegram.markup import Rich
from bot.telegram.presses.days import day_in
from bot.telegram.presses.follows import gone
from bot.telegram.presses.pressed import Act, Pressed, Presses
from bot.telegram.screens import Screen
from bot.telegram.wording import Words
from storage.model import Call


class Charts(Presses):
    """Cards, years, the weekly digest."""

    @property
    def presses(self) -> Mapping[str, Act]:
        return {
            buttons.WEEK_CARD: self.card,
            buttons.WEEK_TODAY: self.today,
            buttons.WEEKLY: self.weekly,
            buttons.TIMELINE: self.timeline,
        }

    async def card(self, pressed: Pressed) -> None:
        """Somebody's card."""

        def view(words: Words, answer: EntityCard | Gone) -> list[Call]:
            if isinstance(answer, Gone):
                return gone(words, pressed)
            return [pressed.toast(), views.entity_card(words, answer).sent()]

        entity_id = int(pressed.parts[0])
        await self._answering.entity(pressed.request, entity_id, self._called(view))

    async def today(self, pressed: Pressed) -> None:
        """What is new today."""

        def view(words: Words, answer: TodayAnswer) -> list[Call]:
            return [pressed.toast(), views.today(words, answer).sent()]

        await self._answering.today(pressed.request, "", self._called(view))

    async def weekly(self, pressed: Pressed) -> None:
        """The week each week by itself, or no longer."""
        last = day_in(pressed.parts[1])
        if last is None:
            await self.stale(pressed)
            return

        def view(words: Words, answer: Week) -> list[Call]:
            rows = views.week_rows(words, answer)
            return pressed.redo_buttons(Screen(Rich(), rows), views.weekly_toast(words, answer))

        await self._reviewing.choose_weekly(
            pressed.request, last, self._called(view), wanted=pressed.parts[0] == "1"
        )

    async def timeline(self, pressed: Pressed) -> None:
        """Somebody's year."""

        def view(words: Words, answer: Year | Gone) -> list[Call]:
            if isinstance(answer, Gone):
                return gone(words, pressed)
            return [pressed.toast(), views.timeline(words, answer)]

        entity_id = int(pressed.parts[0])
        await self._reviewing.timeline_of(pressed.request, entity_id, self._called(view))
