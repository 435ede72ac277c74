"""How messages that nobody asked for look, in the language of the chat that they go to."""

from __future__ import annotations

from bot.services.alerts import Merged
from bot.services.summaries import Bundle, Summary
from bot.telegram import views
from bot.telegram.views.files import without_file
from bot.telegram.views.merged import merged
from bot.telegram.wording import Wording
from storage.model import Alert, Call, Chat


class Rendering:
    """The views of ``bot.services.delivering``."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def alert(self, chat: Chat, alert: Alert) -> Call:
        """The one message about an event."""
        return views.alert(self._wording.in_chat(chat), alert)

    def merged(self, chat: Chat, found: Merged) -> Call:
        """What is left of it where another message tells the same."""
        return merged(self._wording.in_chat(chat), chat, found)

    def digest(self, chat: Chat, summary: Summary) -> Call:
        """A part of a digest."""
        return views.digest(self._wording.in_chat(chat), summary)

    def bundle(self, chat: Chat, found: Bundle) -> Call:
        """The one message that several alerts go as."""
        return views.bundle(self._wording.in_chat(chat), found).sent()

    def without_file(self, chat: Chat, call: Call) -> Call:
        """What goes in place of a call whose file can't be made or sent."""
        return without_file(self._wording.in_chat(chat), call)
