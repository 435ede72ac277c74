"""Buttons about days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.services.answering import MonthAnswer, TodayAnswer
from bot.telegram import buttons, views
from bot.telegram.presses.pressed import Act, Pressed, Presses
from bot.telegram.texts import days as texts
from bot.telegram.wording import Words
from storage.model import Call


class Days(Presses):
    """Pages of days, and months to pick one from."""

    @property
    def presses(self) -> Mapping[str, Act]:
        return {
            buttons.DAY: self.day,
            buttons.NOW: self.now,
            buttons.MONTH: self.month,
            buttons.NO_DAY: self.no_day,
        }

    async def day(self, pressed: Pressed) -> None:
        """A page of a day."""
        await self._turn(pressed, now=False)

    async def now(self, pressed: Pressed) -> None:
        """A page of what was new on a day as it went on."""
        await self._turn(pressed, now=True)

    async def _turn(self, pressed: Pressed, *, now: bool) -> None:
        day, page, mine = day_in(pressed.parts[0]), int(pressed.parts[1]), bool(pressed.parts[2])
        category = pressed.parts[3] or None
        if day is None:
            await self.stale(pressed)
            return

        def view(words: Words, answer: TodayAnswer) -> list[Call]:
            return pressed.redo(views.today(words, answer, page=page, category=category))

        await self._answering.day(pressed.request, day, self._called(view), now=now, mine=mine)

    async def month(self, pressed: Pressed) -> None:
        """A month to pick a day from, in place of the page."""
        month, kind, day, page, mine, category = pressed.parts
        first, shown = day_in(f"{month}-01"), day_in(day)
        if first is None or shown is None:
            await self.stale(pressed)
            return
        back = buttons.day_page(
            shown, int(page), now=kind == "n", mine=bool(mine), category=category or None
        )

        def view(words: Words, answer: MonthAnswer) -> list[Call]:
            screen = views.month(words, answer, back, mine=bool(mine), current=shown)
            return pressed.redo(screen)

        await self._answering.month(pressed.request, first, self._called(view))

    async def no_day(self, pressed: Pressed) -> None:
        """What stands in a month's grid and is no day with events."""
        view = self._called(lambda words, _: [pressed.toast(words(texts.NO_DAY_TOAST))])
        await self._answering.say(pressed.request, view)


def day_in(text: str) -> date | None:
    """The day in a button's data; None where no button of ours has it."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in buttons.YEARS else None
