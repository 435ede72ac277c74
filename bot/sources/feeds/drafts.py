"""What a feed says before it is judged: the common form of all formats."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from storage.model import Dropped


@dataclass(frozen=True)
class Draft:
    """An entry as its feed has it: texts are plain already, links are not checked yet.

    ``translated`` are the languages that its page is in, each with the address, if it says so.
    """

    guid: str = ""
    url: str = ""
    translated: tuple[tuple[str, str], ...] = ()
    title: str = ""
    summary: str = ""
    times: tuple[datetime | None, ...] = ()  # None: a time that is none
    language: str = ""
    author: str = ""
    pictures: tuple[str, ...] = ()
    publisher: str = ""
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class Drafts:
    """A feed as it is: how often it changes is in its own words, "" for none."""

    title: str = ""
    site_url: str = ""
    language: str = ""
    entries: list[Draft] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    minutes: str = ""
    period: str = ""
    frequency: str = ""
