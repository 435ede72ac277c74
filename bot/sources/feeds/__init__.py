"""What a publisher's feed serves, read: RSS, Atom and JSON Feed. Pure: bytes in, data out."""

from bot.sources.feeds.accounts import account_of
from bot.sources.feeds.model import Entry, FeedReading
from bot.sources.feeds.reading import MAX_BODY, read_feed
from bot.sources.feeds.versions import LastVersion, ReadVersion, read_version

__all__ = [
    "MAX_BODY",
    "Entry",
    "FeedReading",
    "LastVersion",
    "ReadVersion",
    "account_of",
    "read_feed",
    "read_version",
]
