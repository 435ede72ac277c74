"""Which Telegram updates are done."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from storage.part import StorePart
from storage.statements import insert_new
from storage.tables import UpdateRow


class Updates(StorePart):
    """Notes what was handled."""

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
