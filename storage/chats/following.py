"""What chats follow, and how they want to be told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from anyascii import anyascii
from sqlalchemy import delete, select, update

from storage.chats.rows import follow_of, stored_filter
from storage.locks import Locks
from storage.model import Filter, Follow, FollowMode
from storage.part import StorePart
from storage.statements import insert_new
from storage.tables import EntityRow, FollowRow, MentionRow


class Following(StorePart):
    """Keeps follows."""

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
        await Locks(self._session).names()
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

    async def set_mode(self, chat_id: int, entity_id: int, mode: FollowMode) -> bool:
        """How a follow wants to be told from now on; false when there is no such follow."""
        statement = update(FollowRow).filter_by(chat_id=chat_id, entity_id=entity_id)
        changed = statement.values(mode=mode.value).returning(FollowRow.id)
        return (await self._session.execute(changed)).first() is not None

    async def set_filter(self, chat_id: int, entity_id: int, wanted: Filter) -> bool:
        """Which events a follow wants from now on; false when there is no such follow."""
        statement = update(FollowRow).filter_by(chat_id=chat_id, entity_id=entity_id)
        changed = statement.values(filter=stored_filter(wanted)).returning(FollowRow.id)
        return (await self._session.execute(changed)).first() is not None

    async def follows(self, chat_id: int) -> list[Follow]:
        """What a chat follows, by name."""
        statement = (
            select(FollowRow, EntityRow)
            .join(EntityRow, EntityRow.id == FollowRow.entity_id)
            .where(FollowRow.chat_id == chat_id)
            .order_by(FollowRow.id)
        )
        found = [follow_of(row, entity) for row, entity in await self._session.execute(statement)]
        return sorted(found, key=lambda follow: _in_order(follow.entity.label))

    async def followed(self, chat_id: int, entity_ids: Sequence[int]) -> frozenset[int]:
        """Which of the entities a chat follows."""
        statement = select(FollowRow.entity_id).where(
            FollowRow.chat_id == chat_id, FollowRow.entity_id.in_(entity_ids)
        )
        return frozenset(await self._session.scalars(statement))

    async def concerned(self, chat_id: int, event_ids: Sequence[int]) -> frozenset[int]:
        """Which of the events name anybody whom a chat follows, muted or not."""
        statement = (
            select(MentionRow.event_id)
            .join(FollowRow, FollowRow.entity_id == MentionRow.entity_id)
            .where(FollowRow.chat_id == chat_id, MentionRow.event_id.in_(event_ids))
        )
        return frozenset(await self._session.scalars(statement.distinct()))

    async def follows_of(self, chat_id: int, entity_ids: Sequence[int]) -> list[Follow]:
        """A chat's follows of some entities."""
        statement = (
            select(FollowRow, EntityRow)
            .join(EntityRow, EntityRow.id == FollowRow.entity_id)
            .where(FollowRow.chat_id == chat_id, FollowRow.entity_id.in_(entity_ids))
            .order_by(FollowRow.id)
        )
        return [follow_of(row, entity) for row, entity in await self._session.execute(statement)]


def _in_order(label: str) -> str:
    """What to sort a label by: Latin letters without marks or case. Databases sort each in
    their own way."""
    return anyascii(label).casefold()
