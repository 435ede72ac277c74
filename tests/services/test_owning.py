"""A database is one bot's; on both databases."""

from __future__ import annotations

import pytest

from bot.errors import SettingsError
from bot.services.leading import Holder, release_dead
from bot.services.owning import belong_to, bot_id_of, other_bot, take_over
from storage.database import Database

OURS, OTHERS = "123456", "99"


async def test_a_new_database_is_anybodys(database: Database) -> None:
    assert await other_bot(database, OURS) is None


async def test_it_is_the_first_bots_from_then_on(database: Database) -> None:
    for _ in range(2):
        await belong_to(database, OURS)
    assert await other_bot(database, OURS) is None
    said = await other_bot(database, OTHERS)
    assert said is not None
    assert said.startswith("The database is that of bot 123456, and BOT_TOKEN is of bot 99, ")
    with pytest.raises(SettingsError, match="dateline run --new-bot"):
        await belong_to(database, OTHERS)
    assert await other_bot(database, OURS) is None


async def test_another_takes_it_over_when_told_so(database: Database) -> None:
    await belong_to(database, OURS)
    for _ in range(2):
        await take_over(database)
    await belong_to(database, OTHERS)
    assert await other_bot(database, OTHERS) is None
    assert await other_bot(database, OURS) is not None


async def test_who_takes_over_from_the_dead_leaves_it_the_bots(database: Database) -> None:
    await belong_to(database, OURS)
    await release_dead(database, Holder("here", 1, "ns-x"), lambda pid: False)
    assert await other_bot(database, OTHERS) is not None


def test_a_token_begins_with_the_bots_id() -> None:
    assert bot_id_of("123456:ABC-DEF") == OURS
