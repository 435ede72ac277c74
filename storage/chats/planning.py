"""What chats want when: their language, hours and zone, and what is due for them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import select

from storage.chats.rows import Timetable, chat_of, timetable_of
from storage.model import Chat, ChatState
from storage.part import StorePart
from storage.statements import is_one
from storage.tables import ChatRow

# What may be due for a chat: its daily or weekly digest, the beginning or end of its quiet hours,
# the end of its pause.
Due = Literal["digest_due_at", "weekly_due_at", "quiet_turns_at", "paused_until"]


class Planning(StorePart):
    """Keeps what chats have chosen, and their timetables."""

    async def choose_language(self, chat_id: int, language: str | None) -> None:
        """Write to the chat in this language; None: in the reader's of Telegram."""
        chosen: dict[str, Any] = {"language_chosen": language is not None}
        await self._set(chat_id, **chosen, **({"language": language} if language else {}))

    async def choose_timezone(self, chat_id: int, zone: str) -> None:
        """The chat lives by this zone (an IANA name)."""
        await self._set(chat_id, timezone=zone, timezone_chosen=True)

    async def choose_digest(self, chat_id: int, minute: int | None, since: datetime) -> None:
        """A digest each day at this minute of the local day, or none; the first one sums up
        what is shown from ``since`` on, unless there was one before."""
        before = (await self._locked(chat_id)).digested_at
        digested_at = (before or since) if minute is not None else None
        await self._set(chat_id, digest_at=minute, digested_at=digested_at)

    async def choose_weekly(self, chat_id: int, weekday: int | None) -> None:
        """A weekly digest on this day (Monday 0), or none."""
        await self._set(chat_id, weekly_on=weekday)

    async def choose_quiet(self, chat_id: int, hours: tuple[int, int] | None) -> None:
        """Hold messages from the first minute of the local day to before the second."""
        start, end = hours or (None, None)
        await self._set(chat_id, quiet_from=start, quiet_until=end)

    async def pause(self, chat_id: int, at: datetime, until: datetime | None = None) -> None:
        """Tell the chat nothing from ``at`` on, up to ``until`` if it is given. A chat that
        pauses already does so since it began to."""
        row = await self._locked(chat_id)
        since = row.state_since if row.state == ChatState.PAUSED.value else at
        state = ChatState.PAUSED.value
        await self._set(chat_id, state=state, state_since=since, paused_until=until)

    async def timetable(self, chat_id: int) -> Timetable:
        """What is due for a chat and when, locked until this transaction ends: of two who
        plan anew the second must see what the first one planned."""
        return timetable_of(await self._locked(chat_id))

    async def plan(self, chat_id: int, timetable: Timetable) -> None:
        """Keep what is due for a chat and when."""
        await self._set(chat_id, **vars(timetable))

    async def due(self, what: Due, now: datetime) -> Chat | None:
        """The chat for which it has been due the longest, locked until this transaction ends."""
        column = getattr(ChatRow, what)
        due = select(ChatRow).where(column <= now)
        if what == "paused_until":
            due = due.where(is_one(ChatRow.state, ChatState.PAUSED))
        first = due.order_by(column, ChatRow.id).limit(1)
        row = await self._session.scalar(first.with_for_update(skip_locked=True, key_share=True))
        return chat_of(row) if row else None

    async def _set(self, chat_id: int, **values: Any) -> None:
        row = await self._locked(chat_id)
        for name, value in values.items():
            setattr(row, name, value)
        await self._session.flush()

    async def _locked(self, chat_id: int) -> ChatRow:
        # For other planners only: messages to the chat can be queued meanwhile.
        return await self._session.get_one(ChatRow, chat_id, with_for_update={"key_share": True})
