"""What only one process may do at once: named leases, lost by time when their holder dies. One
for ever says whose the database is."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam, delete, or_, select

from storage.clock import database_now
from storage.part import StorePart
from storage.statements import insert_of, table_of
from storage.tables import LeaseRow


class LeaseStore(StorePart):
    """Leases are taken and compared by the database's clock, which all processes share."""

    async def take(self, name: str, holder: str, seconds: float) -> bool:
        """Take or renew a lease for ``seconds``; false while another holder has it."""
        now = await database_now(self._session)
        until = now + timedelta(seconds=seconds)
        row = {"name": name, "holder": holder, "until": until, "now": now}
        taken = await self._session.execute(_taking(insert_of(self._session)), row)
        return taken.first() is not None

    async def holders(self) -> dict[str, str]:
        """Who holds which lease, run out or not."""
        rows = await self._session.execute(select(LeaseRow.name, LeaseRow.holder))
        return {row.name: row.holder for row in rows}

    async def release(self, name: str, holder: str) -> None:
        """Give a lease back before its time."""
        await self._session.execute(delete(LeaseRow).filter_by(name=name, holder=holder))


@cache
def _taking(insert: Any) -> Any:
    """The statement that takes or renews a lease, unless it is another's ``now``."""
    table = table_of(LeaseRow)
    lease, statement = table.c, insert(table)
    is_free = lease.until <= bindparam("now", type_=lease.until.type)
    return statement.on_conflict_do_update(
        index_elements=["name"],
        set_={"holder": statement.excluded.holder, "until": statement.excluded.until},
        where=or_(lease.holder == statement.excluded.holder, is_free),
    ).returning(lease.name)
