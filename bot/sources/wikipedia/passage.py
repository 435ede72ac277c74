"""What is read from the wikitext of a bullet or a reference. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from bot.sources.wikipedia.sentence import BulletSource
from storage.model import Citation, Link


@dataclass(frozen=True)
class Passage:
    """A bullet, read. ``faults`` say which of its parts could not be used, and why; ``unknown``
    are its templates that nobody knows, as they are written; ``pieces`` what it was made of."""

    text: str = ""
    links: tuple[Link, ...] = ()
    citations: tuple[Citation, ...] = ()
    faults: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    pieces: Sequence[str | BulletSource] = ()

    @property
    def has_words(self) -> bool:
        return any(character.isalpha() for character in self.text)

    @property
    def has_plain_source(self) -> bool:
        """Whether a source is written as one, with its publisher in brackets or as a reference."""
        sources = (piece for piece in self.pieces if isinstance(piece, BulletSource))
        return any(source.citation and not source.label for source in sources)

    @property
    def is_title(self) -> bool:
        """Whether its words are a link alone, or lead to something: ``[[Visit of A]]:``."""
        if len(self.links) == 1 and self.links[0].words == self.text:
            return True
        before = takewhile(lambda piece: not isinstance(piece, BulletSource), self.pieces)
        return "".join(map(str, before)).rstrip().endswith((":", ","))


@dataclass(frozen=True)
class Note:
    """A reference, read: its sources and what could not be used of it."""

    sources: tuple[BulletSource, ...] = ()
    faults: tuple[str, ...] = ()
