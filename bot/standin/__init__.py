"""A local stand-in for Telegram: the Bot API over loopback HTTP, strict as the real one.

`World` holds users, chats and messages and plays the people; `StandInServer` serves it.
"""

from bot.standin.server import TOKEN, StandInServer
from bot.standin.world import World

__all__ = ["TOKEN", "StandInServer", "World"]
