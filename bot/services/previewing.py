"""What would come of a feed's entries: whom they name and which events they would join.

Looks things up and keeps nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.services.joining import Joining
from bot.services.linking import Arrival
from bot.services.naming import LANGUAGE, names_in
from bot.sources.feeds import Entry, account_of
from storage.database import Database, Transaction
from storage.model import FEED, Account, Entity

_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_NOT_KEPT = 0  # the number of a report, page or source that nobody keeps


@dataclass(frozen=True)
class Joined:
    """A known event by its number; ``title`` is None while readers don't see it yet."""

    number: int
    title: str | None


@dataclass(frozen=True)
class Preview:
    """An entry, the portal's category that it falls under ("" for none), the known entities
    that its text names in full, in the text's order, and the event that it would join (None:
    it would be a new one)."""

    entry: Entry
    category: str
    entities: tuple[Entity, ...]
    joins: Joined | None


class Previewing:
    """Tells what would come of a feed. ``joining`` knows the reports of the last days; where it
    does not yet, it reads them first."""

    def __init__(self, database: Database, joining: Joining) -> None:
        self._database = database
        self._joining = joining

    async def knows_names(self) -> bool:
        """Whether anybody is known whom an entry could name."""
        async with self._database.reading() as tx:
            return await tx.entities.is_any_named()

    async def preview(
        self, entries: Sequence[Entry], publisher: str, at: datetime, *, language: str = "en"
    ) -> list[Preview]:
        """The same entries in the same order, as ``publisher``'s feed has them at ``at``; each
        by itself, not by what the others would bring."""
        said = [account_of(entry, publisher, at, language=language) for entry in entries]
        async with self._database.reading() as tx:
            names = await names_in(tx, said)
            accounts = [
                replace(account, names=named) for account, named in zip(said, names, strict=True)
            ]
            entities = await tx.entities.by_titles(
                LANGUAGE, {link.target for each in names for link in each}
            )
            joins = await self._joining.preview(tx, [_arrival(each) for each in accounts], at)
            events = await _events(tx, joins)
        return [
            Preview(
                entry,
                account.category,
                tuple(entities[link.target] for link in account.names),
                events.get(number) if number else None,
            )
            for entry, account, number in zip(entries, accounts, joins, strict=True)
        ]


def newest(entries: Sequence[Entry], most: int) -> list[Entry]:
    """The newest entries, those without a time last, in the feed's order among equals."""
    return sorted(entries, key=lambda entry: entry.at or _LONG_AGO, reverse=True)[:most]


def _arrival(account: Account) -> Arrival:
    return Arrival(_NOT_KEPT, account, _NOT_KEPT, _NOT_KEPT, FEED)


async def _events(tx: Transaction, numbers: Iterable[int | None]) -> dict[int, Joined]:
    found = {}
    for number in sorted({number for number in numbers if number}):
        event = await tx.events.get(number)
        found[number] = Joined(number, event.title if event else None)
    return found
