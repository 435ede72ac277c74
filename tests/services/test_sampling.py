"""The sample week begins only where nothing else is to be had, and goes when the portal
answers; follows stay."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from bot.app.clock import clock_over, utc_now
from bot.app.sampling import marking
from bot.core.names import fold
from bot.errors import SourceUnreachable
from bot.services.merging import merge_events, unmerge_event
from bot.services.outcomes import Delivered, Outcome
from bot.services.sample import SAMPLE_NOW
from bot.services.sampling import Clock, Sampling, sample_start
from bot.telegram.texts import starting as texts
from bot.telegram.wording import Wording
from storage.database import Database
from storage.model import Call, Chat, ChatState, Feed, FeedState, Origin
from storage.tables import EventRow, MergeRow, OutboxRow, PageRow, ReportRow
from tests.support.portal import follow
from tests.support.post import Post
from tests.support.rows import column, count
from tests.support.story import Story, account

NEAR = timedelta(minutes=1)  # longer than a test takes


@dataclass
class Wikipedia:
    """A portal that answers, or doesn't."""

    answers: bool = False

    async def __call__(self) -> None:
        if not self.answers:
            raise SourceUnreachable("no route")


def sampling(database: Database, portal: Wikipedia, clock: Clock | None = None) -> Sampling:
    return Sampling(database, clock or Clock(utc_now), portal, "test")


async def test_it_begins_where_nothing_is_known_and_the_portal_is_away(database: Database) -> None:
    clock = Clock(utc_now)
    week = sampling(database, Wikipedia(), clock)
    await week.begin(allowed=True)
    assert week.is_on
    assert SAMPLE_NOW <= clock() < SAMPLE_NOW + NEAR
    async with database.reading() as tx:
        assert len(await tx.events.of_day(date(2017, 11, 20))) > 0
        english, *_ = await tx.entities.named(fold("Vladimir Putin"))
        russian, *_ = await tx.entities.named(fold("Владимир Путин"))
    assert russian.entity.id == english.entity.id
    assert english.entity.name("ru").label == "Владимир Путин"


@pytest.mark.parametrize("allowed", [True, False])
async def test_it_does_not_begin_where_the_portal_answers_or_a_token_is(
    database: Database, allowed: bool
) -> None:
    week = sampling(database, Wikipedia(answers=allowed))
    await week.begin(allowed=allowed)
    assert not week.is_on
    assert await count(database, EventRow) == 0


async def test_it_does_not_begin_where_events_are_known(database: Database) -> None:
    await Story(database).tell(account("2017-11-24", "[[Ada]] speaks."))
    week = sampling(database, Wikipedia())
    await week.begin(allowed=True)
    assert not week.is_on


async def add_feed(database: Database, origin: Origin, state: FeedState) -> None:
    url = "https://a.example/rss"
    async with database.transaction() as tx:
        await tx.feeds.add(Feed(0, url, url, origin=origin, state=state, due_at=utc_now()))


@pytest.mark.parametrize(
    ("origin", "state", "is_on"),
    [
        (Origin.ADDED, FeedState.ACTIVE, False),
        (Origin.ADDED, FeedState.PAUSED, True),
        (Origin.LIST, FeedState.ACTIVE, True),
        (Origin.CHAT, FeedState.ACTIVE, True),
    ],
)
async def test_it_does_not_begin_where_the_operator_has_added_feeds(
    database: Database, origin: Origin, state: FeedState, is_on: bool
) -> None:
    await add_feed(database, origin, state)
    week = sampling(database, Wikipedia())
    await week.begin(allowed=True)
    assert week.is_on is is_on


