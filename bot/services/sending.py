"""The loop that keeps messages going, at Telegram's pace.

Answers go before alerts and digests, those before edits; edits use only what nobody else
wants. Answers are sent by any process; the rest only by the one that holds the lease.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial

from bot.services.delivering import Delivering, seconds_passed
from bot.services.leading import Lease
from bot.services.outages import Outage
from bot.services.outcomes import Busy, Delivered, Failed, Outcome, in_words
from bot.services.tallying import Tally
from storage.database import Database
from storage.model import MessageKind, OutgoingMessage

log = logging.getLogger(__name__)

LEASE_NAME = "send"
# Longer than any one send may take, so that no row is sent twice by two processes: to make a
# file, to send it, and to send what goes in its place.
ROW_LEASE = timedelta(seconds=120)
LEASE_SECONDS = 90.0
RENEW_SECONDS = 30.0  # so that no send starts with less than a minute of it left
IN_FLIGHT = 8
PRIVATE_REST_SECONDS = 1.0
GROUP_REST_SECONDS = 3.0  # 20 messages a minute
IDLE_SECONDS = 1.0


class SendPace:
    """Who may be written to when: ``rate`` messages in any second, one a second to a chat,
    twenty a minute to a group, and what Telegram itself asks for. Times are seconds by a clock
    that is never set."""

    def __init__(self, rate: float) -> None:
        self._most = max(1, int(rate))
        self._window = self._most / rate
        self._sent: deque[float] = deque()
        self._resting: dict[int, float] = {}
        self._barred: dict[int, float] = {}

    def allowance(self, now: float) -> int:
        """How many messages may go now."""
        while self._sent and self._sent[0] <= now - self._window:
            self._sent.popleft()
        return max(0, self._most - len(self._sent))

    def wait(self, now: float) -> float:
        """Seconds until the next message may go."""
        if self.allowance(now):
            return 0.0
        return self._sent[0] + self._window - now

    def resting(self, now: float) -> list[int]:
        """The Telegram chat ids that must get no alert, digest or edit yet: an answer to
        the reader need not wait for them."""
        self._resting = {chat: until for chat, until in self._resting.items() if until > now}
        return list(self._resting)

    def barred(self, now: float) -> list[int]:
        """The Telegram chat ids that Telegram wants left alone altogether."""
        self._barred = {chat: until for chat, until in self._barred.items() if until > now}
        return list(self._barred)

    def spent(self, telegram_id: int, now: float) -> None:
        """A message was sent to a chat."""
        self._sent.append(now)
        rest = PRIVATE_REST_SECONDS if telegram_id > 0 else GROUP_REST_SECONDS
        self._resting[telegram_id] = now + rest

    def bar(self, telegram_id: int, until: float) -> None:
        """Leave a chat alone until then."""
        self._barred[telegram_id] = until


class Sending:
    """Sends what is due. ``clock`` gives the time in UTC, by which messages are due;
    ``monotonic`` seconds that no change of the clock touches, for the pace. ``holder`` names
    this process among those of one database."""

    def __init__(
        self,
        database: Database,
        delivering: Delivering,
        pace: SendPace,
        *,
        clock: Callable[[], datetime],
        holder: str,
        monotonic: Callable[[], float] = seconds_passed,
    ) -> None:
        self._database = database
        self._delivering = delivering
        self._pace = pace
        self._clock = clock
        self._monotonic = monotonic
        self._lead = Lease(LEASE_NAME, holder, LEASE_SECONDS)  # of alerts, digests and edits
        self._outage = Outage("messages", "sent")
        self._tally = Tally()
        self._renew_at: float | None = None
        self._busy: dict[int, asyncio.Task[None]] = {}  # by Telegram chat id

    async def begin(self) -> list[asyncio.Task[None]]:
        """Claim what may be sent now, at most one message a chat, and begin to send it: each
        message's sending. A slow one holds up its own chat only."""
        now = self._monotonic()
        _tell(self._tally.over(now))
        leased_until = now + ROW_LEASE.total_seconds()
        limit = min(IN_FLIGHT, self._pace.allowance(now)) - len(self._busy)
        messages = await self._claim(now, limit) if limit > 0 else []
        begun = []
        for message in messages:
            telegram_id = message.chat.telegram_id
            task = asyncio.create_task(self._send(message, leased_until))
            self._busy[telegram_id] = task
            task.add_done_callback(partial(self._done, telegram_id))
            begun.append(task)
        return begun

    def _done(self, telegram_id: int, task: asyncio.Task[None]) -> None:
        del self._busy[telegram_id]
        if not task.cancelled() and (error := task.exception()):
            # Its row's lease ends by itself, and it is tried again.
            log.error("a message could not be settled", exc_info=error)

    async def _settle(self) -> None:
        """Wait until all that was begun is done; what failed is logged as it does."""
        await asyncio.gather(*self._busy.values(), return_exceptions=True)

    async def _claim(self, now: float, limit: int) -> list[OutgoingMessage]:
        async with self._database.transaction() as tx:
            renews = self._renew_at is None or now >= self._renew_at
            leads = await self._lead.take(tx) if renews else True
            barred = [*self._pace.barred(now), *self._busy]
            resting = [*self._pace.resting(now), *barred]
            due, holder = self._clock(), self._lead.holder
            if leads and renews:  # not each time, as it goes through what others wait for, too
                await tx.outbox.hold(due)
            messages = await tx.outbox.claim_replies(due, ROW_LEASE, limit, barred, holder)
            if leads and not messages:
                messages = await tx.outbox.claim(due, ROW_LEASE, limit, resting, holder)
            if leads and not messages:
                messages = await tx.outbox.claim_edits(due, ROW_LEASE, limit, resting, holder)
        if renews:  # it is committed only now
            self._renew_at = now + RENEW_SECONDS if leads else None
        return messages

    async def _send(self, message: OutgoingMessage, leased_until: float) -> None:
        outcome = await self._delivering.send(message, leased_until=leased_until)
        self._note(outcome)
        now = self._monotonic()
        if isinstance(outcome, Busy):
            log.warning("Telegram asks for %.0f s of patience", outcome.seconds)
            self._pace.bar(message.chat.telegram_id, now + outcome.seconds)
        if outcome is not None:  # what was refused has been asked, too
            self._pace.spent(message.chat.telegram_id, now)
        if message.kind is MessageKind.ALERT:
            is_edit = isinstance(outcome, Delivered) and message.message_id is not None
            said = "edited" if is_edit else in_words(outcome)
            log.debug("event %s to chat %d: %s", message.event_id, message.chat.id, said)
            if message.event_id is not None:
                self._tally.note(message.event_id, outcome, now, is_edit=is_edit)

    def _note(self, outcome: Outcome | None) -> None:
        """Whether Telegram can be reached; a refusal, too, is an answer of its."""
        if isinstance(outcome, Failed):
            self._outage.note(outcome.reason, self._clock())
        elif outcome is not None:
            self._outage.end(self._clock())

    async def run(self, stop: asyncio.Event, wake: asyncio.Event) -> None:
        """Send until told to stop, then let another process do it; ``wake`` says that
        something new may be due."""
        while not stop.is_set():
            wake.clear()
            if not await self.begin():
                pause = self._pace.wait(self._monotonic()) or IDLE_SECONDS
                await self._wait(wake, min(pause, IDLE_SECONDS))
        await self._settle()
        _tell(self._tally.rest())
        await self._lead.release(self._database)

    async def _wait(self, wake: asyncio.Event, seconds: float) -> None:
        """Wait until something new may be due, a message is done, or so many seconds."""
        woken = asyncio.create_task(wake.wait())
        try:
            await asyncio.wait(
                [woken, *self._busy.values()],
                timeout=seconds,
                return_when=asyncio.FIRST_COMPLETED,
            )
        finally:
            woken.cancel()


def _tell(lines: Iterable[str]) -> None:
    for line in lines:
        log.info("%s", line)
