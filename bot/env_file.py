"""What a file of settings says that nobody can take as it was meant."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from dotenv.parser import Binding, parse_stream

# As UTF-8, with the mark that some editors put in front.
ENCODING = "utf-8-sig"


def unreadable(path: Path, settings: Collection[str]) -> list[str]:
    """A sentence for each line that would be passed over though it is no comment, or for the
    file as a whole; none where there is no file. Lines are not quoted: they may hold a secret.
    ``settings`` are their names, in capitals: alone on a line one is missing its value."""
    if not path.exists():
        return []
    try:
        with path.open(encoding=ENCODING) as lines:
            return list(_unreadable(path.name, parse_stream(lines), settings))
    except UnicodeDecodeError:
        return [f"{path.name} is not UTF-8: save it as such."]
    except OSError as error:
        return [f"{path.name} can't be read: {error.strerror}."]


def _unreadable(name: str, bindings: Iterator[Binding], settings: Collection[str]) -> Iterator[str]:
    for each in bindings:
        has_no_value = each.value is None and (each.key or "").upper() in settings
        if each.error or has_no_value:
            yield f"{name}, line {_line(each)}: write NAME=value."


def _line(binding: Binding) -> int:
    """Its number: a binding begins with the empty lines before it."""
    text = binding.original.string
    return binding.original.line + text[: len(text) - len(text.lstrip())].count("\n")
