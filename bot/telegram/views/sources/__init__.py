"""How sources look in the operator's chats."""

from bot.telegram.views.sources.changes import (
    adding,
    changed,
    removal,
    stays,
    turned_toast,
    which_source,
)
from bot.telegram.views.sources.checks import checked, not_here
from bot.telegram.views.sources.listing import card, how, listing
from bot.telegram.views.sources.news import source_news

__all__ = [
    "adding",
    "card",
    "changed",
    "checked",
    "how",
    "listing",
    "not_here",
    "removal",
    "source_news",
    "stays",
    "turned_toast",
    "which_source",
]
