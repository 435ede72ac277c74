"""``dateline backfill``: days gone by, from an archive or from the API."""

from __future__ import annotations

import io
import tarfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.sources.wikipedia import page_name
from tests.support.commands import Commands, closed_port, dateline
from tests.support.day_pages import REUTERS, WIRE, bullet, page_text, title_of
from tests.support.wiki import Wiki, wiki

__all__ = ["closed_port", "dateline", "wiki"]  # fixtures

VISIT = bullet("[[Ann Sample]] meets [[Bob Example]] in a café. They talk.", REUTERS, WIRE)
STORM = bullet("A storm hits [[Port Example]].", ("Reuters", "https://reuters.example/storm"))
NO_REPORT = "*Nobody says so."
COUNTS = ["days", "reports", "sources", "events", "dropped", "new"]
SHAPE = ["kind", "month", *COUNTS, "seconds", "peak_mib"]

PAGES = {
    date(2017, 10, 31): page_text(date(2017, 10, 31), [STORM, NO_REPORT]).encode(),
    date(2017, 11, 22): page_text(date(2017, 11, 22), [VISIT]).encode("latin-1"),
    date(2017, 11, 23): page_text(date(2017, 11, 23), []).encode(),
}
LINES = [
    {"month": "2017-10", "days": 1, "reports": 1, "sources": 1, "events": 1, "dropped": 1},
    {"month": "2017-11", "days": 2, "reports": 1, "sources": 2, "events": 1, "dropped": 0},
]


