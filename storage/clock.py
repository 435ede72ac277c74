"""The database's clock, which all processes share: leases are taken and compared by it."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

_NOW = {
    "sqlite": text("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')"),
    "postgresql": text("SELECT clock_timestamp()"),
}


async def database_now(session: AsyncSession) -> datetime:
    """The time by the database's clock, in UTC."""
    value = await session.scalar(_NOW[session.get_bind().dialect.name])
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return datetime.fromisoformat(str(value)).replace(tzinfo=UTC)
