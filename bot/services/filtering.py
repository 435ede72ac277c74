"""Use cases about filters: which of an entity's events a follow wants."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zlib import crc32

from bot.core.categories import heading
from bot.core.filters import Contradiction, ParsedWords, TooLongWord, TooManyWords, parse_words
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
class _Lately:
    """The last day of which anything is known, and the categories of the week up to it."""

    last: date
    categories: tuple[str, ...]


ShownFilter = Filtered | Ended
WordedFilter = ShownFilter | MisreadFilter
NamedFilter = WordedFilter | Several | NotFollowed


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
        self, request: Request, entity_id: int, text: str, view: View[WordedFilter]
    ) -> None:
        """Want the words typed instead of those wanted so far; the categories stay."""

        async def work(tx: Transaction, chat: Chat) -> WordedFilter:
            return await _reworded(tx, chat, request.at, entity_id, text)

        await self._conversation.answer(request, work, view)

    async def by_name(self, request: Request, text: str, view: View[NamedFilter]) -> None:
        """The filter of the follow that a text names; where words stand behind a colon, they
        are wanted from now on."""

        async def work(tx: Transaction, chat: Chat) -> NamedFilter:
            meant, typed = await _meant(tx, chat, text)
            if not isinstance(meant, Entity):
                return meant
            if typed:
                return await _reworded(tx, chat, request.at, meant.id, typed)
            found = await entry_of(tx, chat, meant.id)
            return await _filtered(tx, found, await _lately(tx, chat, request.at))

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
            return await _filtered(tx, found, lately)

        await self._conversation.answer(request, work, view)


async def _meant(
    tx: Transaction, chat: Chat, text: str
) -> tuple[Entity | Several | NotFollowed, str]:
    """Whom of those followed a text names, and the words behind the name."""
    for name, typed in _readings(text):
        meant = await followed_as(tx, chat, name)
        if not isinstance(meant, NotFollowed):
            return meant, typed
    return await followed_as(tx, chat, _COLON.split(text, maxsplit=1)[0].strip()), ""


def _readings(text: str) -> Iterator[tuple[str, str]]:
    """A text as a name alone, then as a name and words behind a colon: the last one first."""
    yield text, ""
    for colon in reversed([found.start() for found in _COLON.finditer(text)][:MOST_COLONS]):
        yield text[:colon].strip(), text[colon + 1 :].strip()


async def _reworded(
    tx: Transaction, chat: Chat, at: datetime, entity_id: int, text: str
) -> WordedFilter:
    found = await entry_of(tx, chat, entity_id)
    if isinstance(found, Ended):
        return found
    words = parse_words(text)
    if not isinstance(words, ParsedWords):
        return MisreadFilter(found.follow.entity, words)
    if words == ParsedWords():
        return MisreadFilter(found.follow.entity, NoWords())
    wanted = replace(found.follow.filter, must=words.must, must_not=words.must_not)
    kept = await _kept(tx, chat, found, wanted)
    return await _filtered(tx, kept, await _lately(tx, chat, at))


async def _kept(tx: Transaction, chat: Chat, entry: FollowCard, wanted: Filter) -> FollowCard:
    """The follow with this filter from now on."""
    if wanted != entry.follow.filter:
        await tx.chats.set_filter(chat.id, entry.follow.entity.id, wanted)
    return replace(entry, follow=replace(entry.follow, filter=wanted))


async def _filtered(tx: Transaction, found: FollowCard | Ended, lately: _Lately) -> ShownFilter:
    if isinstance(found, Ended):
        return found
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
