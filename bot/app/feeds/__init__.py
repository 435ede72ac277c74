"""``sources check`` put together: a feed read once, and what would come of it."""

from bot.app.feeds.checking import check_feed

__all__ = ["check_feed"]
