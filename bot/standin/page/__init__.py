"""The chat page: talking with the bot in a browser, as if it were Telegram."""

from bot.standin.page.routes import ChatPage

__all__ = ["ChatPage"]
