"""``dateline replay``: recorded revisions through the real pipeline, under their own clock."""

from __future__ import annotations

import json
import lzma
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import Commands, closed_port, dateline
from tests.support.day_pages import REUTERS, WIRE, bullet, page_text

__all__ = ["closed_port", "dateline"]  # fixtures

NOON = datetime(2017, 11, 23, 12, tzinfo=UTC)
DAY = date(2017, 11, 23)
PAGE = "2017_November_23"
STORM = bullet("A storm hits [[Port Example]].", ("Reuters", "https://reuters.example/storm"))
VISIT = bullet("[[Ann Sample]] meets [[Bob Example]]. They talk.", REUTERS, WIRE)
AGREED = VISIT.replace("They talk.", "They agree.")

Told = tuple[str, int, str]


def record(path: Path, pages: Mapping[int, Sequence[str]]) -> Path:
    """A recording: minutes after noon, and the bullets that the page has from then on."""
    lines = [
        {
            "polled_at": (NOON + timedelta(minutes=minute)).isoformat().replace("+00:00", "Z"),
            "page": PAGE,
            "text": page_text(DAY, bullets),
        }
        for minute, bullets in pages.items()
    ]
    text = "".join(json.dumps(line) + "\n" for line in lines)
    if path.suffix == ".xz":
        path.write_bytes(lzma.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf-8")
    return path


def told(documents: Sequence[Mapping[str, Any]]) -> list[Told]:
    """Kind, minute and follow of each line but the summary."""
    return [
        (
            line["kind"],
            int((datetime.fromisoformat(line["at"]) - NOON).seconds / 60),
            line["follow"],
        )
        for line in documents[:-1]
    ]


WHOLE: dict[int, Sequence[str]] = {
    0: [STORM],
    60: [STORM, VISIT],
    120: [STORM, AGREED],
    180: [STORM],
    240: [STORM, AGREED],
    300: [STORM, AGREED],
}


@pytest.mark.parametrize("name", ["plain.jsonl", "packed.jsonl.xz"])
def test_the_lines_and_the_summary(dateline: Commands, tmp_path: Path, name: str) -> None:
    path = record(tmp_path / name, WHOLE)
    follows = ["--follow", "Ann Sample", "--follow", "Port Example"]
    ran = dateline("replay", str(path), *follows, "--hold", "0", "--json")
    storm, alert, edit, withdrawal, back, summary = ran.documents
    assert alert == {
        "kind": "alert",
        "at": "2017-11-23T13:00:00+00:00",
        "follow": "Ann Sample",
        "event": alert["event"],
        "day": "2017-11-23",
        "entities": ["Ann Sample", "Bob Example"],
        "title": "Ann Sample meets Bob Example. They talk.",
        "sources": [REUTERS[1], WIRE[1]],
    }
    assert list(alert) == ["kind", "at", "follow", "event", "day", "entities", "title", "sources"]
    after = {"title": "Ann Sample meets Bob Example. They agree."}
    assert edit == {**alert, **after, "kind": "edit", "at": "2017-11-23T14:00:00+00:00"}
    assert withdrawal == {**edit, "kind": "withdrawal", "at": "2017-11-23T15:00:00+00:00"}
    assert back == {**edit, "at": "2017-11-23T16:00:00+00:00"}
    assert (storm["kind"], storm["follow"], storm["event"]) == (
        "alert", "Port Example", 1,
    )  # fmt: skip
    assert summary == {
        "kind": "summary",
        "revisions": 6,
        "reports": 2,
        "events": 2,
        "withdrawn": 0,
        "alerts": 2,
        "edits": 2,
    }


def test_a_change_counts_at_the_first_tick_at_which_it_has_stood(
    dateline: Commands, tmp_path: Path
) -> None:
    path = record(
        tmp_path / "held.jsonl",
        {0: [STORM], 10: [VISIT], 15: [VISIT], 19: [AGREED], 21: [AGREED], 40: [AGREED]},
    )
    ran = dateline("replay", str(path), "--follow", "Ann Sample", "--hold", "10m", "--json")
    # Its words changed at 19, so that it has stood as it is since then only.
    assert told(ran.documents) == [("alert", 40, "Ann Sample")]
    path = record(tmp_path / "calm.jsonl", {0: [STORM], 10: [VISIT], 19: [VISIT], 20: [VISIT]})
    ran = dateline("replay", str(path), "--follow", "Ann Sample", "--hold", "10m", "--json")
    assert told(ran.documents) == [("alert", 20, "Ann Sample")]


def test_the_hold_of_the_settings_is_the_default(dateline: Commands, tmp_path: Path) -> None:
    path = record(tmp_path / "x.jsonl", {0: [STORM], 10: [VISIT], 20: [VISIT], 40: [VISIT]})
    arguments = ["replay", str(path), "--follow", "Ann Sample", "--json"]
    assert told(dateline(*arguments).documents) == [("alert", 20, "Ann Sample")]
    dateline.set(ALERT_HOLD="30m")
    assert told(dateline(*arguments).documents) == [("alert", 40, "Ann Sample")]


def test_each_follow_is_a_reader_of_its_own(dateline: Commands, tmp_path: Path) -> None:
    path = record(tmp_path / "x.jsonl", {0: [STORM], 10: [STORM, VISIT]})
    follows = ["--follow", "Ann Sample", "--follow", "Bob Example", "--follow", "Nobody Here"]
    ran = dateline("replay", str(path), *follows, "--hold", "0", "--json")
    assert told(ran.documents) == [("alert", 10, "Ann Sample"), ("alert", 10, "Bob Example")]


def test_until_ends_it_early(dateline: Commands, tmp_path: Path) -> None:
    path = record(tmp_path / "x.jsonl", WHOLE)
    arguments = ["replay", str(path), "--follow", "Ann Sample", "--hold", "0", "--json", "--until"]
    for until in ("2017-11-23T14:00:00Z", "2017-11-23T15:00:00+01:00", "2017-11-23T14:59"):
        documents = dateline(*arguments, until).documents
        assert told(documents) == [("alert", 60, "Ann Sample"), ("edit", 120, "Ann Sample")]
        assert documents[-1]["revisions"] == 3


def test_as_text(dateline: Commands, tmp_path: Path) -> None:
    path = record(tmp_path / "x.jsonl", {0: [STORM], 10: [STORM, VISIT]})
    ran = dateline("replay", str(path), "--follow", "Ann Sample", "--hold", "0")
    assert (ran.code, ran.out) == (
        0,
        "2017-11-23 12:10 alert      Ann Sample: Ann Sample meets Bob Example. They talk.\n"
        "2 revisions, 2 reports, 2 events, 0 withdrawn, 1 alert, 0 edits\n",
    )


def test_pages_that_are_no_days_are_passed_over(dateline: Commands, tmp_path: Path) -> None:
    path = record(tmp_path / "x.jsonl", {0: [STORM], 10: [STORM, VISIT]})
    odd = {"polled_at": "2017-11-23T12:05:00Z", "page": "Main_Page", "text": VISIT}
    never = {**odd, "page": "2017_February_30"}
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{json.dumps(odd)}\n{json.dumps(never)}\n")
    ran = dateline("replay", str(path), "--follow", "Ann Sample", "--hold", "0", "--json")
    assert told(ran.documents) == [("alert", 10, "Ann Sample")]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '"text"',
        "{}",
        '{"polled_at": "yesterday", "page": "2017_November_23", "text": ""}',
        '{"polled_at": "2017-11-23T12:00:00Z", "page": "2017_November_23"}',
        '{"polled_at": "2017-11-23T12:00:00Z", "page": 7, "text": ""}',
        '{"polled_at": 7, "page": "2017_November_23", "text": ""}',
        "\x00\xff",
    ],
)
def test_a_bad_line_is_named(dateline: Commands, tmp_path: Path, line: str) -> None:
    path = record(tmp_path / "x.jsonl", {0: [STORM]})
    path.write_bytes(path.read_bytes() + line.encode("latin-1") + b"\n")
    ran = dateline("replay", str(path), "--follow", "Ann Sample")
    assert (ran.code, ran.out) == (2, "")
    assert "Line 2 of" in ran.err
    assert "Traceback" not in ran.err


