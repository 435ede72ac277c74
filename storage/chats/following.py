"""Chats, what they follow, and which Telegram updates are done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Delete, Update, and_, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.model import Chat, ChatState, Entity, Follow, FollowMode
from storage.statements import hold_names, insert_new
from storage.tables import ChatRow, EntityRow, FollowRow, OutboxRow, UpdateRow


class ChatStore:
    """Chats and follows."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def begin_update(self, update_id: int, at: datetime) -> bool:
        """Note a Telegram update as handled by this transaction; false when it was before."""
        statement = insert_new(self._session, UpdateRow, "id").returning(UpdateRow.id)
        row = {"id": update_id, "handled_at": at}
        return (await self._session.execute(statement, [row])).first() is not None

    async def is_handled(self, update_id: int) -> bool:
        """Whether the update's work is done."""
        return await self._session.get(UpdateRow, update_id) is not None

    async def forget_updates(self, before: datetime) -> None:
        """Drop the notes of updates so old that Telegram does not send them again."""
        await self._session.execute(delete(UpdateRow).where(UpdateRow.handled_at < before))

    async def chat(
        self, telegram_id: int, at: datetime, thread_id: int = 0, language: str = "en"
    ) -> Chat:
        """The chat, made where there is none."""
        row = await self._row(telegram_id, thread_id)
        if row is None:
            values = {"telegram_id": telegram_id, "thread_id": thread_id, "language": language,
                      "state": ChatState.ACTIVE.value, "timezone": "UTC", "created_at": at,
                      "state_since": at}  # fmt: skip
            statement = insert_new(self._session, ChatRow, "telegram_id", "thread_id")
            await self._session.execute(statement, [values])
            row = await self._row(telegram_id, thread_id)
        assert row is not None  # noqa: S101 (just made)
        return chat_of(row)

    async def set_state(self, telegram_id: int, state: ChatState, at: datetime) -> None:
        """Set whether messages reach a chat, in all its topics."""
        statement = update(ChatRow).where(
            ChatRow.telegram_id == telegram_id, ChatRow.state != state.value
        )
        await self._session.execute(statement.values(state=state.value, state_since=at))

    async def move(self, old_id: int, new_id: int) -> None:
        """A group became a supergroup: its chat id moves with all that it owns, united
        with what the new one already has; earlier messages are not edited any more."""
        if old_id == new_id:
            return
        rows = list(await self._session.scalars(select(ChatRow).filter_by(telegram_id=old_id)))
        for row in rows:
            lost = update(OutboxRow).filter_by(chat_id=row.id)
            await self._do(lost.values(stale=False, message_id=None))
            twin = await self._row(new_id, row.thread_id)
            if twin is None:
                row.telegram_id = new_id
            else:
                await self._unite(row.id, twin.id)
        await self._session.flush()

    async def _unite(self, old: int, new: int) -> None:
        follows, alerts = aliased(FollowRow), aliased(OutboxRow)
        followed = exists().where(follows.chat_id == new, follows.entity_id == FollowRow.entity_id)
        told = and_(alerts.kind == "alert", alerts.event_id == OutboxRow.event_id)
        # Of two alerts of one event the one that has gone out is the record.
        waiting = and_(OutboxRow.state == "waiting", alerts.state != "waiting")
        is_alert = OutboxRow.kind == "alert"
        for change in (
            delete(FollowRow).where(FollowRow.chat_id == old, followed),
            update(FollowRow).where(FollowRow.chat_id == old).values(chat_id=new),
            delete(OutboxRow).where(
                is_alert,
                OutboxRow.chat_id == new,
                exists().where(alerts.chat_id == old, told, waiting),
            ),
            delete(OutboxRow).where(
                is_alert, OutboxRow.chat_id == old, exists().where(alerts.chat_id == new, told)
            ),
            update(OutboxRow).where(OutboxRow.chat_id == old).values(chat_id=new),
            delete(ChatRow).where(ChatRow.id == old),
        ):
            await self._do(change)

    async def _do(self, change: Update | Delete) -> None:
        await self._session.execute(change.execution_options(synchronize_session=False))

    # --- follows

    async def follow(self, chat_id: int, entity_id: int, at: datetime) -> bool:
        """Follow an entity, or the one that it was merged into; false when the chat
        already did."""
        survivor = await self._survivor(entity_id)
        values = {"chat_id": chat_id, "entity_id": survivor, "created_at": at,
                  "mode": FollowMode.AT_ONCE.value}  # fmt: skip
        statement = insert_new(self._session, FollowRow, "chat_id", "entity_id")
        result = await self._session.execute(statement.returning(FollowRow.id), [values])
        return result.first() is not None

    async def _survivor(self, entity_id: int) -> int:
        await hold_names(self._session)
        merged = select(EntityRow.merged_into).where(EntityRow.id == entity_id)
        while (into := await self._session.scalar(merged)) is not None:
            entity_id = into
            merged = select(EntityRow.merged_into).where(EntityRow.id == into)
        return entity_id

    async def unfollow(self, chat_id: int, entity_id: int) -> bool:
        """Follow an entity no more; false when the chat did not."""
        statement = delete(FollowRow).filter_by(chat_id=chat_id, entity_id=entity_id)
        result = await self._session.execute(statement.returning(FollowRow.id))
        return result.first() is not None

    async def follows(self, chat_id: int) -> list[Follow]:
        """What a chat follows, by name."""
        statement = (
            select(FollowRow, EntityRow)
            .join(EntityRow, EntityRow.id == FollowRow.entity_id)
            .where(FollowRow.chat_id == chat_id)
            .order_by(func.lower(EntityRow.label), FollowRow.id)
        )
        return [_follow(row, entity) for row, entity in await self._session.execute(statement)]

    async def forget_lost(self, before: datetime) -> None:
        """Drop the follows of chats that have been unreachable since ``before``."""
        lost = select(ChatRow.id).where(
            ChatRow.state == ChatState.UNREACHABLE.value, ChatRow.state_since < before
        )
        statement = delete(FollowRow).where(FollowRow.chat_id.in_(lost.scalar_subquery()))
        await self._session.execute(statement.execution_options(synchronize_session=False))

    async def followed(self, chat_id: int, entity_ids: Sequence[int]) -> frozenset[int]:
        """Which of the entities a chat follows."""
        statement = select(FollowRow.entity_id).where(
            FollowRow.chat_id == chat_id, FollowRow.entity_id.in_(entity_ids)
        )
        return frozenset(await self._session.scalars(statement))

    async def telegram_ids(self) -> list[int]:
        """The Telegram ids of all chats."""
        return list(await self._session.scalars(select(ChatRow.telegram_id).distinct()))

    async def private_ids(self) -> list[int]:
        """The Telegram ids of all private chats."""
        statement = select(ChatRow.telegram_id).where(ChatRow.telegram_id > 0).distinct()
        return list(await self._session.scalars(statement))

    async def count(self) -> tuple[int, int]:
        """How many chats are active, and how many follows there are."""
        active = select(func.count()).select_from(ChatRow).filter_by(state="active")
        follows = select(func.count()).select_from(FollowRow)
        return await self._session.scalar(active) or 0, await self._session.scalar(follows) or 0

    async def _row(self, telegram_id: int, thread_id: int) -> ChatRow | None:
        statement = select(ChatRow).filter_by(telegram_id=telegram_id, thread_id=thread_id)
        return await self._session.scalar(statement)


def chat_of(row: ChatRow) -> Chat:
    """A chat's row as a data object."""
    return Chat(
        id=row.id,
        telegram_id=row.telegram_id,
        thread_id=row.thread_id,
        state=ChatState(row.state),
        language=row.language,
        timezone=row.timezone,
    )


def _follow(row: FollowRow, entity: EntityRow) -> Follow:
    return Follow(
        id=row.id,
        chat_id=row.chat_id,
        entity=Entity(entity.id, entity.label, entity.qid, entity.description),
        mode=FollowMode(row.mode),
        created_at=row.created_at,
    )
