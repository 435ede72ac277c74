"""A reader and the bot over HTTP: whatever people send, forged buttons, bugs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.services.answering import Answering, EntityCard, LookupAnswer
from bot.services.conversation import Conversation, Request, View
from bot.services.finding import Finder
from bot.services.following import Gone
from bot.standin import TOKEN
from bot.telegram import texts
from bot.telegram.guards import make_guards
from bot.telegram.handlers import Handlers
from bot.telegram.wording import Wording
from storage.database import Database
from tests.support.requests import undressed
from tests.support.story import Story, account
from tests.support.talk import Talk, answer, use_cases_of

MEETING = account(
    "2017-11-23",
    "[[Omar al-Bashir]], President of [[Sudan]], meets [[Vladimir Putin]]. He asks for help.",
    topics=["[[Foreign relations of Russia]]"],
    sources=[("Al Jazeera", "https://aljazeera.example/a"), ("RT", "https://rt.example/b")],
)
MEMORIAL = account("2017-11-05", "[[Vladimir Putin]] opens a memorial in [[Moscow]].")


# --- whatever people send


ODD = (
    "<b>Putin</b> *bold* _under_ `code` [a](b)",
    "عمر البشير \u202e",
    "😀🎉",
    "Putin " * 680,
    "x" * 4096,
    "%_\\'\";--",
    "one\ntwo",
    "0",
    "-17",
    "9" * 400,
    "",
)
COMMANDS = [
    *(f"/{name}" for name in texts.commands.COMMANDS),
    *("", "/event_17", "/nothing", "/Follow@dateline_bot"),
]


@pytest.mark.parametrize("command", COMMANDS)
async def test_every_message_gets_exactly_one_answer(
    talk: Talk, story: Story, command: str
) -> None:
    await story.tell(MEETING)
    for argument in ODD:
        message = f"{command} {argument}".strip() or "?"
        before = len(talk.messages())
        reply = await talk.say(message[:4096])
        assert len(talk.messages()) == before + 2, argument
        assert reply.text != texts.reading.BROKEN, argument


async def test_a_place_that_is_shared_as_one_goes_is_answered_once(talk: Talk) -> None:
    shared = talk.world.send_location(talk.reader, 52.5, 13.4)
    await talk.work()
    before = talk.world.sent(talk.reader)
    for minute in range(3):
        moved = {"location": {"latitude": 52.6, "longitude": 13.4 + minute / 100}}
        edited = replace(shared, media=moved, edited=talk.world.now())
        talk.world.updates.put("edited_message", edited.as_json())
        await talk.work()
    assert talk.world.sent(talk.reader) == before


async def test_sentences_for_what_is_no_text(talk: Talk) -> None:
    said = talk.world.say(talk.reader, "Putin")
    await talk.work()
    talk.world.edit(said, "Mugabe")
    await talk.work()
    assert talk.newest().text == texts.reading.EDITED
    for content in (
        {"dice": {"emoji": "🎲", "value": 3}},
        {"voice": {"file_id": "1", "file_unique_id": "1", "duration": 3}},
        {"contact": {"phone_number": "1", "first_name": "Bob"}},
        {"photo": [{"file_id": "1", "file_unique_id": "1", "width": 9, "height": 9}]},
    ):
        await talk.hear(content)
        assert talk.newest().text == texts.reading.NO_TEXT, content


async def test_what_telegram_says_itself_gets_no_answer(talk: Talk) -> None:
    await talk.say("/help")
    before = len(talk.messages())
    await talk.hear({"connected_website": "example.org"})
    assert len(talk.messages()) == before + 1


# --- buttons that nobody made


FORGED = [
    "f:999", "f:0", "f:-1", "f:1e3", "f:" + "9" * 60, "f:1:999", "u:999", "u:1:0", "w:999",
    "s:999", "r:999", "e:999", "t:2017-02-30:1", "t:0001-01-01:1", "n:9999-12-31:1",
    "t:2017-11-23:0", "t:x:1", "l:0", "x", "f", "f:1 ", "😀", "f:1\n", "drop table",
]  # fmt: skip


@pytest.mark.parametrize("data", FORGED)
async def test_a_forged_button_is_answered_with_a_sentence_and_does_nothing(
    talk: Talk, story: Story, data: str
) -> None:
    await story.tell(MEETING)
    message = await talk.say("/following")
    before = talk.messages()
    query = await talk.forge(message, data)
    assert talk.messages() == before
    text, alert = answer(query)
    assert alert
    assert text in (texts.reading.STALE, texts.reading.GONE_ENTITY, texts.reading.GONE_EVENT)
    assert "nobody" in (await talk.say("/following")).text


async def test_each_press_is_answered_exactly_once(talk: Talk, story: Story) -> None:
    await story.tell(MEETING)
    message = await talk.say("/start")
    for data in ("f:1", "u:1", "w:1", "s:2", "f:3:1", "r:1", "t:2017-11-23:1", "l:1"):
        talk.world.calls.clear()
        await talk.forge(message, data)
        methods = [call.method for call in talk.world.calls if call.method != "getUpdates"]
        assert methods[0] == "answerCallbackQuery"
        assert methods.count("answerCallbackQuery") == 1, data


# --- twice, and broken


async def test_an_update_that_comes_twice_is_answered_once(talk: Talk, story: Story) -> None:
    await story.tell(MEETING)
    talk.world.say(talk.reader, "/follow Vladimir Putin")
    await talk.work()
    told = len(talk.messages())
    talk.offset = 0
    assert talk.world.updates.pending
    await talk.work()
    assert len(talk.messages()) == told


class Broken(Answering):
    """Use cases with a bug."""

    async def lookup(self, request: Request, name: str, view: View[LookupAnswer]) -> None:
        raise ZeroDivisionError(name)

    async def entity(self, request: Request, entity_id: int, view: View[EntityCard | Gone]) -> None:
        raise ZeroDivisionError(entity_id)


async def test_a_bug_is_logged_told_and_over(
    talk: Talk, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    broken = Broken(Conversation(database, dress=undressed), Finder(database))
    use_cases = replace(use_cases_of(database), answering=broken)
    guards = make_guards(talk.bot, Wording(), talk.clock)
    talk.handlers = Handlers(use_cases, Wording(), guards, clock=talk.clock)
    reply = await talk.say("Putin")
    assert reply.text == texts.reading.BROKEN
    assert "ZeroDivisionError" in caplog.text
    assert TOKEN not in caplog.text
    assert answer(await talk.forge(reply, "w:1")) == (texts.reading.BROKEN, True)
    assert (await talk.say("/help")).text.startswith("What I can do")
