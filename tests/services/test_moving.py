"""A bullet that editors move to another day's page stays the event that readers know."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.services.merging import unmerge
from bot.sources.wikipedia import page_name
from storage.database import Database
from storage.model import Account
from tests.support.portal import START, Portal, follow, send_all
from tests.support.story import account

TODAY = START.date()
NFL = ("NFL", "https://nfl.example.org/gifford-54321")
NBC = ("NBC", "https://nbc.example.org/gifford-12345")
WORDS = "Player and sportscaster [[Frank Gifford]] dies at the age of 84."
LONGER = WORDS + " He was with the [[New York Giants|Giants]]."
# So many that nobody doubts a version that loses others.
STAYING = [
    account(str(TODAY), text)
    for text in (
        "[[Jo Mayor]] is sworn in as mayor of [[Springfield]].",
        "A bridge collapses in [[Shelbyville]].",
        "[[Acme]] opens a factory in [[Ogdenville]].",
    )
]
TWO = [("He was with the Giants.", NFL), ("He was first to present a Monday's game.", NBC)]
ORDERS = ["together", "gone first", "new first"]


class Pages:
    """Two days' pages, today's and one some ``days`` before."""

    def __init__(self, database: Database, days: int) -> None:
        self.database = database
        self.day = TODAY - timedelta(days=days)
        self.today = Portal(database)
        self.before = Portal(database, page=page_name(self.day), day=self.day)

    def of_then(self, text: str, source: tuple[str, str]) -> Account:
        """What the earlier day's page says."""
        return account(str(self.day), text, sources=[source])

    async def move(self, order: str, *there: Account) -> None:
        """Take it off today's page, and put ``there`` on the other one."""
        if order == "new first":
            await self.before.poll(20, *there)
        await self.today.poll(24 if order == "new first" else 20, *STAYING)
        await self.before.poll(20 if order == "together" else 24, *there)
        for minute in (28, 32, 36):
            await self.today.poll(minute, *STAYING)
            await self.before.poll(minute, *there)

    async def alerts(self, minute: int) -> int:
        """How many alerts go at a minute."""
        return len(await send_all(self.database, self.today.at(minute)))


FIRST = account(str(TODAY), WORDS, sources=[NFL])


async def first_told(pages: Pages, *told: Account) -> None:
    """The reader has heard of what today's page said."""
    await follow(pages.database, 1, "Frank Gifford")
    await pages.today.stand(0, *STAYING, *told)
    assert await pages.alerts(10) == 1


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("days", [1, 2, 5])
@pytest.mark.parametrize("text,source", [(WORDS, NFL), (WORDS, NBC), (LONGER, NBC)])
async def test_is_told_once(
    database: Database, order: str, days: int, text: str, source: tuple[str, str]
) -> None:
    pages = Pages(database, days)
    await first_told(pages, FIRST)
    await pages.move(order, pages.of_then(text, source))
    assert await pages.alerts(36) == 0
    assert [event.title for event in await pages.today.events()] == [each.text for each in STAYING]
    [event] = await pages.before.events()
    assert event.day == pages.day


@pytest.mark.parametrize(
    "text",
    [
        "A street of [[New York City]] is to bear the name of [[Frank Gifford]].",
        "[[Frank Gifford]] opens a museum.",
    ],
)
async def test_what_else_is_told_of_the_same_person_is_another_event(
    database: Database, text: str
) -> None:
    pages = Pages(database, 1)
    await first_told(pages, FIRST)
    await pages.move("together", pages.of_then(text, NBC))
    assert await pages.alerts(36) == 1


async def test_what_is_worded_alike_and_comes_days_later_is_another_event(
    database: Database,
) -> None:
    strikes = "[[Russia]] launches drones and missiles at [[Kyiv]] overnight."
    later = "[[Russia]] launches drones and missiles at [[Kyiv]] again."
    pages = Pages(database, 2)
    await follow(database, 1, "Kyiv")
    await pages.before.stand(0, pages.of_then(strikes, NFL))
    assert await pages.alerts(10) == 1
    await pages.before.stand(20)
    await pages.today.stand(600, account(str(TODAY), later, sources=[NBC]))
    assert await pages.alerts(610) == 1


async def test_two_alike_continue_two(database: Database) -> None:
    both = [account(str(TODAY), f"{WORDS} {more}", sources=[link]) for more, link in TWO]
    pages = Pages(database, 3)
    await follow(database, 1, "Frank Gifford")
    await pages.today.stand(0, *STAYING, *both)
    assert await pages.alerts(10) == 2
    await pages.move("together", *(replace(each, day=pages.day) for each in both))
    assert await pages.alerts(36) == 0
    assert len(await pages.before.events()) == 2


async def test_stays_apart_where_an_operator_has_parted_it(database: Database) -> None:
    pages = Pages(database, 1)
    await first_told(pages, FIRST)
    await pages.move("together", pages.of_then(WORDS, NBC))
    [event] = await pages.before.events()
    [gone] = event.merged_from
    await unmerge(database, gone, pages.today.at(40))
    await pages.before.poll(44)
    await pages.before.stand(50, pages.of_then(WORDS, NBC))
    async with database.reading() as tx:
        assert await tx.events.survivor(gone) == gone
