"""``sources check`` put together: a feed fetched and read once, with sentences for what may go
wrong."""

from __future__ import annotations

import json
from datetime import datetime
from urllib.parse import urlsplit

from rich.console import Console

from bot.app.clock import utc_now
from bot.app.databases import opened
from bot.app.sources.checked import Checked
from bot.app.sources.document import as_document
from bot.app.sources.looking import led_to
from bot.app.sources.telling import tell
from bot.app.thresholds import thresholds_of
from bot.config import Settings
from bot.core.feed_addresses import complaint, feed_address
from bot.errors import (
    InputError,
    NotAFeed,
    PrivateAddress,
    SourceBusy,
    SourceError,
    SourceGone,
    SourceUnreachable,
)
from bot.services.joining import Joining
from bot.services.managing import Managing
from bot.services.managing.finding import by_address
from bot.services.managing.trusting import is_own
from bot.services.previewing import Previewing, newest
from bot.sources.feeds import MAX_BODY, FeedReading, read_feed
from bot.sources.http import TIMEOUT, PoliteClient, Response
from bot.sources.texts import one_line
from storage.database import Database
from storage.model import Feed

EXAMPLE = "https://example.org/feed.xml"
NEWEST = 10


async def check_feed(
    settings: Settings,
    url: str,
    *,
    as_json: bool,
    patience: float = TIMEOUT,
    console: Console | None = None,
) -> None:
    """Fetch ``url`` once and print what would come of it; else as :func:`look_at`."""
    checked = await look_at(settings, url, patience)
    if as_json:
        print(json.dumps(as_document(checked), ensure_ascii=False))
    else:
        tell(checked, console or Console())


async def look_at(
    settings: Settings, url: str, patience: float = TIMEOUT, *, is_to_be_added: bool = False
) -> Checked:
    """Fetch ``url`` once; what would come of it. Keeps nothing.

    It may be a private address where polling will read it there too: by the operator's own
    word, so if it is not listed yet or ``is_to_be_added``. Raises ``InputError`` where it is no
    web address, and ``SourceError``, with a sentence that says what to do, where no feed could
    be read within ``patience`` seconds.
    """
    url = given_address(url)
    at = utc_now()
    async with opened(settings.database_url) as database:
        known = None if is_to_be_added else await _known(database, url)
        own = known is None or is_own(known, url, own_list=settings.names_own_list)
        answer, reading = await _read(settings, url, at, patience, own=own)
        return await _checked(database, settings, url, answer, reading, at)


async def _checked(
    database: Database,
    settings: Settings,
    url: str,
    answer: Response,
    reading: FeedReading,
    at: datetime,
) -> Checked:
    previewing = Previewing(database, Joining(thresholds_of(settings)))
    known = await _known(database, url, *led_to(answer))
    publisher = (known and known.title) or reading.title or urlsplit(answer.url).hostname or url
    language = (known and known.language) or reading.language or "en"
    previews = await previewing.preview(
        newest(reading.entries, NEWEST), publisher, at, language=language
    )
    return Checked(
        url,
        answer.url,
        reading,
        previews,
        answer.validators,
        known,
        answer.fresh_for,
        await previewing.knows_names(),
        led_to(answer),
    )


async def _known(database: Database, *urls: str) -> Feed | None:
    """The feed that is known by the first of these addresses at which one is."""
    feeds = await Managing(database, utc_now).listed(everything=True)
    return next((feed for url in urls if (feed := by_address(feeds, url))), None)


def given_address(typed: str) -> str:
    """The address of a feed as it was typed. Raises ``InputError``, which says why it is none."""
    address = feed_address(typed)
    if address is None:
        why = complaint(typed) or ""
        raise InputError(f"{why[:1].upper()}{why[1:]}: write it like {EXAMPLE}")
    return address


async def _read(
    settings: Settings, url: str, at: datetime, patience: float, *, own: bool
) -> tuple[Response, FeedReading]:
    private = settings.allow_private_addresses
    try:
        async with PoliteClient(
            settings.user_agent, public_only=True, allow_private=private
        ) as client:
            answer = await client.get(url, max_bytes=MAX_BODY, timeout=patience, own=own)
        content_type = answer.headers.get("content-type")
        return answer, read_feed(answer.body, answer.url, content_type=content_type, at=at)
    except PrivateAddress as error:
        raise SourceError(
            f"{error}. {_about_private(url, by_redirect=own or not error.is_given)}"
        ) from None
    except SourceError as error:
        raise SourceError(_explained(error)) from None


def _explained(error: SourceError) -> str:
    """The error as a sentence, and what to do."""
    said = one_line(str(error))
    if isinstance(error, NotAFeed) and error.feeds:
        said = "This is a web page, not a feed. Check one of the feeds that it names:"
        return "\n  ".join((said, *error.feeds))
    said = said[:1].upper() + said[1:] if isinstance(error, NotAFeed) else said
    return f"{said}. {_advice(error)}"


def _about_private(url: str, *, by_redirect: bool) -> str:
    if by_redirect:
        return "A redirect leads there; if you trust it, give that address itself."
    return f"Or list it by your own word: dateline sources add {url}"


def _advice(error: SourceError) -> str:
    if isinstance(error, SourceBusy):
        return "Check it again after that."
    if isinstance(error, SourceGone):
        return "It is gone for good: look on the site for another address."
    if isinstance(error, SourceUnreachable):
        return "Look whether the address is right; if it is, check it again later."
    if isinstance(error, NotAFeed):
        return "Look on the site for “RSS”, “Atom” or “feed”, and check that address."
    return "Look whether the address is that of a feed, and open to everybody."
