"""Recordings that cannot be read: each says which file, and what to give in its place."""

from __future__ import annotations

import gzip
import io
import json
import random
import tarfile
from datetime import date
from pathlib import Path

import pytest

from bot.errors import InputError
from bot.sources.recordings import RecordedPage, read_archive, read_revisions

DAY, NAME = date(2017, 11, 23), "2017_November_23"
TEXT = random.Random(1).randbytes(50_000)


def page_day(name: str) -> date | None:
    return DAY if name == NAME else None


def damaged(packed: bytes) -> bytes:
    """Sound at its beginning, and nothing that can be unpacked in its second half."""
    half = len(packed) // 2
    return packed[:half] + b"\xff" * half


def tarred(*members: tarfile.TarInfo) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        for member in members:
            archive.addfile(member, io.BytesIO(TEXT[: member.size]))
    return file.getvalue()


def member(name: str, **known: int | bytes | str) -> tarfile.TarInfo:
    """A member of a tar; ``known`` are its attributes."""
    made = tarfile.TarInfo(f"days/{name}")
    for key, value in known.items():
        setattr(made, key, value)
    return made


def test_pages_of_a_tar_and_of_a_folder(tmp_path: Path) -> None:
    packed = tmp_path / "days.tar.gz"
    packed.write_bytes(tarred(member(f"{NAME}.txt", size=9), member("README.txt", size=5)))
    folder = tmp_path / "days"
    folder.mkdir()
    (folder / f"{NAME}.txt").write_bytes(TEXT[:9])
    (folder / "notes.txt").mkdir()  # which is no page, whatever it is
    page = RecordedPage(NAME, DAY, TEXT[:9])
    assert read_archive(packed, page_day) == read_archive(folder, page_day) == [page]


@pytest.mark.parametrize(
    "content",
    [
        damaged(tarred(member(f"{NAME}.txt", size=len(TEXT)))),
        tarred(member(f"{NAME}.txt", type=tarfile.LNKTYPE, linkname="days/nowhere.txt")),
        gzip.compress(b"no tar"),
    ],
    ids=["damaged", "a link that leads nowhere", "no tar"],
)
def test_tar_that_cannot_be_read_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "days.tar.gz"
    path.write_bytes(content)
    with pytest.raises(InputError) as said:
        read_archive(path, page_day)
    assert str(said.value) == (
        f"{path} cannot be read: it is damaged or of another kind. "
        "Give a folder or tar of day pages."
    )


def test_page_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    page = tmp_path / f"{NAME}.txt"
    page.mkdir()
    with pytest.raises(InputError, match=f"^{page} cannot be read: Is a directory. Give a folder"):
        read_archive(tmp_path, page_day)


def test_packed_revisions_that_are_damaged_are_named(tmp_path: Path) -> None:
    path = tmp_path / "days.jsonl.gz"
    line = {"polled_at": "2017-11-23T12:00:00Z", "page": NAME, "text": TEXT.hex()}
    packed = gzip.compress(json.dumps(line).encode())
    path.write_bytes(packed[:10] + b"\xff" * len(packed))  # its head, and no block's beginning
    with pytest.raises(InputError, match=r"days\.jsonl\.gz cannot be read: it is damaged or"):
        read_revisions(path)


@pytest.mark.parametrize(
    "line",
    [
        "[" * 100_000,
        '{"polled_at": "0001-01-01T00:00:00+23:00", "page": "2017_November_23", "text": ""}',
    ],
    ids=["deep", "a time before all times"],
)
def test_line_that_is_no_revision_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "days.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(InputError, match=f"^Line 1 of {path} is no JSON object of"):
        read_revisions(path)
