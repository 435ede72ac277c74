"""What outlives the process of a stand-in: its chats, kept in a folder."""

from bot.standin.keeping.keeper import Keeper

__all__ = ["Keeper"]
