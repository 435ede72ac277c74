"""What alerts are rendered from when they are sent, or edited because their event changed."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.shown import bringer
from bot.services.wanting import hits, wants_at_once
from storage.database import Transaction
from storage.model import (
    Account,
    Alert,
    Entity,
    Event,
    Mention,
    MessageState,
    OutgoingMessage,
)


@dataclass(frozen=True)
class Unsendable:
    """Why a message is not sent: for good (``ends_as``), or only now."""

    reason: str
    ends_as: MessageState | None = None


@dataclass(frozen=True)
class Merged:
    """What becomes of an alert whose event turned out to be another one: that ``event``, and
    the number (None: not known) of the chat's message that tells of it. ``revision`` is that
    of the event that is gone."""

    event: Event
    message_id: int | None
    revision: int


async def load_merged(tx: Transaction, message: OutgoingMessage) -> Merged | None:
    """What a sent alert says once its event is gone and another alert of the chat's tells of
    the one that is left; None where it tells of its own event."""
    if message.message_id is None or message.event_id is None:
        return None
    event = await tx.events.get(message.event_id)
    if event is None or event.id == message.event_id:
        return None
    living = await tx.outbox.alert_of(message.chat.id, event.id)
    if living is None or living.id == message.id:
        return None
    return Merged(event, living.message_id, await tx.events.revision(message.event_id))


async def load_alert(tx: Transaction, message: OutgoingMessage) -> Alert | Unsendable:
    """What an alert is rendered from, or why it can't be sent now."""
    event = await tx.events.get(message.event_id or 0)
    if event is None:
        return Unsendable("the event is not shown")
    if event.id != message.event_id:
        return Unsendable("the event has just become one with another")
    chat_id = message.chat.id
    follows = await tx.chats.follows_of(chat_id, [entity.id for entity in event.entities])
    named = hits(event, [follow for follow in follows if wants_at_once(follow, event)])
    if message.message_id is not None:  # what was sent stands, whatever is wanted since
        named = named or hits(event, follows)
        former = () if named else await _former(tx, message, event)
        return Alert(event, named, former, await _told(tx, event, named))
    if not named:
        announced = await tx.events.announced(event.id)
        mine = await tx.chats.follows_of(chat_id, announced)
        if not any(wants_at_once(follow, event) for follow in mine):
            return Unsendable("nobody named is to be told at once any more", MessageState.CANCELLED)
        return Unsendable("whom it was about is not named at present")
    if event.withdrawn:
        return Unsendable("the event is withdrawn at present")
    return Alert(event, named, told=await _told(tx, event, named))


async def _former(tx: Transaction, message: OutgoingMessage, event: Event) -> tuple[Entity, ...]:
    """Whom the chat followed when its alert was made, and the event was announced to name."""
    mine = await tx.chats.follows_of(message.chat.id, await tx.events.announced(event.id))
    return tuple(each.entity for each in mine if each.created_at <= message.created_at)


async def _told(tx: Transaction, event: Event, named: tuple[Mention, ...]) -> Account | None:
    """What the report says that brought the mentions, where the leading one has none of them."""
    number = None if event.withdrawn else bringer(named)
    if number is None:
        return None
    reports = (await tx.reports.of_events([event.id])).get(event.id, [])
    return next((each.standing.shown for each in reports if each.id == number), None)
