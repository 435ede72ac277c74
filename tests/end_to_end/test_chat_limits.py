"""Limits: who is let in, how many commands a minute, how many follows."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.core.flood import MOST
from bot.telegram import texts
from bot.telegram.wording import Wording
from storage.database import Database
from storage.model import ChatState
from tests.support.story import Story, account
from tests.support.talk import Talk, answer, talking

MEETING = account("2017-11-23", "[[Omar al-Bashir]] meets [[Vladimir Putin]] in Sochi.")
OURS = -1_000_000_000_007
WORDS = Wording().of("en")
TOO_FAST = WORDS.plain_count(texts.groups.TOO_FAST, MOST)


# --- how many commands a minute


@pytest.mark.parametrize("language", ["en", "de"])
async def test_more_than_twenty_commands_get_one_sentence_then_silence(
    talk: Talk, language: str
) -> None:
    talk.world.set_language(talk.reader, language)
    for _ in range(MOST + 5):
        talk.world.say(talk.reader, "/help")
    await talk.work()
    told = [message.text for message in talk.world.sent(talk.reader)]
    assert len(told) == MOST + 1
    words = Wording().of(language)
    assert told.count(words.plain_count(texts.groups.TOO_FAST, MOST)) == 1
    assert told[-1] == words.plain_count(texts.groups.TOO_FAST, MOST)
    talk.clock.pass_by(minutes=1)
    assert (await talk.say("/help")).text == told[0]
    assert len(talk.world.sent(talk.reader)) == MOST + 2  # the silence is not made up for


async def test_one_chat_in_a_hurry_stops_nobody_else(talk: Talk) -> None:
    other = talk.world.add_user("Bob")
    for _ in range(MOST + 5):
        talk.world.say(talk.reader, "/help")
    talk.world.say(other, "/help")
    await talk.work()
    assert len(talk.world.sent(other)) == 1


async def test_twenty_presses_in_a_second_and_more(talk: Talk, story: Story) -> None:
    await story.tell(MEETING)
    talk.world.say(talk.reader, "/event 1")
    await talk.work()
    card = talk.newest()
    talk.clock.pass_by(minutes=2)
    before = len(talk.messages())
    presses = [
        talk.world.press(talk.reader, card.id, texts.labels.BUTTON_RELATED) for _ in range(25)
    ]
    await talk.work()
    answers = [answer(talk.world.presses[press.id]) for press in presses]
    assert answers == [("", False)] * 20 + [(TOO_FAST, True)] + [("", False)] * 4
    assert len(talk.messages()) == before + 20


async def test_silence_costs_no_database_work(talk: Talk, database: Database, story: Story) -> None:
    await story.tell(MEETING)
    card = await talk.say("/event 1")
    for _ in range(MOST):
        talk.world.say(talk.reader, "/help")
    await talk.receive()
    async with database.reading() as tx:
        before = await tx.outbox.history(1, 0, 99)
    talk.world.say(talk.reader, "/help")
    talk.world.press(talk.reader, card.id, texts.labels.BUTTON_RELATED)
    numbers = [update["update_id"] for update in talk.world.updates.pending]
    await talk.receive()
    async with database.reading() as tx:
        assert await tx.outbox.history(1, 0, 99) == before
        assert not await tx.chats.is_handled(numbers[-1])


async def test_a_group_has_one_limit_and_what_is_not_for_the_bot_does_not_count(
    talk: Talk,
) -> None:
    group = talk.world.add_group("Friends", talk.reader)
    forum = talk.world.add_group("Forum", talk.reader, forum=True)
    topics = [talk.world.add_topic(forum, name) for name in ("a", "b")]
    for _ in range(40):
        talk.world.say(talk.reader, "hello", chat=group)
    talk.world.say(talk.reader, "/help", chat=group)
    for number in range(MOST + 5):
        talk.world.say(talk.reader, "/help", chat=forum, thread=topics[number % 2])
    await talk.work()
    assert len(talk.world.sent(group)) == 1
    assert [m.text for m in talk.world.sent(forum)].count(TOO_FAST) == 1
    assert len(talk.world.sent(forum)) == MOST + 1


async def test_a_member_in_a_hurry_takes_the_bot_from_nobody_else(
    talk: Talk, database: Database
) -> None:
    bob, eve = talk.world.add_user("Bob"), talk.world.add_user("Eve")
    group = talk.world.add_group("Friends", talk.reader, [bob, eve])
    (shown,) = await talk.told(group, "/nothing@dateline_bot", by=eve)
    for _ in range(MOST + 5):
        talk.world.say(bob, "/help", chat=group)
    for by in (bob, eve):
        talk.world.press(by, shown, "go:help", group)
    talk.world.say(talk.reader, "/stop", chat=group)
    await talk.receive()
    async with database.reading() as tx:
        assert [chat.state for chat in await tx.chats.topics(group.id)] == [ChatState.PAUSED]
    await talk.send()
    told = [message.text for message in talk.world.sent(group)[1:]]
    assert told.count(TOO_FAST) == 1
    assert len(told) == MOST + 3  # with what Eve pressed, and that the group pauses


async def test_a_chat_that_speaks_itself_has_its_own_limit(talk: Talk) -> None:
    channel = talk.world.add_channel("The News", talk.reader)
    for _ in range(MOST + 5):
        talk.world.post(channel, "/help")
    await talk.work()
    assert [m.text for m in talk.world.sent(channel)].count(TOO_FAST) == 1
    assert len(talk.world.sent(channel)) == MOST + 1


# --- who is let in


@pytest.fixture
async def closed(database: Database) -> AsyncIterator[Talk]:
    """A bot that is for a few chats only; the reader, Ada, is in none of them."""
    listed: list[int | str] = [77, "@bob_himself", OURS, "@our_group"]
    async with talking(database, allowed=frozenset(listed)) as one:
        yield one
        assert [call for call in one.world.calls if not call.ok] == []


@pytest.mark.parametrize("language", ["en", "de"])
async def test_a_stranger_is_told_once_a_day(
    closed: Talk, database: Database, language: str
) -> None:
    closed.world.set_language(closed.reader, language)
    for text in ("/start", "/follow Putin", "Putin"):
        closed.world.say(closed.reader, text)
    await closed.work()
    sentence = Wording().of(language).plain(texts.groups.NOT_ALLOWED, number=str(closed.reader.id))
    assert [message.text for message in closed.world.sent(closed.reader)] == [sentence]
    closed.clock.pass_by(hours=23)
    closed.world.say(closed.reader, "/help")
    await closed.work()
    assert len(closed.world.sent(closed.reader)) == 1
    closed.clock.pass_by(hours=2)
    closed.world.say(closed.reader, "/help")
    await closed.work()
    assert len(closed.world.sent(closed.reader)) == 2
    async with database.reading() as tx:
        assert await tx.chats.telegram_ids() == []


async def test_a_strangers_group_hears_nothing_and_the_log_names_it_once_a_day(
    closed: Talk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot.telegram.doors")
    bob = closed.world.add_user("Bob", username="Bob_Himself")
    group = closed.world.add_group("Theirs", bob, bot="left")
    closed.world.invite(group, bob)
    closed.world.say(bob, "/help", chat=group)
    channel = closed.world.add_channel("News", bob)
    closed.world.post(channel, "/help")
    await closed.work()
    assert closed.world.sent(group) == closed.world.sent(channel) == []
    named = [
        f"group {group.id} ('Theirs') is not in ALLOWED_CHATS",
        f"channel {channel.id} ('News') is not in ALLOWED_CHATS",
    ]
    assert caplog.messages == named
    closed.clock.pass_by(hours=25)
    closed.world.say(bob, "/today", chat=group)
    await closed.work()
    assert caplog.messages == [*named, named[0]]


async def test_those_who_are_listed_are_served(closed: Talk) -> None:
    by_id = closed.world.add_user("Cem", 77)
    by_name = closed.world.add_user("Bob", username="Bob_Himself")
    group = closed.world.add_group("Ours", by_id, [closed.reader], kind="supergroup",
                                   id=OURS)  # fmt: skip
    named = closed.world.add_group("Ours", by_id, [closed.reader], kind="supergroup",
                                   username="Our_Group")  # fmt: skip
    for chat, sayer in ((None, by_id), (None, by_name), (group, closed.reader),
                        (named, closed.reader)):  # fmt: skip
        closed.world.say(sayer, "/help", chat=chat)
        await closed.work()
        assert len(closed.world.sent(chat or sayer)) == 1
    assert closed.world.sent(closed.reader) == []


async def test_a_strangers_press_and_inline_question_get_an_empty_answer(
    closed: Talk, database: Database
) -> None:
    group = closed.world.add_group("Ours", closed.reader, kind="supergroup",
                                   id=OURS)  # fmt: skip
    (told,) = await closed.told(group, "/help")
    theirs = closed.world.add_group("Theirs", closed.reader)
    elsewhere = closed.world.keep(replace(told, chat=theirs))
    press = await closed.forge(elsewhere, "l:1")
    assert answer(press) == ("", False)
    query = closed.world.ask_inline(closed.reader, "Putin")
    await closed.work()
    assert closed.world.inline_answers[query].results == ()


# --- how many follows


async def test_most_follows_is_a_setting(database: Database, story: Story) -> None:
    await story.tell(MEETING)
    async with talking(database, most_follows=1) as talk:
        await talk.say("/follow Vladimir Putin")
        told = await talk.say("/follow Omar al-Bashir")
        assert told.text == WORDS.plain_count(texts.follows.TOO_MANY, 1)
