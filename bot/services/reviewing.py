"""Use cases that look back: on a week of what a chat follows, on a year of one entity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.core.importance import by_importance
from bot.services.answering import Pointer, pointed_at
from bot.services.conversation import Conversation, Request, View
from bot.services.finding import Clear, Finder, Several, Unknown
from bot.services.following import Gone
from bot.services.planning import local_date, replan, weekly_minute
from bot.services.suggesting import suggestions
from bot.services.wanting import wanted_namings
from storage.database import Transaction
from storage.events import Naming
from storage.model import Call, Chat, Entity, Event, FollowMode

DAYS = 7
TOP = 7
WEEKS = 53
LISTED = 20
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Tally:
    """How many events named an entity, each day of a week."""

    entity: Entity
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """In the whole week."""
        return sum(self.counts)


@dataclass(frozen=True)
class Week:
    """What happened in seven ``days``, oldest first, to those whom a chat follows.

    ``top`` are those of most events, ``others`` all further ones together (a day each);
    ``events`` the most important, of ``total``. ``weekly_on``: the weekday on which the chat
    gets this by itself, Monday 0, at ``weekly_minute`` of the day. ``filtered`` are those of
    whose events filters let none through.
    """

    days: tuple[date, ...]
    weekly_on: int | None
    top: tuple[Tally, ...] = ()
    others: tuple[int, ...] = ()
    events: tuple[Event, ...] = ()
    total: int = 0
    weekly_minute: int = 0
    filtered: tuple[Entity, ...] = ()


@dataclass(frozen=True)
class NobodyFollowed:
    """The chat follows nobody: ``suggestions`` are much in the news."""

    suggestions: tuple[Entity, ...]


@dataclass(frozen=True)
class Year:
    """How often events named an entity: ``weeks`` are those up to the current one, oldest
    first, each with its Monday and its number of events; ``latest`` the newest events.
    ``since``: the first of these days of which anything is known."""

    entity: Entity
    followed: bool
    weeks: tuple[tuple[date, int], ...]
    latest: tuple[Event, ...]
    since: date

    @property
    def total(self) -> int:
        """In all these weeks."""
        return sum(count for _, count in self.weeks)


@dataclass(frozen=True)
class Whose:
    """Nobody was named: these may be meant, what the chat follows or what is in the news."""

    entities: tuple[Entity, ...]


WeekAnswer = Week | NobodyFollowed
YearAnswer = Year | Whose | Several | Unknown | Gone


class Reviewing:
    """The use cases. Each answers one request in one transaction."""

    def __init__(self, conversation: Conversation, finder: Finder) -> None:
        self._conversation = conversation
        self._finder = finder

    async def week(self, request: Request, view: View[WeekAnswer]) -> None:
        """The last seven days of what the chat follows."""

        async def work(tx: Transaction, chat: Chat) -> WeekAnswer:
            today = local_date(chat, request.at)
            if not await tx.chats.follows(chat.id):
                return NobodyFollowed(await suggestions(tx, chat, request.at))
            return await _week_until(tx, chat, today)

        await self._conversation.answer(request, work, view)

    async def choose_weekly(
        self, request: Request, last: date, view: View[Week], *, wanted: bool
    ) -> None:
        """Have the chat get its week each week on this day of the week, or no longer; shown
        is the week up to ``last`` again."""

        async def work(tx: Transaction, chat: Chat) -> Week:
            weekday = local_date(chat, request.at).weekday()
            await tx.chats.choose_weekly(chat.id, weekday if wanted else None)
            await replan(tx, chat.id, request.at)
            return await _week_until(tx, await tx.chats.get(chat.id) or chat, last)

        await self._conversation.answer(request, work, view)

    async def timeline(
        self, request: Request, name: str, pointer: Pointer, view: View[YearAnswer]
    ) -> None:
        """The year of whom ``name`` means, else of whom the event pointed at names first."""
        if await self._conversation.is_handled(request.update_id):
            return
        hints = await self._finder.look(name) if name else None

        async def work(tx: Transaction, chat: Chat) -> YearAnswer:
            if hints is None:
                return await _pointed_year(tx, chat, request.at, pointer)
            follows = await tx.chats.follows(chat.id)
            choice = await self._finder.decide(tx, name, hints, follows)
            if isinstance(choice, Clear):
                return await _year(tx, chat, request.at, choice.entity)
            return choice

        await self._conversation.answer(request, work, view)

    async def timeline_of(self, request: Request, entity_id: int, view: View[Year | Gone]) -> None:
        """The year of an entity by its number (a button)."""

        async def work(tx: Transaction, chat: Chat) -> Year | Gone:
            entity = await tx.entities.get(entity_id)
            return await _year(tx, chat, request.at, entity) if entity else Gone()

        await self._conversation.answer(request, work, view)


@dataclass(frozen=True)
class Weekly:
    """Makes the weeks that chats get by themselves."""

    view: Callable[[Chat, Week], Call]

    async def __call__(self, tx: Transaction, chat: Chat, now: datetime) -> Call | None:
        """The last seven days of what a chat follows; None where nothing happened."""
        week = await _week_until(tx, chat, local_date(chat, now))
        return self.view(chat, week) if week.total else None


async def _week_until(tx: Transaction, chat: Chat, last: date) -> Week:
    """The seven days up to ``last`` of what a chat follows and has not muted, as far as its
    filters let it through."""
    days = tuple(last - step * DAY for step in reversed(range(DAYS)))
    wanted = await wanted_namings(tx, chat, days[0], last)
    tallies = _tallies(wanted, days)
    events = await tx.events.many(sorted({each.event_id for _, each in wanted}))
    return Week(
        days=days,
        weekly_on=chat.weekly_on,
        top=tuple(tallies[:TOP]),
        others=tuple(map(sum, zip(*(t.counts for t in tallies[TOP:]), strict=True))),
        events=tuple(by_importance(events)[:LISTED]),
        total=len(events),
        weekly_minute=weekly_minute(chat),
        filtered=await _left_out(tx, chat, {entity.id for entity, _ in wanted}, days),
    )


async def _left_out(
    tx: Transaction, chat: Chat, wanted: Collection[int], days: Sequence[date]
) -> tuple[Entity, ...]:
    """Whom a chat follows with a filter that has let through none of their events of these
    days, though there are some."""
    empty = {
        follow.entity.id: follow.entity
        for follow in await tx.chats.follows(chat.id)
        if follow.filter and follow.mode is not FollowMode.MUTED and follow.entity.id not in wanted
    }
    named = await tx.events.naming(list(empty), days[0], days[-1]) if empty else []
    return tuple(empty[number] for number in sorted({each.entity_id for each in named}))


def _tallies(named: Iterable[tuple[Entity, Naming]], days: Sequence[date]) -> list[Tally]:
    """Those named at all, most events first."""
    counts: dict[Entity, dict[date, int]] = defaultdict(lambda: dict.fromkeys(days, 0))
    for entity, each in named:
        counts[entity][each.day] += 1
    tallies = [Tally(entity, tuple(by_day.values())) for entity, by_day in counts.items()]
    return sorted(tallies, key=lambda t: (-t.total, t.entity.label, t.entity.id))


async def _pointed_year(tx: Transaction, chat: Chat, at: datetime, pointer: Pointer) -> YearAnswer:
    """The year of whom the event pointed at names first; of whom else there may be."""
    number = await pointed_at(tx, chat, pointer)
    event = await tx.events.get(number) if number is not None else None
    if event is not None and event.entities:
        return await _year(tx, chat, at, event.entities[0])
    follows = await tx.chats.follows(chat.id)
    if follows:
        return Whose(tuple(follow.entity for follow in follows))
    return Whose(await suggestions(tx, chat, at))


async def _year(tx: Transaction, chat: Chat, at: datetime, entity: Entity) -> Year:
    today = local_date(chat, at)
    this_week = _monday(today)
    mondays = [this_week - step * WEEK for step in reversed(range(WEEKS))]
    weeks = dict.fromkeys(mondays, 0)
    for day, count in (await tx.events.count_by_day(entity.id, mondays[0], today)).items():
        weeks[_monday(day)] += count
    known = await tx.events.days()
    return Year(
        since=max(mondays[0], known[0]) if known else mondays[0],
        entity=entity,
        followed=bool(await tx.chats.followed(chat.id, [entity.id])),
        weeks=tuple(weeks.items()),
        latest=tuple(await tx.events.latest_of(entity.id, LISTED)),
    )


def _monday(day: date) -> date:
    return day - day.weekday() * DAY
