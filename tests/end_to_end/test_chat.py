"""A reader and the bot over HTTP: every command, every button, and whatever else people send."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.services.finding import Found as Article
from bot.standin.model import Message, Press
from bot.telegram import texts
from storage.database import Database
from storage.model import Telling
from tests.support.bot_api import Schema, violations
from tests.support.data import find_data
from tests.support.story import NOON, Story, account
from tests.support.talk import Talk, talking

MEETING = account(
    "2017-11-23",
    "[[Omar al-Bashir]], President of [[Sudan]], meets [[Vladimir Putin]]. He asks for help.",
    topics=["[[Foreign relations of Russia]]"],
    sources=[("Al Jazeera", "https://aljazeera.example/a"), ("RT", "https://rt.example/b")],
)
MEMORIAL = account("2017-11-05", "[[Vladimir Putin]] opens a memorial in [[Moscow]].")


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """One engine is enough here: the services' own tests run on both."""
    return f"sqlite:///{tmp_path}/dateline.db"


@pytest.fixture
def story(database: Database) -> Story:
    return Story(database)


@pytest.fixture
async def talk(database: Database) -> AsyncIterator[Talk]:
    async with talking(database) as one:
        yield one
        assert [c for c in one.world.calls if not c.ok] == []
        if find_data():
            assert violations(one.world.calls, Schema.load()) == []


def labels(message: Message) -> list[str]:
    """The labels of a message's buttons."""
    return [button["text"] for row in message.buttons for button in row]


def answer(press: Press) -> tuple[str, bool]:
    """What a press was answered with, and whether in a box."""
    assert press.answer is not None
    return press.answer.text, press.answer.show_alert


async def follow(talk: Talk, name: str) -> None:
    """Follow a clear name."""
    assert (await talk.say(f"/follow {name}")).text.startswith(f"You follow {name} now.")


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
COMMANDS = [f"/{name}" for name in texts.COMMANDS]


@pytest.mark.parametrize(
    "command", ["", *COMMANDS, "/event_17", "/nothing", "/Follow@dateline_bot"]
)
async def test_every_message_gets_exactly_one_answer(
    talk: Talk, story: Story, command: str
) -> None:
    await story.tell(MEETING)
    for argument in ODD:
        message = f"{command} {argument}".strip() or "?"
        before = len(talk.messages())
        reply = await talk.say(message[:4096])
        assert len(talk.messages()) == before + 2, argument
        assert reply.text != texts.BROKEN, argument


async def test_sentences_for_what_is_no_text(talk: Talk) -> None:
    said = talk.world.say(talk.reader, "Putin")
    await talk.work()
    talk.world.edit(said, "Mugabe")
    await talk.work()
    assert talk.newest().text == texts.EDITED
    for content in (
        {"dice": {"emoji": "🎲", "value": 3}},
        {"voice": {"file_id": "1", "file_unique_id": "1", "duration": 3}},
        {"location": {"latitude": 15.6, "longitude": 32.5}},
        {"photo": [{"file_id": "1", "file_unique_id": "1", "width": 9, "height": 9}]},
    ):
        await talk.hear(content)
        assert talk.newest().text == texts.NO_TEXT, content


async def test_what_telegram_says_itself_gets_no_answer(talk: Talk) -> None:
    await talk.say("/help")
    before = len(talk.messages())
    await talk.hear({"connected_website": "example.org"})
    assert len(talk.messages()) == before + 1


async def test_groups_are_told_to_wait_and_not_interrupted(talk: Talk) -> None:
    group = talk.world.add_group("Friends", talk.reader)
    for text in ("hello", "/other@other_bot", "/nothing"):
        talk.world.say(talk.reader, text, chat=group)
    await talk.work()
    assert talk.world.sent(group) == []
    talk.world.say(talk.reader, "/today@dateline_bot", chat=group)
    await talk.work()
    (told,) = talk.world.sent(group)
    assert told.text == texts.NO_GROUPS
    talk.world.say(talk.reader, "why?", chat=group, reply_to=told)
    await talk.work()
    assert [m.text for m in talk.world.sent(group)] == [texts.NO_GROUPS] * 2


# --- starting


