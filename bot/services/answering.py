"""Use cases that answer questions and change nothing that a reader owns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core import digest
from bot.core.days import NeverWas, Unclear, parse_day
from bot.core.digest import DayPart
from bot.core.names import words_of
from bot.services.conversation import Conversation, Request, View
from bot.services.finding import Clear, Finder, Several, Unknown
from bot.services.following import Gone, Welcome, suggestions
from storage.database import Transaction
from storage.model import Call, Chat, ChatState, Entity, Event, RelatedEvent

RELATED = 5
SEARCHED = 10
LATEST = 5
DAY = timedelta(days=1)
# What is first shown today but happened longer ago than this is no news of today.
FRESH = timedelta(days=7)


@dataclass(frozen=True)
class DayAnswer:
    """What happened on ``day``. ``now``: asked as it went on, with what was new in it.

    ``days`` are the first and the last day of which anything is known, if any.
    """

    day: date
    now: bool
    parts: tuple[DayPart, ...]
    days: tuple[date, date] | None


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
    """The words name no day. ``today`` is the reader's; ``days`` as in ``DayAnswer``."""

    today: date
    days: tuple[date, date] | None


@dataclass(frozen=True)
class RelatedAnswer:
    """Earlier events that share entities with ``event``."""

    event: Event
    related: tuple[RelatedEvent, ...]


@dataclass(frozen=True)
class NothingAlerted:
    """No event was named, and the chat has had no alert that could be meant."""


@dataclass(frozen=True)
class EventCard:
    """An event in full: which of its entities the chat ``follows``, and how many earlier
    ``wordings`` its reports have had."""

    event: Event
    follows: frozenset[int]
    wordings: int


@dataclass(frozen=True)
class Found:
    """Events with all the words searched for, newest first, and whether there are more."""

    words: str
    events: tuple[Event, ...]
    more: bool = False


@dataclass(frozen=True)
class EntityCard:
    """Who or what an entity is, its newest events, and whether the chat follows it."""

    entity: Entity
    latest: tuple[Event, ...]
    followed: bool


TodayAnswer = DayAnswer | NeverWas | NoDay | TooEarly | TooLate
LookupAnswer = EntityCard | Several | Unknown


@dataclass(frozen=True)
class Pointer:
    """How a reader points at an event: by ``number``, or by replying to the message
    ``message_id`` whose text names the events ``numbers``."""

    number: int | None = None
    message_id: int | None = None
    numbers: tuple[int, ...] = ()