async def test_it_goes_when_the_operator_adds_a_feed(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot.services.sampling")
    week = sampling(database, Wikipedia())
    await week.begin(allowed=True)
    await add_feed(database, Origin.ADDED, FeedState.ACTIVE)
    assert not await week.end_if_portal_answers()
    assert await count(database, EventRow) == 0
    assert caplog.messages[-1] == (
        "the sample week is over: with a token or feeds of your own it is not served"
    )


async def test_nothing_of_it_arrives_while_it_goes(database: Database) -> None:
    clock = Clock(utc_now)
    week = sampling(database, Wikipedia(), clock)
    await week.begin(allowed=True)
    await add_feed(database, Origin.ADDED, FeedState.ACTIVE)
    clock.offset += timedelta(minutes=4)
    await asyncio.gather(week.poll(), week.end_if_portal_answers())
    for table in (EventRow, ReportRow, PageRow):
        assert await count(database, table) == 0


async def test_a_second_start_goes_on_where_the_week_was(database: Database) -> None:
    await sampling(database, Wikipedia()).begin(allowed=True)
    earlier = utc_now() - timedelta(minutes=4)
    async with database.transaction() as tx:
        await tx.sources.replayed("sample week", earlier)
    clock = Clock(utc_now)
    week = sampling(database, Wikipedia(), clock)
    await week.begin(allowed=True)
    assert week.is_on
    assert timedelta(minutes=4) <= clock() - SAMPLE_NOW < timedelta(minutes=4) + NEAR
    assert (await clock_over(database)).offset == clock.offset
    async with database.reading() as tx:
        titles = [event.title for event in await tx.events.of_day(date(2017, 11, 23))]
    assert any("Sudan" in title for title in titles)


async def test_it_goes_when_the_portal_answers_and_follows_stay(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot.services.sampling")
    portal, clock = Wikipedia(), Clock(utc_now)
    week = sampling(database, portal, clock)
    await week.begin(allowed=True)
    await follow(database, 1, "Omar al-Bashir", at=SAMPLE_NOW)
    clock.offset += timedelta(minutes=4)
    await week.poll()
    post = Post(database)
    post.clock.now = clock()
    await post.work()
    assert len(post.telegram.texts(1)) == 1
    assert await week.end_if_portal_answers()
    portal.answers = True
    assert not await week.end_if_portal_answers()
    assert caplog.messages[-1] == "the sample week is over: the portal answers"
    assert not week.is_on
    assert abs(clock() - utc_now()) < NEAR
    for table in (EventRow, ReportRow, PageRow, OutboxRow):
        assert await count(database, table) == 0
    assert await sample_start(database) is None
    async with database.reading() as tx:
        chat = (await tx.chats.known())[0]
        assert [f.entity.label for f in await tx.chats.follows(chat.id)] == ["Omar al-Bashir"]


async def test_the_log_says_once_that_all_of_it_has_arrived(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot.services.sampling")
    clock = Clock(utc_now)
    week = sampling(database, Wikipedia(), clock)
    await week.begin(allowed=True)
    clock.offset += timedelta(minutes=22)
    await week.poll()
    assert "all of the sample week has arrived" not in caplog.text
    clock.offset += timedelta(minutes=1)
    await week.poll()
    await week.poll()
    assert caplog.text.count("all of the sample week has arrived") == 1
    assert "FEEDS=my.opml" in caplog.text


async def test_numbers_of_the_week_are_not_used_again(database: Database) -> None:
    portal = Wikipedia()
    week = sampling(database, portal)
    await week.begin(allowed=True)
    events, reports = await column(database, EventRow.id), await column(database, ReportRow.id)
    portal.answers = True
    assert not await week.end_if_portal_answers()
    await Story(database).tell(account("2017-11-24", "[[Ada]] speaks."))
    assert await column(database, EventRow.id) == [max(events) + 1]
    assert await column(database, ReportRow.id) == [max(reports) + 1]


async def test_with_a_token_what_was_left_of_it_goes(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot.services.sampling")
    await sampling(database, Wikipedia()).begin(allowed=True)
    week = sampling(database, Wikipedia())
    await week.begin(allowed=False)
    assert not week.is_on
    assert await count(database, EventRow) == 0
    assert caplog.messages[-1] == (
        "the sample week is over: with a token or feeds of your own it is not served"
    )


@pytest.mark.parametrize("allowed", [True, False])
async def test_it_goes_with_events_that_were_merged(database: Database, allowed: bool) -> None:
    portal = Wikipedia()
    week = sampling(database, portal)
    await week.begin(allowed=True)
    async with database.transaction() as tx:
        numbers = [event.id for event in await tx.events.of_day(date(2017, 11, 20))]
        for gone in numbers[1:3]:
            await merge_events(tx, numbers[0], gone, SAMPLE_NOW)
        await unmerge_event(tx, numbers[2], SAMPLE_NOW)
    portal.answers = True
    if allowed:
        assert not await week.end_if_portal_answers()
    else:
        await sampling(database, portal).begin(allowed=False)
    assert await count(database, EventRow) == await count(database, MergeRow) == 0


async def test_nothing_is_due_from_the_week_when_it_is_over(database: Database) -> None:
    portal, clock = Wikipedia(), Clock(utc_now)
    week = sampling(database, portal, clock)
    await week.begin(allowed=True)
    async with database.transaction() as tx:
        chat = await tx.chats.chat(1, clock())
        await tx.chats.choose_digest(chat.id, 480, clock())
    portal.answers = True
    await week.end_if_portal_answers()
    async with database.reading() as tx:
        timetable = await tx.chats.timetable(chat.id)
    assert timetable.digest_due_at is not None
    assert timetable.digest_due_at > utc_now()
    assert timetable.digested_at is not None
    assert abs(timetable.digested_at - utc_now()) < NEAR


@pytest.mark.parametrize(
    ("method", "field"), [("sendMessage", "text"), ("editMessageText", "text"),
                          ("sendPhoto", "caption")],
)  # fmt: skip
async def test_every_message_is_marked_in_the_readers_language(method: str, field: str) -> None:
    sent: list[Call] = []

    async def deliver(chat: Chat, call: Call) -> Outcome:
        sent.append(call)
        return Delivered(1)

    chat, is_on = Chat(1, 1, 0, ChatState.ACTIVE, language="de"), [True]
    marked = marking(deliver, Wording(), lambda: is_on[0])
    await marked(chat, Call(method, {field: "<b>News</b>"}))
    is_on[0] = False
    await marked(chat, Call(method, {field: "<b>News</b>"}))
    mark = Wording().of("de")(texts.SAMPLE)
    assert [call.params[field] for call in sent] == [
        f"<b>News</b>\n<i>{mark}</i>",
        "<b>News</b>",
    ]


async def test_toasts_are_not_marked() -> None:
    sent: list[Call] = []

    async def deliver(chat: Chat, call: Call) -> Outcome:
        sent.append(call)
        return Delivered(None)

    toast = Call("answerCallbackQuery", {"callback_query_id": "1", "text": "Done"})
    marked = marking(deliver, Wording(), lambda: True)
    await marked(Chat(1, 1, 0, ChatState.ACTIVE), toast)
    assert sent == [toast]
