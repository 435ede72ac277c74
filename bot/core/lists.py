"""Lists of names as people type them: "Syria, Iraq and Peru"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.core.names import bare

# Between names: commas, semicolons and line ends; or "and" in the languages that the bot
# writes, in some of which it stands without a space.
_BETWEEN = re.compile(
    r"[,;،؛、，；\r\n]"
    r"|(?P<word>\s+(?:and|und|et|y|e|и|&|\+)\s+|\s+و\s*(?=\w)"
    r"|(?<=[\u3400-\u9fff])[和与](?=[\u3400-\u9fff]))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ListedName:
    """A name of a list: where it stands in the text, and whether a word ("and") and no comma
    joins it to the one before."""

    start: int
    end: int
    is_joined: bool


def parts_of(text: str) -> tuple[ListedName, ...]:
    """The parts of a list, those without a letter or digit left out; a text that is no list is
    one part. Names that have a comma or an "and" themselves fall into several: see ``row``."""
    found, start, is_joined = [], 0, False
    for between in _BETWEEN.finditer(text):
        found.append(ListedName(start, between.start(), is_joined))
        start, is_joined = between.end(), between["word"] is not None
    found.append(ListedName(start, len(text), is_joined))
    return tuple(part for part in found if any(map(str.isalnum, text[part.start : part.end])))


def row(text: str, first: ListedName, last: ListedName) -> str:
    """The parts of a text from one to another as one name."""
    return bare(text[first.start : last.end].strip())
