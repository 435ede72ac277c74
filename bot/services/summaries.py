"""What digests are rendered from, when they are sent or turned to another page.

A digest that was made for a day keeps its events by sections, in parts; one that alerts were
bundled into is one message, however many they are, whose pages are turned with buttons.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.digest import grouped
from storage.database import Transaction
from storage.model import DigestKind, Event, Heading, OutgoingMessage, Section


@dataclass(frozen=True)
class Summary:
    """A part of a chat's digest: what concerns it and was not told, the numbers of the events
    that it was ``told``, and the most reported others."""

    heading: Heading
    mine: tuple[Event, ...] = ()
    told: tuple[int, ...] = ()
    others: tuple[Event, ...] = ()


@dataclass(frozen=True)
class Bundle:
    """Alerts as one message: which (its row's ``number``), why, and of which events."""

    number: int
    kind: DigestKind
    events: tuple[Event, ...]


async def load_summary(tx: Transaction, message: OutgoingMessage) -> Summary | None:
    """A part of a digest as its events are now; None where all of them are withdrawn."""
    items = await tx.outbox.items(message.id)
    under = {item.event_id: item.section for item in items}
    told = tuple(number for number, section in under.items() if section is Section.TOLD)
    listed = [number for number, section in under.items() if section is not Section.TOLD]
    events = await tx.events.many(listed)
    standing = [event for event in events if not event.withdrawn]
    if not standing:
        return None
    return Summary(
        heading=message.heading or Heading(DigestKind.DAILY),
        mine=tuple(event for event in standing if under[event.id] is Section.MINE),
        told=told,
        others=tuple(event for event in standing if under[event.id] is Section.OTHERS),
    )


async def load_bundle(tx: Transaction, message: OutgoingMessage) -> Bundle | None:
    """The alerts that are bundled into a message as their events are now; None where all of
    them are withdrawn."""
    events = grouped(await tx.events.many(await tx.outbox.bundled(message.id)))
    kind = message.heading.kind if message.heading else DigestKind.CATCH_UP
    return Bundle(message.id, kind, tuple(events)) if events else None
