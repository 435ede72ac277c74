"""Use cases about what a chat has chosen: its digests, quiet hours, time zone and language,
and whether it pauses."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo, available_timezones

from bot.core.hours import Quiet, is_off, parse_minute, parse_span, quiet_turns
from bot.services.calendar import calendar_names
from bot.services.conversation import Conversation, Request, View
from bot.services.digesting import come_back
from bot.services.pausing import NotPaused, WentOn, pause_as_typed
from bot.services.places import Place, Places, zone_at
from bot.services.planning import local_date, quiet_of, replan, weekly_minute, zone_of
from storage.database import Transaction
from storage.model import Chat, ChatKind, ChatState

Hours = tuple[int, int]
_NO_PLACE = "UTC"  # the zone of who has named no place
_Change = Callable[[Transaction, Chat], Awaitable[None]]


@dataclass(frozen=True)
class ChatSettings:
    """What a chat has chosen, and what comes of it as of ``now``.

    ``follows`` is how many it follows. ``next_digest`` is when its next daily digest comes,
    after quiet hours that it falls into; ``quiet_until``: alerts wait until then. All times
    are local; None: never, or not now.
    """

    chat: Chat
    now: datetime
    follows: int = 0
    next_digest: datetime | None = None
    quiet_until: datetime | None = None

    @property
    def is_paused(self) -> bool:
        """Whether the chat wants nothing for now."""
        return self.chat.state is ChatState.PAUSED

    @property
    def quiet(self) -> Quiet | None:
        """The quiet hours."""
        return quiet_of(self.chat)

    @property
    def weekly_minute(self) -> int:
        """The minute of the day at which a weekly digest comes."""
        return weekly_minute(self.chat)

    @property
    def paused_on(self) -> date | None:
        """Since when the chat pauses."""
        since = self.chat.state_since
        return local_date(self.chat, since) if since and self.is_paused else None

    @property
    def paused_until(self) -> datetime | None:
        """Until when the chat pauses, if that has an end."""
        until = self.chat.paused_until
        return until.astimezone(zone_of(self.chat)) if until else None


@dataclass(frozen=True)
class Misread:
    """What was ``typed`` can't be read as what was asked for; nothing has changed."""

    typed: str
    settings: ChatSettings


@dataclass(frozen=True)
class Zoned:
    """The chat lives by another time zone now, or by the same: that of ``place``, if one was
    named. ``before`` is the one that it had chosen, if another."""

    settings: ChatSettings
    place: Place | None = None
    before: str | None = None


@dataclass(frozen=True)
class Somewhere:
    """What was ``typed`` may be any of these places, or none; nothing has changed."""

    typed: str
    places: tuple[Place, ...]
    settings: ChatSettings


