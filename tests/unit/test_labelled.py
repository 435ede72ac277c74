"""Labelled news of anybody's making is read, or refused with a sentence that names the line."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app.calibrating import read_file
from bot.core.likeness.labelled import Document, Pair, read_labelled
from bot.errors import InputError

MORNING = datetime(2017, 11, 23, 10, tzinfo=UTC)


def documents(*times: object) -> list[Document]:
    """Documents with these times, "none" where they have no such field."""
    lines = [
        {"event": 1, "text": "It rains."} | ({} if time == "none" else {"time": time})
        for time in times
    ]
    read = read_labelled("\n".join(map(json.dumps, lines)), "full")
    return [each for each in read if isinstance(each, Document)]


@pytest.mark.parametrize(
    "time",
    [
        "2017-11-23T10:00Z", "2017-11-23 10:00", "2017/11/23 10:00", "2017-11-23T11:00:00+01:00",
        "2017-11-23T10:00:00 UTC", "20171123T100000Z", "Thu, 23 Nov 2017 10:00:00 GMT",
        1511431200, "1511431200", 1511431200000, "1511431200000", 1511431200.0,
    ],
)  # fmt: skip
def test_times_are_read_in_the_forms_in_use(time: object) -> None:
    assert [each.at for each in documents(time)] == [MORNING]


def test_eight_digits_are_a_day() -> None:
    assert documents("20171123")[0].at == MORNING.replace(hour=0)


@pytest.mark.parametrize("time", ["none", None, ""])
def test_without_a_time_a_document_has_that_of_the_one_before(time: object) -> None:
    later = MORNING + timedelta(days=9)
    read = documents(time, MORNING.isoformat(), time, later.isoformat(), time)
    assert [each.at for each in read] == [MORNING, MORNING, MORNING, later, later]
    assert len({each.at for each in documents(time, time)}) == 1


@pytest.mark.parametrize("time", ["soon", "2017-13-01", 1e20, float("inf"), "0001-01-01", [], True])
def test_a_time_that_cannot_be_read_is_named(time: object) -> None:
    with pytest.raises(InputError, match=r"^Line 2: its time, .*, is none that can be read"):
        documents(MORNING.isoformat(), time)


@pytest.mark.parametrize(
    ("label", "same"),
    [
        (1, True), (1.0, True), ("1.0", True), (True, True), ("OK", True), (" yes ", True),
        (0, False), (0.0, False), (False, False), ("BAD", False), ("Different", False),
    ],
)  # fmt: skip
def test_labels_are_read_as_people_write_them(label: object, same: bool) -> None:
    line = json.dumps({"first": "It rains.", "second": "It pours.", "label": label})
    assert [each.same for each in read_labelled(line, "full") if isinstance(each, Pair)] == [same]


@pytest.mark.parametrize("label", [None, "perhaps", 2, 0.5, ""])
def test_other_labels_are_refused(label: object) -> None:
    line = json.dumps({"first": "It rains.", "second": "It pours.", "label": label})
    with pytest.raises(InputError, match=r"^Line 1: its label, .*, has to be"):
        read_labelled(line, "full")


@pytest.mark.parametrize("text", [None, 5, ["It rains."]])
def test_a_text_is_a_string(text: object) -> None:
    with pytest.raises(InputError, match="Line 3: its text is no string"):
        read_labelled("\n\n" + json.dumps({"event": 1, "text": text}), "full")


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85", "\x0b", "\x1c"])
def test_only_line_feeds_part_lines(character: str) -> None:
    text = f"It rains.{character}It pours."
    line = json.dumps({"event": 1, "text": text}, ensure_ascii=False)
    read = read_labelled(f"{line}\r\n\n{line}", "full")
    assert [each.text for each in read if isinstance(each, Document)] == [text, text]


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"event": 1, "text": "It rains."}\n')
    assert len(read_file(path, "lead")) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read"),
        ("Müller".encode("latin-1"), "is not UTF-8"),
        (b"\n \n", "There is no labelled news"),
        (b"[1]", "Line 1 is no JSON object"),
    ],
)
def test_a_file_that_is_none_is_refused(tmp_path: Path, content: bytes | None, said: str) -> None:
    path = tmp_path / "news.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=said):
        read_file(path, "full")
