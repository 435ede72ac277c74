"""Use cases about follows: follow, unfollow, list, choose how to be told."""

from __future__ import annotations

from bot.services.following.adding import Adding
from bot.services.following.answers import (
    Ended,
    FollowAnswer,
    FollowCard,
    Followed,
    FollowedListed,
    Gone,
    NotFollowed,
    TooMany,
    UnfollowAnswer,
    Unfollowed,
    UnfollowedListed,
    Welcome,
)
from bot.services.following.ending import Ending, followed_as
from bot.services.following.listing import Listing, entry_of

__all__ = [
    "Ended",
    "FollowAnswer",
    "FollowCard",
    "Followed",
    "FollowedListed",
    "Following",
    "Gone",
    "NotFollowed",
    "TooMany",
    "UnfollowAnswer",
    "Unfollowed",
    "UnfollowedListed",
    "Welcome",
    "entry_of",
    "followed_as",
]


class Following(Adding, Ending, Listing):
    """The use cases. Each answers one request in one transaction."""
