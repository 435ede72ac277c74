"""What becomes of chats: the bot comes and goes, topics close, groups move."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from itertools import count

import pytest

from bot.services.conversation import Conversation, Request
from bot.services.groups import BotStanding, Groups
from bot.services.outcomes import Outcome, Unreachable
from storage.database import Database
from storage.model import Call, Chat, ChatKind, ChatState, Telling
from tests.support.portal import events_of
from tests.support.post import Clock, Post
from tests.support.requests import undressed
from tests.support.rows import until_one_waits
from tests.support.story import NOON, Story, account

FORUM = -1_000_000_000_042
MEETING = account("2017-11-23", "[[Omar al-Bashir]] meets [[Vladimir Putin]] in Sochi.")
MEMORIAL = account("2017-11-24", "[[Vladimir Putin]] opens a memorial in [[Moscow]].")
IN, OUT = BotStanding(True, True), BotStanding(False, False)
PROMOTED = BotStanding(False, True)
ACTIVE, SILENT = ChatState.ACTIVE, ChatState.UNREACHABLE

_numbers = count(1)


class Place:
    """A forum on a database, and what the bot does there."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.groups = Groups(Conversation(database, dress=undressed))
        self.conversation = Conversation(database, dress=undressed)
        self.greeted = 0

    def request(self, thread_id: int = 0, hours: float = 0, update_id: int = 0) -> Request:
        """A request from a topic, so long after noon."""
        return Request(
            update_id or next(_numbers),
            FORUM,
            NOON + timedelta(hours=hours),
            thread_id,
            kind=ChatKind.SUPERGROUP,
            title="Forum",
        )

    async def ask(self, thread_id: int = 0, hours: float = 0, entity: int | None = None) -> None:
        """Somebody writes there, perhaps to follow an entity."""

        async def work(tx, chat: Chat) -> None:  # type: ignore[no-untyped-def]  # a test's work
            if entity is not None:
                await tx.chats.follow(chat.id, entity, NOON)

        await self.conversation.answer(self.request(thread_id, hours), work, lambda chat, _: ())

    async def stand(self, standing: BotStanding, hours: float = 0, update_id: int = 0) -> None:
        """The bot is told what it is there now."""

        def greet(chat: Chat, result: None) -> list[Call]:
            self.greeted += 1
            return []

        await self.groups.note_standing(
            self.request(hours=hours, update_id=update_id), standing, greet
        )

    async def states(self, telegram_id: int = FORUM) -> dict[int, ChatState]:
        """Whether messages reach each topic."""
        async with self.database.reading() as tx:
            return {chat.thread_id: chat.state for chat in await tx.chats.topics(telegram_id)}


@pytest.fixture
def place(database: Database) -> Place:
    return Place(database)


async def test_it_greets_who_takes_it_in_and_not_who_promotes_it(place: Place) -> None:
    await place.stand(IN)
    await place.stand(PROMOTED)
    assert place.greeted == 1
    await place.stand(OUT)
    await place.stand(IN)
    assert place.greeted == 2


async def test_it_greets_late_where_it_could_not_write_before(place: Place) -> None:
    await place.stand(BotStanding(True, False))
    assert await place.states() == {}
    await place.stand(PROMOTED)
    await place.stand(PROMOTED)
    assert place.greeted == 1


async def test_the_same_update_twice_greets_once(place: Place) -> None:
    for _ in range(2):
        await place.stand(IN, update_id=999_999)
    assert place.greeted == 1


async def test_a_chat_that_was_never_talked_to_leaves_no_trace_when_it_goes(place: Place) -> None:
    await place.stand(OUT)
    await place.groups.note_topic(place.request(7), is_open=False)
    assert await place.states() == {}


async def test_a_return_revives_all_but_what_was_closed_before(place: Place) -> None:
    for thread in (0, 7, 8):
        await place.ask(thread)
    await place.groups.note_topic(place.request(7, hours=1), is_open=False)
    assert await place.states() == {0: ACTIVE, 7: SILENT, 8: ACTIVE}
    await place.stand(OUT, hours=2)
    await place.stand(IN, hours=3)
    assert await place.states() == {0: ACTIVE, 7: SILENT, 8: ACTIVE}
    await place.groups.note_topic(place.request(7, hours=4), is_open=True)
    assert set((await place.states()).values()) == {ACTIVE}


async def test_a_message_revives_what_fell_silent_with_its_topic(place: Place) -> None:
    for thread in (0, 7, 8):
        await place.ask(thread)
    await place.groups.note_topic(place.request(7, hours=1), is_open=False)
    await place.stand(OUT, hours=2)
    await place.ask(8, hours=3)
    assert await place.states() == {0: ACTIVE, 7: SILENT, 8: ACTIVE}
    await place.ask(7, hours=4)
    assert set((await place.states()).values()) == {ACTIVE}


