"""A feed's body as what it says."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from bot.core.links import article_url
from bot.sources.addresses import MAX_URL
from bot.sources.decoding import decoded_text
from bot.sources.feeds.drafts import Drafts
from bot.sources.feeds.intervals import asked_interval
from bot.sources.feeds.jsonfeed import is_json, read_json_feed
from bot.sources.feeds.judging import judge, together
from bot.sources.feeds.model import Entry, FeedReading
from bot.sources.feeds.prolog import read_prolog
from bot.sources.feeds.refusing import refusal
from bot.sources.feeds.syndication import read_syndication
from bot.sources.languages import primary_subtag
from bot.sources.texts import MAX_TITLE, shortened
from storage.model import Dropped

MAX_BODY = 10 * 1024 * 1024  # bytes; more are not looked at


def read_feed(body: bytes, url: str, *, content_type: str | None, at: datetime) -> FeedReading:
    """One version of a feed as ``url`` (after redirects) served it at ``at``.

    ``content_type`` is the header as it came; only its charset is believed, since feeds
    come under any type. At most ``entries.MAX_ENTRIES`` are read, the newest where the feed's
    order shows which they are. What cannot be used is listed as dropped, and the other
    entries are kept. Bodies of any content take time in proportion to their length at most.

    Raises NotAFeed, with a sentence for the operator, where the body is no feed.
    """
    return read_text(body, decoded_text(body[:MAX_BODY], content_type), url, at)


def read_text(body: bytes, text: str, url: str, at: datetime) -> FeedReading:
    """As ``read_feed``, of a body with its ``text``."""
    drafts = _drafts(body, text, url)
    judged = together(judge(draft, drafts, at) for draft in drafts.entries)
    return as_reading(drafts, text, judged, at)


def as_reading(
    drafts: Drafts, text: str, judged: tuple[tuple[Entry, ...], list[Dropped]], at: datetime
) -> FeedReading:
    """A feed of that ``text`` with its entries and with what was dropped of them."""
    entries, dropped = judged
    return FeedReading(
        title=shortened(drafts.title, MAX_TITLE),
        site_url=_site(drafts.site_url[:MAX_URL]),
        language=primary_subtag(drafts.language) or None,
        ttl=asked_interval(drafts, text, at),
        entries=entries,
        dropped=(*drafts.dropped, *dropped),
    )


@lru_cache(maxsize=1 << 10)  # a feed names its site in each of its versions
def _site(url: str) -> str | None:
    return article_url(url)


def _drafts(body: bytes, text: str, url: str) -> Drafts:
    if is_json(text):
        return read_json_feed(text, url)
    prolog = read_prolog(text)
    if not prolog.is_feed:
        raise refusal(body, text, prolog.root, url)
    return read_syndication(text, prolog, url).drafts
