"""The web beyond Wikimedia: publishers' feeds, and the pages that the portal cites."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.app.managing import listed_feeds
from bot.config import Settings
from bot.core.likeness import Thresholds
from bot.sources.http import HostPace, PoliteClient, Response, Validators
from bot.sources.pages import HEAD_BYTES

AT_ONCE = 10


class Web:
    """Publishers' servers, asked politely and at no private address."""

    def __init__(self, client: PoliteClient) -> None:
        self._client = client

    async def feed(self, url: str, *, validators: Validators) -> Response:
        """A feed, as far as it has changed. Raises ``SourceError``."""
        return await self._client.get(url, validators=validators)

    async def head(self, url: str) -> Response:
        """The beginning of a page. Raises ``SourceError``."""
        return await self._client.get(url, max_bytes=HEAD_BYTES, truncate=True)


@asynccontextmanager
async def open_web(settings: Settings) -> AsyncIterator[Web]:
    """The web by a client that is closed at the end. The feeds of the operator's own file may
    lie in private networks: those are as good as written into the settings.

    Raises ``SettingsError`` where that file can't be used.
    """
    own = listed_feeds(settings) if settings.feeds else ()
    async with PoliteClient(
        settings.user_agent,
        at_once=AT_ONCE,
        per_host=HostPace(),
        trusted=[feed.url for feed in own],
        allow_private=settings.allow_private_addresses,
    ) as client:
        yield Web(client)


def thresholds_of(settings: Settings) -> Thresholds:
    """From when on reports are one event: as the operator says, else as calibrated."""
    calibrated = Thresholds()
    return Thresholds(
        window=settings.event_window,
        join=settings.event_likeness or calibrated.join,
        merge=settings.event_merge or calibrated.merge,
    )
