"""``sources check`` put together: a feed read once, and what would come of it."""

from bot.app.feeds.checking import check_feed, look_at
from bot.app.feeds.telling import tell

__all__ = ["check_feed", "look_at", "tell"]
