"""A recording through the real pipeline: what would have been sent, and when."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from bot.errors import InputError
from bot.services.replaying import Replaying
from bot.sources.recordings import RecordedRevision
from bot.sources.wikipedia import read_page
from storage.database import Database
from tests.support.day_pages import Source, bullet, page_text
from tests.support.portal import PAGE, START, Killed
from tests.support.rows import clear_all

DAY, NEXT_DAY = date(2017, 11, 23), date(2017, 11, 24)
NEXT_PAGE = "2017_November_24"
PAPER: Source = ("Paper", "https://paper.example/flood")
WIRE: Source = ("Wire", "https://wire.example/bridge")
POST: Source = ("Post", "https://post.example/vote")
FLOOD = bullet("A flood reaches [[Springfield]].", PAPER)
GREAT_FLOOD = bullet("A great flood reaches [[Springfield]] by night.", PAPER)
NAMED_FLOOD = bullet("A flood reaches [[Springfield]], says [[Jo Mayor]].", PAPER)
BRIDGE = bullet("[[Jo Mayor]] opens a bridge in the south.", WIRE)
VOTE = bullet("[[Parliament of Springfield|Parliament]] votes on the budget.", POST)

Line = dict[str, Any]


def hour(number: int, *bullets: str) -> RecordedRevision:
    """The page as it was found so many hours after the start."""
    return RecordedRevision(START + timedelta(hours=number), PAGE, page_text(DAY, bullets))


async def replay(
    database: Database,
    revisions: Iterable[RecordedRevision],
    *follows: str,
    hold: timedelta = timedelta(0),
    emit: Callable[[Line], None] | None = None,
) -> list[Line]:
    """Replay; what was printed, but for the summary."""
    lines: list[Line] = []
    replaying = Replaying(database, read_page, hold=hold, emit=emit or lines.append)
    await replaying.replay("recording", list(revisions), follows)
    return lines[:-1]


def short(lines: Sequence[Line]) -> list[tuple[str, int, str]]:
    """Each line's kind, hour and reader."""
    hours = [(START.fromisoformat(line["at"]) - START) / timedelta(hours=1) for line in lines]
    return [(line["kind"], int(at), line["follow"]) for line, at in zip(lines, hours, strict=True)]


async def test_an_alert_says_all_about_its_event(database: Database) -> None:
    [line] = await replay(database, [hour(0, FLOOD)], "Springfield")
    assert line == {
        "kind": "alert",
        "at": "2017-11-23T12:00:00+00:00",
        "follow": "Springfield",
        "event": line["event"],
        "day": "2017-11-23",
        "entities": ["Springfield"],
        "title": "A flood reaches Springfield.",
        "sources": ["https://paper.example/flood"],
    }


async def test_each_follow_is_a_reader_of_its_own(database: Database) -> None:
    lines = await replay(database, [hour(0, NAMED_FLOOD)], "Springfield", "Jo Mayor")
    assert short(lines) == [("alert", 0, "Springfield"), ("alert", 0, "Jo Mayor")]


async def test_a_rewording_is_one_edit(database: Database) -> None:
    revisions = [hour(0, FLOOD), hour(1, GREAT_FLOOD), hour(2, GREAT_FLOOD)]
    lines = await replay(database, revisions, "Springfield")
    assert short(lines) == [("alert", 0, "Springfield"), ("edit", 1, "Springfield")]


async def test_a_late_entity_alerts_its_follower_and_edits_for_the_others(
    database: Database,
) -> None:
    lines = await replay(
        database, [hour(0, FLOOD), hour(1, NAMED_FLOOD)], "Springfield", "Jo Mayor"
    )
    assert short(lines) == [
        ("alert", 0, "Springfield"),
        ("alert", 1, "Jo Mayor"),
        ("edit", 1, "Springfield"),
    ]


async def test_a_withdrawal_is_told_to_who_had_the_alert_and_a_return_is_an_edit(
    database: Database,
) -> None:
    revisions = [hour(0, FLOOD, VOTE), hour(1, VOTE), hour(2, FLOOD, VOTE)]
    lines = await replay(database, revisions, "Springfield", "Jo Mayor")
    assert short(lines) == [
        ("alert", 0, "Springfield"),
        ("withdrawal", 1, "Springfield"),
        ("edit", 2, "Springfield"),
    ]


async def test_what_vanishes_within_the_hold_is_never_printed(database: Database) -> None:
    revisions = [hour(0, FLOOD, VOTE), hour(1, VOTE), hour(5, VOTE, BRIDGE)]
    hold = timedelta(hours=2)
    assert await replay(database, revisions, "Springfield", hold=hold) == []


async def test_a_change_counts_at_the_first_tick_after_its_hold(database: Database) -> None:
    other = [
        RecordedRevision(START + timedelta(hours=number), NEXT_PAGE, page_text(NEXT_DAY, [VOTE]))
        for number in range(1, 5)
    ]
    revisions = [hour(0, FLOOD), *other]
    lines = await replay(database, revisions, "Springfield", hold=timedelta(minutes=90))
    assert short(lines) == [("alert", 2, "Springfield")]