async def test_the_welcome_lets_one_follow_the_busiest(talk: Talk, story: Story) -> None:
    await story.tell(MEETING)
    welcome = await talk.say("/start")
    assert labels(welcome) == ["Omar al-Bashir", "Sudan", "Vladimir Putin"]
    press = await talk.press("Vladimir Putin")
    assert answer(press) == ("You follow Vladimir Putin now. /unfollow ends it.", False)
    assert labels(talk.newest()) == ["Omar al-Bashir", "Sudan"]
    assert talk.newest().text == welcome.text


async def test_a_deep_link_follows(talk: Talk, story: Story) -> None:
    putin = await story.use_words("Vladimir Putin", "Putin", 1)
    talk.world.start(talk.reader, f"f_{putin}")
    await talk.work()
    assert talk.newest().text.startswith("You follow Vladimir Putin now.")
    talk.world.start(talk.reader, "f_999")
    await talk.work()
    assert talk.newest().text == texts.GONE_ENTITY
    talk.world.start(talk.reader, "other")
    await talk.work()
    assert talk.newest().text.startswith(texts.WELCOME)


async def test_a_block_silences_and_a_return_revives(talk: Talk, story: Story) -> None:
    await story.use_words("Vladimir Putin", "Vladimir Putin", 9)
    await follow(talk, "Vladimir Putin")
    talk.world.block(talk.reader)
    await talk.work()
    before = len(talk.messages())
    await story.tell(MEETING, telling=Telling.PUSH)
    await talk.work()
    assert len(talk.messages()) == before
    talk.world.unblock(talk.reader)
    await talk.work()
    assert "Vladimir Putin" in (await talk.say("/following")).text


# --- following


async def test_of_several_the_pressed_one_is_followed_in_place(talk: Talk, story: Story) -> None:
    country = await story.use_words("Georgia (country)", "Georgia", 155)
    await story.describe(country, "Georgia", "Q230", "country in the Caucasus")
    await story.use_words("Georgia (U.S. state)", "Georgia", 60)
    question = await talk.say("/follow Georgia")
    assert labels(question) == ["Georgia · country in the Caucasus", "Georgia (U.S. state)"]
    press = await talk.press("Georgia · country in the Caucasus")
    assert answer(press)[0] == "You follow Georgia now. /unfollow ends it."
    assert talk.newest().id == question.id
    assert talk.newest().text.startswith("You follow Georgia now.")
    assert labels(talk.newest()) == ["Unfollow"]


async def test_unfollow_and_follow_again_by_button(talk: Talk, story: Story) -> None:
    await story.tell(MEETING)
    await follow(talk, "Vladimir Putin")
    await talk.press("Unfollow")
    assert talk.newest().text == "You no longer follow Vladimir Putin."
    await talk.press("Follow again")
    assert talk.newest().text.startswith("You follow Vladimir Putin now.")


async def test_the_list_of_follows_turns_pages_and_loses_what_is_pressed(
    talk: Talk, story: Story
) -> None:
    people = [f"Person Number {number}" for number in range(10, 33)]
    numbers = [await story.use_words(person, person, 9) for person in people]
    async with story.database.transaction() as tx:
        chat = await tx.chats.chat(talk.reader.id, NOON)
        for number in numbers:
            await tx.chats.follow(chat.id, number, NOON)
    first = await talk.say("/following")
    assert first.text.startswith("Whom you follow (23).")
    assert len(labels(first)) == 21
    await talk.press("Next page ›")
    assert labels(talk.newest()) == [f"Person Number {n}" for n in (30, 31, 32)] + [
        "‹ Earlier page"
    ]
    press = await talk.press("Person Number 31")
    assert answer(press)[0] == "You no longer follow Person Number 31."
    assert labels(talk.newest())[:-1] == ["Person Number 30", "Person Number 32"]
    await talk.press("‹ Earlier page")
    assert talk.newest().id == first.id


async def test_a_name_is_looked_up_and_followed_from_its_card(talk: Talk, story: Story) -> None:
    await story.tell(MEETING)
    card = await talk.say("Putin")
    assert labels(card) == ["Vladimir Putin"]
    await talk.press("Vladimir Putin")
    assert labels(talk.newest()) == ["Follow Vladimir Putin"]
    assert "/event_1" in talk.newest().text
    await talk.press("Follow Vladimir Putin")
    assert labels(await talk.say("Vladimir Putin")) == ["Unfollow"]


async def test_a_search_outside_answers_unknown_names(database: Database) -> None:
    class Zidane:
        title, description, qid = "Zinedine Zidane", "French footballer", "Q1835"

    async def search(words: str) -> list[Article]:
        return [Zidane()]

    async with talking(database, search) as talk:
        told = await talk.say("/follow Zinedine Zidane")
        assert told.text == (
            "You follow Zinedine Zidane now. The next event about them comes to you by itself.\n"
            "French footballer\n\nI have no event about them yet."
        )


