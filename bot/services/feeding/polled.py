"""The entries that feeds say now, and by what each may be known."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from bot.core.links import article_number, page_key, short_key
from bot.services.feeding.remembering import FeedVersion
from bot.sources.feeds import Entry, account_of
from storage.model import Account, Telling

_GUID, _TITLE, _NUMBER = "guid ", "title ", "number "


@dataclass(frozen=True)
class PolledEntry:
    """An entry of a feed, what it says, and the keys by which its page knows it."""

    place: tuple[int, int]  # its feed's id, and where it stands there
    version: FeedVersion
    page_id: int
    entry: Entry
    at: datetime

    @cached_property
    def account(self) -> Account:
        """What it says, as a report has it. Most entries are known, and need none."""
        feed, reading = self.version.feed, self.version.reading
        publisher = feed.title or reading.title or feed.key
        language = feed.language or reading.language or "en"
        return account_of(self.entry, publisher, self.at, language=language)

    @cached_property
    def digest(self) -> str:
        """Differs whenever the entry says something else; but for its time: publishers date
        again what they touch."""
        entry = self.entry
        said = (entry.title, entry.summary, entry.url, entry.picture, entry.language)
        parts = (said, entry.publisher, entry.topics)
        return digest_of(repr(parts))

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The strongest first. Entries that only their words tell were known by their titles
        once."""
        key, guid = short_key(self.entry.key), self.entry.guid
        if guid:
            return key, short_key(_GUID + guid)
        return (key, short_key(self.entry.title)) if self.entry.is_known_by_words else (key,)

    @cached_property
    def title_key(self) -> str:
        """By which it is found where all its ``keys`` are others."""
        return _TITLE + digest_of(self.entry.title)[:16]

    @cached_property
    def page(self) -> str | None:
        """The key of the page that it leads to; None for a front or section page."""
        return page_key(self.entry.url) if self.entry.url else None

    @cached_property
    def number_key(self) -> str | None:
        """By which it is found where its page, which is its own, has got another name."""
        url, is_own = self.entry.url, self.page == self.entry.key
        number = article_number(url) if url and is_own else None
        return number and short_key(_NUMBER + number)

    @property
    def known_by(self) -> list[tuple[str, str]]:
        """All keys that are kept of it, with the digest of what it says under each: of its
        link under its number, which several articles may have."""
        known = [*((key, self.digest) for key in self.keys), (self.title_key, "")]
        if self.number_key and self.page:
            known.append((self.number_key, digest_of(self.page)))
        return known

    @property
    def telling(self) -> Telling:
        """Whether it may push, where it is new."""
        moved_after, at = self.version.moved_after, self.entry.at
        is_old = moved_after is not None and (at is None or at <= moved_after)
        return Telling.SILENT if is_old else self.version.telling


def items_of(
    versions: Sequence[FeedVersion], pages: Mapping[int, int], at: datetime
) -> list[PolledEntry]:
    """The entries of all feeds that are not known to be as before, each with what it says."""
    return [
        PolledEntry((version.feed.id, number), version, pages[version.feed.id], entry, at)
        for version in versions
        for number, entry in version.others
    ]


def keys_of(items: Iterable[PolledEntry]) -> dict[int, set[str]]:
    """By page, all keys of its entries."""
    keys: dict[int, set[str]] = {}
    for item in items:
        keys.setdefault(item.page_id, set()).update(key for key, _ in item.known_by)
    return keys


def digest_of(text: str) -> str:
    """32 characters that differ wherever the text does."""
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:32]
