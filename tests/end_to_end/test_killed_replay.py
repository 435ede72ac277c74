"""A replay killed at ten points and resumed prints what the undisturbed one prints."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from tests.support.children import Child
from tests.support.databases import database_url
from tests.support.nursery import dateline
from tests.support.recordings import Recording, recorded, written

__all__ = ["database_url"]  # a fixture: on both engines

KILLS = 10
DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}

Line = dict[str, Any]


@pytest.fixture
def recording(tmp_path: Path) -> Recording:
    """The portal's own days where they are at hand, else made-up ones."""
    return recorded() or written(tmp_path)


async def test_ten_kills_change_no_message(
    recording: Recording, database_url: str, tmp_path: Path
) -> None:
    undisturbed = await whole_run(recording, tmp_path)
    points = sorted(Random(7).sample(range(1, len(undisturbed) * 3 // 4), KILLS - 1))
    arguments = [*recording.arguments, "--database", database_url]
    output = await killed_at_start(arguments, database_url, tmp_path)
    for point in points:
        output += await killed_at(arguments, tmp_path, output, point)
    async with dateline(*arguments, folder=tmp_path) as child:
        last = b"".join([line async for line in child.lines()])
        assert await child.code() == 0
    assert_same(lines_of(output + last), undisturbed)
    assert child.log.read_text() == ""


async def test_a_finished_replay_prints_nothing_but_its_summary_again(tmp_path: Path) -> None:
    arguments = [*written(tmp_path, hours=12).arguments, "--database", f"sqlite:///{tmp_path}/x.db"]
    summaries = []
    for _ in range(2):
        async with dateline(*arguments, folder=tmp_path) as child:
            *lines, summary = [line async for line in child.lines()]
            summaries.append(summary)
    assert lines == []
    assert summaries[0] == summaries[1]


async def whole_run(recording: Recording, folder: Path) -> list[Line]:
    async with dateline(*recording.arguments, folder=folder) as child:
        lines = [json.loads(line) async for line in child.lines()]
        assert await child.code() == 0, child.log.read_text()
    assert len(lines) > 2 * KILLS
    return lines


async def killed_at_start(arguments: Sequence[str], database_url: str, folder: Path) -> bytes:
    """Killed as soon as its tables are there."""
    async with dateline(*arguments, folder=folder) as child:
        await until_there(database_url, child)
        return cut(await child.kill())


async def until_there(database_url: str, child: Child) -> None:
    """Wait until there are tables in a database."""
    url = make_url(database_url)
    engine = create_async_engine(url.set(drivername=DRIVERS[url.drivername.split("+")[0]]))
    try:
        there = False
        while not there:
            assert child.process.returncode is None, child.log.read_text()
            try:
                async with engine.connect() as connection:
                    there = await connection.run_sync(lambda one: inspect(one).has_table("outbox"))
            except DBAPIError:  # being made or locked just now
                continue
    finally:
        await engine.dispose()


async def killed_at(arguments: Sequence[str], folder: Path, before: bytes, point: int) -> bytes:
    """Killed as soon as, with what was printed before, so many different lines are there."""
    known = {key(line) for line in lines_of(before)}
    output = b""
    async with dateline(*arguments, folder=folder) as child:
        async for line in child.lines():
            output += line
            known |= {key(one) for one in lines_of(line)}
            if len(known) >= point:
                break
        output += await child.kill()
        assert await child.code() == -9, child.log.read_text()
    return cut(output)


def cut(output: bytes) -> bytes:
    """Output that may end within a line, so that another run's can follow."""
    return output if output.endswith(b"\n") or not output else output + b"\n"


def lines_of(output: bytes) -> list[Line]:
    """The whole lines of an output; those that a kill cut are left out."""
    found = []
    for line in output.splitlines():
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    return found


def key(line: Line) -> str:
    """A line without the event's number, which a run that was undone may give anew."""
    return json.dumps({name: value for name, value in line.items() if name != "event"})


def assert_same(disturbed: Sequence[Line], undisturbed: Sequence[Line]) -> None:
    """Each line once they are the same, and one number stands for one event."""
    *last, summary = disturbed
    assert summary == undisturbed[-1]
    events = {key(line): line["event"] for line in last}  # the newest number of each
    assert list(events) == [key(line) for line in undisturbed[:-1]]
    pairs = {(line["event"], events[key(line)]) for line in undisturbed[:-1]}
    assert len(pairs) == len({old for old, _ in pairs}) == len({new for _, new in pairs})
