"""A newsdesk: what pages say, readers with digests and quiet hours, and what reaches them.

Everything is due to the second: a test says at which times the bot works.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zlib import crc32

from bot.services.alerts import Merged
from bot.services.delivering import Delivering
from bot.services.digesting import Digesting, MakeWeekly
from bot.services.expanding import Expanding
from bot.services.housekeeping import Housekeeping
from bot.services.outcomes import Delivered, Outcome
from bot.services.planning import replan
from bot.services.sending import Sending, SendPace
from bot.services.summaries import Bundle, Summary
from storage.chats import Timetable
from storage.database import Database
from storage.model import Account, Alert, Call, Chat, Event, Filter, FollowMode, Telling
from tests.support.portal import entity
from tests.support.post import Clock, no_files, no_weekly, seconds_of, send_round
from tests.support.story import Story, account

START = datetime(2017, 11, 20, 12, tzinfo=UTC)  # a Monday
LONG_AGO = datetime(2017, 1, 1, tzinfo=UTC)
READER = 7


def utc(text: str, day: str = "2017-11-20") -> datetime:
    """A time of that day in UTC ("08:15"), or of another ("2017-11-21 08:15")."""
    whole = text if " " in text else f"{day} {text}"
    return datetime.fromisoformat(whole).replace(tzinfo=UTC)


def minutes(text: str) -> int:
    """The minute of the day of a time such as "08:15"."""
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


class TellingViews:
    """Messages that say what they are and of which events, by number."""

    def alert(self, chat: Chat, alert: Alert) -> Call:
        """Of one event."""
        return _said("alert", [alert.event])

    def merged(self, chat: Chat, found: Merged) -> Call:
        """The same as one event."""
        return _said("same", [found.event])

    def digest(self, chat: Chat, summary: Summary) -> Call:
        """A part of a digest: its day, what concerns the chat | what it was told | others."""
        heading = summary.heading
        part = f" {heading.part}/{heading.parts}" if heading.parts > 1 else ""
        sections = (
            _numbers(event.id for event in summary.mine),
            _numbers(summary.told),
            _numbers(event.id for event in summary.others),
        )
        text = f"{heading.kind.value}{part} {heading.day}: {' | '.join(sections)}"
        return Call("sendMessage", {"text": text})

    def bundle(self, chat: Chat, found: Bundle) -> Call:
        """Of several events."""
        return _said(found.kind.value, found.events)

    def without_file(self, chat: Chat, call: Call) -> Call:
        """That there is none."""
        return Call("sendMessage", {"text": "without its file"})


def _said(kind: str, events: Sequence[Event]) -> Call:
    return Call("sendMessage", {"text": f"{kind}: {_numbers(event.id for event in events)}"})


def _numbers(numbers: object) -> str:
    return " ".join(map(str, numbers)) or "-"  # type: ignore[call-overload]  # any iterable


@dataclass
class Letterbox:
    """Telegram as chats see it. ``answers`` are given first, by chat, instead of taking."""

    clock: Clock
    answers: dict[int, list[Outcome]] = field(default_factory=lambda: defaultdict(list))
    came: list[tuple[datetime, int, str]] = field(default_factory=list)

    async def __call__(self, chat: Chat, call: Call) -> Outcome:
        """Take a message; edits change nothing here."""
        if self.answers[chat.telegram_id]:
            return self.answers[chat.telegram_id].pop(0)
        if call.method == "sendMessage":
            self.came.append((self.clock(), chat.telegram_id, str(call.params["text"])))
        return Delivered(len(self.came))

    def texts(self, telegram_id: int = READER) -> list[str]:
        """What came to a chat, in order."""
        return [text for _, chat, text in self.came if chat == telegram_id]

    def timed(self, telegram_id: int = READER) -> list[tuple[str, str]]:
        """When (UTC, to the minute) and what."""
        return [(f"{at:%m-%d %H:%M}", text) for at, chat, text in self.came if chat == telegram_id]


class Desk:
    """The pages, the bot and its readers."""

    def __init__(
        self, database: Database, at: datetime = START, *, weekly: MakeWeekly = no_weekly
    ) -> None:
        self.database = database
        self.clock = Clock(at)
        self.telegram = Letterbox(self.clock)
        self.story = Story(database, at)
        self.digesting = Digesting(database, clock=self.clock, weekly=weekly)
        seconds = seconds_of(self.clock)
        self.expanding = Expanding(database, clock=self.clock)
        self.delivering = Delivering(
            database,
            self.telegram,
            TellingViews(),
            clock=self.clock,
            files=no_files,
            monotonic=seconds,
        )
        self._housekeeping = Housekeeping(database, clock=self.clock)
        self.sending = Sending(
            database,
            self.delivering,
            SendPace(1000),
            clock=self.clock,
            monotonic=seconds,
            holder="desk",
        )
        self._told = 0

    # --- readers

    async def reader(
        self,
        *at_once: str,
        digest: Sequence[str] = (),
        muted: Sequence[str] = (),
        at: str | None = None,
        quiet: tuple[str, str] | None = None,
        zone: str = "UTC",
        number: int = READER,
    ) -> Chat:
        """A chat that follows these, and wants its digest ``at`` a time."""
        async with self.database.transaction() as tx:
            chat = await tx.chats.chat(number, LONG_AGO)
            await tx.chats.choose_timezone(chat.id, zone)
        modes = {FollowMode.AT_ONCE: at_once, FollowMode.DIGEST: digest, FollowMode.MUTED: muted}
        for mode, titles in modes.items():
            for title in titles:
                await self.follow(chat, title, mode)
        await self.choose(chat, at=at, quiet=quiet)
        return chat

    async def follow(
        self, chat: Chat, title: str, mode: FollowMode, wanted: Filter | None = None
    ) -> None:
        """Let a chat follow an entity in a way."""
        number = await entity(self.database, title)
        async with self.database.transaction() as tx:
            await tx.chats.follow(chat.id, number, LONG_AGO)
            await tx.chats.set_mode(chat.id, number, mode)
            if wanted is not None:
                await tx.chats.set_filter(chat.id, number, wanted)

    async def choose(
        self,
        chat: Chat,
        *,
        at: str | None = None,
        quiet: tuple[str, str] | None = None,
        zone: str | None = None,
        weekly: int | None = None,
    ) -> None:
        """Let a chat choose all of these anew, but the zone only where one is given."""
        now = self.clock()
        async with self.database.transaction() as tx:
            await tx.chats.choose_digest(chat.id, None if at is None else minutes(at), now)
            hours = (minutes(quiet[0]), minutes(quiet[1])) if quiet else None
            await tx.chats.choose_quiet(chat.id, hours)
            await tx.chats.choose_weekly(chat.id, weekly)
            if zone is not None:
                await tx.chats.choose_timezone(chat.id, zone)
            await replan(tx, chat.id, now)

    async def timetable(self, chat: Chat) -> Timetable:
        """What is due for a chat."""
        async with self.database.transaction() as tx:
            return await tx.chats.timetable(chat.id)

    # --- what happens

    async def tell(
        self,
        *names: str,
        sources: int = 1,
        category: str = "Sports",
        day: str = "2017-11-20",
        telling: Telling = Telling.PUSH,
    ) -> int:
        """Something new happens, naming these; its number."""
        return await self.story.tell(self.happening(*names, sources=sources, category=category,
                                                    day=day), telling=telling)  # fmt: skip

    def happening(
        self, *names: str, sources: int = 1, category: str = "Sports", day: str = "2017-11-20"
    ) -> Account:
        """What a page may say: always something new."""
        self.story.at = self.clock()
        self._told += 1
        unlike = " ".join(f"{crc32(f'{self._told} {n}'.encode()):x}" for n in range(5))
        text = f"{unlike} with {' and '.join(f'[[{name}]]' for name in names)}."
        links = [(f"Paper {n}", f"https://n{n}.example/{self._told}") for n in range(sources)]
        return account(day, text, category=category, sources=links)

    async def withdraw(self, told: Account) -> None:
        """It is taken off its page."""
        self.story.at = self.clock()
        await self.story.withdraw(told)

    # --- the bot at work

    async def work(self, at: datetime | str | None = None) -> list[str]:
        """Do all that is due at a time; what came to the reader by it."""
        if at is not None:
            self.clock.now = utc(at) if isinstance(at, str) else at
        before = len(self.telegram.texts())
        await self._housekeeping.sweep()
        await self.expanding.expand()
        await self.digesting.tick()
        await self.send()
        return self.telegram.texts()[before:]

    async def send(self) -> None:
        """Send all that may go; a second passes after each round, and none is left of it."""
        at = self.clock.now
        while await send_round(self.sending):
            self.clock.pass_by(1)
        self.clock.now = at
