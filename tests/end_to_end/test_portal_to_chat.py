"""From an edit of a portal page to one message in a chat, and what becomes of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.standin.entities import Formatted
from bot.standin.model import Call, Message
from bot.telegram import texts
from storage.database import Database
from tests.support.bot_api import Schema, violations
from tests.support.databases import database_url
from tests.support.day_pages import REUTERS, WIRE, bullet
from tests.support.newsroom import Newsroom, newsroom

__all__ = ["database_url"]  # a fixture: on both engines

STORM = bullet("A storm hits [[Port Example]].", ("Reuters", "https://reuters.example/storm"))
VISIT = bullet("[[Ann Sample]] meets [[Bob Example]] in [[Samplia]]. They talk.", REUTERS, WIRE)
VISIT_TEXT = "Ann Sample meets Bob Example in Samplia. They talk."
DAY_PAGE = "https://en.wikipedia.org/wiki/Portal:Current_events/2017_November_24"


@pytest.fixture
async def room(database: Database) -> AsyncIterator[Newsroom]:
    async with newsroom(database) as one:
        for number, name in enumerate(("Ann Sample", "Bob Example", "Samplia"), start=1):
            one.wiki.set_article(name, qid=f"Q{number}", labels={"en": name})
        one.publish(STORM)
        await one.minutes(1)
        yield one
        one.check_requests()


def the_only(calls: list[Call], method: str) -> Call:
    (call,) = calls
    assert (call.method, call.ok) == (method, True)
    return call


def links(message: Message) -> dict[str, str]:
    """The words that are linked in a message, and where they lead."""
    content = Formatted(message.text, message.entities)
    return {
        content.part(entity): dict(entity.details)["url"]
        for entity in message.entities
        if entity.kind == "text_link"
    }


def labels(message: Message) -> list[str]:
    return [button["text"] for row in message.buttons for button in row]


async def test_an_edit_of_the_page_becomes_one_alert(room: Newsroom) -> None:
    await room.follow("Ann Sample")
    room.publish(STORM, VISIT)
    await room.minutes(10)
    assert room.new_calls() == []
    await room.minutes(30)
    the_only(room.new_calls(), "sendMessage")
    alert = room.talk.newest()
    number = (await room.talk.say("/search Samplia")).text.partition("/event_")[2]
    assert alert.text == (
        f"Ann Sample\n\n{VISIT_TEXT}\n\n24 November 2017 · Politics and elections\n"
        f"Sources: Reuters, Example Wire\n"
        f"Wikipedia’s Current events, CC BY-SA · /event_{number}"
    )
    assert links(alert) == dict([REUTERS, WIRE]) | {"Wikipedia’s Current events": DAY_PAGE}
    assert labels(alert) == ["Related", "Share", "Follow Bob Example", "Follow Samplia"]
    assert alert.link_preview_options is not None
    assert alert.link_preview_options["url"] == REUTERS[1]


async def test_an_alert_comes_first_when_it_has_stood_for_its_hold(room: Newsroom) -> None:
    await room.follow("Ann Sample")
    room.publish(STORM, VISIT)
    await room.minutes(10)
    assert room.new_calls() == []
    await room.minutes(1)
    the_only(room.new_calls(), "sendMessage")


async def test_a_rewording_edits_that_very_message(room: Newsroom) -> None:
    await room.follow("Ann Sample")
    room.publish(STORM, VISIT)
    await room.hold_passes()
    sent = the_only(room.new_calls(), "sendMessage")
    alert = room.talk.newest()
    room.publish(STORM, VISIT.replace("They talk.", "They agree on little."))
    await room.minutes(10)
    assert room.new_calls() == []
    await room.minutes(30)
    edit = the_only(room.new_calls(), "editMessageText")
    assert edit.params["message_id"] == alert.id
    reworded = sent.params["text"].replace("They talk.", "They agree on little.")
    assert edit.params == {**sent.params, "message_id": alert.id, "text": reworded}
    assert {"reply_markup", "link_preview_options"} <= edit.params.keys()
    now = room.talk.newest()
    assert (now.id, now.buttons) == (alert.id, alert.buttons)
    assert now.link_preview_options == alert.link_preview_options


async def test_what_vanishes_within_the_hold_reaches_nobody(room: Newsroom) -> None:
    await room.follow("Ann Sample", "Bob Example")
    standing = bullet("[[Bob Example]] opens a bridge.", REUTERS)
    room.publish(STORM, standing)
    await room.hold_passes()
    the_only(room.new_calls(), "sendMessage")
    for passing in (
        [STORM, standing, VISIT],  # an event
        [STORM, standing.replace("opens a bridge", "is a fool")],  # a wording
        [STORM.replace("[[Port Example]]", "[[Ann Sample|Port Example]]"), standing],  # a link
        [STORM, f"{standing} [https://spam.example/ (Spam)]"],  # a source
        [STORM],  # an absence
    ):
        room.publish(*passing)
        await room.minutes(9)
        room.publish(STORM, standing)
        await room.minutes(30)
        assert room.new_calls() == [], passing


async def test_a_withdrawal_edits_and_a_return_edits_again(room: Newsroom) -> None:
    await room.follow("Ann Sample")
    room.publish(STORM, VISIT)
    await room.hold_passes()
    the_only(room.new_calls(), "sendMessage")
    before = room.talk.newest()
    room.publish(STORM)
    await room.hold_passes()
    the_only(room.new_calls(), "editMessageText")
    withdrawn = room.talk.newest()
    assert withdrawn.id == before.id
    assert texts.events.WITHDRAWN in withdrawn.text
    assert "strikethrough" in {one.kind for one in withdrawn.entities}
    room.publish(STORM, VISIT)
    await room.hold_passes()
    the_only(room.new_calls(), "editMessageText")
    assert room.talk.newest().text == before.text


async def test_two_follows_hit_by_one_event_make_one_alert(room: Newsroom) -> None:
    await room.follow("Ann Sample", "Bob Example")
    room.publish(STORM, VISIT)
    await room.minutes(60)
    the_only(room.new_calls(), "sendMessage")
    assert room.talk.newest().text.startswith("Ann Sample, Bob Example\n\n")


async def test_a_late_entity_alerts_its_followers_and_edits_the_others(room: Newsroom) -> None:
    room.wiki.set_article("Carl Pattern", qid="Q9", labels={"en": "Carl Pattern"})
    ben = room.join("Ben")
    await room.follow("Ann Sample")
    await room.follow("Carl Pattern", reader=ben)
    room.publish(STORM, VISIT)
    await room.hold_passes()
    the_only(room.new_calls(), "sendMessage")
    room.publish(STORM, VISIT.replace("They talk.", "[[Carl Pattern]] listens."))
    await room.minutes(10)
    assert room.new_calls() == []
    await room.minutes(30)
    calls = {call.params["chat_id"]: call.method for call in room.new_calls()}
    assert calls == {ben.id: "sendMessage", room.talk.reader.id: "editMessageText"}
    assert room.talk.world.sent(ben)[-1].text.startswith("Carl Pattern\n\n")


async def test_a_second_followed_name_edits_the_alert_that_is_there(room: Newsroom) -> None:
    room.wiki.set_article("Carl Pattern", qid="Q9", labels={"en": "Carl Pattern"})
    await room.follow("Ann Sample", "Carl Pattern")
    room.publish(STORM, VISIT)
    await room.hold_passes()
    room.new_calls()
    room.publish(STORM, VISIT.replace("They talk.", "[[Carl Pattern]] listens."))
    await room.minutes(30)
    the_only(room.new_calls(), "editMessageText")
    assert room.talk.newest().text.startswith("Ann Sample, Carl Pattern\n\n")


async def test_a_first_poll_pushes_nothing(database: Database) -> None:
    async with newsroom(database) as room:
        room.wiki.set_article("Ann Sample", qid="Q1", labels={"en": "Ann Sample"})
        await room.follow("Ann Sample")
        room.publish(STORM, VISIT)
        await room.minutes(60)
        assert room.new_calls() == []
        assert VISIT_TEXT.split(".")[0] in (await room.talk.say("/today")).text


async def test_a_gap_of_hours_gives_one_message_about_all_that_was_missed(room: Newsroom) -> None:
    await room.follow("Ann Sample", "Bob Example")
    nobody = room.join("Ben")
    await room.says(nobody, "/help")
    yesterday = room.today
    room.talk.clock.pass_by(hours=15)
    assert room.today == yesterday + timedelta(days=1)
    second = bullet("[[Ann Sample]] flies home.", ("Wire", "https://wire.example/home"))
    room.publish(STORM, VISIT, day=yesterday)
    room.publish(second)
    room.new_calls()
    await room.minutes(60)
    the_only(room.new_calls(), "sendMessage")
    missed = room.talk.newest()
    assert missed.text.startswith(texts.digests.CATCH_UP_HEAD)
    assert missed.text.count("/event_") == 2
    third = bullet("[[Bob Example]] answers.", ("Wire", "https://wire.example/answer"))
    room.publish(second, third)
    await room.minutes(60)
    the_only(room.new_calls(), "sendMessage")
    assert room.talk.newest().text.startswith("Bob Example\n\n")


async def test_redirects_make_two_names_one_and_keep_the_follows(room: Newsroom) -> None:
    room.wiki.set_article("Ann A. Sample", redirect_to="Ann Sample")
    old = bullet("[[Ann A. Sample]] is elected.", WIRE)
    room.publish(STORM, old)
    await room.hold_passes()
    ben = room.join("Ben")
    await room.follow("Ann A. Sample")
    await room.follow("Bob Example", reader=ben)
    room.publish(STORM, old, VISIT)
    await room.hold_passes()
    assert the_only(room.new_calls(), "sendMessage").params["chat_id"] == ben.id
    await room.resolve()
    await room.minutes(1)
    told = {call.params["chat_id"]: call.method for call in room.new_calls()}
    assert told.get(room.talk.reader.id) == "sendMessage"  # she is one of two in that event
    listed = await room.talk.say("/following")
    assert any("Ann Sample" in label for label in labels(listed))
    room.new_calls()
    third = bullet("[[Ann Sample]] resigns.", ("Reuters", "https://reuters.example/resigns"))
    room.publish(STORM, old, VISIT, third)
    await room.minutes(30)
    assert the_only(room.new_calls(), "sendMessage").params["chat_id"] == room.talk.reader.id
    assert "Ann Sample resigns." in room.talk.newest().text


async def test_what_the_bot_asks_of_telegram_is_as_the_bot_api_has_it(room: Newsroom) -> None:
    schema = Schema.load()  # skips, saying so, where the Bot API as data is not at hand
    await room.follow("Ann Sample")
    room.publish(STORM, VISIT)
    await room.hold_passes()
    await room.talk.press("Follow Bob Example")
    await room.talk.press("Related")
    methods = {call.method for call in room.talk.world.calls}
    assert {"getMe", "getUpdates", "sendMessage", "answerCallbackQuery"} <= methods
    assert violations(room.talk.world.calls, schema) == []
