"""Commands by which a chat chooses: hours, time zone, language, a pause."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from bot.core.hours import parse_minute
from bot.telegram.choices import Inside
from bot.telegram.commands.said import Act, Commands, Said
from bot.telegram.languages import is_as_telegram, language_typed
from bot.telegram.texts import settings as texts
from bot.telegram.views import settings as shown
from bot.telegram.wording import LANGUAGES
from storage.model import ChatKind


class Settings(Commands):
    """Choosing. Without anything behind it, each says what is chosen and offers others."""

    @property
    def commands(self) -> Mapping[str, Act]:
        return {
            "digest": self.digest,
            "timezone": self.timezone,
            "quiet": self.quiet,
            "language": self.language,
            "settings": self.settings,
            "stop": self.stop,
        }

    @property
    def refusals(self) -> list[str]:
        """What who was asked for their location sends to decline, in each language."""
        return [self._wording.of(code)(texts.BUTTON_NO_LOCATION) for code in LANGUAGES]

    async def settings(self, said: Said) -> None:
        """/settings."""
        await self._preferences.show(said.request, self._sent(shown.settings))

    async def digest(self, said: Said) -> None:
        """/digest [HH:MM | off]."""
        await self._preferences.digest(said.request, said.text, self._sent(shown.digest))

    async def quiet(self, said: Said) -> None:
        """/quiet [HH:MM-HH:MM | off]; a start alone asks for the end."""
        start = parse_minute(said.text)
        if start is not None:
            until = partial(shown.quiet_until, start=start, inside=Inside.ALONE)
            await self._reply(said, until)
            return
        await self._preferences.quiet(said.request, said.text, self._sent(shown.quiet))

    async def timezone(self, said: Said) -> None:
        """/timezone [NAME]."""
        if said.text:
            await self._preferences.zone(said.request, said.text, self._sent(shown.zone))
        else:
            await self._preferences.show(said.request, self._sent(shown.zone))

    async def location(self, said: Said) -> None:
        """A shared location: the time zone there."""
        if (shared := said.message.location) is not None:
            position = shared.latitude, shared.longitude
            await self._preferences.locate(said.request, position, self._called(shown.located))

    async def no_location(self, said: Said) -> None:
        """Who was asked for their location would rather not share it."""
        view = self._called(lambda words, _: [shown.keep_location(words)])
        await self._answering.say(said.request, view)

    async def language(self, said: Said) -> None:
        """/language [NAME]."""
        code, request = language_typed(said.text), said.request
        kind = request.target.kind if request.target else request.kind
        if code is not None:
            await self._preferences.choose_language(request, code, self._sent(shown.language))
        elif is_as_telegram(said.text) and kind is ChatKind.PRIVATE:
            await self._preferences.choose_language(request, None, self._sent(shown.language))
        else:
            view = partial(shown.language, typed=said.text)
            await self._preferences.show(request, self._sent(view))

    async def stop(self, said: Said) -> None:
        """/stop [HOW LONG]."""
        how_long = "" if self._means(said.text, texts.PAUSE_ENDLESS) else said.text
        await self._preferences.pause(said.request, self._sent(shown.paused), how_long)
