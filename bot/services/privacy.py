"""Use cases about what is known of a chat: get all of it as files, have all of it deleted."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from bot.services.conversation import Conversation, Request, View
from bot.services.exporting import Span, plan, write_part
from bot.services.files import File
from bot.services.planning import local_date
from storage.database import Database, Transaction
from storage.model import Chat

# Telegram takes files of 50 MB. Parts of this size also pass a slow line (1 Mbit/s) within
# the time that a send has, and hold years of messages.
PART_BYTES = 4_000_000


@dataclass(frozen=True)
class ExportPart:
    """A part of an export: which of how many, made when, and what goes into it."""

    number: int
    of: int
    day: date
    made_at: datetime
    spans: tuple[Span, ...]

    def to_json(self) -> dict[str, Any]:
        """The part as an attachment keeps it."""
        return {
            "number": self.number,
            "of": self.of,
            "day": self.day.isoformat(),
            "made_at": self.made_at.isoformat(),
            "spans": [asdict(span) for span in self.spans],
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> ExportPart:
        """The part that ``to_json`` kept."""
        return cls(
            number=kept["number"],
            of=kept["of"],
            day=date.fromisoformat(kept["day"]),
            made_at=datetime.fromisoformat(kept["made_at"]),
            spans=tuple(Span(**span) for span in kept["spans"]),
        )

    @property
    def name(self) -> str:
        """What its file is called."""
        part = f"-{self.number}-of-{self.of}" if self.of > 1 else ""
        return f"dateline-export-{self.day.isoformat()}{part}.json"


@dataclass(frozen=True)
class ToForget:
    """What there is to delete of the chat of this Telegram id: how many ``follows``."""

    telegram_id: int
    follows: int


@dataclass(frozen=True)
class Forgotten:
    """All is deleted."""


@dataclass(frozen=True)
class NotOurs:
    """The button was made for another chat: nothing is deleted."""


@dataclass(frozen=True)
class About:
    """What the bot is: its version, and where its source code can be read, if anywhere."""

    version: str
    source_url: str = ""


class Privacy:
    """The use cases. Each answers one request in one transaction. The parts of an export
    have at most ``limit`` bytes."""

    def __init__(
        self, database: Database, conversation: Conversation, *, limit: int = PART_BYTES
    ) -> None:
        self._database = database
        self._conversation = conversation
        self._limit = limit

    async def export(self, request: Request, view: View[tuple[ExportPart, ...]]) -> None:
        """All that is known of the chat in all its topics, in parts."""
        if await self._conversation.is_handled(request.update_id):
            return
        # Years of messages take a second or two to measure: nobody shall wait to write then.
        async with self._database.reading() as tx:
            parts = await plan(tx, await tx.chats.topics(request.acts_for), self._limit)

        async def work(tx: Transaction, chat: Chat) -> tuple[ExportPart, ...]:
            day = local_date(chat, request.at)
            return tuple(
                ExportPart(number, len(parts), day, request.at, tuple(spans))
                for number, spans in enumerate(parts, 1)
            )

        await self._conversation.answer(request, work, view)

    async def known(self, request: Request, view: View[ToForget]) -> None:
        """What would be deleted."""

        async def work(tx: Transaction, chat: Chat) -> ToForget:
            topics = await tx.chats.topics(chat.telegram_id)
            counts = [len(await tx.chats.follows(topic.id)) for topic in topics]
            return ToForget(chat.telegram_id, sum(counts))

        await self._conversation.answer(request, work, view)

    async def forget(
        self, request: Request, telegram_id: int, view: View[Forgotten | NotOurs]
    ) -> None:
        """Delete all that is known of the chat that asks, which must be this one."""

        async def work(tx: Transaction, chat: Chat) -> Forgotten | NotOurs:
            if chat.telegram_id != telegram_id:
                return NotOurs()
            await tx.chats.forget(chat.telegram_id)
            return Forgotten()

        await self._conversation.answer(request, work, view)


class Exports:
    """Writes the parts of exports, each read from the database as it is then."""

    def __init__(self, database: Database, version: str) -> None:
        self._database = database
        self._version = version

    async def file(self, part: ExportPart) -> File:
        """A part as its file."""
        about = {
            "made_at": part.made_at.isoformat(),
            "version": self._version,
            "part": part.number,
            "parts": part.of,
        }
        async with self._database.reading() as tx:
            return File(part.name, await write_part(tx, about, part.spans))
