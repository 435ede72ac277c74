"""What comes of a message, by what Telegram answered."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence

import pytest

from bot.services.outcomes import (
    Busy,
    Delivered,
    Failed,
    Moved,
    Outcome,
    Refused,
    Unchanged,
    Unreachable,
    in_words,
)
from storage.database import Database
from storage.model import Call, ChatState
from storage.tables import ChatRow, OutboxRow
from tests.support.flood import FLOOD, READER, REWORDED, at, due, told
from tests.support.portal import Portal
from tests.support.post import Post
from tests.support.rows import column
from tests.support.story import account

GROUP, SUPERGROUP = -7, -1_000_000_000_007


async def states(database: Database) -> Sequence[str]:
    return await column(database, OutboxRow.state)


async def answered(database: Database, *outcomes: Outcome, reader: int = READER) -> Post:
    """An alert was due, and this is what Telegram answered."""
    post = Post(database)
    post.telegram.answers[reader] += outcomes
    await due(database, reader)
    await post.work()
    return post


async def test_delivered_is_sent_with_its_number(database: Database) -> None:
    await answered(database, Delivered(42))
    assert await states(database) == ["sent"]
    assert await column(database, OutboxRow.message_id) == [42]


async def test_busy_is_tried_again_when_telegram_said(database: Database) -> None:
    post = await answered(database, Busy(30))
    post.clock.pass_by(29)
    await post.work()
    assert post.telegram.log == []
    post.clock.pass_by(1)
    await post.work()
    assert post.telegram.texts(READER) == [FLOOD.text]


async def test_failed_is_tried_again_later_each_time(database: Database) -> None:
    post = await answered(database, Failed("reset"), Failed("reset"))
    waited = 0
    while not post.telegram.log:
        post.clock.pass_by(1)
        waited += 1
        await post.work()
    assert waited == 1 + 2
    assert await states(database) == ["sent"]


async def test_refused_ends_the_message_only(database: Database) -> None:
    post = await answered(database, Refused("no rights"))
    post.clock.pass_by(3600)
    await post.work()
    assert post.telegram.log == []
    assert await states(database) == ["refused"]
    assert await column(database, ChatRow.state) == [ChatState.ACTIVE]


async def test_unreachable_silences_the_chat(database: Database) -> None:
    post = await answered(database, Unreachable("bot was blocked by the user"))
    assert await states(database) == ["waiting"]  # for the chat to return
    assert await column(database, ChatRow.state) == [ChatState.UNREACHABLE]
    other = account("2017-11-23", "[[Springfield]] votes.")
    await Portal(database).stand(20, FLOOD, other)
    post.clock.pass_by(3600)
    await post.work()
    assert post.telegram.log == []


async def test_moved_goes_on_in_the_new_chat(database: Database) -> None:
    post = await answered(database, Moved(SUPERGROUP), reader=GROUP)
    assert post.telegram.texts(SUPERGROUP) == [FLOOD.text]
    assert post.telegram.texts(GROUP) == []
    assert await column(database, ChatRow.telegram_id) == [SUPERGROUP]


async def test_an_edit_that_finds_a_moved_chat_is_dropped(database: Database) -> None:
    post = Post(database)
    portal = await told(database, post, GROUP)
    post.telegram.answers[GROUP].append(Moved(SUPERGROUP))
    await portal.stand(20, REWORDED)
    await at(post, portal, 30)
    await at(post, portal, 40)
    assert post.telegram.texts(SUPERGROUP) == []


@pytest.mark.parametrize("outcome", [Refused("message can't be edited"), Unreachable("kicked")])
async def test_an_edit_that_is_refused_is_given_up_and_the_alert_stays_sent(
    database: Database, outcome: Outcome
) -> None:
    post = Post(database)
    portal = await told(database, post)
    post.telegram.answers[READER].append(outcome)
    await portal.stand(20, REWORDED)
    await at(post, portal, 30)
    await at(post, portal, 60)
    assert len(post.telegram.log) == 1
    assert await states(database) == ["sent"]


async def test_an_edit_that_finds_its_chat_gone_is_made_when_it_is_back(
    database: Database,
) -> None:
    post = Post(database)
    portal = await told(database, post)
    post.telegram.answers[READER].append(Unreachable("bot was blocked by the user"))
    await portal.stand(20)
    await at(post, portal, 30)
    assert await column(database, ChatRow.state) == [ChatState.UNREACHABLE]
    await at(post, portal, 40)
    assert post.telegram.texts(READER) == [FLOOD.text]
    async with database.transaction() as tx:
        await tx.chats.set_state(READER, ChatState.ACTIVE, portal.at(50))
    await at(post, portal, 60)
    assert post.telegram.texts(READER) == [f"withdrawn: {FLOOD.text}"]


async def test_an_edit_that_found_its_chat_gone_ends_with_the_week(database: Database) -> None:
    post = Post(database)
    portal = await told(database, post)
    post.telegram.answers[READER].append(Unreachable("bot was blocked by the user"))
    await portal.stand(20)
    await at(post, portal, 30)
    async with database.transaction() as tx:
        await tx.chats.set_state(READER, ChatState.ACTIVE, portal.at(40))
    await at(post, portal, 8 * 24 * 60)
    assert post.telegram.texts(READER) == [FLOOD.text]


async def test_an_edit_that_finds_the_message_as_it_should_be_is_done(database: Database) -> None:
    post = Post(database)
    portal = await told(database, post)
    post.telegram.answers[READER].append(Unchanged())
    await portal.stand(20, REWORDED)
    await at(post, portal, 30)
    await at(post, portal, 60)
    assert len(post.telegram.log) == 1
    assert await column(database, OutboxRow.edits) == [0]


async def test_an_edit_that_fails_is_tried_again(database: Database) -> None:
    post = Post(database)
    portal = await told(database, post)
    post.telegram.answers[READER].append(Failed("reset"))
    await portal.stand(20, REWORDED)
    await at(post, portal, 30)
    await at(post, portal, 31)
    assert post.telegram.texts(READER) == [REWORDED.text]


async def test_an_answer_that_makes_no_message_is_done(database: Database) -> None:
    post = Post(database)
    post.telegram.answers[READER].append(Delivered())
    async with database.transaction() as tx:
        chat = await tx.chats.chat(READER, post.clock())
        call = Call("answerCallbackQuery", {"callback_query_id": "1", "text": ""})
        await tx.outbox.reply(chat.id, [call], post.clock())
    await post.work()
    assert await states(database) == ["sent"]


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (None, "not sent"),
        (Delivered(7), "sent"),
        (Unchanged(), "as it was"),
        (Busy(3.2), "to be sent in 3 s"),
        (Unreachable("blocked by the user"), "out of reach, blocked by the user"),
        (Moved(SUPERGROUP), f"it is chat {SUPERGROUP} at Telegram now"),
        (Refused("no such chat"), "refused, no such chat"),
        (Failed("no answer"), "tried again, no answer"),
    ],
)
def test_what_came_of_a_message_has_words(outcome: Outcome | None, said: str) -> None:
    assert in_words(outcome) == said


async def test_the_log_has_these_words(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot.services.sending")
    await told(database, Post(database))
    (line,) = [each.getMessage() for each in caplog.records if "event" in each.getMessage()]
    assert re.fullmatch(r"event \d+ to chat \d+: sent", line)
