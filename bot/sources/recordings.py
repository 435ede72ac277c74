"""Recorded portal pages: archives of day pages, and revisions as a poll saw them."""

from __future__ import annotations

import gzip
import json
import lzma
import tarfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO

from bot.errors import InputError

_UNREADABLE = (OSError, EOFError, tarfile.TarError, lzma.LZMAError, zlib.error)


def _open(path: Path) -> IO[bytes] | gzip.GzipFile | lzma.LZMAFile:
    match path.suffix:
        case ".xz":
            return lzma.open(path, "rb")
        case ".gz":
            return gzip.open(path, "rb")
    return path.open("rb")


@dataclass(frozen=True)
class RecordedRevision:
    """A page's text as a poll at ``polled_at`` (UTC) saw it."""

    polled_at: datetime
    page: str
    text: str


@dataclass(frozen=True)
class RecordedPage:
    """A day page as bytes, of whatever encoding."""

    name: str
    day: date
    content: bytes


def read_revisions(path: Path) -> list[RecordedRevision]:
    """The lines ``{polled_at, page, text}`` of a JSON lines file, plain, ``.xz`` or ``.gz``,
    in the order of their time.

    Raises ``InputError`` naming the first line that is none.
    """
    try:
        with _open(path) as file:
            lines = [_revision(line, n, path) for n, line in enumerate(file, 1) if line.strip()]
    except _UNREADABLE as error:
        raise InputError(
            f"{path} cannot be read: {_why(error)}. Give a file of JSON lines."
        ) from error
    return sorted(lines, key=lambda revision: revision.polled_at)


def _revision(line: bytes, number: int, path: Path) -> RecordedRevision:
    try:
        document = json.loads(line)
        at = datetime.fromisoformat(document["polled_at"])
        at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
        page, text = document["page"], document["text"]
        if not (isinstance(page, str) and isinstance(text, str)):
            raise TypeError("page and text")
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError) as error:
        raise InputError(
            f"Line {number} of {path} is no JSON object of {{polled_at, page, text}}, the first "
            "a time such as 2017-11-24T16:02:00Z."
        ) from error
    return RecordedRevision(at, page, text)


def read_archive(path: Path, page_day: Callable[[str], date | None]) -> list[RecordedPage]:
    """The day pages (``2017_November_23.txt``) of a folder or tar, in the order of their days.

    Files named otherwise are passed over. Raises ``InputError`` where there is none, or one
    cannot be read.
    """
    try:
        pages = [
            RecordedPage(name, day, read())
            for name, read in (_from_folder(path) if path.is_dir() else _from_tar(path))
            if (day := page_day(name)) is not None
        ]
    except (*_UNREADABLE, KeyError) as error:  # the last: a link within a tar leads nowhere
        file = getattr(error, "filename", None) or path
        raise InputError(
            f"{file} cannot be read: {_why(error)}. Give a folder or tar of day pages."
        ) from error
    if not pages:
        raise InputError(f"{path} has no day pages. They are named like 2017_November_23.txt.")
    return sorted(pages, key=lambda page: page.day)


def _from_folder(path: Path) -> Iterator[tuple[str, Callable[[], bytes]]]:
    for file in sorted(path.rglob("*.txt")):
        yield file.stem, file.read_bytes


def _from_tar(path: Path) -> Iterator[tuple[str, Callable[[], bytes]]]:
    with tarfile.open(path) as archive:
        for member in archive:
            file = archive.extractfile(member) if member.name.endswith(".txt") else None
            if file is not None:
                yield Path(member.name).stem, file.read


def _why(error: Exception) -> str:
    """What is wrong with a file, in words: what a library says of it is not for people."""
    reason = error.strerror if isinstance(error, OSError) else None
    return reason or "it is damaged or of another kind"
