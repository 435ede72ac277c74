"""What only one process may do at once: named leases, lost by time when their holder dies."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.clock import database_now
from storage.statements import insert_or_replace
from storage.tables import LeaseRow


class LeaseStore:
    """Leases are taken and compared by the database's clock, which all processes share."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def now(self) -> datetime:
        """The database's clock."""
        return await database_now(self._session)

    async def take(self, name: str, holder: str, seconds: float) -> bool:
        """Take or renew a lease for ``seconds``; false while another holder has it."""
        now = await self.now()
        row = {"name": name, "holder": holder, "until": now + timedelta(seconds=seconds)}
        statement = insert_or_replace(
            self._session,
            LeaseRow,
            ("name",),
            ("holder", "until"),
            where=or_(LeaseRow.holder == holder, LeaseRow.until <= now),
        )
        taken = await self._session.execute(statement.returning(LeaseRow.name), [row])
        return taken.first() is not None

    async def left(self, name: str, holder: str) -> float:
        """Seconds that ``holder`` still has the lease for; 0 when it has it no more."""
        statement = select(LeaseRow.until).filter_by(name=name, holder=holder)
        until = await self._session.scalar(statement)
        return max(0.0, (until - await self.now()).total_seconds()) if until else 0.0

    async def holders(self) -> dict[str, str]:
        """Who holds which lease, run out or not."""
        rows = await self._session.execute(select(LeaseRow.name, LeaseRow.holder))
        return {row.name: row.holder for row in rows}

    async def release(self, name: str, holder: str) -> None:
        """Give a lease back before its time."""
        await self._session.execute(delete(LeaseRow).filter_by(name=name, holder=holder))
