"""From an announcement to a message in a chat: expansion, sending, settling.

A message is rendered when it is sent, from what is shown then. Its row ends only when
Telegram has answered, so a crash loses nothing; a crash between Telegram's "ok" and our
commit may repeat that one message, since Telegram knows no idempotency key.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.core.schedule import ALERT_LIFETIME, TOO_OLD, retry_delay
from bot.services.alerts import Merged, load_merged
from bot.services.alerts import Unsendable as Unsendable
from bot.services.alerts import load_alert as load_alert
from bot.services.files import File, Files, with_file
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
from bot.services.silencing import silence
from bot.services.summaries import Bundle, Summary, load_bundle, load_summary
from bot.services.wanting import wants as wants
from storage.database import Database, Transaction
from storage.model import (
    Alert,
    Attachment,
    Call,
    Chat,
    ChatState,
    DigestKind,
    MessageKind,
    MessageState,
    OutgoingMessage,
)

log = logging.getLogger(__name__)

# What a row's lease leaves for making a file, next to the time that its sending may take.
FILE_SECONDS = 30.0
FILE_TRIES = 3
NOT_NOW = timedelta(minutes=10)  # a message whose reason is hidden at present looks again


class Views(Protocol):
    """How messages look: made from what is shown, in the language of the chat."""

    def alert(self, chat: Chat, alert: Alert) -> Call:
        """The one message about an event."""
        ...

    def merged(self, chat: Chat, found: Merged) -> Call:
        """What is left of it where another message tells the same."""
        ...

    def digest(self, chat: Chat, summary: Summary) -> Call:
        """A part of a digest."""
        ...

    def bundle(self, chat: Chat, found: Bundle) -> Call:
        """The one message that several alerts go as."""
        ...


@dataclass(frozen=True)
class Rendered:
    """What to send, and the event's revision that it shows."""

    call: Call
    revision: int = 0
    withdrawn: bool = False


async def expand_due(tx: Transaction, now: datetime) -> None:
    """Turn every due announcement into waiting alerts, and mark outdated ones stale."""
    while await tx.outbox.unite(now):
        pass
    await _skip_idle(tx, now)
    while await tx.outbox.expand(now, TOO_OLD, wants):
        pass
    while await tx.outbox.reconsider(now, TOO_OLD, wants):
        pass
    while await tx.outbox.spread(now):
        pass


async def _skip_idle(tx: Transaction, now: datetime) -> None:
    await tx.outbox.skip_unfollowed(now)
    await tx.outbox.skip_untold()


async def no_files(chat: Chat, attachment: Attachment) -> File:
    """For who sends no files."""
    raise LookupError(f"nobody here makes a file of kind {attachment.kind!r}")


class Delivering:
    """Sends what is due. ``clock`` gives the time in UTC; ``files`` makes what goes with
    messages."""

    def __init__(
        self,
        database: Database,
        deliver: Deliver,
        views: Views,
        *,
        clock: Callable[[], datetime],
        files: Files = no_files,
    ) -> None:
        self._database = database
        self._deliver = deliver
        self._views = views
        self._files = files
        self._clock = clock

    async def expand(self) -> None:
        """Let the alerts of merged events follow, and turn due announcements into alerts, one
        batch a transaction."""
        await self._until_done(lambda tx: tx.outbox.unite(self._clock()))
        async with self._database.transaction() as tx:
            await _skip_idle(tx, self._clock())
        await self._until_done(lambda tx: tx.outbox.expand(self._clock(), TOO_OLD, wants))
        await self._until_done(lambda tx: tx.outbox.reconsider(self._clock(), TOO_OLD, wants))
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
            if message.chat.state is ChatState.FORGOTTEN:
                await tx.chats.drop_forgotten()
        return outcome

    async def _render(self, message: OutgoingMessage) -> Rendered | Unsendable:
        if message.call is not None:
            return await self._filled(message, message.call)
        async with self._database.reading() as tx:
            if message.kind is MessageKind.DIGEST:
                return await self._render_digest(tx, message)
            found = await load_merged(tx, message) or await load_alert(tx, message)
        match found:
            case Unsendable():
                return found
            case Merged():
                shown = Rendered(self._views.merged(message.chat, found), found.revision)
            case _:
                call, event = self._views.alert(message.chat, found), found.event
                shown = Rendered(call, event.revision, event.withdrawn)
        if message.message_id is not None:
            shown = replace(shown, call=as_edit(shown.call, message.message_id))
        return shown

    async def _filled(self, message: OutgoingMessage, call: Call) -> Rendered | Unsendable:
        """A call with its file, if it has one. What can't be made must not hold up for ever
        what waits behind it."""
        if call.attachment is None:
            return Rendered(call)
        try:
            async with asyncio.timeout(FILE_SECONDS):
                return Rendered(with_file(call, await self._files(message.chat, call.attachment)))
        except Exception as error:
            log.exception("the file of message %d could not be made", message.id)
            is_last = message.attempts + 1 >= FILE_TRIES
            return Unsendable(repr(error), MessageState.REFUSED if is_last else None)

    async def _render_digest(
        self, tx: Transaction, message: OutgoingMessage
    ) -> Rendered | Unsendable:
        if message.heading is not None and message.heading.kind is DigestKind.DAILY:
            summary = await load_summary(tx, message)
            if summary is None:
                return Unsendable("all that it tells of is withdrawn", MessageState.EXPIRED)
            return Rendered(self._views.digest(message.chat, summary))
        found = await load_bundle(tx, message)
        if found is None:
            too_late = self._clock() - message.created_at >= ALERT_LIFETIME
            end = MessageState.EXPIRED if too_late else None
            return Unsendable("all that it tells of is withdrawn at present", end)
        return Rendered(self._views.bundle(message.chat, found))

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
            case Unreachable(reason, topic):
                thread_id = message.chat.thread_id if topic else None
                await silence(tx, message.chat.telegram_id, now, thread_id)
                await self._keep(tx, message, reason)
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

    async def _keep(self, tx: Transaction, message: OutgoingMessage, reason: str) -> None:
        """Let an alert or digest wait until the chat is back: what it missed then has it."""
        if message.kind is MessageKind.REPLY or message.message_id is not None:
            await self._refuse(tx, message, reason)
        else:
            await tx.outbox.postpone(message.id, self._clock(), reason)

    async def _refuse(self, tx: Transaction, message: OutgoingMessage, reason: str) -> None:
        log.warning("message %d to chat %d refused: %s", message.id, message.chat.id, reason)
        if message.message_id is not None:
            await tx.outbox.unedit(message.id, reason)
        else:
            await tx.outbox.ended(message.id, MessageState.REFUSED, reason)


def as_edit(call: Call, message_id: int) -> Call:
    """The call that makes a sent message look like what ``call`` would send."""
    return Call("editMessageText", {**call.params, "message_id": message_id})
