"""The recorded archive, taken in by the product: the seed event, its day and what it is
related to, in both of its wordings."""

from __future__ import annotations

import re
import tarfile
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.sources.wikipedia import decode_page, page_day, page_name
from tests.support.commands import Commands, closed_port, dateline
from tests.support.data import find_data

__all__ = ["closed_port", "dateline"]  # fixtures

SEED = date(2017, 11, 23)
PUTIN, BASHIR, ICC = "Vladimir Putin", "Omar al-Bashir", "International Criminal Court"
# Days and shared entities, counted in the archive apart from this program.
FIRST_WORDING = [
    ("2017-11-05", {PUTIN}),
    ("2017-10-16", {PUTIN}),
    ("2017-10-07", {PUTIN}),
    ("2017-10-05", {PUTIN}),
    ("2017-09-26", {PUTIN}),
]
SECOND_WORDING = [
    ("2016-11-16", {PUTIN, ICC}),
    ("2016-10-21", {BASHIR, ICC}),
    ("2015-06-25", {BASHIR, ICC}),
    ("2015-06-15", {BASHIR, ICC}),
    ("2015-06-14", {BASHIR, ICC}),
]
MONTHS = {"2015-06", "2016-10", "2016-11", "2017-09", "2017-10", "2017-11"}
_RELATED = re.compile(r"^(\d+ \w+ \d{4}) .* /event_\d+\nContext: (.*)$", re.MULTILINE)
_SEED_LINE = re.compile(r"^\*\*.*\[\[Omar al-Bashir\]\].*$", re.MULTILINE)


@pytest.fixture
def data() -> Path:
    folder = find_data()
    if folder is None or not (folder / "current_events").is_dir():
        pytest.skip("the recorded archive is not here: set DATELINE_DATA")
    return folder


def take_out(data: Path, folder: Path) -> None:
    """Put the pages that are needed into a folder, as they are."""
    folder.mkdir()
    with tarfile.open(data / "current_events" / "days_1999-2017.tar.xz") as archive:
        for member in archive:
            name = Path(member.name).stem
            file = archive.extractfile(member) if member.isfile() else None
            if file and f"{_day_of(name):%Y-%m}" in MONTHS:
                (folder / f"{name}.txt").write_bytes(file.read())


def _day_of(name: str) -> date:
    try:
        return page_day(name)
    except ValueError:
        return date.min


def first_wording(data: Path, page: str) -> str:
    """The page with the seed event as it was first worded, linked as the portal did it."""
    told = (data / "event_pages" / "2017-11-23_first-wording.md").read_text("utf-8")
    (sentence,) = re.findall(r"^# (.*\S)\s*$", told, re.MULTILINE)
    for name in (BASHIR, PUTIN):
        sentence = sentence.replace(name, f"[[{name}]]", 1)
    line = _SEED_LINE.search(page)
    assert line
    source = line[0][line[0].rindex("[http") :]
    return page.replace(line[0], f"**{sentence} {source}")


def seed_number(dateline: Commands) -> str:
    """The seed event's number, as its day shows it."""
    day = dateline("ask", f"/today {SEED}").out
    (line,) = [line for line in day.splitlines() if BASHIR in line]
    return line.rpartition("/event_")[2]


def related(dateline: Commands, number: str) -> list[tuple[str, set[str]]]:
    said = dateline("ask", f"/related {number}").out
    return [
        (f"{datetime.strptime(day, '%d %B %Y'):%Y-%m-%d}", set(names.split(", ")))  # noqa: DTZ007
        for day, names in _RELATED.findall(said)
    ]


def test_the_seed_event_in_both_wordings(dateline: Commands, data: Path, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    take_out(data, archive)
    lines = dateline("backfill", "--archive", str(archive), "--json").documents
    (november,) = [line for line in lines if line["month"] == "2017-11"]
    assert november["reports"] == 238

    day = dateline("ask", f"/today {SEED}").out
    assert "23 November 2017" in day
    assert day.count("/event_") == 4
    for source in ("France 24", "BBC", "The Australian", "El Universal"):
        assert source in day
    number = seed_number(dateline)
    assert related(dateline, number) == SECOND_WORDING

    page = decode_page((archive / f"{page_name(SEED)}.txt").read_bytes())
    again = tmp_path / "again"
    again.mkdir()
    (again / f"{page_name(SEED)}.txt").write_text(first_wording(data, page), "utf-8")
    reworded = dateline("backfill", "--archive", str(again), "--json").documents
    assert reworded[-1]["new"] == 0
    assert seed_number(dateline) == number
    assert related(dateline, number) == FIRST_WORDING
