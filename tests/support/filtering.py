"""Filters as a reader sets them by words, and what they come to."""

from __future__ import annotations

from bot.services.conversation import Conversation
from bot.services.filtering import Filtering, NamedFilter
from storage.database import Database
from storage.model import Filter
from tests.support.requests import READER, Kept, request, undressed
from tests.support.story import NOON, Story


async def follow(database: Database, story: Story, *names: str) -> list[int]:
    """Let the reader follow these; their numbers."""
    numbers = [await story.use_words(name, name, 9) for name in names]
    async with database.transaction() as tx:
        chat = await tx.chats.chat(READER, NOON)
        for number in numbers:
            await tx.chats.follow(chat.id, number, NOON)
    return numbers


async def filters(database: Database) -> list[Filter]:
    """What the reader's follows want, by name."""
    async with database.reading() as tx:
        (chat,) = await tx.chats.topics(READER)
        return [follow.filter for follow in await tx.chats.follows(chat.id)]


async def by_name(database: Database, text: str) -> NamedFilter:
    """What the bot answers to /filter."""
    kept: Kept[NamedFilter] = Kept()
    await Filtering(Conversation(database, dress=undressed)).by_name(request(), text, kept)
    return kept.only
