"""The recorded pages of the portal, where they are at hand."""

from __future__ import annotations

import json
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.sources.wikipedia import decode_page, read_page
from storage.model import PageReading
from tests.support.data import find_data

_ARCHIVE = "days_1999-2017.tar.xz"
_REVISIONS = "revisions_2017-11.jsonl"
_MARKUP = re.compile(r"''|\[\[|\]\]|\{\{|\}\}|<ref|</|https?:|\ufffd|Ã[\x80-\xbf]|[\x00-\x1f\xa0]")


@pytest.fixture(scope="module")
def recordings() -> Path:
    folder = find_data()
    if folder is None or not (folder / "current_events" / _ARCHIVE).is_file():
        pytest.skip("the recorded pages are not here: set DATELINE_DATA")
    return folder / "current_events"


@pytest.fixture(scope="module")
def archive(recordings: Path) -> dict[str, PageReading]:
    return dict(_read_archive(recordings / _ARCHIVE))


def _read_archive(path: Path) -> Iterator[tuple[str, PageReading]]:
    with tarfile.open(path, "r:xz") as pages:
        for member in pages:
            file = pages.extractfile(member)
            if file is not None and member.name.endswith(".txt"):
                name = Path(member.name).stem
                yield name, read_page(name, decode_page(file.read()))


def test_every_recorded_page_is_readable(archive: dict[str, PageReading]) -> None:
    assert len(archive) == 6115
    assert [name for name, reading in archive.items() if not reading.readable] == []


def test_archive_has_as_many_reports_as_bullets_with_a_source(
    archive: dict[str, PageReading],
) -> None:
    reports = sum(len(reading.accounts) for reading in archive.values())
    assert 64_500 < reports < 65_500


def test_november_2017_has_the_reports_and_sources_counted_by_hand(
    archive: dict[str, PageReading],
) -> None:
    accounts = [
        account
        for name, reading in archive.items()
        if name.startswith("2017_November_")
        for account in reading.accounts
    ]
    assert (len(accounts), sum(len(account.citations) for account in accounts)) == (238, 296)


def test_no_markup_is_left_anywhere(archive: dict[str, PageReading]) -> None:
    left = [
        (name, text)
        for name, reading in archive.items()
        for account in reading.accounts
        for text in [
            account.text,
            account.category,
            *(topic.text for topic in account.topics),
            *(link.words for link in account.links),
            *(link.target for link in account.links),
        ]
        if _MARKUP.search(text)
    ]
    assert left == []


def test_every_citation_is_an_address_with_a_publisher(archive: dict[str, PageReading]) -> None:
    odd = [
        (name, citation)
        for name, reading in archive.items()
        for account in reading.accounts
        for citation in account.citations
        if not re.fullmatch(r"https?://[^\s<>\"|]+", citation.url) or not citation.publisher
    ]
    assert odd == []


def test_dropped_pieces_are_few(archive: dict[str, PageReading]) -> None:
    reasons = [dropped.reason for reading in archive.values() for dropped in reading.dropped]
    unusual = [reason for reason in reasons if reason not in ("no source", "topic without reports")]
    assert len(reasons) < 3_500
    assert len(unusual) < 40


def test_vandalised_and_blanked_versions_are_told_apart(recordings: Path) -> None:
    unreadable = []
    for line in (recordings / _REVISIONS).read_text("utf-8").splitlines():
        version = json.loads(line)
        if not read_page(version["page"], version["text"]).readable:
            unreadable.append((version["page"], version["polled_at"][:13]))
    assert unreadable == [
        ("2017_November_22", "2017-11-01T17"),  # asked to be deleted
        ("2017_November_2", "2017-11-02T09"),  # replaced by advertising
    ]
