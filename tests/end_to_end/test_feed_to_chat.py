"""From an entry of a publisher's feed to one message in a chat, and what the portal adds."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response as Answer
from starlette.routing import Route

from bot.app.web import Web
from bot.services.feeding import Feeding
from bot.sources.http import PoliteClient
from bot.standin.entities import Formatted
from storage.database import Database
from storage.model import Feed
from tests.support.databases import database_url
from tests.support.day_pages import REUTERS, bullet
from tests.support.feeds import rss
from tests.support.newsroom import Newsroom, newsroom
from tests.support.polled_feeds import FeedEntry
from tests.support.serving import serving

__all__ = ["database_url"]  # a fixture: on both engines

STORM = bullet("A storm hits [[Port Example]].", ("Wire", "https://wire.example.org/storm"))
RAIN = FeedEntry("Rain in Springfield again", "https://paper.example.org/rain", "It rains.")
VISIT = FeedEntry(
    "Ann Sample asks Bob Example for a loan",
    "https://paper.example.org/visit",
    "At a meeting in the port of Samplia, Ann Sample asked Bob Example to lend her country a"
    " billion for new harbours.",
)
BULLET = bullet(
    "[[Ann Sample]] visits [[Bob Example]] in the port of [[Samplia]] and asks for a loan of a"
    " billion for the harbours of her country.",
    REUTERS,
)


@dataclass
class Press:
    """The bot's parts, and a publisher's feed that is served over HTTP."""

    room: Newsroom
    feeding: Feeding
    stories: list[FeedEntry]
    asked: list[str]

    async def polls(self, minutes: int) -> None:
        """Let time pass, read the feed once and send what is due."""
        clock = self.room.talk.clock
        clock.now += timedelta(minutes=minutes)
        await self.feeding.poll()
        await self.room.talk.send()


@pytest.fixture
async def press(database: Database) -> AsyncIterator[Press]:
    """A feed of one story that is polled, and a portal of one bullet."""
    stories, asked = [RAIN], list[str]()

    def answer(request: Request) -> Answer:
        asked.append(request.headers.get("if-none-match", ""))
        etag = f'"{len(stories)}"'
        if asked[-1] == etag:
            return Answer(status_code=304, headers={"etag": etag})
        body = rss(*(story.item for story in reversed(stories)), head="<title>Paper</title>")
        return Answer(body, media_type="application/rss+xml", headers={"etag": etag})

    async with (
        newsroom(database) as room,
        serving(Starlette(routes=[Route("/rss", answer)])) as root,
        PoliteClient("test", public_only=True, allow_private=True) as client,
    ):
        for number, name in enumerate(("Ann Sample", "Bob Example", "Samplia"), start=1):
            room.wiki.set_article(name, qid=f"Q{number}", labels={"en": name})
        room.publish(STORM)
        await room.minutes(1)
        async with database.transaction() as tx:
            url = f"{root}/rss"
            await tx.feeds.add(Feed(0, url, url, due_at=room.talk.clock.now))
        feeding = Feeding(
            database,
            room.joining,
            Web(client).feed,
            clock=room.talk.clock,
            holder="test",
            share=lambda: 0.0,
        )
        press = Press(room, feeding, stories, asked)
        await press.polls(1)
        yield press
        room.check_requests()


async def test_an_entry_alerts_within_one_poll_and_the_portal_edits_that_alert(
    press: Press,
) -> None:
    room = press.room
    await room.follow("Ann Sample")
    press.stories.append(VISIT)
    await press.polls(30)
    [call] = room.new_calls()
    assert call.method == "sendMessage"
    alert = room.talk.newest()
    assert VISIT.title in alert.text and "Paper" in alert.text
    assert "Wikipedia" not in alert.text

    room.publish(STORM, BULLET)
    await room.minutes(180)
    [edit] = room.new_calls()
    assert (edit.method, edit.params["message_id"]) == ("editMessageText", alert.id)
    edited = room.talk.newest()
    assert "visits Bob Example" in edited.text
    assert "Reuters" in edited.text and "Paper" in edited.text
    content = Formatted(edited.text, edited.entities)
    links = [dict(one.details).get("url") for one in content.entities if one.kind == "text_link"]
    assert {REUTERS[1], VISIT.link} <= set(links)


async def test_a_publisher_after_the_portal_ends_the_hold(press: Press) -> None:
    room = press.room
    await room.follow("Ann Sample")
    room.publish(STORM, BULLET)
    await room.minutes(2)
    assert room.new_calls() == []
    press.stories.append(VISIT)
    await press.polls(30)
    [call] = room.new_calls()
    assert call.method == "sendMessage"
    assert "visits Bob Example" in room.talk.newest().text
    await room.minutes(30)
    assert room.new_calls() == []


async def test_an_unchanged_feed_answers_that_it_is_unchanged(press: Press) -> None:
    await press.polls(60)
    await press.polls(60)
    assert press.asked == ["", '"1"', '"1"']


async def test_a_title_with_markup_is_shown_as_it_is(press: Press) -> None:
    room = press.room
    await room.follow("Ann Sample")
    evil = replace(VISIT, title="Ann Sample says <b>&lt;script&gt;alert(1)&lt;/script&gt;</b> no")
    press.stories.append(evil)
    await press.polls(30)
    assert "<b>" not in room.talk.newest().text
