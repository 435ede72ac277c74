"""How messages that nobody asked for look, in the language of the chat that they go to."""

from __future__ import annotations

from bot.services.summaries import Bundle, Summary
from bot.telegram import views
from bot.telegram.wording import Wording
from storage.model import Alert, Call, Chat


class Rendering:
    """The views of ``bot.services.delivering``."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def alert(self, chat: Chat, alert: Alert) -> Call:
        """The one message about an event."""
        return views.alert(self._wording.of(chat.language), alert)

    def digest(self, chat: Chat, summary: Summary) -> Call:
        """A part of a digest."""
        return views.digest(self._wording.of(chat.language), summary)

    def bundle(self, chat: Chat, found: Bundle) -> Call:
        """The one message that several alerts go as."""
        return views.bundle(self._wording.of(chat.language), found).sent()
