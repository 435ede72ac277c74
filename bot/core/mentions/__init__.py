"""Which entities a text names in full."""

from bot.core.mentions.bearing import named_in
from bot.core.mentions.plain import possible_names

__all__ = ["named_in", "possible_names"]