async def test_a_pause_outlasts_what_becomes_of_the_bot(place: Place, database: Database) -> None:
    for thread in (0, 7):
        await place.ask(thread)
    async with database.transaction() as tx:
        await tx.chats.set_state(FORUM, ChatState.PAUSED, NOON, 0)
    paused = {0: ChatState.PAUSED, 7: ACTIVE}
    await place.stand(OUT, hours=1)
    assert await place.states() == {0: ChatState.PAUSED, 7: SILENT}
    await place.stand(IN, hours=2)
    assert await place.states() == paused
    await place.groups.note_topic(place.request(0, hours=3), is_open=False)
    await place.groups.note_topic(place.request(0, hours=4), is_open=True)
    await place.ask(hours=5)
    assert await place.states() == paused
    async with database.reading() as tx:
        assert (await tx.chats.topics(FORUM))[0].state_since == NOON  # so all is caught up with


async def test_what_was_missed_comes_as_one_digest(
    place: Place, database: Database, story: Story
) -> None:
    await story.tell(MEETING)
    (event,) = await events_of(database, MEETING.day)
    putin = next(e.id for e in event.entities if e.label == "Vladimir Putin")
    await place.ask(entity=putin)
    await place.stand(OUT, hours=1)
    story.at = NOON + timedelta(hours=2)
    await story.tell(MEMORIAL, telling=Telling.PUSH)
    post = Post(database, clock=Clock(NOON + timedelta(hours=3)))
    await post.work()
    assert post.telegram.texts(FORUM) == []
    await place.stand(IN, hours=4)
    post.clock.pass_by(7200)
    await post.work()
    assert post.telegram.texts(FORUM) == [MEMORIAL.text]


@pytest.mark.parametrize(
    ("outcome", "states"),
    [
        (Unreachable("TOPIC_CLOSED", topic=True), {0: ACTIVE, 7: SILENT}),
        (Unreachable("bot was kicked"), {0: SILENT, 7: SILENT}),
    ],
)
async def test_a_lost_topic_falls_silent_alone(
    place: Place, database: Database, outcome: Outcome, states: dict[int, ChatState]
) -> None:
    await place.ask()
    post = Post(database)
    post.telegram.answers[FORUM].append(outcome)

    async def nothing(tx: object, chat: Chat) -> None:
        return None

    await place.conversation.answer(
        place.request(7), nothing, lambda chat, _: [Call("sendMessage", {"text": "hello"})]
    )
    post.clock.pass_by(86400)
    await post.work()
    assert await place.states() == states


async def test_who_asked_to_be_forgotten_is_not_made_unreachable(
    place: Place, database: Database
) -> None:
    await place.ask()
    async with database.transaction() as tx:
        await tx.chats.forget(FORUM)
    await place.stand(OUT)
    assert await place.states() == {0: ChatState.FORGOTTEN}
    async with database.transaction() as tx:
        await tx.chats.drop_forgotten()
    assert await place.states() == {}


@pytest.mark.parametrize("lost", [False, True])
async def test_a_group_that_moved_is_reached(place: Place, lost: bool) -> None:
    old = -42
    async with place.database.transaction() as tx:
        await tx.chats.chat(old, NOON, kind=ChatKind.GROUP)
        if lost:
            await tx.chats.set_state(old, SILENT, NOON)
    for _ in range(2):
        await place.groups.note_move(place.request(), old, FORUM)
    assert await place.states(old) == {}
    assert await place.states() == {0: ACTIVE}


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # else they queue up
async def test_a_move_keeps_no_chat_from_who_makes_alerts(place: Place, database: Database) -> None:
    old = -42
    async with database.transaction() as tx:
        chat = await tx.chats.chat(old, NOON, kind=ChatKind.GROUP)
        await tx.chats.set_state(old, SILENT, NOON)
    async with database.transaction() as tx:
        await tx.locks.alerts()
        moving = asyncio.create_task(place.groups.note_move(place.request(), old, FORUM))
        await until_one_waits(database)
        await tx.chats.timetable(chat.id)  # locks it
    await moving
    assert await place.states() == {0: ACTIVE}


async def test_a_new_topic_speaks_the_forums_language(place: Place, database: Database) -> None:
    async with database.transaction() as tx:
        await tx.chats.chat(FORUM, NOON, language="de", kind=ChatKind.SUPERGROUP)
    await place.ask(7)
    async with database.reading() as tx:
        assert {chat.language for chat in await tx.chats.topics(FORUM)} == {"de"}
