"""What digests are rendered from, when they are sent or turned to another page.

A digest that was made for a day keeps its events by sections, in parts; one that alerts were
bundled into is one message, however many they are, whose pages are turned with buttons.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.core.digest import grouped
from bot.core.schedule import ALERT_LIFETIME
from bot.services.alerts import Unsendable
from bot.services.wanting import wanted_of
from storage.database import Transaction
from storage.model import (
    DigestKind,
    Event,
    FollowMode,
    Heading,
    MessageState,
    OutgoingMessage,
    Section,
)


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


async def make_digest(
    tx: Transaction, message: OutgoingMessage, now: datetime
) -> Summary | Bundle | Unsendable:
    """A digest that is about to be sent, as its events are now. What it does not tell it lets
    go, in the same transaction."""
    if message.heading is not None and message.heading.kind is DigestKind.DAILY:
        return await _make_summary(tx, message, message.heading, now)
    return await _make_bundle(tx, message, now)


async def _make_summary(
    tx: Transaction, message: OutgoingMessage, heading: Heading, now: datetime
) -> Summary | Unsendable:
    """What is withdrawn, of what concerns the chat, is for a later digest, should it return."""
    items = await tx.outbox.items(message.id)
    under = {item.event_id: item.section for item in items}
    told = tuple(number for number, section in under.items() if section is Section.TOLD)
    listed = [number for number, section in under.items() if section is not Section.TOLD]
    events = await tx.events.many(listed)
    standing = {event.id: event for event in events if not event.withdrawn}
    mine = [number for number, section in under.items() if section is Section.MINE]
    gone = [number for number in mine if number not in standing]
    if gone:
        await tx.locks.alerts()
        await tx.outbox.unlist(message.id, message.chat.id, gone, now)
    if not standing:
        return Unsendable("all that it tells of is withdrawn", MessageState.EXPIRED)
    return Summary(
        heading=heading,
        mine=tuple(standing[number] for number in mine if number in standing),
        told=told,
        others=tuple(each for each in standing.values() if under[each.id] is Section.OTHERS),
    )


async def _make_bundle(
    tx: Transaction, message: OutgoingMessage, now: datetime
) -> Bundle | Unsendable:
    """Alerts that the chat does not want any more are cancelled; those of withdrawn events wait
    again, each by itself, unless there is nothing else to tell yet."""
    await tx.locks.alerts()  # else what is announced just now would find them here
    alerts = await tx.outbox.alerts_in(message.id)
    events = await tx.events.many(list(alerts.values()))
    kind = _kind(message)
    digested = [] if kind is DigestKind.QUIET else [FollowMode.DIGEST]
    wanted = await wanted_of(tx, message.chat.id, events, FollowMode.AT_ONCE, *digested)
    unwanted = [row for row, number in alerts.items() if number not in wanted]
    await tx.outbox.drop(message.id, unwanted, "the chat does not want it any more")
    if not wanted:
        return Unsendable("the chat wants nothing in it any more", MessageState.CANCELLED)
    found = grouped(event for event in events if event.id in wanted)
    if not found:
        too_late = now - message.created_at >= ALERT_LIFETIME
        end = MessageState.EXPIRED if too_late else None
        return Unsendable("all that it tells of is withdrawn at present", end)
    told = {event.id for event in found}
    gone = [row for row, number in alerts.items() if number in wanted - told]
    await tx.outbox.let_go(message.id, gone)
    return Bundle(message.id, kind, tuple(found))


async def load_bundle(tx: Transaction, message: OutgoingMessage) -> Bundle | None:
    """The alerts that a message told of as their events are now; None where all of them are
    withdrawn."""
    events = grouped(await tx.events.many(await tx.outbox.bundled(message.id)))
    return Bundle(message.id, _kind(message), tuple(events)) if events else None


def _kind(message: OutgoingMessage) -> DigestKind:
    return message.heading.kind if message.heading else DigestKind.CATCH_UP
