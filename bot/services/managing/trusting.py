"""Which addresses of feeds are the operator's own word, and may be private. Pure."""

from __future__ import annotations

from bot.sources.http import same_origin
from storage.model import Feed, Origin


def is_own(feed: Feed, url: str, *, own_list: bool) -> bool:
    """Whether the operator has named the origin of ``url`` for this feed: on the command line,
    or in the list that the settings name, if that is an ``own_list`` and not the bundled one.

    What comes from a chat is not: administrators are not always who runs the server. Nor is
    what a feed has moved to since: its publisher chose that.
    """
    is_named = feed.origin is Origin.ADDED or (feed.origin is Origin.LIST and own_list)
    return is_named and same_origin(feed.key, url)