# --- alerts


async def test_an_alert_reaches_followers_once_and_its_buttons_work(
    talk: Talk, story: Story
) -> None:
    await story.tell(MEMORIAL)
    await follow(talk, "Vladimir Putin")
    number = await story.tell(MEETING, telling=Telling.PUSH)
    await talk.work()
    alert = talk.newest()
    assert alert.text.startswith("Vladimir Putin\n\nOmar al-Bashir, President of Sudan, meets")
    assert labels(alert) == ["Related", "Follow Omar al-Bashir", "Follow Sudan"]
    await talk.work()
    assert talk.newest() == alert

    press = await talk.press("Follow Sudan")
    assert answer(press)[0] == "You follow Sudan now. /unfollow ends it."
    assert talk.newest().text == alert.text
    assert labels(talk.newest()) == ["Related", "Follow Omar al-Bashir"]

    await talk.press("Related")
    assert talk.newest().text.startswith(f"Related to /event_{number}:")
    assert "5 November 2017" in talk.newest().text
    assert "Context: Vladimir Putin" in talk.newest().text

    replied = await talk.say("/related", reply_to=alert)
    assert replied.text.startswith(f"Related to /event_{number}:")
    assert (await talk.say("/related")).text == replied.text
    assert (await talk.say("/event", reply_to=alert)).text.startswith("Omar al-Bashir, President")


async def test_a_rewording_and_a_withdrawal_edit_the_alert(talk: Talk, story: Story) -> None:
    await story.tell(MEMORIAL)
    await follow(talk, "Vladimir Putin")
    await story.tell(MEETING, telling=Telling.PUSH)
    await talk.work()
    alert = talk.newest()
    await story.reword(MEETING, "[[Omar al-Bashir]] meets [[Vladimir Putin]] at last.")
    await talk.work()
    assert talk.newest().id == alert.id
    assert "at last" in talk.newest().text


# --- events and days


async def test_events_by_number(talk: Talk, story: Story) -> None:
    number = await story.tell(MEETING)
    card = await talk.say(f"/event {number}")
    assert "23 November 2017 · Politics and elections › Foreign relations of Russia" in card.text
    for text in (f"/event_{number}", f"/event #{number}", f"/event /event_{number}"):
        assert (await talk.say(text)).text == card.text
    assert (await talk.say("/event 999")).text == texts.GONE_EVENT
    assert (await talk.say("/event")).text == texts.WHICH_EVENT


async def test_pages_of_a_day_turn_in_place(talk: Talk, story: Story) -> None:
    words = "[[Person {0}]] does a thing in town no {0} with many words in a row and more and more."
    await story.tell_all([account("2017-11-24", words.format(n)) for n in range(60)])
    first = await talk.say("/today")
    assert labels(first) == ["Next page ›"]
    await talk.press("Next page ›")
    assert talk.newest().id == first.id
    assert talk.newest().text != first.text
    await talk.press("‹ Earlier page")
    assert talk.newest().text == first.text


async def test_a_day_that_never_was(talk: Talk) -> None:
    assert (await talk.say("/today 2017-02-30")).text.startswith("There is no 30 February 2017.")


async def test_an_empty_day_leads_to_one_with_events(talk: Talk, story: Story) -> None:
    await story.tell(MEMORIAL)
    empty = await talk.say("/today")
    assert labels(empty) == ["5 November 2017"]
    await talk.press("5 November 2017")
    assert "memorial" in talk.newest().text


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
    assert text in (texts.STALE, texts.GONE_ENTITY, texts.GONE_EVENT)
    assert "nobody" in (await talk.say("/following")).text


async def test_each_press_is_answered_exactly_once(talk: Talk, story: Story) -> None:
    await story.tell(MEETING)
    message = await talk.say("/start")
    for data in ("f:1", "u:1", "w:1", "s:2", "f:3:1", "r:1", "e:1", "t:2017-11-23:1", "l:1"):
        talk.world.calls.clear()
        await talk.forge(message, data)
        methods = [call.method for call in talk.world.calls if call.method != "getUpdates"]
        assert methods[0] == "answerCallbackQuery"
        assert methods.count("answerCallbackQuery") == 1, data
