"""The web beyond Wikimedia: publishers' feeds, and the pages that the portal cites."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from bot.config import Settings
from bot.errors import PrivateAddress
from bot.services.feeding import Ask
from bot.sources.http import HostPace, PoliteClient, Response, Validators
from bot.sources.pages import HEAD_BYTES

AT_ONCE = 10

# Whether an address that a feed is asked at is the operator's own word.
IsOwn = Callable[[str], Awaitable[bool]]


class Web:
    """Publishers' servers, asked politely and at no private address."""

    def __init__(self, client: PoliteClient) -> None:
        self._client = client

    async def feed(self, url: str, *, validators: Validators, own: bool = False) -> Response:
        """A feed, as far as it has changed; its address may be private where it is the
        operator's ``own``. Raises ``SourceError``."""
        return await self._client.get(url, validators=validators, own=own)

    async def head(self, url: str) -> Response:
        """The beginning of a page. Raises ``SourceError``."""
        return await self._client.get(url, max_bytes=HEAD_BYTES, truncate=True)


@asynccontextmanager
async def open_web(settings: Settings, hosts: HostPace) -> AsyncIterator[Web]:
    """The web by a client that is closed at the end. With the ``hosts`` of other clients, what
    each is told by a host to wait counts for all."""
    async with PoliteClient(
        settings.user_agent,
        at_once=AT_ONCE,
        per_host=hosts,
        public_only=True,
        allow_private=settings.allow_private_addresses,
    ) as client:
        yield Web(client)


def asking(web: Web, is_own: IsOwn) -> Ask:
    """What asks for feeds, for those of the operator's own word in private networks too."""

    async def ask(url: str, *, validators: Validators) -> Response:
        try:
            return await web.feed(url, validators=validators)
        except PrivateAddress:  # of hardly any feed, so that the others need no looking up
            if not await is_own(url):
                raise
        return await web.feed(url, validators=validators, own=True)

    return ask
