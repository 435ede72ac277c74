"""Feeds: polled when they are due, their entries kept as reports of events."""

from bot.services.feeding.asking import Ask
from bot.services.feeding.polling import Feeding
from bot.services.feeding.remembering import FeedVersion
from bot.services.feeding.taking import take

__all__ = ["Ask", "FeedVersion", "Feeding", "take"]