class Preferences:
    """The use cases. Each answers one request in one transaction."""

    def __init__(self, conversation: Conversation, places: Places) -> None:
        self._conversation = conversation
        self._places = places
        self._zones = frozenset(available_timezones())
        self._names = calendar_names()  # when it starts: no reader shall wait for them

    async def show(self, request: Request, view: View[ChatSettings]) -> None:
        """What is chosen."""

        async def work(tx: Transaction, chat: Chat) -> ChatSettings:
            return await settings_of(tx, chat, request.at)

        await self._conversation.answer(request, work, view)

    # --- digests

    async def digest(self, request: Request, text: str, view: View[ChatSettings | Misread]) -> None:
        """A daily digest at the time that ``text`` means, or none where it says so."""
        minute = parse_minute(text)
        if minute is None and not is_off(text):
            await self._unfit(request, text, view)
        else:
            await self.choose_digest(request, minute, view)

    async def choose_digest(
        self, request: Request, minute: int | None, view: View[ChatSettings]
    ) -> None:
        """A daily digest at this minute of the day, or none."""

        async def change(tx: Transaction, chat: Chat) -> None:
            await tx.chats.choose_digest(chat.id, minute, request.at)

        await self._choose(request, change, view)

    async def choose_weekly(
        self, request: Request, weekday: int | None, view: View[ChatSettings]
    ) -> None:
        """A weekly digest on this day (Monday 0), or none."""

        async def change(tx: Transaction, chat: Chat) -> None:
            await tx.chats.choose_weekly(chat.id, weekday)

        await self._choose(request, change, view)

    # --- quiet hours

    async def quiet(self, request: Request, text: str, view: View[ChatSettings | Misread]) -> None:
        """Quiet hours as ``text`` says, or none where it says so."""
        hours = parse_span(text)
        if hours is None and not is_off(text):
            await self._unfit(request, text, view)
        else:
            await self.choose_quiet(request, hours, view)

    async def choose_quiet(
        self, request: Request, hours: Hours | None, view: View[ChatSettings]
    ) -> None:
        """Quiet hours from the first minute of the day to the second, another one; or none."""

        async def change(tx: Transaction, chat: Chat) -> None:
            await tx.chats.choose_quiet(chat.id, hours)

        await self._choose(request, change, view)

    # --- time zone

    def is_zone(self, name: str) -> bool:
        """Whether there is a time zone of this name (IANA)."""
        return name in self._zones

    async def zone(self, request: Request, text: str, view: View[Zoned | Somewhere]) -> None:
        """Live by the time zone of the place that ``text`` means, if it means one; by UTC again
        where it says that there shall be none."""
        if is_off(text):
            await self.choose_zone(request, _NO_PLACE, view)
            return
        if await self._conversation.is_handled(request.update_id):
            return
        typed = await self._places.find_places(text, request.language, request.at)

        async def work(tx: Transaction, chat: Chat) -> Zoned | Somewhere:
            found = typed
            if chat.language != request.language:  # the places' names are for the reader
                found = await self._places.find_places(text, chat.language, request.at)
            if len(found) == 1 and not found[0].guessed:
                return await _live_by(tx, chat, found[0].zone, request.at, found[0])
            return Somewhere(text, found, await settings_of(tx, chat, request.at))

        await self._conversation.answer(request, work, view)

    async def choose_zone(self, request: Request, zone: str, view: View[Zoned]) -> None:
        """Live by this time zone (see ``is_zone``)."""

        async def work(tx: Transaction, chat: Chat) -> Zoned:
            return await _live_by(tx, chat, zone, request.at)

        await self._conversation.answer(request, work, view)

    async def locate(
        self, request: Request, position: tuple[float, float], view: View[Zoned | Somewhere]
    ) -> None:
        """Live by the time zone of a position: its latitude and longitude in degrees."""
        zone = zone_at(*position)

        async def work(tx: Transaction, chat: Chat) -> Zoned | Somewhere:
            if zone is None:
                return Somewhere("", (), await settings_of(tx, chat, request.at))
            return await _live_by(tx, chat, zone, request.at)

        await self._conversation.answer(request, work, view)

    # --- language

    async def choose_language(
        self, request: Request, language: str | None, view: View[ChatSettings]
    ) -> None:
        """Be written to in this language; None: in that of the reader's Telegram."""

        async def change(tx: Transaction, chat: Chat) -> None:
            if language is None and chat.kind is ChatKind.PRIVATE:
                # So that the answer is in it already; what follows lets it go with Telegram again.
                await tx.chats.choose_language(chat.id, request.language)
            await tx.chats.choose_language(chat.id, language)

        await self._choose(request, change, view)

    # --- pause

    async def pause(
        self, request: Request, view: View[ChatSettings | NotPaused], text: str = ""
    ) -> None:
        """Get nothing as long as ``text`` says, without one until further notice; what happens
        meanwhile is kept."""

        async def work(tx: Transaction, chat: Chat) -> ChatSettings | NotPaused:
            unfit = await pause_as_typed(tx, chat, text, request.at, self._names)
            return unfit or await _replanned(tx, chat, request.at)

        await self._conversation.answer(request, work, view)

    async def go_on(self, request: Request, view: View[WentOn]) -> None:
        """End a pause."""

        async def work(tx: Transaction, chat: Chat) -> WentOn:
            was = chat.state is ChatState.PAUSED
            return WentOn(was, await come_back(tx, chat, request.at))

        await self._conversation.answer(request, work, view)

    # --- parts

    async def _choose(self, request: Request, change: _Change, view: View[ChatSettings]) -> None:
        async def work(tx: Transaction, chat: Chat) -> ChatSettings:
            await change(tx, chat)
            return await _replanned(tx, chat, request.at)

        await self._conversation.answer(request, work, view)

    async def _unfit(self, request: Request, text: str, view: View[ChatSettings | Misread]) -> None:
        async def work(tx: Transaction, chat: Chat) -> ChatSettings | Misread:
            settings = await settings_of(tx, chat, request.at)
            return Misread(text, settings) if text else settings

        await self._conversation.answer(request, work, view)


async def settings_of(tx: Transaction, chat: Chat, now: datetime) -> ChatSettings:
    """What a chat has chosen by now."""
    chat = await tx.chats.get(chat.id) or chat
    timetable = await tx.chats.timetable(chat.id)
    zone = zone_of(chat)
    due = timetable.digest_due_at
    waits = timetable.quiet_turns_at if timetable.is_quiet else None
    return ChatSettings(
        chat=chat,
        now=now.astimezone(zone),
        follows=len(await tx.chats.follows(chat.id)),
        next_digest=_comes(chat, due).astimezone(zone) if due else None,
        quiet_until=waits.astimezone(zone) if waits else None,
    )


def _comes(chat: Chat, due: datetime) -> datetime:
    """When a message that is due then comes: at the end of quiet hours that it falls into."""
    quiet = quiet_of(chat)
    turn = quiet_turns(quiet, zone_of(chat), due) if quiet else None
    return turn.turns_at if turn and turn.is_quiet else due


async def _live_by(
    tx: Transaction, chat: Chat, zone: str, at: datetime, place: Place | None = None
) -> Zoned:
    await tx.chats.choose_timezone(chat.id, ZoneInfo(zone).key)
    before = chat.timezone if chat.timezone_chosen and chat.timezone != zone else None
    return Zoned(await _replanned(tx, chat, at), place, before)


async def _replanned(tx: Transaction, chat: Chat, at: datetime) -> ChatSettings:
    """What a chat has chosen, with the times that come of it."""
    await replan(tx, chat.id, at)
    return await settings_of(tx, chat, at)
