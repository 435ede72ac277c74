"""A reader gets charts and files, and is forgotten, over HTTP."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.standin.model import Message, StoredFile
from bot.telegram import texts
from bot.telegram.wording import Wording
from storage.database import Database
from storage.model import Telling
from storage.tables import ChatRow, FollowRow, OutboxRow
from tests.support.rows import count
from tests.support.story import Story, account
from tests.support.talk import SMALL_PARTS, Talk, answer, labels

PNG = b"\x89PNG\r\n\x1a\n"
MEETING = account("2017-11-23", "[[Omar al-Bashir]] meets [[Vladimir Putin]]. He asks for help.")
MEMORIAL = account("2017-11-05", "[[Vladimir Putin]] opens a memorial in [[Moscow]].")


async def follow(talk: Talk, name: str) -> None:
    """Follow a clear name."""
    assert (await talk.say(f"/follow {name}")).text.startswith(f"You follow {name} now.")


def file_of(talk: Talk, message: Message) -> tuple[StoredFile, bytes]:
    """A message's file, as Telegram keeps it."""
    assert message.media is not None
    media = message.media.get("document") or message.media["photo"][0]
    file = talk.world.files.find(media["file_id"])
    assert file is not None
    content = talk.world.files.content(file)
    assert content is not None
    return file, content


def document_of(talk: Talk, message: Message) -> dict[str, Any]:
    """A message's file, read as JSON."""
    document: dict[str, Any] = json.loads(file_of(talk, message)[1])
    return document


def answers(talk: Talk) -> list[Message]:
    """The bot's messages in the chat."""
    return [message for message in talk.messages() if message.sender == talk.world.bot]


# --- weeks


async def test_a_week_with_its_chart_and_buttons(talk: Talk, story: Story) -> None:
    await story.tell(MEETING)
    await follow(talk, "Vladimir Putin")
    week = await talk.say("/week")
    assert week.text.startswith("1 event from 18 Nov 2017 to 24 Nov 2017\n\n🟦 Vladimir Putin 1\n")
    file, content = file_of(talk, week)
    assert content.startswith(PNG)
    assert (file.mime_type, file.width) == ("image/png", 900)
    assert labels(week) == ["Vladimir Putin", "Each week"]
    made = [call.method for call in talk.world.calls][-2:]
    assert made == ["sendChatAction", "sendPhoto"]
    assert talk.world.calls[-2].params["action"] == "upload_photo"

    press = await talk.press("Each week")
    assert answer(press)[0] == "From now on this comes each Friday, 09:00."
    assert labels(talk.newest()) == ["Vladimir Putin", "No longer each week (Friday, 09:00)"]
    assert talk.newest().text == week.text
    press = await talk.press("No longer each week (Friday, 09:00)")
    assert answer(press)[0] == "This no longer comes by itself."
    assert labels(talk.newest()) == ["Vladimir Putin", "Each week"]

    await talk.press("Vladimir Putin", week)
    card = talk.newest()
    assert card.id != week.id
    assert card.text.startswith("Vladimir Putin\n")
    await talk.press("Unfollow", card)
    await talk.press("Each week", week)
    left = labels(next(m for m in talk.messages() if m.id == week.id))
    assert left == ["What happened today", "No longer each week (Friday, 09:00)"]
    await talk.press("What happened today", week)
    assert "meets Vladimir Putin" in talk.newest().text


@pytest.mark.parametrize("typed", ["3", "2017-47", "please"])
async def test_what_stands_behind_week_is_not_dropped_without_a_word(
    talk: Talk, typed: str
) -> None:
    told = await talk.say(f"/week {typed}")
    assert told.text.startswith(
        f"I don’t know what “{typed}” means here. /week shows the last seven "
    )
    assert labels(told) == ["What happened today"]


async def test_weeks_without_a_chart(talk: Talk, story: Story) -> None:
    nobody = await talk.say("/week")
    assert nobody.text == texts.follows.FOLLOWING_NONE
    await story.tell(MEMORIAL)
    await follow(talk, "Vladimir Putin")
    quiet = await talk.say("/week")
    assert quiet.text.startswith("I know of no event about those whom you follow")
    assert labels(quiet) == ["What happened today", "Each week"]
    await talk.press("Each week")
    assert labels(talk.newest()) == ["What happened today", "No longer each week (Friday, 09:00)"]
    await talk.press("What happened today")
    assert talk.newest().text.startswith("Nothing is known of today yet.")


