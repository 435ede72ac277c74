"""What is done again and again costs what is due, not what was ever kept."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest_asyncio

from bot.services.digesting import come_back
from bot.services.looking import Looking
from bot.services.resolving import Resolving
from bot.sources.http import Response
from bot.sources.mediawiki import Item, Resolved
from storage.model import Chat, ChatState, FollowMode, MessageState, Telling
from tests.support.archive import keep_old
from tests.support.databases import ReusedSqlite
from tests.support.day_pages import bullet
from tests.support.digest_desk import READER, Desk
from tests.support.heads import article_page
from tests.support.polled_both import PolledBoth
from tests.support.polled_feeds import FeedEntry
from tests.support.statements import Cost, costs

KEPT = 1000  # of each kind of rows
FEW = 2 * KEPT  # steps: whatever looks at all rows of a kind takes three for each at least
MISSED = 50
URL = "https://daily.example/rss"
VOTE = bullet("[[Parliament]] votes on the budget.", ("Daily", "https://daily.example/3"))
BRIDGE = bullet("[[Jo Mayor]] opens a bridge.", ("Daily", "https://daily.example/2"))


@pytest_asyncio.fixture
async def desk(reused_sqlite: ReusedSqlite, tmp_path: Path) -> AsyncIterator[Desk]:
    """Where much has happened long ago. On SQLite, which plans the same for few rows as for
    millions: what it goes through here it goes through there."""
    database = await reused_sqlite.open(f"sqlite:///{tmp_path}/kept.db")
    desk = Desk(database)
    reader, other = await desk.reader(), await desk.reader(number=READER + 1)
    await keep_old(database, reader.id, other.id, KEPT)
    await desk.follow(reader, "Jo Mayor", FollowMode.AT_ONCE)
    yield desk
    await database.close()


async def chat_of(desk: Desk) -> Chat:
    """The reader's chat."""
    async with desk.database.reading() as tx:
        [chat] = await tx.chats.topics(READER)
    return chat


def dear(found: Sequence[Cost], steps: int = FEW) -> list[Cost]:
    """What took so many steps or more."""
    return [cost for cost in found if cost.steps >= steps]


async def test_alerts_edits_quiet_hours_and_the_sweep(desk: Desk) -> None:
    await desk.choose(await chat_of(desk), quiet=("14:00", "15:00"), weekly=0)
    told = desk.happening("Jo Mayor")
    async with costs(desk.database) as found:
        await desk.story.tell(told, telling=Telling.PUSH)
        assert len(await desk.work("12:30")) == 1
        await desk.story.reword(told, "[[Jo Mayor]] says the same.")
        await desk.work("13:30")
        for _ in range(5):
            await desk.tell("Jo Mayor")
        assert await desk.work("14:30") == []
        assert len(await desk.work("15:00")) == 1
    assert dear(found) == []


async def test_a_start_the_portal_and_feeds(desk: Desk) -> None:
    both = PolledBoth(desk.database)
    async with costs(desk.database) as found:
        await both.add(URL, FeedEntry("A flood reaches Springfield", "https://daily.example/1"))
        assert len(await both.poll_due()) == 1
        await both.read_portal(BRIDGE)
        await both.read_portal(BRIDGE, VOTE, minutes=20)
        assert len(await both.read_portal(BRIDGE, VOTE, minutes=20)) == 1
        assert await both.poll_due(60) == []
    assert dear(found) == []


async def test_cited_pages_and_links(desk: Desk) -> None:
    async def fetch(address: str) -> Response:
        page = article_page("Title", "What happened there.")
        return Response(200, address, {"content-type": "text/html"}, page)

    async def resolve(titles: Sequence[str]) -> list[Resolved]:
        return [Resolved(title, title, f"Q{KEPT + 1}") for title in titles]

    async def items(qids: Sequence[str]) -> list[Item]:
        return []

    looking = Looking(desk.database, fetch, clock=desk.clock, holder="here")
    resolving = Resolving(desk.database, resolve, items, clock=desk.clock, holder="here")
    async with costs(desk.database) as found:
        await desk.tell("Jo Mayor")
        assert len(await looking.look()) == 1
        assert await resolving.resolve_batch() == 1
        assert await looking.look() == []
        assert await resolving.resolve_batch() == 0
    assert dear(found) == []


async def test_what_a_chat_had_is_gone_through_once_however_much_it_missed(desk: Desk) -> None:
    chat = await chat_of(desk)
    await desk.choose(chat, at="13:00")
    async with desk.database.transaction() as tx:
        await tx.chats.set_state(READER, ChatState.PAUSED, desk.clock())
    for _ in range(MISSED):
        await desk.tell("Jo Mayor")
    await desk.work("12:30")
    async with costs(desk.database) as found:
        async with desk.database.transaction() as tx:
            assert await come_back(tx, await chat_of(desk), desk.clock())
        await desk.work("13:00")
    assert dear(found, MISSED * FEW) == []


async def test_what_quiet_hours_hold_is_gone_through_once(desk: Desk) -> None:
    asleep = await desk.reader(number=READER + 1, quiet=("12:00", "15:00"))
    held = range(1, KEPT + 1)
    async with desk.database.transaction() as tx:
        await tx.outbox._add_alerts([asleep.id], held, MessageState.WAITING, desk.clock())
    await desk.send()
    async with costs(desk.database) as found:
        await desk.tell("Jo Mayor")
        await desk.expanding.expand()
        await desk.digesting.tick()
        desk.clock.pass_by(60)
        await desk.send()
    assert len(desk.telegram.texts()) == 1
    assert dear(found) == []
