"""From what waits to a message in a chat: rendering, sending, settling.

A message is rendered when it is sent, from what is shown then. Its row ends only when
Telegram has answered, so a crash loses nothing; a crash between Telegram's "ok" and our
commit may repeat that one message, since Telegram knows no idempotency key.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Protocol

from bot.core.backoff import retry_delay
from bot.services.alerts import Merged, Unsendable, load_alert, load_merged
from bot.services.files import Files, with_file
from bot.services.outcomes import SEND_SECONDS, Deliver, Outcome, Refused
from bot.services.settling import Settling
from bot.services.summaries import Bundle, Summary, make_digest
from storage.database import Database
from storage.model import (
    Alert,
    Call,
    Chat,
    MessageKind,
    MessageState,
    OutgoingMessage,
)

log = logging.getLogger(__name__)

# What a row's lease leaves for making a file, next to the time that its sending may take.
FILE_SECONDS = 30.0
FILE_TRIES = 3  # to make it and to send it; then the message goes without it
SETTLE_SECONDS = 30.0  # how long the database may take over saying that it can't settle a message
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

    def without_file(self, chat: Chat, call: Call) -> Call:
        """What goes in place of a call whose file can't be made or sent."""
        ...


@dataclass(frozen=True)
class Rendered:
    """What to send, and the event's revision that it shows."""

    call: Call
    revision: int = 0
    withdrawn: bool = False


def seconds_passed() -> float:
    """Seconds by a clock that nobody sets, and that goes on while the host sleeps, as leases do:
    on Linux ``time.monotonic`` stands still then (clock_gettime(2))."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class Delivering:
    """Renders, sends and settles messages that are claimed, one at a time. ``clock`` gives the
    time in UTC, ``monotonic`` seconds that no change of the clock touches; ``files`` makes what
    goes with messages."""

    def __init__(
        self,
        database: Database,
        deliver: Deliver,
        views: Views,
        *,
        clock: Callable[[], datetime],
        files: Files,
        monotonic: Callable[[], float] = seconds_passed,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._database = database
        self._deliver = deliver
        self._views = views
        self._files = files
        self._clock = clock
        self._monotonic = monotonic
        self._sleep = sleep
        self._settling = Settling(clock)

    async def send(self, message: OutgoingMessage, *, leased_until: float = 0.0) -> Outcome | None:
        """Render, deliver and settle one claimed message; None when it was not sendable, or is
        another's by now. Nobody else sends it before ``leased_until``, by ``monotonic``."""
        try:
            rendered = await self._render(message)
        except Exception as error:  # one message's bug must not hold up all others
            log.exception("message %d could not be made", message.id)
            rendered = Unsendable(repr(error))
        if isinstance(rendered, Unsendable):
            await self._put_off(message, rendered)
            return None
        if leased_until and not await self._is_ours(message, rendered.call, leased_until):
            log.warning("message %d: too late, it is left to whoever has it next", message.id)
            return None
        outcome = await self._delivered(message.chat, rendered.call)
        await self._keep_settling(message, rendered, outcome, leased_until)
        return outcome

    async def send_row(self, row_id: int) -> None:
        """Send the message of a row, if it is still there."""
        async with self._database.reading() as tx:
            message = await tx.outbox.message(row_id)
        if message is not None:
            await self.send(message)

    async def _is_ours(self, message: OutgoingMessage, call: Call, leased_until: float) -> bool:
        """Whether nobody else sends a message while a call that begins now may last. A process
        that stood still finds out here: by the database, which knows whose it is, and by its own
        clock, as what the database says may be of before."""
        async with self._database.reading() as tx:
            left = await tx.outbox.lease_left(message) or 0.0
        needed = SEND_SECONDS if call.attachment is None else 2 * SEND_SECONDS
        return min(left, leased_until - self._monotonic()) >= needed

    async def _keep_settling(
        self, message: OutgoingMessage, rendered: Rendered, outcome: Outcome, leased_until: float
    ) -> None:
        """Settle a message, again and again while nobody else may send it: who does, because
        the database failed for a moment, sends the reader the same once more."""
        for tries in count():
            try:
                async with self._database.transaction() as tx:
                    await self._settling.settle(
                        tx, message, outcome, rendered.revision, withdrawn=rendered.withdrawn
                    )
                return
            except Exception as error:
                seconds = retry_delay(tries).total_seconds()
                if self._monotonic() + seconds + SETTLE_SECONDS > leased_until:
                    raise
                log.warning("message %d: not settled, once more soon", message.id, exc_info=error)
                await self._sleep(seconds)

    async def _delivered(self, chat: Chat, call: Call) -> Outcome:
        """What comes of a call, or of what goes in its place where its file is refused, as in
        groups that forbid photos."""
        outcome = await self._deliver(chat, call)
        if isinstance(outcome, Refused) and call.attachment is not None:
            log.warning("a file to chat %d was refused: %s", chat.id, outcome.reason)
            return await self._deliver(chat, self._views.without_file(chat, call))
        return outcome

    async def _render(self, message: OutgoingMessage) -> Rendered | Unsendable:
        if message.call is not None:
            return await self._filled(message, message.call)
        if message.kind is MessageKind.DIGEST:
            return await self._render_digest(message)
        async with self._database.reading() as tx:
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
        """A call with its file, if it has one. What can't be made, or is too large for the line,
        must not hold up for ever what waits behind it: then what can be said goes."""
        if call.attachment is None:
            return Rendered(call)
        if message.attempts < FILE_TRIES:
            try:
                async with asyncio.timeout(FILE_SECONDS):
                    file = await self._files(message.chat, call.attachment)
                return Rendered(with_file(call, file))
            except Exception as error:
                log.exception("the file of message %d could not be made", message.id)
                if message.attempts + 1 < FILE_TRIES:
                    return Unsendable(repr(error))
        return Rendered(self._views.without_file(message.chat, call))

    async def _render_digest(self, message: OutgoingMessage) -> Rendered | Unsendable:
        async with self._database.transaction() as tx:
            found = await make_digest(tx, message, self._clock())
        match found:
            case Unsendable():
                return found
            case Summary():
                return Rendered(self._views.digest(message.chat, found))
            case Bundle():
                return Rendered(self._views.bundle(message.chat, found))

    async def _put_off(self, message: OutgoingMessage, why: Unsendable) -> None:
        async with self._database.transaction() as tx:
            if await tx.outbox.lease_left(message) is None:
                return  # another process has had it since
            if why.ends_as is MessageState.CANCELLED and message.kind is MessageKind.ALERT:
                # Whom the event names by now may have been announced just since then.
                await tx.locks.alerts()
                again = await load_alert(tx, message)
                why = again if isinstance(again, Unsendable) else Unsendable("wanted again")
            if why.ends_as is not None:
                await tx.outbox.ended(message.id, why.ends_as, why.reason)
            else:
                await tx.outbox.postpone(message.id, self._clock() + NOT_NOW, why.reason)


def as_edit(call: Call, message_id: int) -> Call:
    """The call that makes a sent message look like what ``call`` would send."""
    return Call("editMessageText", {**call.params, "message_id": message_id})
