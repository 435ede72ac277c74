"""Files of messages: what a call keeps of each, and how it is made when the call is sent."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from enum import StrEnum
from typing import Any

from bot.services.files import File
from bot.services.privacy import ExportPart, Exports
from bot.services.reviewing import Week, Year
from bot.telegram.charts import warm_up, week_chart, year_chart
from storage.model import Attachment, Chat

# Tells a chat what comes: "upload_photo" (Bot API: sendChatAction).
Announce = Callable[[Chat, str], Awaitable[None]]


class _Kind(StrEnum):
    """What files there are."""

    EXPORT = "export"
    WEEK = "week"
    YEAR = "year"


def export_part(part: ExportPart) -> Attachment:
    """A part of an export, as a document."""
    return Attachment("document", _Kind.EXPORT, part.to_json())


def week_picture(week: Week) -> Attachment:
    """The chart of a week, as a photo: a row for each of the top, the last for all others."""
    others = [week.others] if week.others else []
    series = [list(counts) for counts in (*(tally.counts for tally in week.top), *others)]
    days = [day.isoformat() for day in week.days]
    return Attachment("photo", _Kind.WEEK, {"days": days, "series": series})


def year_picture(year: Year) -> Attachment:
    """The chart of a year, as a photo."""
    weeks = [[monday.isoformat(), count] for monday, count in year.weeks]
    return Attachment("photo", _Kind.YEAR, {"weeks": weeks})


async def silently(chat: Chat, action: str) -> None:
    """Tell nobody what comes."""


class Attachments:
    """Makes the files of messages, while ``announce`` tells the chat that one comes. Charts
    are drawn in a thread, one at a time: they take some tenths of a second of a core each."""

    def __init__(self, exports: Exports, announce: Announce = silently) -> None:
        self._exports = exports
        self._announce = announce
        self._drawing = asyncio.Lock()

    async def warm_up(self) -> None:
        """Make the first chart as quick as any other."""
        async with self._drawing:
            await asyncio.to_thread(warm_up)

    async def __call__(self, chat: Chat, attachment: Attachment) -> File:
        """The file of an attachment. Raises ``ValueError`` for a kind that there is not."""
        kind = _Kind(attachment.kind)
        announced = self._announce(chat, f"upload_{attachment.field}")
        made, _ = await asyncio.gather(self._made(chat, kind, attachment), announced)
        return made

    async def _made(self, chat: Chat, kind: _Kind, attachment: Attachment) -> File:
        if kind is _Kind.EXPORT:
            return await self._exports.file(ExportPart.from_json(attachment.data))
        async with self._drawing:
            return await asyncio.to_thread(_drawn, kind, attachment.data)


def _drawn(kind: _Kind, data: dict[str, Any]) -> File:
    if kind is _Kind.WEEK:
        days = [date.fromisoformat(day) for day in data["days"]]
        return File("week.png", week_chart(days, data["series"]))
    weeks = [(date.fromisoformat(day), count) for day, count in data["weeks"]]
    return File("year.png", year_chart(weeks))
