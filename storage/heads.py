"""Heads of the pages that reports cite: asked for once, then kept."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession


class HeadStore:
    """What cited pages say of themselves, by canonical URL."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
