"""What people look up in other chats, to post it there. Nothing is changed by it, nobody
becomes known by it, and nobody outside is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.core.choosing import carrying
from bot.core.importance import by_importance
from bot.core.names import words_of
from bot.services.answering.events import MOST_SEARCHED
from bot.services.finding import Clear, Finder, Hints, Several, Unknown
from bot.services.planning import last_known, local_date
from bot.services.wanting import wanted_namings
from storage.database import Database, Transaction
from storage.events import Sought
from storage.model import Chat, ChatState, Entity, Event

MOST = 50  # results to one text, over all pages
PAGE = 20
OF_EACH = 3  # events, where several go by a name
MONTH = timedelta(days=30)


@dataclass(frozen=True)
class InlineEvent:
    """An event to post; ``whose`` it is where somebody was asked for by name."""

    event: Event
    whose: Entity | None = None


@dataclass(frozen=True)
class Shelf:
    """Events to choose from: a page of them, and where the ``next`` page begins (None: there
    is none). ``language``: what the asker has chosen in the private chat, if anything.
    ``is_sample``: they are of the sample week."""

    items: tuple[InlineEvent, ...]
    next: int | None
    language: str | None
    is_sample: bool = False


class Inline:
    """Looks events up. Names are taken as they are typed: apps ask anew with each letter, so
    neither outside nor for names that are only alike is there time to look. Words are sought in
    the ``most_searched`` newest events."""

    most_searched = MOST_SEARCHED

    def __init__(
        self, database: Database, finder: Finder, *, is_sample: Callable[[], bool] = lambda: False
    ) -> None:
        self._database = database
        self._finder = finder
        self._is_sample = is_sample

    async def look(self, telegram_id: int, text: str, start: int, at: datetime) -> Shelf:
        """What a person's text finds, from result ``start`` on: whom it names, else what has
        these words; without a text the newest of what they follow, or of the day."""
        async with self._database.reading() as tx:
            chat = await _chat(tx, telegram_id)
            if text:
                items = await self._named(tx, chat, text)
            else:
                items = await _own(tx, chat, at) or await _of_the_day(tx, chat, at)
            return self._page(items, start, chat)

    async def _named(self, tx: Transaction, chat: Chat | None, text: str) -> list[InlineEvent]:
        """The events of whom a text names, else those with its words."""
        follows = await tx.chats.follows(chat.id) if chat else []
        match await self._finder.decide(tx, text, Hints(), follows):
            case Clear(entity):
                return await _of_one(tx, entity, MOST)
            case Several(_, entities):
                return await _of_each(tx, entities)
            case Unknown():
                return await _with_words(tx, text, self.most_searched)

    async def event(self, telegram_id: int, number: int) -> Shelf:
        """The event of a number."""
        async with self._database.reading() as tx:
            chat = await _chat(tx, telegram_id)
            event = await tx.events.get(number)
            return self._page([InlineEvent(event)] if event else [], 0, chat)

    def _page(self, items: Sequence[InlineEvent], start: int, chat: Chat | None) -> Shelf:
        found, end = items[:MOST], start + PAGE
        return Shelf(
            items=tuple(found[start:end]),
            next=end if end < len(found) else None,
            language=chat.language if chat is not None and chat.language_chosen else None,
            is_sample=self._is_sample(),
        )


async def _chat(tx: Transaction, telegram_id: int) -> Chat | None:
    """The private chat of a person, if they have one."""
    chats = await tx.chats.topics(telegram_id)
    return next((chat for chat in chats if chat.state is not ChatState.FORGOTTEN), None)


async def _own(tx: Transaction, chat: Chat | None, at: datetime) -> list[InlineEvent]:
    """The newest events of the last month that somebody's follows want, newest first."""
    if chat is None:
        return []
    last = await _last_known(tx, chat, at)
    named = await wanted_namings(tx, chat, last - MONTH, last)
    wanted = {(each.day, each.event_id): entity for entity, each in reversed(named)}
    newest = sorted(wanted, reverse=True)[:MOST]
    events = await tx.events.many([number for _, number in newest])
    return [InlineEvent(event, wanted[event.day, event.id]) for event in events]


async def _of_the_day(tx: Transaction, chat: Chat | None, at: datetime) -> list[InlineEvent]:
    """The events of the newest day of which anything is known, the most important first."""
    events = await tx.events.of_day(await _last_known(tx, chat, at))
    most = by_importance(events)[:MOST]
    return [InlineEvent(event) for event in await tx.events.many([event.id for event in most])]


async def _last_known(tx: Transaction, chat: Chat | None, at: datetime) -> date:
    return await last_known(tx, local_date(chat, at) if chat else at.date())


async def _of_one(tx: Transaction, entity: Entity, most: int) -> list[InlineEvent]:
    return [InlineEvent(event, entity) for event in await tx.events.latest_of(entity.id, most)]


async def _of_each(tx: Transaction, entities: Iterable[Entity]) -> list[InlineEvent]:
    """The newest events of each, no event twice."""
    found: dict[int, InlineEvent] = {}
    for entity in entities:
        for item in await _of_one(tx, entity, OF_EACH):
            found.setdefault(item.event.id, item)
    return list(found.values())


async def _with_words(tx: Transaction, text: str, most: int) -> list[InlineEvent]:
    """The events with the words of a text, of so many of the newest."""
    words = words_of(text)
    if not words:
        return []
    since = await tx.events.day_back(most)
    found = await tx.events.search(Sought(words), MOST, since)
    return [InlineEvent(event, _called(text, event)) for event in found]


def _called(text: str, event: Event) -> Entity | None:
    """Whom of those that an event names the text may mean: the only one with its words."""
    called = carrying(text, event.entities, ())
    return called[0] if len(called) == 1 else None
