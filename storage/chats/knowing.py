"""Which chats there are, what they are, and whether messages reach them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, exists, func, or_, select, update
from sqlalchemy.orm import aliased

from storage.chats.rows import chat_of
from storage.locks import Locks
from storage.model import Chat, ChatKind, ChatState, MessageKind, MessageState
from storage.part import StorePart
from storage.statements import CHUNK, insert_new, is_one
from storage.tables import ChatRow, DigestItemRow, FollowRow, OutboxRow


class Knowing(StorePart):
    """Keeps chats."""

    async def chat(
        self,
        telegram_id: int,
        at: datetime,
        thread_id: int = 0,
        language: str = "en",
        kind: ChatKind = ChatKind.PRIVATE,
        title: str = "",
    ) -> Chat:
        """The chat, made where there is none; what Telegram says of it is kept."""
        row = await self._row(telegram_id, thread_id)
        if row is None:
            values = {"telegram_id": telegram_id, "thread_id": thread_id, "language": language,
                      "state": ChatState.ACTIVE.value, "timezone": "UTC", "kind": kind.value,
                      "title": title, "created_at": at, "state_since": at}  # fmt: skip
            statement = insert_new(self._session, ChatRow, "telegram_id", "thread_id")
            await self._session.execute(statement, [values])
            row = await self._row(telegram_id, thread_id)
        assert row is not None  # noqa: S101 (just made)
        row.kind, row.title = kind.value, title or row.title
        if kind is ChatKind.PRIVATE and not row.language_chosen:
            row.language = language
        return chat_of(row)

    async def get(self, chat_id: int) -> Chat | None:
        """The chat of this row."""
        row = await self._session.get(ChatRow, chat_id)
        return chat_of(row) if row else None

    async def topics(self, telegram_id: int) -> list[Chat]:
        """The chat in all its topics, as far as the bot talks there."""
        statement = select(ChatRow).filter_by(telegram_id=telegram_id).order_by(ChatRow.thread_id)
        return [chat_of(row) for row in await self._session.scalars(statement)]

    async def note_username(self, chat_id: int, username: str) -> None:
        """Remember that a chat is called so ("@name" in lower case), and no other is."""
        before = update(ChatRow).where(ChatRow.username == username, ChatRow.id != chat_id)
        await self._session.execute(before.values(username=""))
        await self._session.execute(update(ChatRow).filter_by(id=chat_id).values(username=username))

    async def named(self, usernames: Sequence[str]) -> list[Chat]:
        """The chats that are remembered to be called so."""
        statement = select(ChatRow).where(ChatRow.username.in_(usernames)).order_by(ChatRow.id)
        return [chat_of(row) for row in await self._session.scalars(statement)]

    async def set_state(
        self, telegram_id: int, state: ChatState, at: datetime, thread_id: int | None = None
    ) -> None:
        """Set whether messages reach a chat, in all its topics or one of them. Who asked to
        be forgotten can only come back; a pause of one that pauses already goes on."""
        statement = update(ChatRow).where(
            ChatRow.telegram_id == telegram_id, ChatRow.state != state.value
        )
        if state is not ChatState.ACTIVE:
            statement = statement.where(ChatRow.state != ChatState.FORGOTTEN.value)
        if thread_id is not None:
            statement = statement.where(ChatRow.thread_id == thread_id)
        changed = {"state": state.value, "state_since": at, "paused_until": None}
        await self._session.execute(statement.values(changed))

    async def move(self, old_id: int, new_id: int) -> None:
        """A group became a supergroup: its chat id moves with all that it owns, united
        with what the new one already has; earlier messages are not edited any more. To be
        done before the transaction changes anything."""
        if old_id == new_id:
            return
        await Locks(self._session).alerts()
        await Locks(self._session).names()
        # Locked: who moves it at the same time must find it moved, and what somebody follows
        # in either meanwhile must be there, or wait.
        both = select(ChatRow).where(ChatRow.telegram_id.in_([old_id, new_id]))
        locked = await self._session.scalars(both.order_by(ChatRow.id).with_for_update())
        for row in [row for row in locked if row.telegram_id == old_id]:
            lost = update(OutboxRow).filter_by(chat_id=row.id)
            await self._session.execute(lost.values(stale=False, message_id=None))
            twin = await self._row(new_id, row.thread_id)
            if twin is None:
                row.telegram_id, row.kind = new_id, ChatKind.SUPERGROUP.value
            else:
                await self._unite(row.id, twin.id)
        await self._session.flush()

    async def _unite(self, old: int, new: int) -> None:
        follows, alerts = aliased(FollowRow), aliased(OutboxRow)
        followed = exists().where(follows.chat_id == new, follows.entity_id == FollowRow.entity_id)
        told = and_(is_one(alerts.kind, MessageKind.ALERT), alerts.event_id == OutboxRow.event_id)
        # Of two alerts of one event the one that has come further is the record.
        further = _way_left(alerts) < _way_left(OutboxRow)
        is_alert = is_one(OutboxRow.kind, MessageKind.ALERT)
        is_waiting = is_one(OutboxRow.state, MessageState.WAITING)
        quiet_ends = select(ChatRow.quiet_turns_at).where(ChatRow.id == old).scalar_subquery()
        for change in (
            delete(FollowRow).where(FollowRow.chat_id == old, followed),
            update(FollowRow).where(FollowRow.chat_id == old).values(chat_id=new),
            delete(OutboxRow).where(
                is_alert,
                OutboxRow.chat_id == new,
                exists().where(alerts.chat_id == old, told, further),
            ),
            delete(OutboxRow).where(
                is_alert, OutboxRow.chat_id == old, exists().where(alerts.chat_id == new, told)
            ),
            update(OutboxRow)
            .where(is_waiting, OutboxRow.chat_id == old, OutboxRow.due_at == quiet_ends)
            .values(due_at=OutboxRow.created_at),  # the new chat's quiet hours may be others
            update(OutboxRow).where(OutboxRow.chat_id == old).values(chat_id=new),
        ):
            await self._session.execute(change)
        await self._take_over_settings(old, new)
        await self._session.execute(delete(ChatRow).where(ChatRow.id == old))

    async def _take_over_settings(self, old: int, new: int) -> None:
        """What the new chat has not chosen itself it takes from the old one; a pause goes on."""
        before = await self._session.get_one(ChatRow, old)
        after = await self._session.get_one(ChatRow, new)
        was_paused = before.state == ChatState.PAUSED.value
        is_new = after.state == ChatState.ACTIVE.value
        if after.state == ChatState.FORGOTTEN.value or (was_paused and is_new):
            after.state, after.state_since = before.state, before.state_since
            after.paused_until = before.paused_until
        for chosen, names in _CHOSEN.items():
            if not _is_chosen(getattr(after, chosen)) and _is_chosen(getattr(before, chosen)):
                for name in names:
                    setattr(after, name, getattr(before, name))
        await self._session.flush()

    async def forget(self, telegram_id: int) -> None:
        """Delete all that is known of a chat, in all its topics. Its rows stay, empty, for
        the last answer to go out by; ``drop_forgotten`` takes them away then."""
        # Locked: whoever queues something for the chat just now comes before or after.
        mine = select(ChatRow.id).where(ChatRow.telegram_id == telegram_id).order_by(ChatRow.id)
        ids = list(await self._session.scalars(mine.with_for_update()))
        await self._session.execute(delete(FollowRow).where(FollowRow.chat_id.in_(ids)))
        await self._drop_messages(ids)
        nothing = _NOTHING | {"state": ChatState.FORGOTTEN.value}
        await self._session.execute(update(ChatRow).where(ChatRow.id.in_(ids)).values(nothing))

    async def drop_forgotten(self, limit: int = CHUNK) -> None:
        """Take away chats that asked to be forgotten, once no answer waits for them; at most
        ``limit`` at once. Who follows somebody again has come back."""
        forgotten = select(ChatRow.id).where(
            ChatRow.state == ChatState.FORGOTTEN.value,
            ~exists().where(
                OutboxRow.chat_id == ChatRow.id,
                is_one(OutboxRow.state, MessageState.WAITING),
                is_one(OutboxRow.kind, MessageKind.REPLY),
            ),
            ~exists().where(FollowRow.chat_id == ChatRow.id),
        )
        some = forgotten.order_by(ChatRow.id).limit(limit).with_for_update()
        ids = list(await self._session.scalars(some))
        await self._drop_messages(ids)
        await self._session.execute(delete(ChatRow).where(ChatRow.id.in_(ids)))

    async def _drop_messages(self, chat_ids: Sequence[int]) -> None:
        messages = select(OutboxRow.id).where(OutboxRow.chat_id.in_(chat_ids)).scalar_subquery()
        await self._session.execute(
            delete(DigestItemRow).where(DigestItemRow.outbox_id.in_(messages))
        )
        await self._session.execute(delete(OutboxRow).where(OutboxRow.chat_id.in_(chat_ids)))

    async def forget_lost(self, before: datetime) -> None:
        """Drop the follows of chats that have been unreachable since ``before``."""
        lost = select(ChatRow.id).where(
            ChatRow.state == ChatState.UNREACHABLE.value, ChatRow.state_since < before
        )
        await self._session.execute(
            delete(FollowRow).where(FollowRow.chat_id.in_(lost.scalar_subquery()))
        )

    async def known(self) -> list[Chat]:
        """All chats, a forum's topics as one: its first."""
        statement = select(ChatRow).where(ChatRow.state != ChatState.FORGOTTEN.value)
        ordered = statement.order_by(ChatRow.telegram_id, ChatRow.thread_id)
        first: dict[int, Chat] = {}
        for row in await self._session.scalars(ordered):
            first.setdefault(row.telegram_id, chat_of(row))
        return list(first.values())

    async def ids(self) -> list[int]:
        """The rows of all chats."""
        return list(await self._session.scalars(select(ChatRow.id).order_by(ChatRow.id)))

    async def active_ids(self) -> list[int]:
        """The Telegram ids of the chats that get messages by themselves, now or after a pause
        that has an end."""
        active = or_(is_one(ChatRow.state, ChatState.ACTIVE), ChatRow.paused_until.is_not(None))
        return list(
            await self._session.scalars(select(ChatRow.telegram_id).where(active).distinct())
        )

    async def telegram_ids(self) -> list[int]:
        """The Telegram ids of all chats."""
        return list(await self._session.scalars(select(ChatRow.telegram_id).distinct()))

    async def count(self) -> tuple[int, int]:
        """How many chats are active, and how many follows there are."""
        active = select(func.count()).select_from(ChatRow).filter_by(state=ChatState.ACTIVE.value)
        follows = select(func.count()).select_from(FollowRow)
        return await self._session.scalar(active) or 0, await self._session.scalar(follows) or 0

    async def _row(self, telegram_id: int, thread_id: int) -> ChatRow | None:
        statement = select(ChatRow).filter_by(telegram_id=telegram_id, thread_id=thread_id)
        return await self._session.scalar(statement)