class Answering:
    """The use cases. Each answers one request in one transaction."""

    def __init__(self, conversation: Conversation, finder: Finder) -> None:
        self._conversation = conversation
        self._finder = finder

    async def say(self, request: Request, calls: Sequence[Call]) -> None:
        """Answer with what needs no looking up."""

        async def work(tx: Transaction, chat: Chat) -> None:
            return None

        await self._conversation.answer(request, work, lambda _: calls)

    async def start(self, request: Request, view: View[Welcome]) -> None:
        """Welcome somebody (back): from now on messages reach the chat."""

        async def work(tx: Transaction, chat: Chat) -> Welcome:
            await tx.chats.set_state(chat.telegram_id, ChatState.ACTIVE, request.at)
            return Welcome(await suggestions(tx, chat, request.at.date()))

        await self._conversation.answer(request, work, view)

    async def note_reach(self, request: Request, *, reachable: bool) -> None:
        """Note that the chat has blocked or removed the bot, or taken it back."""
        state = ChatState.ACTIVE if reachable else ChatState.UNREACHABLE

        async def work(tx: Transaction, chat: Chat) -> None:
            await tx.chats.set_state(chat.telegram_id, state, request.at)

        await self._conversation.answer(request, work, lambda _: ())

    # --- days

    async def today(self, request: Request, text: str, view: View[TodayAnswer]) -> None:
        """The day that ``text`` names; without text what is new today."""

        async def work(tx: Transaction, chat: Chat) -> TodayAnswer:
            current = _local_date(chat, request.at)
            if not text:
                return await _new_on(tx, chat, current)
            day = parse_day(text, current)
            if isinstance(day, Unclear):
                return NoDay(current, await tx.events.days())
            return await _of_day(tx, day, current) if isinstance(day, date) else day

        await self._conversation.answer(request, work, view)

    async def day(self, request: Request, day: date, view: View[TodayAnswer], *, now: bool) -> None:
        """A day again, to show another page of it; ``now`` as what was new on it."""

        async def work(tx: Transaction, chat: Chat) -> TodayAnswer:
            if now:
                return await _new_on(tx, chat, day)
            return await _of_day(tx, day, _local_date(chat, request.at))

        await self._conversation.answer(request, work, view)

    # --- events

    async def related(
        self,
        request: Request,
        pointer: Pointer,
        view: View[RelatedAnswer | NothingAlerted | Gone],
    ) -> None:
        """Events related to the one pointed at, else to that of the chat's latest alert."""

        async def work(tx: Transaction, chat: Chat) -> RelatedAnswer | NothingAlerted | Gone:
            number = await _pointed_at(tx, chat, pointer)
            if number is None:
                number = await tx.outbox.latest_alert(chat.id)
            if number is None:
                return NothingAlerted()
            event = await tx.events.get(number)
            if event is None:
                return Gone()
            found = await tx.events.related(event, RELATED)
            return RelatedAnswer(event, tuple(RelatedEvent(*pair) for pair in found))

        await self._conversation.answer(request, work, view)

    async def event(
        self, request: Request, pointer: Pointer, view: View[EventCard | NothingAlerted | Gone]
    ) -> None:
        """An event in full."""

        async def work(tx: Transaction, chat: Chat) -> EventCard | NothingAlerted | Gone:
            number = await _pointed_at(tx, chat, pointer)
            if number is None:
                return NothingAlerted()
            event = await tx.events.get(number)
            return await _event_card(tx, chat, event) if event else Gone()

        await self._conversation.answer(request, work, view)

    async def search(self, request: Request, words: str, view: View[Found]) -> None:
        """Events with words that begin with all of these."""

        async def work(tx: Transaction, chat: Chat) -> Found:
            found = await tx.events.search(words_of(words), SEARCHED + 1)
            return Found(words, tuple(found[:SEARCHED]), len(found) > SEARCHED)

        await self._conversation.answer(request, work, view)

    # --- entities

    async def lookup(self, request: Request, name: str, view: View[LookupAnswer]) -> None:
        """Who goes by a name."""
        if await self._conversation.is_handled(request.update_id):
            return
        hints = await self._finder.look(name)

        async def work(tx: Transaction, chat: Chat) -> LookupAnswer:
            choice = await self._finder.decide(tx, name, hints)
            if isinstance(choice, Clear):
                return await _entity_card(tx, chat, choice.entity)
            return choice

        await self._conversation.answer(request, work, view)

    async def entity(self, request: Request, entity_id: int, view: View[EntityCard | Gone]) -> None:
        """Who an entity is, by its number (a button)."""

        async def work(tx: Transaction, chat: Chat) -> EntityCard | Gone:
            entity = await tx.entities.get(entity_id)
            return await _entity_card(tx, chat, entity) if entity else Gone()

        await self._conversation.answer(request, work, view)


def _local_date(chat: Chat, at: datetime) -> date:
    return at.astimezone(ZoneInfo(chat.timezone)).date()


async def _new_on(tx: Transaction, chat: Chat, day: date) -> DayAnswer:
    midnight = datetime.combine(day, time.min, ZoneInfo(chat.timezone))
    fresh = await tx.events.first_shown(midnight, midnight + DAY, day - FRESH)
    of_day = await tx.events.of_day(day)
    before = await tx.events.of_day(day - DAY)
    parts = digest.today(day, of_day, fresh, before)
    return DayAnswer(day, True, parts, await tx.events.days())


async def _of_day(tx: Transaction, day: date, current: date) -> DayAnswer | TooEarly | TooLate:
    days = await tx.events.days()
    if day > max(current, days[1] if days else current):
        return TooLate(day)
    if days and day < days[0]:
        return TooEarly(day, days[0])
    return DayAnswer(day, False, digest.one_day(day, await tx.events.of_day(day)), days)


async def _pointed_at(tx: Transaction, chat: Chat, pointer: Pointer) -> int | None:
    if pointer.number is not None or pointer.message_id is None:
        return pointer.number
    told = await tx.outbox.event_of_message(chat.id, pointer.message_id)
    only = pointer.numbers[0] if len(set(pointer.numbers)) == 1 else None
    return told or only


async def _event_card(tx: Transaction, chat: Chat, event: Event) -> EventCard:
    reports = (await tx.reports.of_events([event.id])).get(event.id, [])
    return EventCard(
        event=event,
        follows=await tx.chats.followed(chat.id, [entity.id for entity in event.entities]),
        wordings=await tx.reports.versions([report.id for report in reports]),
    )


async def _entity_card(tx: Transaction, chat: Chat, entity: Entity) -> EntityCard:
    return EntityCard(
        entity=entity,
        latest=tuple(await tx.events.latest_of(entity.id, LATEST)),
        followed=bool(await tx.chats.followed(chat.id, [entity.id])),
    )
