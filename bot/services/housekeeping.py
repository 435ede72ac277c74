"""What keeps the database small and honest, now and then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.core.schedule import ALERT_LIFETIME, TOO_OLD
from storage.database import Database

# Telegram keeps an update for 24 hours; the rest is for clocks that differ.
UPDATES_KEPT = timedelta(days=3)
REPLIES_KEPT = timedelta(days=30)
DIGESTS_KEPT = timedelta(days=365)
LOST_KEPT = timedelta(days=30)  # whoever comes back sooner finds all follows
HEADS_KEPT = timedelta(days=30)  # after the last event that cites the page


class Housekeeping:
    """Ends what has waited too long and drops what nobody will ask for."""

    def __init__(self, database: Database, *, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def sweep(self) -> None:
        """End alerts that could not be sent for a day and edits that come too late; drop
        notes of old updates, texts of old answers, old digests, heads of pages that old events
        cite, follows of chats long lost, and chats that asked to be forgotten."""
        now = self._clock()
        async with self._database.transaction() as tx:
            await tx.outbox.expire(now, ALERT_LIFETIME, TOO_OLD)
            await tx.outbox.forget_edits(now)
            await tx.chats.forget_updates(now - UPDATES_KEPT)
            await tx.chats.forget_lost(now - LOST_KEPT)
            await tx.chats.drop_forgotten()
            await tx.outbox.forget_replies(now - REPLIES_KEPT)
            await tx.outbox.forget_digests(now - DIGESTS_KEPT)
            await tx.heads.forget((now - HEADS_KEPT).date())
