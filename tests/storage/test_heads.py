"""Heads of cited pages: which are wanted, due, read, given up and dropped."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.database import Database
from storage.heads import Asked
from storage.model import PageHead, Telling
from tests.support.portal import START, Portal
from tests.support.story import account

DAY = START.date()
HEAD = PageHead("Title", "What is told of it.", "https://cdn.example/a.jpg", "Paper", "en")
FERRY, SHIP = "paper.example/ferry-1", "wire.example/ship-2"


@pytest.fixture
async def cited(database: Database) -> int:
    """An event with two sources that the portal has just told; its number."""
    sources = [("Paper", f"https://{FERRY}"), ("Wire", f"https://{SHIP}")]
    (number,) = await Portal(database).stand(
        0, account(DAY.isoformat(), "A [[Ferry]] returns.", sources=sources)
    )
    return number


def asked(url: str, minute: float | None = 0, attempts: int = 0) -> Asked:
    due_at = None if minute is None else START + timedelta(minutes=minute)
    return Asked(url, f"https://{url}", due_at, attempts)


async def test_what_is_cited_is_wanted_until_it_is_asked_for(
    database: Database, cited: int
) -> None:
    async with database.transaction() as tx:
        assert await tx.heads.wanted(START, DAY, 9) == [(cited, FERRY), (cited, SHIP)]
        assert await tx.heads.wanted(START, DAY, 1) == [(cited, FERRY)]
        await tx.heads.ask([asked(FERRY)])
        assert await tx.heads.wanted(START, DAY, 9) == [(cited, SHIP)]
        assert await tx.heads.wanted(START + timedelta(seconds=1), DAY, 9) == []
        assert await tx.heads.wanted(START, DAY + timedelta(days=1), 9) == []


async def test_what_is_told_silently_is_not_wanted(database: Database) -> None:
    told = account(DAY.isoformat(), "A [[Ferry]] returns.")
    await Portal(database, telling=Telling.SILENT).poll(0, told)
    async with database.reading() as tx:
        assert await tx.heads.wanted(START, DAY, 9) == []


async def test_pages_come_due_in_turn_and_once_read_no_more(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.heads.ask([asked("c", 3), asked("b", 2), asked("a", 2), asked("n", None)])
        await tx.heads.ask([asked("c", 0, 7)])  # known already
        now = START + timedelta(minutes=3)
        assert [page.url for page in await tx.heads.due(now, 9)] == ["a", "b", "c"]
        assert await tx.heads.due(now - timedelta(seconds=1), 1) == [asked("a", 2)]
        await tx.heads.save({"a": HEAD}, now)
        await tx.heads.put_off([asked("b", 9, 1), asked("c", None, 3)])
        assert await tx.heads.due(now, 9) == []
        assert await tx.heads.due(now + timedelta(hours=1), 9) == [asked("b", 9, 1)]


async def test_only_what_was_read_has_a_head(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.heads.ask([asked("a"), asked("b")])
        await tx.heads.save({"a": HEAD}, START)
        assert await tx.heads.of(["a", "b", "c"]) == {"a": HEAD}
        assert await tx.heads.describing([HEAD.description, "", "x"]) == {"a": HEAD}
        await tx.heads.save({"a": PageHead()}, START)
        assert await tx.heads.of(["a"]) == {"a": PageHead()}


async def test_the_events_that_cite_pages_are_found(database: Database, cited: int) -> None:
    async with database.reading() as tx:
        assert await tx.heads.citing([FERRY, SHIP, "x"]) == {cited}
        assert await tx.heads.citing(["x"]) == set()


@pytest.mark.usefixtures("cited")
async def test_pages_that_nothing_recent_cites_are_dropped(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.heads.ask([asked(FERRY), asked("x")])
        await tx.heads.save({FERRY: HEAD, "x": HEAD}, START)
        await tx.heads.forget(DAY)
        assert await tx.heads.of([FERRY, "x"]) == {FERRY: HEAD}
        await tx.heads.forget(DAY + timedelta(days=1))
        assert await tx.heads.of([FERRY]) == {}
