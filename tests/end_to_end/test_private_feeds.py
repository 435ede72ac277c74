"""Feeds in private networks: read by the operator's own word, and by nobody else's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from functools import partial

import pytest
from starlette.types import ASGIApp

from bot.app.web import Web, asking
from bot.services.feeding import Feeding
from bot.services.joining import Joining
from bot.services.managing import Added, Managing
from bot.services.managing.changing import add_feed
from bot.sources.http import PoliteClient
from bot.sources.opml import ListedFeed
from storage.database import Database
from storage.model import Feed, Origin
from tests.support.checked_site import Site, feed
from tests.support.commands import Commands, closed_port, dateline
from tests.support.faults import Fault
from tests.support.serving import serving
from tests.support.story import NOON

__all__ = ["closed_port", "dateline"]  # fixtures

REFUSED = "127.0.0.1 is a private address, not one of the internet"


@dataclass
class Home:
    """A site on loopback, and the polling of what is listed of it."""

    database: Database
    site: Site
    root: str

    @property
    def managing(self) -> Managing:
        return Managing(self.database, lambda: NOON)

    async def add(self, path: str, origin: Origin) -> Feed:
        async with self.database.transaction() as tx:
            return (await add_feed(tx, ListedFeed(f"{self.root}{path}"), NOON, origin)).feed

    async def poll(self, *, own_list: bool = False) -> list[str]:
        """Poll all feeds once; why each failed, "" where it was read."""
        async with PoliteClient("tests", public_only=True) as client:
            feeding = Feeding(
                self.database,
                Joining(),
                asking(Web(client), partial(self.managing.is_own, own_list=own_list)),
                clock=lambda: NOON,
                holder="test",
                share=lambda: 0.0,
            )
            await feeding.poll()
        return [each.failure for each in await self.managing.listed()]


@pytest.fixture
async def home(database: Database) -> AsyncIterator[Home]:
    answers: dict[str, ASGIApp] = {"/one": feed(), "/two": feed(), "/three": feed()}
    site = Site(answers)
    async with serving(site) as root:
        answers["/moved"] = Fault(status=301, headers={"location": "/one"})
        elsewhere = root.replace("127.0.0.1", "localhost")
        answers["/away"] = Fault(status=302, headers={"location": f"{elsewhere}/one"})
        yield Home(database, site, root)


async def test_what_the_operator_adds_is_read_and_what_a_chat_adds_is_not(home: Home) -> None:
    await home.add("/one", Origin.ADDED)
    await home.add("/two", Origin.CHAT)
    own, chats = await home.poll()
    assert own == ""
    assert chats.startswith(REFUSED)
    assert home.site.asked == ["/one"]


async def test_a_list_of_the_operators_is_read_and_the_bundled_one_is_not(home: Home) -> None:
    await home.managing.sync([ListedFeed(f"{home.root}/one")])
    (failure,) = await home.poll()
    assert failure.startswith(REFUSED)
    (one,) = await home.managing.listed()
    async with home.database.transaction() as tx:
        await tx.feeds.manage(one, replace(one, due_at=NOON))
    assert await home.poll(own_list=True) == [""]


async def test_it_may_move_at_home_but_not_to_another_private_server(home: Home) -> None:
    await home.add("/moved", Origin.ADDED)
    await home.add("/away", Origin.ADDED)
    moved, away = await home.poll()
    assert (moved, away[:9]) == ("", "localhost")
    # feeds are read side by side; what must not be is a second "/one", the one away
    assert sorted(home.site.asked) == ["/away", "/moved", "/one"]
    (first, second) = await home.managing.listed()
    assert (first.url, second.url) == (f"{home.root}/one", f"{home.root}/away")
    assert await home.managing.is_own(first.url, own_list=False)
    assert not await home.managing.is_own(f"{home.root}/two", own_list=True)


async def test_where_a_feed_has_moved_its_publisher_has_no_word(home: Home) -> None:
    one = await home.add("/one", Origin.ADDED)
    elsewhere = one.url.replace("127.0.0.1", "localhost")
    async with home.database.transaction() as tx:  # as after a move when that name was public
        await tx.feeds.manage(one, replace(one, url=elsewhere))
    (failure,) = await home.poll()
    assert failure.startswith("localhost is a private address")
    assert home.site.asked == []
    taken = await home.managing.add(ListedFeed(elsewhere))  # but the operator has
    assert (taken.how, taken.feed.key, taken.feed.url) == (Added.KNOWN, elsewhere, elsewhere)
    assert await home.poll() == [""]


async def test_the_operator_takes_over_what_a_chat_has_added(home: Home) -> None:
    first = await home.add("/one", Origin.CHAT)
    assert (await home.poll())[0].startswith(REFUSED)
    taken = await home.managing.add(ListedFeed(first.url))
    assert (taken.how, taken.feed.origin) == (Added.KNOWN, Origin.ADDED)
    assert await home.poll() == [""]
    assert (await home.add("/one", Origin.CHAT)).origin is Origin.ADDED  # and keeps it


async def test_a_check_says_what_polling_will_do(home: Home, dateline: Commands) -> None:
    one, away = f"{home.root}/one", f"{home.root}/away"
    assert (await dateline.beside("sources", "check", one)).code == 0
    await home.add("/one", Origin.CHAT)
    refused = await dateline.beside("sources", "check", one)
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith(REFUSED)
    assert refused.err.endswith(f"Or list it by your own word: dateline sources add {one}\n")
    assert (await dateline.beside("sources", "add", one)).code == 0
    assert (await dateline.beside("sources", "check", one)).code == 0
    refused = await dateline.beside("sources", "add", away)
    assert refused.code == 1
    assert refused.err.startswith("localhost is a private address")
    assert refused.err.endswith("if you trust it, give that address itself.\n")
    assert await home.poll() == [""]
