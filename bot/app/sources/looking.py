"""One feed read once, for who manages sources."""

from __future__ import annotations

from bot.app.clock import utc_now
from bot.config import Settings
from bot.services.managing import Look, Seen
from bot.sources.feeds import MAX_BODY, read_feed
from bot.sources.http import PoliteClient, Response


def make_look(settings: Settings) -> Look:
    """What reads the feed at an address once.

    Nothing but the public internet is reached, unless the settings allow it: in a chat an
    address is a reader's, whoever they are.
    """

    async def look(url: str) -> Seen:
        async with PoliteClient(
            settings.user_agent, public_only=True, allow_private=settings.allow_private_addresses
        ) as client:
            answer = await client.get(url, max_bytes=MAX_BODY)
        content_type = answer.headers.get("content-type")
        reading = read_feed(answer.body, answer.url, content_type=content_type, at=utc_now())
        return Seen(url, reading, led_to(answer))

    return look


def led_to(answer: Response) -> tuple[str, ...]:
    """Where redirects have led: where the address has moved for good, then to who answered."""
    return tuple(filter(None, (answer.moved_to, answer.url)))
