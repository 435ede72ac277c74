"""A feed read again: only what changed since its last version goes through the parser."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.errors import NotAFeed
from bot.sources.decoding import decoded_text
from bot.sources.feeds.drafts import Drafts
from bot.sources.feeds.framing import brings_namespaces, frame_of, namespaces_of
from bot.sources.feeds.judging import Judged, judge, together
from bot.sources.feeds.model import FeedReading
from bot.sources.feeds.parsing import Parse, parse_xml
from bot.sources.feeds.parting import Parts, parted, stands_alone
from bot.sources.feeds.prolog import Prolog
from bot.sources.feeds.reading import MAX_BODY, as_reading, read_text
from bot.sources.feeds.syndication import Syndication, read_syndication
from bot.sources.feeds.tidying import tidied


@dataclass(frozen=True)
class LastVersion:
    """What a feed's last version came to, for the next to be read with.

    Of the markup there are only digests (of what stands before the entries, with the feed's
    address; and of each entry) and the start tags around the entries. It takes some 2 KiB of
    memory an entry; 50 KiB at most, where all that an entry has is of the greatest length.
    """

    context: bytes
    declared: Mapping[str, str]  # namespaces, by all but the entries
    frame: str
    root: str
    base: str
    feed: Drafts  # without entries
    at: datetime  # when it was read
    entries: Mapping[bytes, Judged] = field(default_factory=dict)
    waits: bool = False  # whether one of them does

    def holding(self, at: datetime) -> Mapping[bytes, Judged]:
        """The entries that read at ``at`` as they did: more times can be meant later."""
        if at >= self.at and not self.waits:
            return self.entries
        return {mark: judged for mark, judged in self.entries.items() if judged.holds(at)}


@dataclass(frozen=True)
class ReadVersion:
    """A feed's reading, and what to read the next version with (None: as if it were the first)."""

    reading: FeedReading
    known: LastVersion | None = None


def read_version(
    body: bytes,
    url: str,
    *,
    content_type: str | None,
    at: datetime,
    known: LastVersion | None,
    parse: Parse = parse_xml,
) -> ReadVersion:
    """What ``read_feed`` reads, exactly, in less time where ``known`` is of a like version.

    Entries whose markup is that of the version before are not parsed again. All is parsed where
    the head changed (but for the times at which the feed was made), where entries do not surely
    stand alone, and of other formats than RSS 2.0 and its forerunners, and Atom.

    ``parse`` is what parses XML. Raises NotAFeed, as ``read_feed`` does.
    """
    text = decoded_text(body[:MAX_BODY], content_type)
    parts = parted(text)
    if parts is None:
        return ReadVersion(read_text(body, text, url, at))
    now = _Now(text, parts, url, at, parse)
    return (now.read_partly(known) if known else None) or now.read_wholly()


class _Now:
    """A version that comes in parts, at the time of its reading."""

    def __init__(self, text: str, parts: Parts, url: str, at: datetime, parse: Parse) -> None:
        self._text = text
        self._parts = parts
        self._url = url
        self._at = at
        self._parse = parse
        self._marks = [_digest(entry) for entry in parts.entries]
        prolog = parts.prolog
        self._context = _digest(f"{url}\n{prolog.root} {prolog.place}\n{parts.lasting_head}")

    def read_partly(self, known: LastVersion) -> ReadVersion | None:
        """The version by what is known of it; None where that tells nothing."""
        if known.context != self._context:
            return None
        held = known.holding(self._at)
        new = {
            mark: entry
            for mark, entry in zip(self._marks, self._parts.entries, strict=True)
            if mark not in held
        }
        if not new:
            return self._version(known, held)
        fresh = self._judged_apart(list(new.values()), known)
        if fresh is None:
            return None
        return self._version(known, {**held, **dict(zip(new, fresh, strict=True))})

    def read_wholly(self) -> ReadVersion:
        """The version as a whole; known for the next if its entries can be read apart."""
        read = read_syndication(self._text, self._parts.prolog, self._url, self._parse)
        judged = [judge(draft, read.drafts, self._at) for draft in read.drafts.entries]
        known = self._known(read)
        if known is None:
            return ReadVersion(as_reading(read.drafts, self._text, together(judged), self._at))
        return self._version(known, dict(zip(self._marks, judged, strict=True)))

    def _known(self, read: Syndication) -> LastVersion | None:
        """What the next version can be read with, but for the entries."""
        entries, prolog = self._parts.entries, self._parts.prolog
        declared = namespaces_of(tidied(self._parts.head, prolog)[0])
        frame = _frame(read, entries, declared)
        if frame is None:
            return None
        return LastVersion(
            context=self._context,
            declared=declared,
            frame=frame,
            root=prolog.root,
            base=read.base,
            feed=replace(read.drafts, entries=[]),
            at=self._at,
        )

    def _judged_apart(self, entries: list[str], known: LastVersion) -> list[Judged] | None:
        """Entries read without the others; None if they do not stand alone after all."""
        text = known.frame + "\n".join(entries)
        try:
            prolog = Prolog(known.root, 0, is_feed=True)
            read = read_syndication(text, prolog, known.base, self._parse)
        except NotAFeed:
            return None
        if _frame(read, entries, known.declared) != known.frame:
            return None
        return [judge(draft, known.feed, self._at) for draft in read.drafts.entries]

    def _version(self, known: LastVersion, judged: Mapping[bytes, Judged]) -> ReadVersion:
        """The version of these entries, by their marks."""
        listed = {mark: judged[mark] for mark in self._marks}
        found = together(judged[mark] for mark in self._marks)
        reading = as_reading(known.feed, self._text, found, self._at)
        waits = any(one.waits for one in listed.values())
        return ReadVersion(reading, replace(known, at=self._at, entries=listed, waits=waits))


def _frame(read: Syndication, entries: Sequence[str], declared: Mapping[str, str]) -> str | None:
    """The start tags around entries as they were read; None if one's reading is not its own."""
    if not read.is_sound or read.drafts.dropped or len(read.drafts.entries) != len(entries):
        return None
    if any(brings_namespaces(entry, declared) or not stands_alone(entry) for entry in entries):
        return None
    return frame_of(read.xml, len(entries), declared)


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).digest()
