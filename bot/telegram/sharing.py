"""Addresses that lead to the bot: to follow somebody with a press, to share that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

# What "Start" brings, by the bot's own links: an entity to follow, one whose filter a question is
# about, to which its words are the reply, and an event whose related ones are asked for.
FOLLOW_LINK = "f_"
FILTER_LINK = "w_"
RELATED_LINK = "r_"
SHARE = "https://t.me/share/url"


@dataclass(frozen=True)
class Links:
    """The addresses of a bot whose ``username`` is known once it has begun."""

    username: Callable[[], str]

    def follow(self, entity_id: int) -> str:
        """Where a press on "Start" follows an entity."""
        return self._start(f"{FOLLOW_LINK}{entity_id}")

    def filter_of(self, entity_id: int) -> str:
        """Where a press on "Start" shows somebody's filter; it also tells a reply to the question
        for its words whose filter it is about."""
        return self._start(f"{FILTER_LINK}{entity_id}")

    def related(self, event_id: int) -> str:
        """Where a press on "Start" shows what is related to an event."""
        return self._start(f"{RELATED_LINK}{event_id}")

    def share(self, entity_id: int, text: str) -> str:
        """Where one picks a chat to send a text and the address to follow an entity to
        (https://core.telegram.org/widgets/share)."""
        return f"{SHARE}?{urlencode({'url': self.follow(entity_id), 'text': text})}"

    def _start(self, payload: str) -> str:
        return f"https://t.me/{self.username()}?start={payload}"
