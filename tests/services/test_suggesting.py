"""Whom the bot suggests, on both databases."""

from __future__ import annotations

from datetime import timedelta

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
            found = await suggestions(tx, chat, NOON.date())
        await tx.chats.follow(chat.id, found[0].id, NOON)
        left = await suggestions(tx, chat, NOON.date())
    assert not [each for each in statements if "events.title" in each.sql]  # it counts there
    assert [entity.label for entity in busiest] == ["Sudan", "Omar al-Bashir"]
    assert [entity.label for entity in found] == ["Omar al-Bashir", "Sudan"]
    assert [entity.label for entity in left] == ["Sudan"]
