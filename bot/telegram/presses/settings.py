"""Buttons by which a chat chooses. The message that they stand in becomes the next screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from bot.core.hours import DAY
from bot.services.conversation import View
from bot.services.pausing import NotPaused, WentOn
from bot.services.privacy import ExportPart, ToForget
from bot.services.settings import ChatSettings, Zoned
from bot.telegram import choices, views
from bot.telegram.choices import Inside, SettingsPart
from bot.telegram.presses.pressed import Act, Pressed, Presses
from bot.telegram.screens import Screen
from bot.telegram.texts import settings as texts
from bot.telegram.views import settings as shown
from bot.telegram.views import starting
from bot.telegram.views.settings.parts import back_row
from bot.telegram.wording import LANGUAGES, Words
from storage.model import Call

_Show = Callable[[Words, ChatSettings], Screen]
_Toast = Callable[[Words, ChatSettings], str]


def _silent(words: Words, chosen: ChatSettings) -> str:
    return ""


class Settings(Presses):
    """Hours, time zone, language, pause; and what else stands in the settings."""

    @property
    def presses(self) -> Mapping[str, Act]:
        return {
            choices.SCREEN: self.screen,
            choices.UNTIL: self.until,
            choices.PLACES: self.places,
            choices.DIGEST: self.digest,
            choices.WEEKLY: self.weekly,
            choices.QUIET: self.quiet,
            choices.ZONE: self.zone,
            choices.LANGUAGE: self.language,
            choices.PAUSE: self.pause,
            choices.GO_ON: self.go_on,
            choices.EXPORT: self.export,
            choices.FORGET: self.forget,
        }

    # --- screens

    async def screen(self, pressed: Pressed) -> None:
        """Another screen about settings."""
        await self._show(pressed, _screen(SettingsPart(pressed.parts[1]), _inside(pressed)))

    async def until(self, pressed: Pressed) -> None:
        """When quiet hours may end that start at this time."""
        start = int(pressed.parts[1])
        if start >= DAY:
            await self.stale(pressed)
            return
        await self._show(
            pressed, lambda words, _: shown.quiet_until(words, start, _inside(pressed))
        )

    async def places(self, pressed: Pressed) -> None:
        """A page of places all over the world."""
        page = int(pressed.parts[1])
        await self._show(
            pressed, lambda words, chosen: shown.places(words, chosen, page, _inside(pressed))
        )

    async def _show(self, pressed: Pressed, show: _Show) -> None:
        await self._preferences.show(pressed.request, self._redone(pressed, show))

    # --- choices

    async def digest(self, pressed: Pressed) -> None:
        """A daily digest at this time, or none."""
        minute = _minute(pressed.parts[1])
        if minute is not None and minute >= DAY:
            await self.stale(pressed)
            return
        inside = _inside(pressed)
        show = _after_digest if inside is Inside.START else partial(shown.digest, inside=inside)
        view = self._redone(pressed, show, shown.digest_toast)
        await self._preferences.choose_digest(pressed.request, minute, view)

    async def weekly(self, pressed: Pressed) -> None:
        """A weekly digest on this day, or none."""
        show = partial(shown.weekly, inside=_inside(pressed))
        view = self._redone(pressed, show, shown.weekly_toast)
        await self._preferences.choose_weekly(pressed.request, _minute(pressed.parts[1]), view)

    async def quiet(self, pressed: Pressed) -> None:
        """Quiet hours, or none."""
        hours = _hours(pressed.parts[1])
        if hours is not None and (max(hours) >= DAY or hours[0] == hours[1]):
            await self.stale(pressed)
            return
        show = partial(shown.quiet, inside=_inside(pressed))
        view = self._redone(pressed, show, shown.quiet_toast)
        await self._preferences.choose_quiet(pressed.request, hours, view)

    async def zone(self, pressed: Pressed) -> None:
        """The time zone of this place."""
        name, inside = pressed.parts[1], _inside(pressed)
        if not self._preferences.is_zone(name):
            await self.stale(pressed)
            return

        def view(words: Words, zoned: Zoned) -> list[Call]:
            if inside is Inside.START:
                screen = starting.all_set(words, zoned.settings)
            else:
                screen = shown.zone(words, zoned, inside)
            return pressed.redo(screen, shown.zone_toast(words, zoned))

        await self._preferences.choose_zone(pressed.request, name, self._called(view))

    async def language(self, pressed: Pressed) -> None:
        """This language, or that of Telegram."""
        code = None if pressed.parts[1] == choices.AS_IN_TELEGRAM else pressed.parts[1]
        if code is not None and code not in LANGUAGES:
            await self.stale(pressed)
            return
        show = partial(shown.language, inside=_inside(pressed))
        view = self._redone(pressed, show, shown.language_toast)
        await self._preferences.choose_language(pressed.request, code, view)

    # --- pause

    async def pause(self, pressed: Pressed) -> None:
        """Pause."""

        def view(words: Words, answer: ChatSettings | NotPaused) -> list[Call]:
            screen = shown.paused(words, answer, _inside(pressed))
            return pressed.redo(screen, words(texts.PAUSE_TOAST))

        await self._preferences.pause(pressed.request, self._called(view))

    async def go_on(self, pressed: Pressed) -> None:
        """End the pause."""

        def view(words: Words, answer: WentOn) -> list[Call]:
            return pressed.redo(shown.back(words, answer, _inside(pressed)))

        await self._preferences.go_on(pressed.request, self._called(view))

    # --- what is known of the reader

    async def export(self, pressed: Pressed) -> None:
        """All that is known, as files below."""

        def view(words: Words, parts: tuple[ExportPart, ...]) -> list[Call]:
            return [pressed.toast(words(texts.EXPORT_TOAST)), *views.export(words, parts)]

        await self._privacy.export(pressed.request, self._called(view))

    async def forget(self, pressed: Pressed) -> None:
        """The question before all is deleted."""

        def view(words: Words, known: ToForget) -> list[Call]:
            question = views.forget(words, known)
            rows = [*question.rows, *back_row(words, Inside.MENU)]
            return pressed.redo(Screen(question.body, rows))

        await self._privacy.known(pressed.request, self._called(view))

    # --- parts

    def _redone(self, pressed: Pressed, show: _Show, toast: _Toast = _silent) -> View[ChatSettings]:
        """The screen in place of the message, and a few words over it."""
        return self._called(
            lambda words, chosen: pressed.redo(show(words, chosen), toast(words, chosen))
        )


def _screen(part: SettingsPart, inside: Inside) -> _Show:
    if (part, inside) == (SettingsPart.DIGEST, Inside.START):
        return lambda words, chosen: starting.first_digest(words)
    shows: Mapping[SettingsPart, _Show] = {
        SettingsPart.MAIN: shown.settings,
        SettingsPart.DIGEST: partial(shown.digest, inside=inside),
        SettingsPart.HOURS: partial(shown.digest_hours, inside=inside),
        SettingsPart.WEEKLY: partial(shown.weekly, inside=inside),
        SettingsPart.QUIET: partial(shown.quiet, inside=inside),
        SettingsPart.FROM: lambda words, chosen: shown.quiet_from(words, inside),
        SettingsPart.ZONE: partial(shown.zone, inside=inside),
        SettingsPart.LANGUAGE: partial(shown.language, inside=inside),
        SettingsPart.DONE: starting.all_set,
    }
    return shows[part]


def _after_digest(words: Words, chosen: ChatSettings) -> Screen:
    """The first minutes go on: where is the reader, unless they have said so."""
    if chosen.chat.timezone_chosen:
        return starting.all_set(words, chosen)
    return starting.first_zone(words, chosen)


def _inside(pressed: Pressed) -> Inside:
    return Inside(pressed.parts[0])


def _minute(text: str) -> int | None:
    return None if text == choices.OFF else int(text)


def _hours(text: str) -> tuple[int, int] | None:
    if text == choices.OFF:
        return None
    start, end = text.split("-")
    return int(start), int(end)
