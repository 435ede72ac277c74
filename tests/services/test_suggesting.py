"""Whom the bot suggests, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.services.suggesting import suggestions
from storage.database import Database
from storage.model import Telling
from tests.support.statements import asked
from tests.support.story import NOON, Story, account


async def test_suggested_is_who_is_in_the_news_more_than_usual(
    database: Database, story: Story
) -> None:
    for day in range(1, 16):
        usual = account(f"2017-11-{day:02}", f"[[Sudan]] has day number {day} of the month.")
        await story.tell(usual, telling=Telling.SILENT)
    for day in (22, 23, 24):
        await story.tell(account(f"2017-11-{day}", f"[[Sudan]] reports on number {day}."))
    for town in ("Sochi", "Cairo"):
        await story.tell(account("2017-11-23", f"[[Omar al-Bashir]] is seen in {town}."))
    async with database.transaction() as tx:
        chat = await tx.chats.chat(1, NOON)
        busiest = await tx.events.busiest(NOON.date() - timedelta(days=7), 6)
        with asked(database) as statements:
            found = await suggestions(tx, chat, NOON)
        await tx.chats.follow(chat.id, found[0].id, NOON)
        left = await suggestions(tx, chat, NOON)
    assert not [each for each in statements if "events.title" in each.sql]  # it counts there
    assert [entity.label for entity in busiest] == ["Sudan", "Omar al-Bashir"]
    assert [entity.label for entity in found] == ["Omar al-Bashir", "Sudan"]
    assert [entity.label for entity in left] == ["Sudan"]


async def test_who_always_comes_with_another_makes_way(database: Database, story: Story) -> None:
    for day, also in ((20, "Sochi"), (21, "Cairo"), (22, "Rome"), (23, "")):
        told = f"The [[President]], [[Omar al-Bashir]], is seen in [[{also}]] on day {day}."
        await story.tell(account(f"2017-11-{day}", told.replace(" in [[]]", "")))
    async with database.transaction() as tx:
        chat = await tx.chats.chat(1, NOON)
        found = await suggestions(tx, chat, NOON)
    assert [entity.label for entity in found] == [
        "President",
        "Sochi",
        "Cairo",
        "Rome",
        "Omar al-Bashir",
    ]


async def test_nobody_is_in_the_news_where_a_week_has_none(
    database: Database, story: Story
) -> None:
    await story.tell(account("2017-11-17", "[[Omar al-Bashir]] is seen in Sochi."))
    async with database.transaction() as tx:
        chat = await tx.chats.chat(1, NOON)
        assert [e.label for e in await suggestions(tx, chat, NOON)] == ["Omar al-Bashir"]
        assert await suggestions(tx, chat, NOON + timedelta(days=1)) == ()


async def test_the_week_is_the_chats(database: Database, story: Story) -> None:
    """Where it is the 24th already, the 16th is more than a week ago."""
    await story.tell(account("2017-11-16", "[[Omar al-Bashir]] is seen in Sochi."))
    late = datetime(2017, 11, 23, 20, tzinfo=UTC)
    async with database.transaction() as tx:
        chat = await tx.chats.chat(1, NOON)
        assert await suggestions(tx, chat, late) != ()
        await tx.chats.choose_timezone(chat.id, "Asia/Tokyo")
        moved = await tx.chats.get(chat.id)
        assert moved is not None
        assert await suggestions(tx, moved, late) == ()