def test_files_that_cannot_be_read(dateline: Commands, tmp_path: Path) -> None:
    torn = record(tmp_path / "torn.jsonl.xz", WHOLE)
    torn.write_bytes(torn.read_bytes()[:-20])
    plain = tmp_path / "plain.jsonl.xz"
    plain.write_text("no xz")
    for path in (tmp_path / "missing.jsonl", tmp_path, torn, plain):
        ran = dateline("replay", str(path), "--follow", "Ann Sample")
        assert (ran.code, ran.out) == (2, ""), path
        assert ran.err.startswith(f"{path} cannot be read: ")
        assert ran.err.count(str(path)) == 1
        assert "Errno" not in ran.err
        assert ran.err.count("\n") == 1
        assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    "options",
    [
        ["--hold", "soon"],
        ["--hold", "-5m"],
        ["--until", "tomorrow"],
        ["--until", "2017-02-30T00:00:00Z"],
        ["--follow", " "],
        ["--database", "mysql://x/y"],
    ],
    ids=" ".join,
)
def test_bad_options_are_named(dateline: Commands, tmp_path: Path, options: list[str]) -> None:
    path = record(tmp_path / "x.jsonl", WHOLE)
    ran = dateline("replay", str(path), "--follow", "Ann Sample", *options)
    assert ran.code in (1, 2)
    assert ran.out == ""
    assert options[0] in ran.err or "DATABASE_URL" in ran.err
    assert "Traceback" not in ran.err


def test_an_empty_recording_says_nothing_happened(dateline: Commands, tmp_path: Path) -> None:
    path = record(tmp_path / "x.jsonl", {})
    ran = dateline("replay", str(path), "--follow", "Ann Sample", "--json")
    assert [line["revisions"] for line in ran.documents] == [0]


def test_a_page_in_two_polls_of_one_time_is_as_last_recorded(
    dateline: Commands, tmp_path: Path
) -> None:
    first = record(tmp_path / "1.jsonl", {0: [STORM], 10: [VISIT]})
    second = record(tmp_path / "2.jsonl", {10: [AGREED]})
    path = tmp_path / "x.jsonl"
    path.write_text(first.read_text() + second.read_text())
    ran = dateline("replay", str(path), "--follow", "Ann Sample", "--hold", "0", "--json")
    assert [line["title"] for line in ran.documents[:-1]] == [
        "Ann Sample meets Bob Example. They agree."
    ]


def test_a_follow_that_no_event_names_is_told(dateline: Commands, tmp_path: Path) -> None:
    path = record(tmp_path / "r.jsonl", {0: [VISIT], 20: [VISIT]})
    ran = dateline("replay", str(path), "--follow", "Bob Example", "--follow", "Ann Sampel")
    assert ran.code == 0
    assert ran.err == "No event names 'Ann Sampel'. Is one of these meant: Ann Sample?\n"
    ran = dateline("replay", str(path), "--follow", "no such name")
    assert ran.err == "No event names 'no such name'.\n"
