"""JSON Feed, versions 1 and 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from bot.errors import NotAFeed
from bot.sources.addresses import resolved
from bot.sources.feeds.drafts import Draft, Drafts
from bot.sources.feeds.entries import MAX_ENTRIES
from bot.sources.feeds.times import parse_time
from bot.sources.texts import one_line, pictures_in, plain_text, text_of
from storage.model import Dropped

_MAX_TEXT = 16_000  # characters of one value that are looked at
_MAX_TAGS = 40
_VERSION = "jsonfeed.org/version/"


def read_json_feed(text: str, url: str) -> Drafts:
    """A JSON Feed. Raises NotAFeed where the text is no JSON, or JSON of another kind."""
    feed = _parsed(text)
    items = feed["items"]
    dropped = [
        Dropped("entry: not an object", str(item)[:200])
        for item in items[:MAX_ENTRIES]
        if not isinstance(item, dict)
    ]
    if len(items) > MAX_ENTRIES:
        count = f"{len(items) - MAX_ENTRIES} of {len(items)}"
        dropped.append(Dropped("too many entries", count))
    entries = [item for item in items[:MAX_ENTRIES] if isinstance(item, dict)]
    return Drafts(
        title=plain_text(_string(feed, "title")),
        site_url=resolved(url, _string(feed, "home_page_url")),
        language=_string(feed, "language"),
        entries=[_draft(item, url, ", ".join(_authors(feed))) for item in entries],
        dropped=dropped,
    )


def _parsed(text: str) -> Mapping[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise NotAFeed("this looks like JSON, but it is broken or cut off") from None
    if not isinstance(value, dict) or not isinstance(value.get("items"), list):
        raise NotAFeed("this is JSON, but no JSON Feed: it has no list of items")
    if _VERSION not in str(value.get("version", ""))[:200]:
        raise NotAFeed("this is JSON, but no JSON Feed: it names no version of that format")
    return value


def _draft(item: Mapping[str, Any], url: str, author: str) -> Draft:
    """An entry; ``author`` is the feed's, whom an entry inherits that names none."""
    link = _string(item, "url") or _string(item, "external_url")
    html = _string(item, "content_html")
    said = plain_text(_string(item, "summary")) or one_line(_string(item, "content_text"))
    identity = item.get("id", "")
    return Draft(
        guid=str(identity)[:_MAX_TEXT].strip() if isinstance(identity, str | int | float) else "",
        url=resolved(url, link),
        title=plain_text(_string(item, "title")),
        summary=said or text_of(html),
        times=tuple(parse_time(time) for time in _times(item)),
        language=_string(item, "language"),
        author=", ".join(_authors(item)) or author,
        pictures=tuple(resolved(url, picture) for picture in _pictures(item, html)),
        topics=tuple(_tags(item)),
    )


def _string(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    return value[:_MAX_TEXT].strip() if isinstance(value, str) else ""


def _times(item: Mapping[str, Any]) -> Iterator[str]:
    named = (_string(item, key) for key in ("date_published", "date_modified"))
    yield from filter(None, named)


def _authors(item: Mapping[str, Any]) -> Iterator[str]:
    """Names; version 1 knows one author only."""
    listed = item.get("authors")
    authors = listed[:20] if isinstance(listed, list) and listed else [item.get("author")]
    for author in authors:
        if isinstance(author, dict) and (name := plain_text(_string(author, "name"))):
            yield name


def _tags(item: Mapping[str, Any]) -> Iterator[str]:
    tags = item.get("tags")
    for tag in tags[:_MAX_TAGS] if isinstance(tags, list) else []:
        if isinstance(tag, str):
            yield plain_text(tag[:_MAX_TEXT])


def _pictures(item: Mapping[str, Any], html: str) -> Iterator[str]:
    yield from filter(None, (_string(item, key) for key in ("image", "banner_image")))
    attachments = item.get("attachments")
    for attachment in attachments[:20] if isinstance(attachments, list) else []:
        if isinstance(attachment, dict) and _string(attachment, "mime_type").startswith("image/"):
            yield _string(attachment, "url")
    yield from pictures_in(html)
