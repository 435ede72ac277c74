"""Lists, operators and feeds: who decides what is polled."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.services.conversation import Conversation, Request
from bot.services.joining import Joining
from bot.services.managing import (
    Added,
    Change,
    Changed,
    FeedAdded,
    Imported,
    Managing,
    NotForYou,
    NotRead,
    Operators,
    Removed,
    Seen,
    SeveralFeeds,
    Sources,
    Synced,
    UnknownFeed,
)
from bot.services.managing.changing import add_feed
from bot.services.previewing import Previewing
from bot.sources.opml import ListedFeed
from storage.database import Database
from storage.model import Call, Chat, Feed, FeedState, Origin
from tests.support.requests import undressed

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
A = ListedFeed("https://a.example/rss", "Alpha News", "en", "Asia")
B = ListedFeed("https://b.example/rss", "Beta News", "de", "Europe")


@pytest.fixture
def managing(database: Database) -> Managing:
    return Managing(database, lambda: NOW)


async def states(managing: Managing) -> dict[str, str]:
    """How each feed stands, by its address."""
    return {
        each.url: each.state.value if each.listed else f"{each.state.value}, unlisted"
        for each in await managing.listed(everything=True)
    }


async def test_new_feeds_are_due_at_once_but_not_all_in_one_second(managing: Managing) -> None:
    listed = [ListedFeed(f"https://{n}.example/") for n in range(303)]
    assert await managing.sync(listed[:3]) == Synced(added=3)
    due = [each.due_at for each in await managing.listed()]
    assert due == [NOW + timedelta(seconds=10) * number for number in range(3)]
    await managing.sync([])
    assert await managing.sync(listed[3:]) == Synced(added=300)
    due = [each.due_at for each in await managing.listed()]
    assert due == [NOW + timedelta(seconds=3) * number for number in range(300)]
    assert await managing.sync(listed[3:]) == Synced()


async def test_a_list_renames_its_feeds_and_takes_them_away(managing: Managing) -> None:
    await managing.sync([A, B])
    renamed = replace(A, title="Alpha", region="World")
    assert await managing.sync([renamed]) == Synced(updated=1, dropped=1)
    (one,) = await managing.listed()
    assert (one.title, one.region, one.language) == ("Alpha", "World", "en")
    assert await states(managing) == {A.url: "active", B.url: "active, unlisted"}
    assert await managing.sync([renamed, B]) == Synced(added=1)
    assert await states(managing) == {A.url: "active", B.url: "active"}


async def test_a_list_says_less_than_is_known(managing: Managing) -> None:
    await managing.sync([A])
    assert await managing.sync([ListedFeed(A.url)]) == Synced()
    assert (await managing.listed())[0].title == "Alpha News"


async def test_what_the_operator_removed_stays_removed(managing: Managing) -> None:
    await managing.sync([A, B])
    await managing.change("Alpha", Change.REMOVE)
    for listed in ([A, B], [B], [A, B]):
        await managing.sync(listed)
        assert [each.url for each in await managing.listed()] == [B.url]
    assert (await managing.add(ListedFeed(A.url))).how is Added.BACK
    await managing.sync([B])  # added by hand: no list takes it away
    assert [each.url for each in await managing.listed()] == [A.url, B.url]


async def test_what_the_operator_paused_stays_paused(managing: Managing) -> None:
    await managing.sync([A])
    await managing.change("Alpha", Change.PAUSE)
    for listed in ([], [A]):
        await managing.sync(listed)
    assert await states(managing) == {A.url: "paused"}


async def test_what_the_operator_added_is_no_lists_to_change(managing: Managing) -> None:
    await managing.add(A)
    assert await managing.sync([replace(A, title="Other")]) == Synced()
    assert await managing.sync([]) == Synced()
    (one,) = await managing.listed()
    assert (one.title, one.origin) == ("Alpha News", Origin.ADDED)


async def test_a_list_may_write_an_address_otherwise(managing: Managing) -> None:
    await managing.sync([A])
    assert await managing.sync([replace(A, url="http://A.example/rss/")]) == Synced(updated=1)
    (one,) = await managing.listed()
    assert (one.key, one.url) == ("http://A.example/rss/", "http://A.example/rss/")


async def test_a_feed_that_moved_is_known_by_both_addresses(
    managing: Managing, database: Database
) -> None:
    await managing.sync([A])
    (one,) = await managing.listed()
    async with database.transaction() as tx:
        await tx.feeds.save([replace(one, url=B.url)])
    assert await managing.sync([A]) == Synced()
    assert (
        await managing.sync([replace(B, title=A.title, language="en", region="Asia")]) == Synced()
    )
    known = replace(one, url=B.url, origin=Origin.ADDED)
    assert await managing.add(B) == FeedAdded(known, Added.KNOWN)
    assert [each.url for each in await managing.export()] == [B.url]


async def test_the_same_list_by_two_processes_at_once(managing: Managing) -> None:
    await asyncio.gather(*(managing.sync([A, B, A]) for _ in range(3)))
    assert await states(managing) == {A.url: "active", B.url: "active"}


async def test_a_feed_that_is_resumed_begins_anew(managing: Managing, database: Database) -> None:
    await managing.sync([A])
    (one,) = await managing.listed()
    async with database.transaction() as tx:
        await tx.feeds.manage(
            one,
            replace(
                one,
                state=FeedState.ENDED,
                failures=9,
                failing_since=NOW - timedelta(days=2),
                failure="gone",
                told_at=NOW,
                due_at=None,
            ),
        )
    assert isinstance(await managing.change(str(one.id), Change.PAUSE), Changed)
    assert await states(managing) == {A.url: "ended"}
    answer = await managing.change(str(one.id), Change.RESUME)
    assert answer == Changed(one, FeedState.ENDED)
    assert await managing.listed() == [one]


async def test_adding_what_is_there(managing: Managing) -> None:
    first = await managing.add(A)
    assert first.how is Added.NEW
    assert first.feed.due_at == NOW
    assert await managing.add(replace(A, url="http://a.example/rss/")) == FeedAdded(
        first.feed, Added.KNOWN
    )


async def test_a_file_is_imported(managing: Managing) -> None:
    await managing.add(A)
    await managing.add(B)
    await managing.change("Beta", Change.REMOVE)
    new = ListedFeed("https://c.example/rss", "Gamma")
    assert await managing.import_feeds([A, B, new]) == Imported(new=1, back=1, known=1)
    assert [(f.title, f.language, f.region) for f in await managing.export()] == [
        ("Alpha News", "en", "Asia"), ("Beta News", "de", "Europe"), ("Gamma", "", ""),
    ]  # fmt: skip


async def test_by_whose_word_a_feed_is_listed(managing: Managing, database: Database) -> None:
    async def by(origin: Origin) -> Origin:
        async with database.transaction() as tx:
            await add_feed(tx, A, NOW, origin)
        return (await managing.listed())[0].origin

    assert await by(Origin.CHAT) is Origin.CHAT
    assert not await managing.is_own(A.url, own_list=True)
    assert await by(Origin.ADDED) is Origin.ADDED
    assert await by(Origin.CHAT) is Origin.ADDED
    assert await managing.is_own(A.url, own_list=False)
    await managing.change("Alpha", Change.REMOVE)
    assert await by(Origin.CHAT) is Origin.CHAT  # the operator took his word back
    assert not await managing.is_own(B.url, own_list=True)  # nobody's


async def test_a_feed_of_a_list_is_the_operators_where_the_list_is(managing: Managing) -> None:
    await managing.sync([A])
    assert await managing.is_own(A.url, own_list=True)
    assert not await managing.is_own(A.url, own_list=False)
    await managing.add(A)
    assert await managing.is_own(A.url, own_list=False)


# --- which one is meant


def urls(feeds: tuple[Feed, ...]) -> list[str]:
    return [each.url for each in feeds]


@pytest.mark.parametrize(
    "which",
    [
        lambda feed: str(feed.id),
        lambda feed: f"00{feed.id}",
        lambda feed: "HTTP://a.example/rss/",
        lambda feed: "alpha news",
        lambda feed: "ALPHÁ",
        lambda feed: "a.example",
    ],
)
async def test_a_feed_is_meant_by(managing: Managing, which: Callable[[Feed], str]) -> None:
    one = (await managing.add(A)).feed
    await managing.add(B)
    answer = await managing.change(which(one), Change.PAUSE)
    assert answer == Changed(replace(one, state=FeedState.PAUSED), FeedState.ACTIVE)


async def test_several_may_be_meant_but_a_whole_title_means_one(managing: Managing) -> None:
    for given in (A, B, ListedFeed("https://c.example/rss", "News")):
        await managing.add(given)
    found = await managing.change("new", Change.PAUSE)
    assert isinstance(found, SeveralFeeds)
    assert urls(found.feeds) == [A.url, B.url, "https://c.example/rss"]
    exact = await managing.change("news", Change.PAUSE)
    assert isinstance(exact, Changed)
    assert exact.feed.title == "News"


async def test_nobody_is_meant(managing: Managing) -> None:
    await managing.add(A)
    near = await managing.change("Alpha Newz", Change.PAUSE)
    assert isinstance(near, UnknownFeed)
    assert urls(near.nearest) == [A.url]
    for which in ("999", "0", "https://nobody.example/", "zzzzzz", "😀", "-1", "9" * 40):
        assert await managing.change(which, Change.REMOVE) == UnknownFeed(which, ())
    assert await states(managing) == {A.url: "active"}


async def test_who_was_removed_is_said_to_be(managing: Managing) -> None:
    one = (await managing.add(A)).feed
    await managing.change("Alpha", Change.REMOVE)
    for which in ("Alpha", str(one.id), A.url):
        found = await managing.change(which, Change.RESUME)
        assert isinstance(found, Removed)
        assert found.feed.id == one.id


# --- patience


async def test_a_chat_waits_for_a_publisher_only_so_long(database: Database) -> None:
    async def never(url: str) -> Seen:
        return await asyncio.Future()

    sources = Sources(
        Conversation(database, dress=undressed),
        Operators(frozenset({7})),
        never,
        Previewing(database, Joining()),
        patience=0,
    )
    answers: list[object] = []

    def view(chat: Chat, answer: object) -> list[Call]:
        answers.append(answer)
        return []

    await sources.check(Request(1, 7, NOW), A.url, view)
    await sources.check(Request(2, 8, NOW), A.url, view)
    assert answers == [NotRead(A.url), NotForYou(8)]
