"""What sources say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

_STOPS = (".", "!", "?", "…", "。", "！", "？", "؟", "।")


@dataclass(frozen=True, order=True)
class Link:
    """A link to an article: its title and the words that stood for it."""

    target: str
    words: str


@dataclass(frozen=True, order=True)
class Citation:
    """A source link inside a report: who published it, where (an absolute URL), and in which
    language, as far as known ("" where it isn't)."""

    publisher: str
    url: str
    language: str = ""


@dataclass(frozen=True)
class Topic:
    """A heading above a report that is no sentence itself, and its links to articles."""

    text: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Account:
    """What a source says of one happening at one time: the content of a report.

    ``topics`` runs from the outermost heading to the nearest; ``links`` and
    ``citations`` stand in the order of the text, each target or URL once. ``names`` are the
    articles that the text names in full without a link. ``picture`` is an absolute web address.
    """

    day: date
    text: str
    category: str = ""
    topics: tuple[Topic, ...] = ()
    links: tuple[Link, ...] = ()
    citations: tuple[Citation, ...] = ()
    language: str = "en"
    summary: str = ""
    picture: str | None = None
    names: tuple[Link, ...] = ()

    @property
    def full_text(self) -> str:
        """The text and its summary as one, for names and likeness."""
        if not self.summary:
            return self.text
        return f"{self.text}{'' if self.text.endswith(_STOPS) else '.'} {self.summary}"


@dataclass(frozen=True)
class Dropped:
    """A piece of a page that could not be used, and why (for the log)."""

    reason: str
    text: str


@dataclass(frozen=True)
class PageReading:
    """One version of a page, read. ``readable`` is false where it must change nothing."""

    page: str
    day: date
    accounts: tuple[Account, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    readable: bool = True