# --- years


async def test_a_year_with_its_chart_and_button(talk: Talk, story: Story) -> None:
    number = await story.tell(MEETING)
    await story.tell(MEMORIAL)
    year = await talk.say("/timeline vladimir putin")
    assert year.text.startswith("Vladimir Putin\n\n2 events since 5 November 2017\n\n23 November")
    assert f"/event_{number}" in year.text
    assert file_of(talk, year)[1].startswith(PNG)
    press = await talk.press("Follow Vladimir Putin")
    assert answer(press)[0] == "You follow Vladimir Putin now. /unfollow ends it."
    assert labels(talk.newest()) == ["Unfollow"]
    await talk.say("/unfollow Vladimir Putin")
    press = await talk.press("Unfollow", year)
    assert answer(press)[0] == "You don’t follow Vladimir Putin."
    assert labels(next(m for m in talk.messages() if m.id == year.id)) == ["Follow Vladimir Putin"]


async def test_whose_year_by_reply_and_by_button(talk: Talk, story: Story) -> None:
    assert (await talk.say("/timeline")).text == texts.charts.TIMELINE_NOBODY
    await story.tell(MEMORIAL)
    await follow(talk, "Vladimir Putin")
    story.at = talk.clock.now
    await story.tell(MEETING, telling=Telling.PUSH)
    await talk.work()
    alert = talk.newest()
    assert (await talk.say("/timeline", reply_to=alert)).text.startswith("Omar al-Bashir\n")
    choice = await talk.say("/timeline")
    assert (choice.text, labels(choice)) == (texts.charts.TIMELINE_WHOM, ["Vladimir Putin"])
    await talk.press("Vladimir Putin")
    assert talk.newest().text.startswith("Vladimir Putin\n")
    assert talk.newest().media


async def test_years_of_nobody_and_of_several(talk: Talk, story: Story) -> None:
    await story.tell(account("2017-11-20", "[[George H. W. Bush|Bush]] speaks."))
    await story.tell(account("2017-11-21", "[[George W. Bush|Bush]] speaks at home."))
    several = await talk.say("/timeline Bush")
    assert several.text.startswith("Which “Bush” do you mean?")
    await talk.press(labels(several)[0])
    assert talk.newest().media
    assert talk.newest().text.startswith(labels(several)[0])
    nobody = await talk.say("/timeline Zzyzx Qwrt")
    assert nobody.text.startswith("I know nobody and nothing called “Zzyzx Qwrt”.")


# --- exports


async def test_an_export_of_nothing_and_of_all(talk: Talk, story: Story) -> None:
    first = await talk.say("/export please")
    assert first.text == "All that I know of this chat, as of 24 November 2017."
    file, _ = file_of(talk, first)
    assert file.name == "dateline-export-2017-11-24.json"
    assert file.mime_type == "application/json"
    document = document_of(talk, first)
    assert document["version"] == "1.2.3"
    assert (document["chats"], document["messages"]) == ([], [])

    await story.tell(MEMORIAL)
    await follow(talk, "Vladimir Putin")
    story.at = talk.clock.now
    await story.tell(MEETING, telling=Telling.PUSH)
    await talk.work()
    document = document_of(talk, await talk.say("/export"))
    assert document["chats"][0]["telegram_id"] == talk.reader.id
    assert [each["name"] for each in document["chats"][0]["follows"]] == ["Vladimir Putin"]
    kinds = [each["kind"] for each in document["messages"]]
    assert kinds == ["reply", "reply", "alert"]
    assert (
        document["messages"][2]["title"] == "Omar al-Bashir meets Vladimir Putin. He asks for help."
    )