def folder_of(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    (folder / "2017").mkdir(parents=True)
    for day, content in PAGES.items():
        (folder / "2017" / f"{page_name(day)}.txt").write_bytes(content)
    (folder / "README.txt").write_text("no day page")
    return folder


def tar_of(tmp_path: Path) -> Path:
    path = tmp_path / "archive.tar.xz"
    with tarfile.open(path, "w:xz") as archive:
        for day, content in PAGES.items():
            member = tarfile.TarInfo(f"days/{page_name(day)}.txt")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        archive.addfile(tarfile.TarInfo("days/notes.md"), io.BytesIO())
    return path


def without(documents: list[dict[str, Any]], *names: str) -> list[dict[str, Any]]:
    return [{name: one[name] for name in one if name not in names} for one in documents]


@pytest.mark.parametrize("make", [folder_of, tar_of])
def test_the_lines_and_the_summary(dateline: Commands, tmp_path: Path, make: Any) -> None:
    archive = str(make(tmp_path))
    first = dateline("backfill", "--archive", archive, "--json").documents
    assert [list(line) for line in first] == [SHAPE] * 3
    assert [line["kind"] for line in first] == ["month", "month", "summary"]
    assert {line[name] for line in first[:-1] for name in ("seconds", "peak_mib")} == {None}
    assert without(first[:-1], "kind", "new", "seconds", "peak_mib") == LINES
    assert [line["new"] for line in first] == [1, 1, 2]
    summary = first[-1]
    sums = {name: sum(line[name] for line in LINES) for name in COUNTS[:-1]}  # type: ignore[misc]
    assert {name: summary[name] for name in sums} == sums
    assert summary["month"] is None
    assert isinstance(summary["seconds"], float)
    assert summary["peak_mib"] > 0

    second = dateline("backfill", "--archive", archive, "--json").documents
    assert [line["new"] for line in second] == [0, 0, 0]
    varying = ("new", "seconds", "peak_mib")
    assert without(second, *varying) == without(first, *varying)


def test_latin_1_pages_are_read_as_such(dateline: Commands, tmp_path: Path) -> None:
    assert dateline("backfill", "--archive", str(folder_of(tmp_path))).code == 0
    said = dateline("ask", "/today 2017-11-22").out
    assert "in a café." in said
    assert "\ufffd" not in said


def test_as_text(dateline: Commands, tmp_path: Path) -> None:
    ran = dateline("backfill", "--archive", str(folder_of(tmp_path)))
    assert (ran.code, ran.err) == (0, "")  # no progress bar where there is no terminal
    october, november, total, cost = ran.out.splitlines()
    assert october.split()[:5] == ["2017-10", "1", "day", "1", "report"]
    assert november.split()[:5] == ["2017-11", "2", "days", "1", "report"]
    assert total.split()[:6] == ["in", "all", "3", "days", "2", "reports"]
    ends = [line.index(" dropped") for line in (october, november, total)]
    assert len(set(ends)) == 1, "columns stay in line"
    assert "MiB" in cost


def test_a_backfill_pushes_nothing(dateline: Commands, tmp_path: Path) -> None:
    archive = folder_of(tmp_path)
    assert dateline("backfill", "--archive", str(archive)).code == 0  # where her name is known
    assert dateline("ask", "/follow Ann Sample").code == 0
    today = datetime.now(UTC).date()  # a day that could still be told of
    (archive / f"{page_name(today)}.txt").write_text(page_text(today, [VISIT]), "utf-8")
    assert dateline("backfill", "--archive", str(archive)).code == 0
    said = dateline("doctor").out
    assert " 3 events, 1 chat with 1 follow, 0 messages waiting, 0 feeds (" in said


async def test_days_come_from_the_api_fifty_a_request(dateline: Commands, wiki: Wiki) -> None:
    dateline.set(WIKIPEDIA_API_URL=wiki.api_url, WIKIMEDIA_CONTACT="tests@example.org")
    first = date(2017, 1, 1)
    days = [first + timedelta(days=number) for number in range(120)]
    for number, day in enumerate(days):
        if number % 2 == 0:
            one = bullet(f"[[Ann Sample]] says {number}.", ("Wire", f"https://w.example/{number}"))
            wiki.set_page(title_of(day), page_text(day, [one]))
    arguments = ["backfill", "--since", "2017-01-01", "--until", days[-1].isoformat(), "--json"]
    documents = (await dateline.beside(*arguments)).documents
    assert [line["month"] for line in documents] == [
        "2017-01", "2017-02", "2017-03", "2017-04", None,
    ]  # fmt: skip
    assert (documents[-1]["days"], documents[-1]["reports"], documents[-1]["new"]) == (60, 60, 60)
    asked = [len(each.params["titles"].split("|")) for each in wiki.requests]
    assert asked == [50, 50, 20]
    again = (await dateline.beside(*arguments)).documents
    assert [line["new"] for line in again] == [0] * 5


async def test_days_that_the_portal_does_not_have(dateline: Commands, wiki: Wiki) -> None:
    dateline.set(WIKIPEDIA_API_URL=wiki.api_url, WIKIMEDIA_CONTACT="tests@example.org")
    arguments = ["backfill", "--since", "1990-01-01", "--until", "1990-01-03", "--json"]
    (summary,) = (await dateline.beside(*arguments)).documents
    assert list(summary) == SHAPE
    assert summary["days"] == 0


def test_a_wikipedia_out_of_reach_is_named(dateline: Commands) -> None:
    ran = dateline("backfill", "--since", "2017-11-01", "--until", "2017-11-02")
    assert (ran.code, ran.out) == (1, "")
    assert "127.0.0.1" in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["--archive", "here", "--since", "2017-11-01"],
        ["--since", "2017-02-30"],
        ["--since", "November"],
        ["--since", "2017-11-02", "--until", "2017-11-01"],
        ["--since", "2017-11-02", "--until", "soon"],
        ["--archive", "here", "--until", "2017-11-02"],
        ["--archive", "missing"],
        ["--archive", "empty"],
        ["--archive", "empty/../dateline.txt"],
        ["--until", "2017-11-01"],
    ],
    ids=" ".join,
)
def test_bad_options_are_named(dateline: Commands, tmp_path: Path, options: list[str]) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "dateline.txt").write_text("no tar")
    ran = dateline("backfill", *options)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.strip()) > 10
    assert "Traceback" not in ran.err
    assert "Errno" not in ran.err
    assert ran.err.count("\n") == 1
