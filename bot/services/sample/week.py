"""The sample week's pages, as they stand at any minute.

A line that ends in ``<!-- arrives: 3 -->`` is held back until the third minute; one that
ends in ``<!-- arrives: 5, instead of the line above -->`` takes that line's place then. A
topic whose reports are all held back is held back with the first of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

_SUFFIX = ".txt"
_ARRIVES = re.compile(
    r" <!-- arrives: (?P<minute>[1-9]\d*)(?P<instead>, instead of the line above)? -->"
)


@dataclass(frozen=True)
class SampleLine:
    """A line of a page, and the minute from which it stands there (0: from the start)."""

    text: str
    arrives: int = 0
    replaces: bool = False  # the line above it


@dataclass(frozen=True)
class SamplePage:
    """A day's page with all that ever stands on it."""

    name: str
    lines: tuple[SampleLine, ...]

    @property
    def steps(self) -> frozenset[int]:
        """The minutes at which it changes."""
        return frozenset(line.arrives for line in self.lines if line.arrives)

    def text(self, minute: int) -> str:
        """Its wikitext when so many minutes have passed."""
        standing: list[str] = []
        for line in self.lines:
            if line.arrives > minute:
                continue
            if line.replaces:
                standing.pop()
            standing.append(line.text)
        return "\n".join(standing) + "\n"

    def revision(self, minute: int) -> int:
        """The number of its revision then; it grows whenever the text changes."""
        return 1 + sum(step <= minute for step in self.steps)


def sample_week() -> Mapping[str, SamplePage]:
    """The pages of the week by name ("2017_November_23"), oldest first."""
    folder = files("bot.services.sample") / "pages"
    texts = {
        entry.name.removesuffix(_SUFFIX): entry.read_text(encoding="utf-8")
        for entry in folder.iterdir()
        if entry.name.endswith(_SUFFIX)
    }
    return {name: SamplePage(name, _lines(texts[name])) for name in sorted(texts)}


def _lines(text: str) -> tuple[SampleLine, ...]:
    return tuple(_line(line) for line in text.splitlines())


def _line(line: str) -> SampleLine:
    found = _ARRIVES.search(line)
    if found is None:
        return SampleLine(line)
    return SampleLine(line[: found.start()], int(found["minute"]), bool(found["instead"]))
