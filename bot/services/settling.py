"""What came of a message, kept; of one that another process has had since, only what is so
whoever has it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.core.backoff import retry_delay
from bot.core.schedule import ALERT_LIFETIME
from bot.services.outcomes import (
    Busy,
    Delivered,
    Failed,
    Moved,
    Outcome,
    Refused,
    Unchanged,
    Unreachable,
)
from bot.services.silencing import silence
from storage.database import Transaction
from storage.model import ChatState, MessageKind, MessageState, OutgoingMessage

log = logging.getLogger(__name__)

# How long a file waits while Telegram can't be reached: as long as it has waited, within these.
SOONEST, LATEST = timedelta(seconds=1), timedelta(minutes=5)


class Settling:
    """Settles messages. ``clock`` gives the time in UTC."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock

    async def settle(
        self,
        tx: Transaction,
        message: OutgoingMessage,
        outcome: Outcome,
        revision: int,
        *,
        withdrawn: bool,
    ) -> None:
        """Keep what came of a message that showed this ``revision`` of its event, and whether
        it told that the event is ``withdrawn``."""
        match outcome:
            case Delivered(message_id) if message.message_id is None:
                await tx.outbox.sent(message, message_id, revision, self._clock())
            case Delivered() | Unchanged():
                counts = isinstance(outcome, Delivered) and not withdrawn
                await self._settle_edit(tx, message, revision, counts=counts)
            case _ if await tx.outbox.lease_left(message) is not None:
                await self._settle_unsent(tx, message, outcome)
        if message.chat.state is ChatState.FORGOTTEN:
            await tx.chats.drop_forgotten()

    async def _settle_edit(
        self, tx: Transaction, message: OutgoingMessage, revision: int, *, counts: bool
    ) -> None:
        if message.kind is MessageKind.ALERT:
            await tx.outbox.edited(message, revision, counts=counts)
        else:
            await tx.outbox.ended(message.id, MessageState.SENT, None)

    async def _settle_unsent(
        self, tx: Transaction, message: OutgoingMessage, outcome: Outcome
    ) -> None:
        now = self._clock()
        match outcome:
            case Busy(seconds):
                until = now + timedelta(seconds=seconds)
                await tx.outbox.put_back(message.id, until, "asked to wait")
            case Failed():
                await self._fail(tx, message, outcome, now)
            case Moved(telegram_id):
                await tx.chats.move(message.chat.telegram_id, telegram_id)
                await tx.outbox.put_back(message.id, now, "the chat moved")
            case Unreachable(reason, topic):
                thread_id = message.chat.thread_id if topic else None
                await silence(tx, message.chat.telegram_id, now, thread_id)
                await self._keep(tx, message, reason, now)
            case Refused(reason):
                await self._refuse(tx, message, reason)

    async def _fail(
        self, tx: Transaction, message: OutgoingMessage, failed: Failed, now: datetime
    ) -> None:
        """Try again later. An answer that has failed for a day must not hold up for ever what
        waits behind it; of a file only those tries count that it was too large for."""
        age = now - message.created_at
        has_file = message.call is not None and message.call.attachment is not None
        if message.kind is MessageKind.REPLY and age >= ALERT_LIFETIME:
            await self._refuse(tx, message, failed.reason)
        elif has_file and not failed.is_late:
            delay = min(max(age, SOONEST), LATEST)
            await tx.outbox.put_back(message.id, now + delay, failed.reason)
        else:
            delay = retry_delay(message.attempts)
            await tx.outbox.postpone(message.id, now + delay, failed.reason)

    async def _keep(
        self, tx: Transaction, message: OutgoingMessage, reason: str, now: datetime
    ) -> None:
        """Let an alert, its edit or a digest wait until the chat is back: what it missed then has
        it."""
        if message.kind is MessageKind.REPLY:
            await self._refuse(tx, message, reason)
        else:
            await tx.outbox.put_back(message.id, now, reason)

    async def _refuse(self, tx: Transaction, message: OutgoingMessage, reason: str) -> None:
        log.warning("message %d to chat %d refused: %s", message.id, message.chat.id, reason)
        if message.message_id is not None:
            await tx.outbox.unedit(message.id, reason)
        else:
            await tx.outbox.ended(message.id, MessageState.REFUSED, reason)
