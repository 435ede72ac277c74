"""What the operator says of feeds by own word, beside a list, and feeds at another's address."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import SQLAlchemyError

from bot.services.managing import Added, Change, Changed, Imported, Managing, Synced
from bot.services.managing.command_line import AT_ONCE
from bot.sources.opml import ListedFeed
from storage.database import Database
from storage.model import FeedState, Origin

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
A = ListedFeed("https://a.example/rss", "Alpha News", "en", "Asia")
B = ListedFeed("https://b.example/rss", "Beta News", "de", "Europe")


@pytest.fixture
def managing(database: Database) -> Managing:
    return Managing(database, lambda: NOW)


async def titles(managing: Managing) -> list[str]:
    return [each.title for each in await managing.listed()]


async def test_a_feed_of_a_list_stays_if_the_operator_adds_it_too(managing: Managing) -> None:
    await managing.sync([A, B])
    assert await managing.import_feeds([A]) == Imported(new=0, back=0, known=1)
    assert await managing.sync([]) == Synced(dropped=1)
    (one,) = await managing.listed()
    assert (one.title, one.origin, one.key) == ("Alpha News", Origin.ADDED, A.url)
    assert await managing.sync([A]) == Synced()


async def test_a_feed_of_a_list_that_has_moved_is_not_listed_twice(
    managing: Managing, database: Database
) -> None:
    await managing.sync([A])
    (one,) = await managing.listed()
    async with database.transaction() as tx:
        await tx.feeds.save([replace(one, url=B.url)])
    assert (await managing.add(B)).how is Added.KNOWN
    assert await managing.sync([A]) == Synced()
    (one,) = await managing.listed()
    assert (one.key, one.url, one.origin) == (A.url, B.url, Origin.ADDED)


@pytest.mark.parametrize("listed", [[A, B], [B, A]])
async def test_who_has_moved_to_anothers_address_takes_nothing_from_it(
    managing: Managing, database: Database, listed: list[ListedFeed]
) -> None:
    await managing.sync(listed)
    (one,) = [each for each in await managing.listed() if each.key == A.url]
    async with database.transaction() as tx:
        await tx.feeds.save([replace(one, url=B.url)])
    assert await managing.sync(listed) == Synced()
    assert await titles(managing) == [each.title for each in listed]
    answer = await managing.change(B.url, Change.PAUSE)
    assert isinstance(answer, Changed)
    assert answer.feed.title == B.title
    await managing.import_feeds([B])
    assert await managing.is_own(B.url, own_list=False)


async def test_what_is_paused_goes_out_and_comes_in_so(managing: Managing) -> None:
    await managing.sync([A, B])
    await managing.change("Beta", Change.PAUSE)
    given = await managing.export()
    assert given == [A, replace(B, is_paused=True)]
    for which in ("Alpha", "Beta"):
        await managing.change(which, Change.REMOVE)
    new = ListedFeed("https://c.example/rss", "Gamma", is_paused=True)
    assert await managing.import_feeds([*given, new]) == Imported(new=1, back=2, known=0)
    states = [each.state for each in await managing.listed()]
    assert states == [FeedState.ACTIVE, FeedState.PAUSED, FeedState.PAUSED]


async def test_a_list_may_name_feeds_that_begin_paused(managing: Managing) -> None:
    await managing.sync([A, replace(B, is_paused=True)])
    answer = await managing.change("Beta", Change.RESUME)
    assert isinstance(answer, Changed)
    assert answer.was is FeedState.PAUSED
    assert await managing.sync([A, replace(B, is_paused=True)]) == Synced()
    assert [each.state for each in await managing.listed()] == [FeedState.ACTIVE] * 2


async def test_a_file_names_where_a_feed_is_and_where_it_was(
    managing: Managing, database: Database
) -> None:
    one = (await managing.add(A)).feed
    async with database.transaction() as tx:
        await tx.feeds.save([replace(one, url=B.url)])
    assert await managing.import_feeds([B, A, A]) == Imported(new=1, back=0, known=2)
    assert [each.key for each in await managing.listed()] == [B.url, A.url]


async def test_what_is_imported_before_it_fails_is_kept(
    managing: Managing, caplog: pytest.LogCaptureFixture
) -> None:
    given = [ListedFeed(f"https://{n}.example/") for n in range(AT_ONCE + 2)]
    given[-1] = replace(given[-1], title="\ud800")
    with pytest.raises((UnicodeError, SQLAlchemyError)):
        await managing.import_feeds(given)
    assert len(await managing.listed()) == AT_ONCE
    assert f"only the first {AT_ONCE} of {AT_ONCE + 2} feeds are listed" in caplog.text
    again = await managing.import_feeds(given[:-1])
    assert again == Imported(new=1, back=0, known=AT_ONCE)
