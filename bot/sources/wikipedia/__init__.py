"""The portal of current events of a Wikipedia: pages into accounts. Pure."""

from bot.sources.wikipedia.names import decode_page, page_day, page_name, page_title
from bot.sources.wikipedia.reading import PORTALS, read_page

__all__ = ["PORTALS", "decode_page", "page_day", "page_name", "page_title", "read_page"]
