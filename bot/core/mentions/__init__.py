"""Which entities a text names in full."""

from bot.core.mentions.bearing import bearer_of, named_in
from bot.core.mentions.plain import possible_names
from bot.core.mentions.runs import LONGEST_NAME, MOST_NAMES, FullName, full_names

__all__ = [
    "LONGEST_NAME",
    "MOST_NAMES",
    "FullName",
    "bearer_of",
    "full_names",
    "named_in",
    "possible_names",
]
