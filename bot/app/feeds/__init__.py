"""``sources check`` put together: a feed read once, and what would come of it."""

from bot.app.feeds.checking import EXAMPLE, check_feed, given_address, look_at
from bot.app.feeds.telling import tell

__all__ = ["EXAMPLE", "check_feed", "given_address", "look_at", "tell"]
