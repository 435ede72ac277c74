"""JSON Feed, versions 1 and 1.1 (jsonfeed.org)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.errors import NotAFeed
from bot.sources.addresses import resolved
from bot.sources.feeds.drafts import Draft, Drafts
from bot.sources.feeds.entries import MAX_ENTRIES
from bot.sources.feeds.times import parse_time
from bot.sources.loose_json import value_at, value_of, without_commas
from bot.sources.texts import one_line, pictures_in, plain_text, text_of
from storage.model import Dropped

_MAX_TEXT = 16_000  # characters of one value that are looked at
_MAX_TAGS = 40
_VERSION = "jsonfeed.org/version/"
# What may stand before it, so that no other site's script can read it.
_START = re.compile(r"\s*+(?:(?:\)\]\}'?,?|(?:while|for) ?\((?:1|;;)\);?)\s*+(?=[{\[]))?")
_ITEMS = re.compile(r"\"items\"\s*+:\s*+\[")
_BETWEEN = re.compile(r"[\s,]*+")
_NEXT = re.compile(r"\}\s*+,\s*+(?=\{)")
_MAX_BROKEN = 50  # entries, after which no further one is sought


def is_json(text: str) -> bool:
    """Whether a document is meant as JSON."""
    return text.startswith(("{", "["), _start(text))


def _start(text: str) -> int:
    found = _START.match(text, 0, 1_000)
    return found.end() if found else 0


def read_json_feed(text: str, url: str) -> Drafts:
    """A JSON Feed, with those of its entries that are whole. Raises NotAFeed where the text is
    no JSON, or JSON of another kind."""
    feed, dropped = _parsed(text[_start(text) :])
    items = feed["items"]
    dropped += [
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


def _parsed(text: str) -> tuple[Mapping[str, Any], list[Dropped]]:
    """The feed's object, and what was left out of it because it is broken."""
    dropped: list[Dropped] = []
    try:
        value = value_of(text)
    except ValueError:
        value, dropped = _salvaged(without_commas(text))
    if not isinstance(value, dict) or not isinstance(value.get("items"), list):
        raise NotAFeed("this is JSON, but no JSON Feed: it has no list of items")
    if _VERSION not in str(value.get("version", ""))[:200]:
        raise NotAFeed("this is JSON, but no JSON Feed: it names no version of that format")
    return value, dropped


def _salvaged(text: str) -> tuple[dict[str, Any], list[Dropped]]:
    """What stands before the items of a feed that is broken, with those that are not.
    Raises NotAFeed where that comes to nothing."""
    start = _ITEMS.search(text)
    items, broken = _whole_items(text, start.end()) if start else ([], [])
    try:
        head = value_of(f"{text[: start.end()]}]}}") if start and items else None
    except ValueError:
        head = None
    if not isinstance(head, dict):
        raise NotAFeed("this looks like JSON, but it is broken or cut off")
    dropped = [Dropped("entry: broken or cut off", excerpt) for excerpt in broken]
    return {**head, "items": items}, dropped


def _whole_items(text: str, place: int) -> tuple[list[Any], list[str]]:
    """The items that begin at ``place``, and the beginnings of those that are broken.

    Behind one that is broken, that is an item which has an id, as each must: other objects
    are of what the broken one lists.
    """
    items: list[Any] = []
    broken: list[str] = []
    while len(items) <= MAX_ENTRIES and len(broken) < _MAX_BROKEN:
        between = _BETWEEN.match(text, place)
        place = behind = between.end() if between else place
        if text.startswith("{", place):
            try:
                item, place = value_at(text, place)
            except ValueError as error:
                broken.append(text[place : place + 200])
                behind = max(place + 1, getattr(error, "pos", 0))
            else:
                items += [item] if not broken or "id" in item else []
                continue
        following = _NEXT.search(text, behind) if broken else None
        if following is None:
            break
        place = following.end()
    return items, broken


def _draft(item: Mapping[str, Any], url: str, author: str) -> Draft:
    """An entry; ``author`` is the feed's, whom an entry inherits that names none."""
    identity = item.get("id", "")
    guid = str(identity)[:_MAX_TEXT].strip() if isinstance(identity, str | int | float) else ""
    link = _string(item, "url") or _string(item, "external_url") or _if_address(guid)
    html = _string(item, "content_html")
    said = plain_text(_string(item, "summary")) or one_line(_string(item, "content_text"))
    return Draft(
        guid=guid,
        url=resolved(url, link),
        title=plain_text(_string(item, "title")),
        summary=said or text_of(html),
        times=tuple(parse_time(time) for time in _times(item)),
        language=_string(item, "language"),
        author=", ".join(_authors(item)) or author,
        pictures=tuple(resolved(url, picture) for picture in _pictures(item, html)),
        topics=tuple(_tags(item)),
    )


def _if_address(guid: str) -> str:
    """An identity that can be opened, as the format would have it be."""
    return guid if guid.lower().startswith(("https://", "http://")) else ""


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
