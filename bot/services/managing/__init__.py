"""Managing feeds: which are polled, by whose choice; for the command line and the chat."""

from bot.services.managing.answers import (
    AddAnswer,
    Card,
    CardAnswer,
    EntryAnswer,
    FeedListed,
    FeedListing,
    Looked,
    LookedAnswer,
    NotForYou,
    NotRead,
    NotUsable,
    Seen,
    Turned,
)
from bot.services.managing.changing import (
    Added,
    Change,
    ChangeAnswer,
    Changed,
    FeedAdded,
    Removed,
    SeveralFeeds,
    UnknownFeed,
)
from bot.services.managing.command_line import Imported, Managing
from bot.services.managing.in_chat import Look, Sources
from bot.services.managing.operators import Operators
from bot.services.managing.syncing import Synced

__all__ = [
    "AddAnswer",
    "Added",
    "Card",
    "CardAnswer",
    "Change",
    "ChangeAnswer",
    "Changed",
    "EntryAnswer",
    "FeedAdded",
    "FeedListed",
    "FeedListing",
    "Imported",
    "Look",
    "Looked",
    "LookedAnswer",
    "Managing",
    "NotForYou",
    "NotRead",
    "NotUsable",
    "Operators",
    "Removed",
    "Seen",
    "SeveralFeeds",
    "Sources",
    "Synced",
    "Turned",
    "UnknownFeed",
]
