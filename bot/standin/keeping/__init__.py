"""What outlives the process of a stand-in: its chats, kept in a folder."""

from bot.standin.keeping.keeper import Keeper
from bot.standin.keeping.lock import TakenError, alone_in

__all__ = ["Keeper", "TakenError", "alone_in"]
