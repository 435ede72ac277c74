"""From an article that the portal cites to the summary and the picture of its event."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.services.looking import Looking
from bot.sources.http import PoliteClient, Response
from bot.sources.pages import HEAD_BYTES
from storage.database import Database
from storage.model import Event
from tests.support import faults
from tests.support.checked_site import Site, feed
from tests.support.databases import database_url
from tests.support.day_pages import bullet
from tests.support.faults import Fault
from tests.support.heads import article_page
from tests.support.newsroom import Newsroom, newsroom
from tests.support.serving import serving

__all__ = ["database_url"]  # a fixture: on both engines

STORY = "/news/story-1234"
TOLD = "The harbour office says that the engine failed at noon."
STORM = bullet("A storm hits [[Port Example]].", ("Reuters", "https://reuters.example/storm"))


@dataclass
class Desk:
    """The bot's parts, a publisher's site, and what looks at it."""

    room: Newsroom
    database: Database
    site: Site
    root: str
    client: PoliteClient

    def publish(self, path: str = STORY) -> None:
        """Let the portal tell of something that the site has an article on."""
        told = bullet("[[Ann Sample]] returns to port.", ("Paper", self.root + path))
        self.room.publish(STORM, told)

    def looking(self) -> Looking:
        """What looks at cited pages, as the bot's process has it."""
        return Looking(self.database, self.fetch, clock=self.room.talk.clock, holder="test")

    async def fetch(self, address: str) -> Response:
        return await self.client.get(address, max_bytes=HEAD_BYTES, truncate=True)

    async def event(self) -> Event:
        """The event that the site has an article on."""
        async with self.database.reading() as tx:
            events = await tx.events.of_day(self.room.today)
        return next(event for event in events if event.title.startswith("Ann"))


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    page = feed(article_page("Ferry returns", TOLD, "/ferry.jpg"), "text/html")
    site = Site({STORY: page})
    async with (
        newsroom(database) as room,
        serving(site) as root,
        PoliteClient("tests", public_only=True, allow_private=True) as client,
    ):
        room.wiki.set_article("Ann Sample", qid="Q1", labels={"en": "Ann Sample"})
        room.publish(STORM)
        await room.minutes(1)
        await room.follow("Ann Sample")
        yield Desk(room, database, site, root, client)
        room.check_requests()


async def test_an_alert_comes_with_the_summary_that_was_read_during_its_hold(desk: Desk) -> None:
    desk.publish()
    await desk.room.minutes(1)
    await desk.looking().look()
    await desk.room.hold_passes()
    event = await desk.event()
    assert (event.summary, event.picture) == (TOLD, f"{desk.root}/ferry.jpg")
    (sent,) = desk.room.new_calls()
    assert sent.method == "sendMessage"
    assert TOLD in desk.room.talk.newest().text
    assert desk.site.asked == [STORY]


async def test_an_alert_that_was_sent_already_is_edited_once(desk: Desk) -> None:
    desk.publish()
    await desk.room.minutes(1)
    await desk.room.hold_passes()
    (sent,) = desk.room.new_calls()
    assert TOLD not in sent.params["text"]
    alert = desk.room.talk.newest()
    await desk.looking().look()
    await desk.room.minutes(30)
    (edit,) = desk.room.new_calls()
    assert (edit.method, edit.params["message_id"], edit.ok) == ("editMessageText", alert.id, True)
    assert TOLD in desk.room.talk.newest().text
    await desk.looking().look()
    await desk.room.minutes(60)
    assert desk.room.new_calls() == []
    assert desk.site.asked == [STORY]


async def test_of_a_huge_page_only_its_beginning_is_taken(desk: Desk) -> None:
    start = article_page("Ferry returns", TOLD).replace(b"</head></html>", b"</head><body>")
    huge = start + b"<p>word</p>" * 10**6
    desk.site.answers = {STORY: feed(huge, "text/html")}
    desk.publish()
    await desk.room.minutes(1)
    await desk.looking().look()
    await desk.room.hold_passes()
    assert (await desk.event()).summary == TOLD


BOMB = gzip.compress(article_page("Ferry returns", TOLD) + bytes(100 * 2**20))


@pytest.mark.parametrize(
    ("answer", "summary"),
    [
        (faults.status(404), ""),
        (faults.status(410), ""),
        (Fault(302, headers={"location": "/"}), ""),
        (feed(b"%PDF-1.4 \x00\x01", "application/pdf"), ""),
        (feed(b"{}", "text/html"), ""),
        (Fault(body=BOMB, headers={"content-encoding": "gzip"}, content_type="text/html"), TOLD),
        (Fault(body=b"no gzip", headers={"content-encoding": "gzip"}), ""),
    ],
    ids=["404", "410", "front page", "PDF", "JSON", "bomb", "not packed"],
)
async def test_what_a_publisher_answers_instead_hurts_nothing(
    desk: Desk, answer: Fault, summary: str
) -> None:
    desk.site.answers = {STORY: answer, "/": feed(article_page("Front", TOLD), "text/html")}
    desk.publish()
    await desk.room.minutes(1)
    await desk.looking().look()
    await desk.room.hold_passes()
    assert (await desk.event()).summary == summary
    asked = list(desk.site.asked)
    desk.room.talk.clock.pass_by(hours=30)
    await desk.looking().look()
    assert desk.site.asked == asked


async def test_a_private_address_is_never_asked(desk: Desk) -> None:
    async with PoliteClient("tests", public_only=True) as strict:
        desk.client = strict
        desk.publish()
        await desk.room.minutes(1)
        for _ in range(3):
            await desk.looking().look()
            desk.room.talk.clock.now += timedelta(hours=12)
    assert desk.site.asked == []
