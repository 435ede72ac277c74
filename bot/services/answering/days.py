"""What happened on a day, and on which days anything did."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.core import digest
from bot.core.days import NeverWas, Unclear, parse_day, parse_month
from bot.core.digest import DayPart
from bot.core.schedule import TOO_OLD
from bot.services.answering.part import AnsweringPart
from bot.services.calendar import calendar_names, is_day_first
from bot.services.conversation import Request, View
from bot.services.planning import local_date, zone_of
from bot.services.wanting import wanted_namings
from storage.database import Transaction
from storage.model import Chat, Event

DAY = timedelta(days=1)

_Choose = Callable[[Iterable[Event]], list[Event]]


@dataclass(frozen=True)
class DayAnswer:
    """What happened on ``day``. ``now``: asked as it went on, with what was new in it.

    ``days`` are the first and the last day of which anything is known, if any. ``mine``:
    only what names those whom the chat follows.
    """

    day: date
    now: bool
    parts: tuple[DayPart, ...]
    days: tuple[date, date] | None
    mine: bool = False


@dataclass(frozen=True)
class TooEarly:
    """Events are known from ``first`` on only."""

    day: date
    first: date


@dataclass(frozen=True)
class TooLate:
    """The day is still to come."""

    day: date


@dataclass(frozen=True)
class NoDay:
    """The words name no day. ``today`` is the reader's; ``days`` as in ``DayAnswer``;
    ``month`` is the first day of the month that they name instead, if they do; ``readings``
    the days that they may mean, if several."""

    today: date
    days: tuple[date, date] | None
    month: date | None = None
    readings: tuple[date, ...] = ()


@dataclass(frozen=True)
class MonthAnswer:
    """The days ``with_events`` of the month that begins on ``first``; ``days`` as in
    ``DayAnswer``."""

    first: date
    with_events: frozenset[date]
    days: tuple[date, date] | None


TodayAnswer = DayAnswer | NeverWas | NoDay | TooEarly | TooLate


class Days(AnsweringPart):
    """Answers about days."""

    async def today(self, request: Request, text: str, view: View[TodayAnswer]) -> None:
        """The day that ``text`` names; without text what is new today."""

        async def work(tx: Transaction, chat: Chat) -> TodayAnswer:
            current = local_date(chat, request.at)
            if not text:
                return await _new_on(tx, chat, current)
            day = parse_day(text, current, calendar_names(), day_first=is_day_first(chat))
            if isinstance(day, Unclear):
                month = parse_month(text, current, calendar_names())
                return NoDay(current, await tx.events.days(), month, day.readings)
            return await _of_day(tx, chat, day, current) if isinstance(day, date) else day

        await self._conversation.answer(request, work, view)

    async def day(
        self,
        request: Request,
        day: date,
        view: View[TodayAnswer],
        *,
        now: bool,
        mine: bool = False,
    ) -> None:
        """A day again, to show another page of it; ``now`` as what was new on it; ``mine``:
        only what names those whom the chat follows."""

        async def work(tx: Transaction, chat: Chat) -> TodayAnswer:
            if now:
                return await _new_on(tx, chat, day, mine=mine)
            return await _of_day(tx, chat, day, local_date(chat, request.at), mine=mine)

        await self._conversation.answer(request, work, view)

    async def month(self, request: Request, month: date, view: View[MonthAnswer]) -> None:
        """The days of the month of a day that have events; of the nearest month of which
        anything is known, if that one lies outside."""

        async def work(tx: Transaction, chat: Chat) -> MonthAnswer:
            days = await tx.events.days()
            wanted = max(days[0], min(month, days[1])) if days else month
            first = wanted.replace(day=1)
            return MonthAnswer(first, await _with_events(tx, first), days)

        await self._conversation.answer(request, work, view)


async def _new_on(tx: Transaction, chat: Chat, day: date, *, mine: bool = False) -> DayAnswer:
    midnight = datetime.combine(day, time.min, zone_of(chat))
    # What a first poll or a backfill shows is no news of today, nor what happened long ago.
    since = day - TOO_OLD
    chosen: _Choose = await _choosing(tx, chat, since, date.max) if mine else list
    shown = await tx.events.first_shown(midnight, midnight + DAY, since)
    fresh = chosen(shown)
    of_day = chosen(await tx.events.of_day(day))
    is_few = digest.is_few(of_day, fresh)
    before = chosen(await tx.events.of_day(day - DAY)) if is_few else []
    parts = digest.today(day, of_day, fresh, before)
    return DayAnswer(day, True, parts, await tx.events.days(), mine)


async def _of_day(
    tx: Transaction, chat: Chat, day: date, current: date, *, mine: bool = False
) -> DayAnswer | TooEarly | TooLate:
    days = await tx.events.days()
    if day > max(current, days[1] if days else current):
        return TooLate(day)
    if days and day < days[0]:
        return TooEarly(day, days[0])
    chosen: _Choose = await _choosing(tx, chat, day, day) if mine else list
    parts = digest.one_day(day, chosen(await tx.events.of_day(day)))
    return DayAnswer(day, False, parts, days, mine)


async def _choosing(tx: Transaction, chat: Chat, first: date, last: date) -> _Choose:
    """What takes from events of these days those that the chat's follows want: that name
    anybody followed, not muted, whose filter lets them through."""
    wanted = {each.event_id for _, each in await wanted_namings(tx, chat, first, last)}
    return lambda events: [event for event in events if event.id in wanted]


async def _with_events(tx: Transaction, first: date) -> frozenset[date]:
    """The days with events of the month that begins on ``first``."""
    last = first.replace(day=monthrange(first.year, first.month)[1])
    return await tx.events.days_with_events(first, last)