async def test_a_page_in_doubt_is_looked_at_again_at_every_tick(database: Database) -> None:
    revisions = [hour(0, FLOOD, BRIDGE, VOTE), hour(1, VOTE)]
    later = RecordedRevision(START + timedelta(hours=2), NEXT_PAGE, page_text(NEXT_DAY, []))
    lines = await replay(database, [*revisions, later], "Springfield")
    assert short(lines) == [("alert", 0, "Springfield"), ("withdrawal", 2, "Springfield")]


@pytest.mark.parametrize("text", ["", "Vandals were here!", "{{Current events"])
async def test_a_page_that_cannot_be_read_changes_nothing(database: Database, text: str) -> None:
    blank = RecordedRevision(START + timedelta(hours=1), PAGE, text)
    lines = await replay(database, [hour(0, FLOOD), blank, hour(2, FLOOD)], "Springfield")
    assert short(lines) == [("alert", 0, "Springfield")]


async def test_the_summary_counts_the_whole_database(database: Database) -> None:
    revisions = [hour(0, FLOOD, VOTE), hour(1, GREAT_FLOOD, VOTE), hour(2, VOTE)]
    lines: list[Line] = []
    await replay(database, revisions, "Springfield", emit=lines.append)
    assert lines[-1] == {
        "kind": "summary",
        "revisions": 3,
        "reports": 2,
        "events": 2,
        "withdrawn": 1,
        "alerts": 1,
        "edits": 1,
    }


async def test_a_finished_replay_has_nothing_more_to_say(database: Database) -> None:
    revisions = [hour(0, FLOOD), hour(1, GREAT_FLOOD)]
    assert len(await replay(database, revisions, "Springfield")) == 2
    assert await replay(database, revisions, "Springfield") == []


# --- killed


class Output:
    """What a process has printed until it was killed, instead of printing line ``end``."""

    def __init__(self, end: int | None = None) -> None:
        self.lines: list[Line] = []
        self._end = end

    def __call__(self, line: Line) -> None:
        if len(self.lines) == self._end:
            raise Killed
        self.lines.append(line)


STORY = [
    hour(0, FLOOD, VOTE),
    hour(1, NAMED_FLOOD, VOTE, BRIDGE),
    hour(2, NAMED_FLOOD, BRIDGE),
    hour(3, GREAT_FLOOD, BRIDGE, VOTE),
]
READERS = ("Springfield", "Jo Mayor", "Parliament of Springfield")


def unlike(lines: Iterable[Line]) -> list[str]:
    """The lines, each once, with events named by the order of their first line."""
    names: dict[int, int] = {}
    renamed = []
    for line in lines:
        event = line.get("event")
        if event is not None:
            line = {**line, "event": names.setdefault(event, len(names))}
        renamed.append(json.dumps(line, sort_keys=True))
    return list(dict.fromkeys(renamed))


async def run(database: Database, output: Output) -> list[Line]:
    await replay(database, STORY, *READERS, emit=output)
    return output.lines


async def test_a_replay_killed_at_any_line_goes_on_where_it_was(database: Database) -> None:
    undisturbed = await run(database, Output())
    assert {line["kind"] for line in undisturbed} == {"alert", "edit", "withdrawal", "summary"}
    for end in range(len(undisturbed)):
        await clear_all(database)
        killed = Output(end)
        with pytest.raises(Killed):
            await run(database, killed)
        resumed = await run(database, Output())
        assert sorted(unlike([*killed.lines, *resumed])) == sorted(unlike(undisturbed))


async def test_a_replay_killed_again_and_again_loses_nothing(database: Database) -> None:
    undisturbed = await run(database, Output())
    await clear_all(database)
    printed: list[Line] = []
    for end in [0, 1, 2, 1, 0, 2]:
        killed = Output(end)
        with pytest.raises(Killed):
            await run(database, killed)
        printed += killed.lines
    printed += await run(database, Output())
    assert sorted(unlike(printed)) == sorted(unlike(undisturbed))


async def test_a_database_with_readers_of_its_own_is_refused(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.chats.chat(4242, START)
    with pytest.raises(InputError, match="a database of its own"):
        await replay(database, [hour(0, FLOOD)], "Springfield")


async def test_a_line_of_no_day_page_is_counted_and_passed_over(database: Database) -> None:
    lines: list[Line] = []
    elsewhere = RecordedRevision(START, "Main_Page", "Hello")
    replaying = Replaying(
        database,
        lambda page, text: None if page == "Main_Page" else read_page(page, text),
        hold=timedelta(0),
        emit=lines.append,
    )
    await replaying.replay("recording", [elsewhere, hour(1, FLOOD)], ["Springfield"])
    assert [line["kind"] for line in lines] == ["alert", "summary"]
    assert lines[-1]["revisions"] == 2
