"""Telegram as the sender knows it, kept simple, and the sender at work under a test's clock."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from bot.services.alerts import Merged
from bot.services.delivering import Delivering, Views
from bot.services.expanding import Expanding
from bot.services.files import File
from bot.services.outcomes import Delivered, Outcome, Refused, Unchanged
from bot.services.sending import Sending, SendPace
from bot.services.summaries import Bundle, Summary
from storage.database import Database, Transaction
from storage.model import Alert, Attachment, Call, Chat
from tests.support.portal import START, Killed


class PlainViews:
    """Messages that say no more than the events' titles."""

    def alert(self, chat: Chat, alert: Alert) -> Call:
        """The title, and that it is withdrawn."""
        gone = "withdrawn: " if alert.event.withdrawn else ""
        return Call("sendMessage", {"text": gone + alert.event.title})

    def merged(self, chat: Chat, found: Merged) -> Call:
        """Which message tells it."""
        return Call("sendMessage", {"text": f"same as message {found.message_id}"})

    def digest(self, chat: Chat, summary: Summary) -> Call:
        """All titles."""
        titles = [event.title for event in (*summary.mine, *summary.others)]
        return Call("sendMessage", {"text": " / ".join(titles)})

    def bundle(self, chat: Chat, found: Bundle) -> Call:
        """All titles."""
        return Call("sendMessage", {"text": " / ".join(event.title for event in found.events)})

    def without_file(self, chat: Chat, call: Call) -> Call:
        """That there is none."""
        return Call("sendMessage", {"text": "without its file"})


@dataclass
class FakeTelegram:
    """Keeps what it is sent. ``answers`` are given first, by chat, instead of taking it;
    after ``killed_after`` more messages were taken, nobody is there to hear it."""

    clock: Callable[[], datetime]
    answers: dict[int, list[Outcome]] = field(default_factory=lambda: defaultdict(list))
    killed_after: int | None = None
    log: list[tuple[datetime, int, str]] = field(default_factory=list)
    _chats: dict[int, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    _numbers: count[int] = field(default_factory=lambda: count(1))

    async def __call__(self, chat: Chat, call: Call) -> Outcome:
        """Take a message or an edit."""
        if self.answers[chat.telegram_id]:
            return self.answers[chat.telegram_id].pop(0)
        outcome = self._take(self._chats[chat.telegram_id], call)
        self.log.append((self.clock(), chat.telegram_id, str(call.params["text"])))
        if self.killed_after is not None:
            self.killed_after -= 1
            if self.killed_after < 0:
                raise Killed
        return outcome

    def _take(self, messages: dict[int, str], call: Call) -> Outcome:
        text, number = str(call.params["text"]), call.params.get("message_id")
        if call.method == "sendMessage":
            new = next(self._numbers)
            messages[new] = text
            return Delivered(new)
        if number not in messages:
            return Refused("message to edit not found")
        if messages[number] == text:
            return Unchanged()
        messages[number] = text
        return Delivered(number)

    def texts(self, telegram_id: int) -> list[str]:
        """What a chat shows, oldest first."""
        return list(self._chats[telegram_id].values())

    def times(self, telegram_id: int | None = None) -> list[float]:
        """When messages were taken (of a chat), in seconds after the start."""
        taken = [at for at, chat, _ in self.log if telegram_id in (None, chat)]
        return [(at - START).total_seconds() for at in taken]


def seconds_of(clock: Callable[[], datetime]) -> Callable[[], float]:
    """A test's clock as one that only counts seconds."""
    return lambda: clock().timestamp()


@dataclass
class Clock:
    """A time that goes on when a test says so."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)

    async def sleep(self, seconds: float) -> None:
        """Let time pass in no time."""
        self.pass_by(seconds)


async def no_files(chat: Chat, attachment: Attachment) -> File:
    """Where no message goes with one."""
    raise LookupError(f"nobody here makes a file of kind {attachment.kind!r}")


async def no_weekly(tx: Transaction, chat: Chat, now: datetime) -> None:
    """No weekly digest."""


async def send_round(sending: Sending) -> int:
    """Send what may be sent now; how many messages were worked on."""
    begun = await sending.begin()
    await asyncio.gather(*begun)
    return len(begun)


class Post:
    """A process that sends."""

    def __init__(
        self,
        database: Database,
        *,
        clock: Clock | None = None,
        telegram: FakeTelegram | None = None,
        views: Views | None = None,
        rate: float = 1000,
        holder: str = "one",
    ) -> None:
        self.database = database
        self.clock = clock or Clock(START + timedelta(minutes=10))
        self.telegram = telegram or FakeTelegram(self.clock)
        self.expanding = Expanding(database, clock=self.clock)
        self.delivering = Delivering(
            database,
            self.telegram,
            views or PlainViews(),
            clock=self.clock,
            files=no_files,
            monotonic=seconds_of(self.clock),
            sleep=self.clock.sleep,
        )
        self.sending = self.sends(self.delivering, SendPace(rate), holder)

    def sends(
        self, delivering: Delivering, pace: SendPace | None = None, holder: str = "one"
    ) -> Sending:
        """What sends by this clock."""
        return Sending(
            self.database,
            delivering,
            pace or SendPace(1000),
            clock=self.clock,
            monotonic=seconds_of(self.clock),
            holder=holder,
        )

    async def work(self, seconds: float = 0, step: float = 0.1) -> None:
        """Expand what is due, then send for so long; time passes only between rounds."""
        await self.expanding.expand()
        end = self.clock.now + timedelta(seconds=seconds)
        while True:
            if await send_round(self.sending):
                continue
            if self.clock.now >= end:
                return
            self.clock.pass_by(min(step, (end - self.clock.now).total_seconds()))
