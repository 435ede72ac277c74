"""What all stores consist of."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession


class StorePart:
    """A part of a store, at work in a session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
