"""Use cases about filters: which of an entity's events a follow wants."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zlib import crc32

from bot.core.categories import heading
from bot.core.filters import (
    Contradiction,
    ParsedWords,
    TooLongWord,
    TooManyWords,
    asks_for_none,
    parse_categories,
    parse_words,
)
from bot.core.literal import level
from bot.services.conversation import Conversation, Request, View
from bot.services.finding import Several
from bot.services.following import Ended, FollowCard, NotFollowed, entry_of, followed_as
from bot.services.planning import last_known, local_date
from bot.services.wanting import wants
from storage.database import Transaction
from storage.model import Chat, Entity, Filter

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
MONTH = timedelta(days=30)
# A name may have a colon itself ("Star Wars: The Last Jedi"), but hardly more.
MOST_COLONS = 8
_COLON = re.compile("[:：]")
_ENDS = re.compile(r"[:：][^\w\"'“”„«»]*\Z")


@dataclass(frozen=True)
class NoWords:
    """The text has neither letter nor digit."""


BadWords = TooManyWords | TooLongWord | Contradiction | NoWords


@dataclass(frozen=True)
class Filtered:
    """A follow with its filter: the ``categories`` that there are to choose from, and how
    many of the entity's events of the last month are ``passing``, of ``total``."""

    entry: FollowCard
    categories: tuple[str, ...]
    passing: int
    total: int


@dataclass(frozen=True)
class MisreadFilter:
    """Words that make no filter for ``entity``; that of the follow stays as it is."""

    entity: Entity
    why: BadWords


@dataclass(frozen=True)
class Removed:
    """The reader asked for no filter: ``now`` there is none, and there ``was`` one or not."""

    now: Filtered
    was: bool


@dataclass(frozen=True)
class _Lately:
    """The last day of which anything is known, and the categories of the week up to it."""

    last: date
    categories: tuple[str, ...]


ShownFilter = Filtered | Ended
WordedFilter = ShownFilter | MisreadFilter | Removed
NamedFilter = WordedFilter | Several | NotFollowed

# The portal's category that goes by a name which a reader typed, if there is one.
Called = Callable[[str], str | None]


def no_names(typed: str) -> None:
    """Where no names of categories are known but those of the events."""


def category_key(name: str) -> str:
    """A category, by the name that it has today, in eight letters, for a button's data."""
    return f"{crc32((heading(name) or name).casefold().encode()):08x}"


class Filtering:
    """The use cases. Each answers one request in one transaction."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    async def show(self, request: Request, entity_id: int, view: View[ShownFilter]) -> None:
        """A follow's filter."""
        await self._change(request, entity_id, lambda wanted, known: wanted, view)

    async def clear(self, request: Request, entity_id: int, view: View[ShownFilter]) -> None:
        """Take a follow's filter away."""
        await self._change(request, entity_id, lambda wanted, known: Filter(), view)

    async def toggle(
        self, request: Request, entity_id: int, key: str, view: View[ShownFilter]
    ) -> None:
        """Want a category (by its ``category_key``), or no longer. One that is not known any
        more changes nothing."""

        def toggled(wanted: Filter, known: tuple[str, ...]) -> Filter:
            left = {name for name in wanted.categories if category_key(name) != key}
            if len(left) == len(wanted.categories):
                left |= {name for name in known if category_key(name) == key}
            return replace(wanted, categories=tuple(sorted(left)))

        await self._change(request, entity_id, toggled, view)

    async def set_words(
        self,
        request: Request,
        entity_id: int,
        text: str,
        view: View[WordedFilter],
        called: Called = no_names,
    ) -> None:
        """Want the words typed instead of those wanted so far; the categories stay. Where it is
        categories that are typed, by names that they are ``called``, want these instead; where it
        is that there shall be no filter, take it away."""

        async def work(tx: Transaction, chat: Chat) -> WordedFilter:
            return await _reworded(tx, chat, request.at, entity_id, text, called)

        await self._conversation.answer(request, work, view)

    async def by_name(
        self,
        request: Request,
        text: str,
        view: View[NamedFilter],
        called: Called = no_names,
    ) -> None:
        """The filter of the follow that a text names; what stands behind a colon is wanted from
        now on, as ``set_words`` has it."""

        async def work(tx: Transaction, chat: Chat) -> NamedFilter:
            meant, typed = await _meant(tx, chat, text)
            if not isinstance(meant, Entity):
                return meant
            if typed is not None:
                return await _reworded(tx, chat, request.at, meant.id, typed, called)
            found = await entry_of(tx, chat, meant.id)
            return await _shown(tx, found, await _lately(tx, chat, request.at))

        await self._conversation.answer(request, work, view)

    async def _change(
        self,
        request: Request,
        entity_id: int,
        change: Callable[[Filter, tuple[str, ...]], Filter],
        view: View[ShownFilter],
    ) -> None:
        """Make of a follow's filter, and of the categories known, another one."""

        async def work(tx: Transaction, chat: Chat) -> ShownFilter:
            found = await entry_of(tx, chat, entity_id)
            lately = await _lately(tx, chat, request.at)
            if isinstance(found, FollowCard):
                known = _categories(found, lately)
                found = await _kept(tx, chat, found, change(found.follow.filter, known))
            return await _shown(tx, found, lately)

        await self._conversation.answer(request, work, view)


