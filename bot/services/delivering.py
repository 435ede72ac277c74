"""From an announcement to a message in a chat: expansion, sending, settling.

A message is rendered when it is sent, from what is shown then. Its row ends only when
Telegram has answered, so a crash loses nothing; a crash between Telegram's "ok" and our
commit may repeat that one message, since Telegram knows no idempotency key.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.core.schedule import ALERT_LIFETIME, TOO_OLD, retry_delay
from bot.services.outcomes import (
    Busy,
    Deliver,
    Delivered,
    Failed,
    Moved,
    Outcome,
    Refused,
    Unchanged,
    Unreachable,
)
from storage.database import Database, Transaction
from storage.model import (
    Alert,
    Call,
    ChatState,
    Event,
    MessageKind,
    MessageState,
    OutgoingMessage,
)

log = logging.getLogger(__name__)

NOT_NOW = timedelta(minutes=10)  # a message whose reason is hidden at present looks again


class Views(Protocol):
    """How messages look: made from what is shown, without knowing where they go."""

    def alert(self, alert: Alert) -> Call:
        """The one message about an event."""
        ...

    def catch_up(self, events: Sequence[Event]) -> Call:
        """The one message about all that was missed."""
        ...


@dataclass(frozen=True)
class Rendered:
    """What to send, and the event's revision that it shows."""

    call: Call
    revision: int = 0
    withdrawn: bool = False


@dataclass(frozen=True)
class Unsendable:
    """Why a message is not sent: for good (``ends_as``), or only now."""

    reason: str
    ends_as: MessageState | None = None


async def expand_due(tx: Transaction, now: datetime) -> None:
    """Turn every due announcement into waiting alerts, and mark outdated ones stale."""
    await _skip_idle(tx, now)
    while await tx.outbox.expand(now, TOO_OLD):
        pass
    while await tx.outbox.spread(now):
        pass


async def _skip_idle(tx: Transaction, now: datetime) -> None:
    await tx.outbox.skip_unfollowed(now)
    await tx.outbox.skip_untold()


async def load_alert(tx: Transaction, message: OutgoingMessage) -> Alert | Unsendable:
    """What an alert is rendered from, or why it can't be sent now."""
    event = await tx.events.get(message.event_id or 0)
    if event is None:
        return Unsendable("the event is not shown")
    followed = await tx.chats.followed(message.chat.id, [e.id for e in event.entities])
    hits = tuple(mention for mention in event.mentions if mention.entity.id in followed)
    if message.message_id is None and not hits:
        announced = await tx.events.announced(event.id)
        if not await tx.chats.followed(message.chat.id, announced):
            return Unsendable("nobody named is followed any more", MessageState.CANCELLED)
        return Unsendable("whom it was about is not named at present")
    if message.message_id is None and event.withdrawn:
        return Unsendable("the event is withdrawn at present")
    return Alert(event, hits)


class Delivering:
    """Sends what is due. ``clock`` gives the time in UTC."""

    def __init__(
        self,
        database: Database,
        deliver: Deliver,
        views: Views,
        *,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._deliver = deliver
        self._views = views
        self._clock = clock

    async def expand(self) -> None:
        """Turn due announcements into alerts, one batch a transaction."""
        async with self._database.transaction() as tx:
            await _skip_idle(tx, self._clock())
        await self._until_done(lambda tx: tx.outbox.expand(self._clock(), TOO_OLD))
        await self._until_done(lambda tx: tx.outbox.spread(self._clock()))

    async def _until_done(self, work: Callable[[Transaction], Awaitable[int]]) -> None:
        worked = 1
        while worked:
            async with self._database.transaction() as tx:
                worked = await work(tx)

    async def send(self, message: OutgoingMessage) -> Outcome | None:
        """Render, deliver and settle one claimed message; None when it was not sendable."""
        try:
            rendered = await self._render(message)
        except Exception as error:  # one message's bug must not hold up all others
            log.exception("message %d could not be made", message.id)
            rendered = Unsendable(repr(error))
        if isinstance(rendered, Unsendable):
            await self._put_off(message, rendered)
            return None
        outcome = await self._deliver(message.chat, rendered.call)
        async with self._database.transaction() as tx:
            await self._settle(tx, message, rendered, outcome)
        return outcome

    async def _render(self, message: OutgoingMessage) -> Rendered | Unsendable:
        if message.call is not None:
            return Rendered(message.call)
        async with self._database.reading() as tx:
            if message.kind is MessageKind.DIGEST:
                return await self._render_catch_up(tx, message)
            alert = await load_alert(tx, message)
        if isinstance(alert, Unsendable):
            return alert
        call = self._views.alert(alert)
        if message.message_id is not None:
            call = as_edit(call, message.message_id)
        return Rendered(call, alert.event.revision, alert.event.withdrawn)

    async def _render_catch_up(
        self, tx: Transaction, message: OutgoingMessage
    ) -> Rendered | Unsendable:
        ids = await tx.outbox.bundled(message.id)
        events = [event for event in await tx.events.many(ids) if not event.withdrawn]
        if not events:
            too_late = self._clock() - message.created_at >= ALERT_LIFETIME
            end = MessageState.EXPIRED if too_late else None
            return Unsendable("all that it tells of is withdrawn at present", end)
        return Rendered(self._views.catch_up(events))

    async def _put_off(self, message: OutgoingMessage, why: Unsendable) -> None:
        async with self._database.transaction() as tx:
            if why.ends_as is not None:
                await tx.outbox.ended(message.id, why.ends_as, why.reason)
            else:
                await tx.outbox.postpone(message.id, self._clock() + NOT_NOW, why.reason)

    async def _settle(
        self, tx: Transaction, message: OutgoingMessage, rendered: Rendered, outcome: Outcome
    ) -> None:
        now = self._clock()
        match outcome:
            case Delivered(message_id) if message.message_id is None:
                await tx.outbox.sent(message, message_id, rendered.revision, now)
            case Delivered() | Unchanged():
                await self._settle_edit(tx, message, rendered, outcome)
            case Busy(seconds):
                await tx.outbox.postpone(
                    message.id, now + timedelta(seconds=seconds), "asked to wait"
                )
            case Failed(reason):
                delay = retry_delay(message.attempts)
                await tx.outbox.postpone(message.id, now + delay, reason)
            case Moved(telegram_id):
                await tx.chats.move(message.chat.telegram_id, telegram_id)
                await tx.outbox.postpone(message.id, now, "the chat moved")
            case Unreachable(reason):
                await tx.chats.set_state(message.chat.telegram_id, ChatState.UNREACHABLE, now)
                await self._refuse(tx, message, reason)
            case Refused(reason):
                await self._refuse(tx, message, reason)

    async def _settle_edit(
        self, tx: Transaction, message: OutgoingMessage, rendered: Rendered, outcome: Outcome
    ) -> None:
        if message.kind is not MessageKind.ALERT:
            await tx.outbox.ended(message.id, MessageState.SENT, None)
            return
        counts = isinstance(outcome, Delivered) and not rendered.withdrawn
        await tx.outbox.edited(message, rendered.revision, counts=counts)

    async def _refuse(self, tx: Transaction, message: OutgoingMessage, reason: str) -> None:
        log.warning("message %d to chat %d refused: %s", message.id, message.chat.id, reason)
        if message.message_id is not None:
            await tx.outbox.unedit(message.id, reason)
        else:
            await tx.outbox.ended(message.id, MessageState.REFUSED, reason)


def as_edit(call: Call, message_id: int) -> Call:
    """The call that makes a sent message look like what ``call`` would send."""
    return Call("editMessageText", {**call.params, "message_id": message_id})
