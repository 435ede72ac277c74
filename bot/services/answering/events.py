"""One event, related ones, those with certain words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bot.core.filters import Contradiction, ParsedWords, TooLongWord, TooManyWords, parse_words
from bot.core.names import fold, words_of
from bot.core.shown import others_told
from bot.services.answering.part import AnsweringPart
from bot.services.conversation import Request, View
from bot.services.finding import Clear, Hints, Several
from bot.services.following import Gone
from storage.database import Transaction
from storage.events import Sought
from storage.model import Account, Chat, Entity, Event, RelatedEvent

RELATED = 5
SEARCHED = 10
MOST_SEARCHED = 200_000  # of the newest events
# What a larger share than this of the newest events has says nothing of any: "the".
COMMON = 0.35
LATE, FEWEST = 1000, 100  # events looked at: at most, and at least


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
    """An event in full: which of its entities the chat ``follows``, how many earlier
    ``wordings`` its reports have had, and what others of them say (``told``), the newest first,
    each in other words."""

    event: Event
    follows: frozenset[int]
    wordings: int
    told: tuple[Account, ...] = ()


@dataclass(frozen=True)
class FoundEvents:
    """Events with all the words searched for, newest first, and whether there are more. Those
    before the day ``since``, if it is given, were not looked through."""

    words: str
    events: tuple[Event, ...]
    more: bool = False
    since: date | None = None


@dataclass(frozen=True)
class Common:
    """So many events have these words that the newest of them say nothing."""

    words: str


@dataclass(frozen=True)
class OnlyWithout:
    """Words that must not occur, and none that must."""


@dataclass(frozen=True)
class FoundNaming:
    """No event has the words searched for, but the ``entity`` is called so, and these name it;
    newest first. ``since`` as in ``FoundEvents``."""

    words: str
    entity: Entity
    events: tuple[Event, ...]
    since: date | None = None


Unsearchable = Common | OnlyWithout | TooManyWords | TooLongWord | Contradiction
SearchAnswer = FoundEvents | FoundNaming | Several | Unsearchable


@dataclass(frozen=True)
class Pointer:
    """How a reader points at an event: by ``number``, or by replying to the message
    ``message_id`` whose text names the events ``numbers``."""

    number: int | None = None
    message_id: int | None = None
    numbers: tuple[int, ...] = ()


class Events(AnsweringPart):
    """Answers about events. A search looks through ``most_searched`` of the newest, and the
    others of their days: all of a million take a second or more, where hardly any has the words."""

    most_searched = MOST_SEARCHED

    async def related(
        self,
        request: Request,
        pointer: Pointer,
        view: View[RelatedAnswer | NothingAlerted | Gone],
    ) -> None:
        """Events related to the one pointed at, else to that of the chat's latest alert."""

        async def work(tx: Transaction, chat: Chat) -> RelatedAnswer | NothingAlerted | Gone:
            number = await pointed_at(tx, chat, pointer)
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
            number = await pointed_at(tx, chat, pointer)
            if number is None:
                return NothingAlerted()
            event = await tx.events.get(number)
            return await _event_card(tx, chat, event) if event else Gone()

        await self._conversation.answer(request, work, view)

    async def search(self, request: Request, words: str, view: View[SearchAnswer]) -> None:
        """Events with words that begin with all of these, with the phrases in quotes, and
        without what has a minus; where there are none, those about whom the words name, in
        whatever language."""
        parsed = parse_words(words)

        async def work(tx: Transaction, chat: Chat) -> SearchAnswer:
            if not isinstance(parsed, ParsedWords):
                return parsed
            since = await tx.events.day_back(self.most_searched)
            found = await _found(tx, words, parsed, since)
            is_none = isinstance(found, FoundEvents) and not found.events and not parsed.must_not
            named = await self._named(tx, chat, words, parsed) if is_none else None
            return replace(named, since=since) if isinstance(named, FoundNaming) else named or found

        await self._conversation.answer(request, work, view)

    async def _named(
        self, tx: Transaction, chat: Chat, words: str, parsed: ParsedWords
    ) -> FoundNaming | Several | None:
        """Whom the words name, as far as that is known."""
        name = " ".join(parsed.must)
        follows = await tx.chats.follows(chat.id)
        match await self._finder.decide(tx, name, Hints(), follows):
            case Clear(entity):
                events = await tx.events.latest_of(entity.id, SEARCHED)
                return FoundNaming(words, entity, tuple(events)) if events else None
            case Several() as several:
                return several
            case _:
                return None


async def _found(
    tx: Transaction, words: str, parsed: ParsedWords, since: date | None
) -> SearchAnswer:
    single = [word for word in parsed.must if " " not in word]
    sought = Sought(
        beginnings=[each for word in single for each in words_of(word)],
        phrases=[phrase for each in parsed.must if " " in each and (phrase := fold(each))],
        without=[word for each in parsed.must_not if (word := fold(each))],
    )
    if not sought.beginnings and not sought.phrases:
        return OnlyWithout()
    found = await tx.events.search(sought, SEARCHED + 1, since)
    more = len(found) > SEARCHED
    if more and await _is_common(tx, sought):
        return Common(words)
    return FoundEvents(words, tuple(found[:SEARCHED]), more, since)


async def _is_common(tx: Transaction, sought: Sought) -> bool:
    found, total = await tx.events.count_having(sought, LATE)
    return total >= FEWEST and found > COMMON * total


async def pointed_at(tx: Transaction, chat: Chat, pointer: Pointer) -> int | None:
    """The number of the event that a reader points at; None where there is none."""
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
        told=() if event.withdrawn else others_told(reports, event.title),
    )
