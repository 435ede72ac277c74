"""The use cases about follows, used as a reader does, and a search to go with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.services.conversation import Conversation
from bot.services.finding import Finder
from bot.services.following import (
    FollowAnswer,
    Following,
    UnfollowAnswer,
)
from bot.sources.mediawiki import FoundArticle
from storage.database import Database
from storage.model import Follow
from tests.support.requests import READER, Kept, request, undressed


@dataclass
class Encyclopedia:
    """A search that knows these articles and notes what it was asked."""

    articles: Sequence[FoundArticle] = ()
    asked: list[str] = field(default_factory=list)

    async def __call__(self, words: str) -> Sequence[FoundArticle]:
        self.asked.append(words)
        return self.articles


def service(
    database: Database, finder: Finder | None = None, *, most_follows: int = 200
) -> Following:
    """The use cases on this database."""
    return Following(
        Conversation(database, dress=undressed),
        finder or Finder(database),
        most_follows=most_follows,
    )


async def follow(following: Following, name: str, reader: int = READER) -> FollowAnswer:
    """What the bot answers to /follow NAME."""
    kept: Kept[FollowAnswer] = Kept()
    await following.follow(request(reader), name, kept)
    return kept.only


async def unfollow(following: Following, name: str) -> UnfollowAnswer:
    """What the bot answers to /unfollow NAME."""
    kept: Kept[UnfollowAnswer] = Kept()
    await following.unfollow(request(), name, kept)
    return kept.only


async def follows(following: Following, reader: int = READER) -> list[str]:
    """The labels of what a reader follows."""
    kept: Kept[tuple[Follow, ...]] = Kept()
    await following.following(request(reader), kept)
    return [follow.entity.label for follow in kept.only]