async def test_an_export_in_several_files(talk: Talk) -> None:
    for _ in range(20):
        await talk.say("/help")
    told = len(answers(talk))
    await talk.say("/export")
    parts = answers(talk)[told:]
    assert len(parts) > 1
    assert [part.text.rpartition(". Part ")[2] for part in parts] == [
        f"{number} of {len(parts)}." for number in range(1, len(parts) + 1)
    ]
    assert all(len(file_of(talk, part)[1]) <= SMALL_PARTS for part in parts)
    assert file_of(talk, parts[0])[0].name == f"dateline-export-2017-11-24-1-of-{len(parts)}.json"
    messages = [each for part in parts for each in document_of(talk, part)["messages"]]
    assert len(messages) == told


# --- forgetting


async def test_all_is_deleted_after_a_confirmation(
    talk: Talk, story: Story, database: Database
) -> None:
    await story.tell(MEETING)
    await follow(talk, "Vladimir Putin")
    question = await talk.say("/forget 17")
    assert question.text.startswith("Delete all that I know of this chat?")
    press = await talk.press("Delete nothing")
    assert answer(press)[0] == texts.privacy.NOT_FORGOTTEN
    assert talk.newest().text == texts.privacy.NOT_FORGOTTEN
    assert await count(database, FollowRow) == 1

    question = await talk.say("/forget")
    press = await talk.press("Delete all")
    assert answer(press)[0] == texts.privacy.FORGOTTEN_TOAST
    assert talk.newest().id == question.id
    assert talk.newest().text == texts.privacy.FORGOTTEN
    assert "Delete all" not in labels(talk.newest())
    for table in (ChatRow, FollowRow, OutboxRow):
        assert await count(database, table) == 0, table

    await story.tell(MEMORIAL, telling=Telling.PUSH)
    before = talk.messages()
    await talk.work()
    assert talk.messages() == before
    assert (await talk.say("/following")).text == texts.follows.FOLLOWING_NONE


async def test_delete_pressed_twice_or_for_another_chat(
    talk: Talk, story: Story, database: Database
) -> None:
    await story.tell(MEETING)
    await follow(talk, "Vladimir Putin")
    question = await talk.say("/forget")
    press = await talk.forge(question, f"fg:{talk.reader.id + 1}")
    assert answer(press) == (texts.reading.STALE, True)
    assert await count(database, FollowRow) == 1
    for asked in (question, await talk.say("/about")):
        press = await talk.forge(asked, f"fg:{talk.reader.id}")
        assert answer(press)[0] == texts.privacy.FORGOTTEN_TOAST
        assert await count(database, ChatRow) == 0


# --- about, and what people may send


async def test_about(talk: Talk) -> None:
    told = (await talk.say("/about this")).text
    assert told.startswith("I am Dateline 1.2.3, free software under the MIT licence.")
    assert "https://code.example/dateline" in told


BAD_NAMES = (
    ("x" * 101, texts.reading.TOO_LONG.other),
    ("😀🎉", texts.reading.NO_WORDS),
    ("-", texts.reading.NO_WORDS),
)


@pytest.mark.parametrize("language", ["en", "de"])
async def test_names_that_are_none(talk: Talk, language: str) -> None:
    words = Wording().of(language)
    reader = talk.world.add_user("Bert", language_code=language)
    for name, sentence in BAD_NAMES:
        talk.world.say(reader, f"/timeline {name}")
        await talk.work()
        expected = words(sentence) if sentence == texts.reading.NO_WORDS else None
        told = talk.world.sent(reader)[-1].text
        assert told == (expected or words.plain_count(texts.reading.TOO_LONG, 100)), name


@pytest.mark.parametrize(
    "data",
    ["y:999", "yf:999", "yu:999", "wc:999", "wk:1:2017-02-30", "wk:1:9999-12-31", "wk:2:2017-11-23",
     "wk:1", "fg:", "fg:0", "fg:yes", "fg:999", "y:0", "yf:1:1", "wc:" + "9" * 40],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "de"])
async def test_forged_buttons(talk: Talk, story: Story, data: str, language: str) -> None:
    await story.tell(MEETING)
    talk.reader = talk.world.add_user("Bert", language_code=language)
    message = await talk.say("/about")
    before = talk.messages()
    text, alert = answer(await talk.forge(message, data))
    assert talk.messages() == before
    words = Wording().of(language)
    assert text in (words(texts.reading.STALE), words(texts.reading.GONE_ENTITY))
    assert alert