async def _meant(
    tx: Transaction, chat: Chat, text: str
) -> tuple[Entity | Several | NotFollowed, str | None]:
    """Whom of those followed a text names, and what is behind the name's colon, if it has one."""
    for name, typed in _readings(text):
        meant = await followed_as(tx, chat, name)
        if not isinstance(meant, NotFollowed):
            return meant, typed
    return await followed_as(tx, chat, _COLON.split(text, maxsplit=1)[0].strip()), None


def _readings(text: str) -> Iterator[tuple[str, str | None]]:
    """A text as a name alone, then as a name and words behind a colon: the last one first. One
    that has nothing behind it is no part of a name."""
    if not _ENDS.search(text):
        yield text, None
    for colon in reversed([found.start() for found in _COLON.finditer(text)][:MOST_COLONS]):
        yield text[:colon].strip(), text[colon + 1 :].strip()


async def _reworded(
    tx: Transaction, chat: Chat, at: datetime, entity_id: int, text: str, called: Called
) -> WordedFilter:
    found = await entry_of(tx, chat, entity_id)
    if isinstance(found, Ended):
        return found
    lately = await _lately(tx, chat, at)
    wanted = _asked(found, text, lambda name: _category(name, _categories(found, lately), called))
    if not isinstance(wanted, Filter):
        return MisreadFilter(found.follow.entity, wanted)
    shown = await _filtered(tx, await _kept(tx, chat, found, wanted), lately)
    return shown if wanted else Removed(shown, was=bool(found.follow.filter))


def _asked(entry: FollowCard, text: str, called: Called) -> Filter | BadWords:
    """The filter that a follow has by what its reader typed."""
    if asks_for_none(text):
        return Filter()
    if categories := parse_categories(text, called):
        return replace(entry.follow.filter, categories=tuple(sorted(categories)))
    words = parse_words(text)
    if not isinstance(words, ParsedWords):
        return words
    if words == ParsedWords():
        return NoWords()
    return replace(entry.follow.filter, must=words.must, must_not=words.must_not)


def _category(name: str, known: tuple[str, ...], called: Called) -> str | None:
    """The category of that name, as it is spelled among those known if it is one of these."""
    by_name = {level(each): each for each in known}
    category = called(name)
    by_key = {category_key(each): each for each in known}
    if category is not None:
        return by_key.get(category_key(category), category)
    return by_name.get(level(name))


async def _kept(tx: Transaction, chat: Chat, entry: FollowCard, wanted: Filter) -> FollowCard:
    """The follow with this filter from now on."""
    if wanted != entry.follow.filter:
        await tx.chats.set_filter(chat.id, entry.follow.entity.id, wanted)
    return replace(entry, follow=replace(entry.follow, filter=wanted))


async def _shown(tx: Transaction, found: FollowCard | Ended, lately: _Lately) -> ShownFilter:
    return found if isinstance(found, Ended) else await _filtered(tx, found, lately)


async def _filtered(tx: Transaction, found: FollowCard, lately: _Lately) -> Filtered:
    follow = found.follow
    named = await tx.events.naming([follow.entity.id], lately.last - MONTH + DAY, lately.last)
    passing = [each for each in named if wants(follow.filter, each.category, each.words)]
    return Filtered(found, _categories(found, lately), len(passing), len(named))


async def _lately(tx: Transaction, chat: Chat, at: datetime) -> _Lately:
    last = await last_known(tx, local_date(chat, at))
    return _Lately(last, tuple(await tx.events.categories(last - WEEK + DAY, last)))


def _categories(entry: FollowCard, lately: _Lately) -> tuple[str, ...]:
    """Those of the last week's events, and those that the filter has already, which go before
    other spellings of the same."""
    known = (*entry.follow.filter.categories, *lately.categories)
    return tuple(sorted({category_key(name): name for name in reversed(known)}.values()))
