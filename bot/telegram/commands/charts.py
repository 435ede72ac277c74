"""Commands that look back, with charts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from bot.core.hours import is_off
from bot.services.reviewing import WeekAnswer, YearAnswer
from bot.telegram import texts, views
from bot.telegram.choices import Inside
from bot.telegram.commands.said import Act, Commands, Said, sentence, unfit_name
from bot.telegram.requests import pointer
from bot.telegram.views.settings import weekly
from bot.telegram.wording import Words
from storage.model import Call


class Charts(Commands):
    """The chat's week, somebody's year."""

    @property
    def commands(self) -> Mapping[str, Act]:
        return {"week": self.week, "timeline": self.timeline}

    async def week(self, said: Said) -> None:
        """/week [off]."""
        if is_off(said.text):
            ended = self._sent(partial(weekly, inside=Inside.ALONE))
            await self._preferences.choose_weekly(said.request, None, ended)
            return
        if said.text:
            await self._reply(said, sentence(texts.charts.WEEK_ALONE, typed=said.text))
            return

        def view(words: Words, answer: WeekAnswer) -> list[Call]:
            return [views.week(words, answer)]

        await self._reviewing.week(said.request, self._called(view))

    async def timeline(self, said: Said) -> None:
        """/timeline NAME, or as a reply to a message about an event."""
        if said.text and await self._refused(said, unfit_name(said.text, texts.reading.NO_WORDS)):
            return

        def view(words: Words, answer: YearAnswer) -> list[Call]:
            return [views.timeline(words, answer)]

        pointed = pointer(said.message)
        await self._reviewing.timeline(said.request, said.text, pointed, self._called(view))
