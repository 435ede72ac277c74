"""What a feed says, as frozen dataclasses. Texts are plain and on one line; times are UTC."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from storage.model import Dropped


@dataclass(frozen=True)
class Entry:
    """One entry of a feed.

    ``key`` is what stays when an entry gets another GUID or title: the key of its page
    (``page_key``), or its GUID where the link names a section or is shared with another
    entry; what it says, where it has neither. ``guid`` is the feed's own name for it ("" if
    it gives none); ``url`` opens the article (None where the entry has no link that does).
    ``summary`` never repeats ``title``. ``language`` is a primary subtag of BCP 47 ("pt"),
    ``picture`` an absolute web address, ``publisher`` who the feed says the entry is taken
    from, where it collects others' news, ``topics`` what it files the entry under. No reader
    sees the ``author`` yet: one that differs makes no other entry.
    """

    key: str
    guid: str
    url: str | None
    title: str
    summary: str = ""
    at: datetime | None = None
    language: str | None = None
    author: str = field(default="", compare=False)
    picture: str | None = None
    publisher: str = ""
    topics: tuple[str, ...] = ()

    def __hash__(self) -> int:
        # All of a feed's are looked up in each of its versions, and their keys differ already.
        return hash(self.key)

    @property
    def is_known_by_words(self) -> bool:
        """Whether its ``key`` is what it says: many are titled "Breaking" alike."""
        return self.key == key_of_words(self.title, self.summary) != self.title


def key_of_words(title: str, summary: str) -> str:
    """The key of an entry that has nothing but its words. Titles have no line breaks."""
    return f"{title}\n{summary}" if summary else title


@dataclass(frozen=True)
class FeedReading:
    """One version of a feed, read.

    ``ttl`` is how long the feed asks to be left alone, if it does. ``dropped`` says what
    was not used, or used without some part, and why: for the log.
    """

    title: str = ""
    site_url: str | None = None
    language: str | None = None
    ttl: timedelta | None = None
    entries: tuple[Entry, ...] = ()
    dropped: tuple[Dropped, ...] = ()
