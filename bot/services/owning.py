"""Whose the database is: only the bot that has talked to its chats reaches them. To another one
Telegram says that there is no such chat, and all would count as lost."""

from __future__ import annotations

from datetime import timedelta

from bot.errors import SettingsError
from storage.database import Database

# What only one may be: a lease, which the bot keeps.
_LEASE = "bot"
_EVER = timedelta(days=36_525)

OTHER_BOT = (
    "The database is that of bot {known}, and BOT_TOKEN is of bot {own}, which reaches none of its "
    "chats. Put the right token back, or say once that the bot is another from now on: "
    "dateline run --new-bot"
)


def bot_id_of(token: str) -> str:
    """The bot's id, with which its token begins."""
    return token.partition(":")[0]


async def other_bot(database: Database, bot_id: str) -> str | None:
    """What is to be said where the database is another bot's; one that is nobody's is anybody's."""
    async with database.reading() as tx:
        known = (await tx.leases.holders()).get(_LEASE, bot_id)
    return None if known == bot_id else OTHER_BOT.format(known=known, own=bot_id)


async def take_over(database: Database) -> None:
    """Let the database be anybody's."""
    async with database.transaction() as tx:
        if known := (await tx.leases.holders()).get(_LEASE):
            await tx.leases.release(_LEASE, known)


async def belong_to(database: Database, bot_id: str) -> None:
    """Let the database be the bot's from now on. Raises ``SettingsError`` where it is another's."""
    async with database.transaction() as tx:
        is_ours = await tx.leases.take(_LEASE, bot_id, _EVER.total_seconds())
    if not is_ours and (said := await other_bot(database, bot_id)):
        raise SettingsError(said)
