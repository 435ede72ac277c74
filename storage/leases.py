"""What only one process may do at once: named leases, lost by time when their holder dies."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import LeaseRow


class LeaseStore:
    """Leases are taken and compared by the database's clock, which all processes share."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def now(self) -> datetime:
        """The database's clock."""
        if self._session.get_bind().dialect.name == "sqlite":
            value = await self._session.scalar(text("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')"))
            return datetime.fromisoformat(str(value)).replace(tzinfo=UTC)
        moment = await self._session.scalar(text("SELECT clock_timestamp()"))
        assert isinstance(moment, datetime)  # noqa: S101 (narrows the type)
        return moment.astimezone(UTC)

    async def take(self, name: str, holder: str, seconds: float) -> bool:
        """Take or renew a lease for ``seconds``; false while another holder has it."""
        now = await self.now()
        row = await self._session.get(LeaseRow, name, with_for_update=True)
        if row is None:
            row = LeaseRow(name=name, holder=holder, until=now)
            self._session.add(row)
        elif row.holder != holder and row.until > now:
            return False
        row.holder, row.until = holder, now + timedelta(seconds=seconds)
        await self._session.flush()
        return True

    async def left(self, name: str, holder: str) -> float:
        """Seconds that ``holder`` still has the lease for; 0 when it has it no more."""
        statement = select(LeaseRow.until).filter_by(name=name, holder=holder)
        until = await self._session.scalar(statement)
        return max(0.0, (until - await self.now()).total_seconds()) if until else 0.0

    async def release(self, name: str, holder: str) -> None:
        """Give a lease back before its time."""
        await self._session.execute(delete(LeaseRow).filter_by(name=name, holder=holder))