def _way_left(row: Any) -> ColumnElement[int]:
    """How far an alert is from having told its chat: sent, in a digest, waiting, ended."""
    return case(
        (is_one(row.state, MessageState.SENT), 0),
        (row.bundle_id.is_not(None), 1),
        (is_one(row.state, MessageState.WAITING), 2),
        else_=3,
    )


def _is_chosen(value: bool | int | None) -> bool:
    """Whether a column says that something was chosen: 0 is midnight, or a Monday."""
    return value is not None and value is not False


# What a chat can choose, and the columns that follow from the choice.
_CHOSEN = {
    "language_chosen": ("language_chosen", "language"),
    "timezone_chosen": ("timezone_chosen", "timezone"),
    "digest_at": ("digest_at", "digest_due_at", "digested_at", "digested_on"),
    "weekly_on": ("weekly_on", "weekly_due_at", "weekly_sent_on"),
    "quiet_until": ("quiet_from", "quiet_until", "is_quiet", "quiet_turns_at"),
}
# A chat as if it had never said anything; the language stays for the last answer.
_NOTHING = {
    "title": "",
    "username": "",
    "timezone": "UTC",
    "language_chosen": False,
    "timezone_chosen": False,
    "is_quiet": False,
    **dict.fromkeys(
        ("digest_at", "digest_due_at", "digested_at", "digested_on", "weekly_on", "weekly_due_at",
         "weekly_sent_on", "quiet_from", "quiet_until", "quiet_turns_at", "paused_until")
    ),
}  # fmt: skip
