"""What only one transaction may do at once, though it concerns no row that there is yet.

Locks of PostgreSQL's that end with their transaction; on SQLite writers are alone anyway. Who
takes several takes them in the order in which they stand here, and before any row that it
changes: so nobody waits for who waits for them.
"""

from __future__ import annotations

from enum import IntEnum

from sqlalchemy import func, select

from storage.part import StorePart


class _Lock(IntEnum):
    """Any numbers will do, as long as no other program on the server locks by them."""

    JOINING = 0x6A6F_696E
    ALERTS = 0x6578_7064
    NAMES = 0x6E61_6D65
    FEEDS = 0x6665_6564


class Locks(StorePart):
    """Until the transaction ends, nobody else does what a lock is for."""

    async def joining(self) -> None:
        """To decide which reports are one event: two who do it at once don't see each other's."""
        await self._lock(_Lock.JOINING)

    async def alerts(self) -> None:
        """To give many chats their alerts, or to bundle them: two who do it at once would wait
        for each other's rows, and each give a chat a digest of its own."""
        await self._lock(_Lock.ALERTS)

    async def names(self) -> None:
        """To name or follow entities, which many may do at once while nobody merges any: what
        names one just before it is merged would stay with the one that is gone."""
        await self._lock(_Lock.NAMES, is_shared=True)

    async def merging(self) -> None:
        """To merge entities: nobody names or follows any then, or joins reports to events. Who
        joins names entities in the end, and has changed by then what a merge of these changes:
        so that neither waits for the other's rows, a merge waits for joining to end first."""
        await self.joining()
        await self._lock(_Lock.NAMES)

    async def feeds(self) -> None:
        """To change what is listed, or to tell of it, by what one has read."""
        await self._lock(_Lock.FEEDS)

    async def _lock(self, lock: _Lock, *, is_shared: bool = False) -> None:
        if self._session.get_bind().dialect.name == "postgresql":
            take = func.pg_advisory_xact_lock_shared if is_shared else func.pg_advisory_xact_lock
            await self._session.execute(select(take(lock.value)))
