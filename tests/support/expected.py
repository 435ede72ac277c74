"""What the suites of recorded feeds expect of them, compared with what we read."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.core.links import article_url
from bot.errors import NotAFeed
from bot.sources.decoding import decoded_text
from bot.sources.feeds import Entry, FeedReading, read_feed
from bot.sources.languages import primary_subtag
from bot.sources.texts import text_of

_URL = "http://127.0.0.1:8097/"  # where one of the suites served its files
_EXPECT = re.compile(r"Expect:\s*(.*?)\s*(?:-->)?\s*$", re.M)
_HEADER = re.compile(r"Header:\s*([\w-]+):\s*(.*?)\s*$", re.M)
_HASH = re.compile(r"[0-9a-f]{32}|[0-9a-f-]{36}")
_TEXTS = {"description", "summary", "content"}


@dataclass(frozen=True)
class Agreement:
    """One expected field of one file, and what was read in its place."""

    suite: str
    file: str
    field: str
    expected: object
    read: object

    @property
    def agrees(self) -> bool:
        return self.expected == self.read


def agreements(path: Path, at: datetime) -> Iterator[Agreement]:
    """The fields that are expected of a file, in terms of what we read of feeds.

    Expected HTML is compared as text, links as those that open the article, language tags
    by their primary subtag; what we do not read is not compared.
    """
    beside = path.with_suffix(".serde.json")
    if path.name.endswith(".serde.json"):
        return
    if beside.is_file():
        reading = _read(path, "", _URL, at)
        for field, expected, read in _beside(json.loads(beside.read_text("utf-8")), reading):
            yield Agreement("feed-rs", path.name, field, expected, read)
    elif "feedparser" in path.parts:
        text = decoded_text(path.read_bytes())
        headers = {name.lower(): value for name, value in _HEADER.findall(text)}
        base = headers.get("content-location", "")
        url = base if base.startswith("http") else _URL + base.lstrip("/")
        reading = _read(path, headers.get("content-type", ""), url, at)
        for field, expected, read in _within(text, reading):
            yield Agreement("feedparser", path.name, field, expected, read)


def _read(path: Path, content_type: str, url: str, at: datetime) -> FeedReading:
    try:
        return read_feed(path.read_bytes(), url, content_type=content_type, at=at)
    except NotAFeed:
        return FeedReading()


Compared = tuple[str, object, object]


def _within(text: str, reading: FeedReading) -> Iterator[Compared]:
    """The conditions that stand in a comment of the file, in Python."""
    condition = _EXPECT.search(text)
    try:
        tree = ast.parse(condition[1] if condition else "", mode="eval")
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq)):
            continue
        try:
            expected = ast.literal_eval(node.comparators[0])
        except ValueError:
            continue
        path = re.sub(r"\.(\w+)", r"['\1']", ast.unparse(node.left))
        yield from _compared(path, expected, reading)


def _compared(path: str, expected: object, reading: FeedReading) -> Iterator[Compared]:
    field = re.fullmatch(
        r"(feed|entries\[(\d)\])\['(\w+)'\](?:\['value'\]|\[0\]\['value'\])?", path
    )
    if field is None:
        return
    name = field[3].removesuffix("_detail")
    if field[1] == "feed":
        yield from _of_feed(name, expected, reading)
    elif len(reading.entries) > int(field[2]):
        yield from _of_entry(name, expected, reading.entries[int(field[2])])
    elif name in {*_TEXTS, "title"} and _has_letters(text_of(str(expected))):
        yield f"entry {name}", text_of(str(expected)), None


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))


def _of_feed(name: str, expected: object, reading: FeedReading) -> Iterator[Compared]:
    if name == "title":
        yield "feed title", text_of(str(expected)), reading.title
    elif name == "link":
        yield "feed link", article_url(str(expected)), reading.site_url
    elif name == "language":
        yield "feed language", primary_subtag(str(expected)) or None, reading.language


def _of_entry(name: str, expected: object, entry: Entry) -> Iterator[Compared]:
    if name == "title":
        yield "entry title", text_of(str(expected)), entry.title
    elif name in _TEXTS:
        yield f"entry {name}", *_summaries(text_of(str(expected)), entry)
    elif name == "link":
        yield "entry link", article_url(str(expected)), entry.url
    elif name in {"id", "guid"}:
        yield "entry id", expected, entry.guid
    elif name == "author":
        yield "entry author", expected, entry.author
    elif name.endswith("_parsed") and isinstance(expected, tuple):
        year, month, day, hour, minute, second, *_ = expected
        yield "entry time", datetime(year, month, day, hour, minute, second, tzinfo=UTC), entry.at


def _summaries(expected: str, entry: Entry) -> tuple[str, str]:
    """The summary; an entry without a title begins with its title."""
    whole = f"{entry.title} {entry.summary}".strip()
    return expected, whole if whole == expected else entry.summary


def _beside(expected: dict[str, Any], reading: FeedReading) -> Iterator[Compared]:
    """The fields of a model that lies beside the file, as JSON."""
    if expected["title"]:
        yield from _of_feed("title", expected["title"]["content"], reading)
    if expected["language"]:
        yield from _of_feed("language", expected["language"], reading)
    yield "entries", len(expected["entries"]), len(reading.entries)
    by_title = {entry.title: entry for entry in reading.entries}
    for place, one in enumerate(expected["entries"]):
        title = text_of((one["title"] or {}).get("content") or "")
        entry = by_title.get(title)
        if entry is None and len(reading.entries) == len(expected["entries"]):
            entry = reading.entries[place]
        if entry:
            yield from _of_entry_beside(one, title, entry)


def _of_entry_beside(one: dict[str, Any], title: str, entry: Entry) -> Iterator[Compared]:
    if title:
        yield "entry title", title, entry.title
    links = [link["href"] for link in one["links"] if link["rel"] in {None, "alternate"}]
    if links:
        yield from _of_entry("link", links[0], entry)
    time = one["published"] or one["updated"]
    if time:
        yield "entry time", datetime.fromisoformat(time).replace(microsecond=0), entry.at
    if one["summary"] and _has_letters(text_of(one["summary"]["content"])):
        yield from _of_entry("summary", one["summary"]["content"], entry)
    if one["authors"]:
        yield "entry author", ", ".join(author["name"] for author in one["authors"]), entry.author
    if not _HASH.fullmatch(one["id"]):
        yield from _of_entry("id", one["id"], entry)
