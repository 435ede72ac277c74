"""All settings in one message over HTTP, the language, the pause, and presses that nobody made."""

from __future__ import annotations

import pytest

from bot.standin.model import Message
from bot.telegram import texts
from bot.telegram.wording import Wording, Words
from storage.database import Database
from storage.model import Telling
from tests.support.languages import chat_of, now, words
from tests.support.story import NOON, Story, account
from tests.support.talk import Talk, answer, labels

__all__ = ["words"]  # a fixture

MEETING = account("2017-11-23", "[[Omar al-Bashir]] meets [[Vladimir Putin]] in Sochi.")


# --- all settings in one message


async def press_all(talk: Talk, menu: Message, *labelled: str) -> None:
    """Press one after the other, all in this message."""
    for label in labelled:
        await talk.press(label, now(talk, menu))
        assert talk.newest().id == menu.id, label


async def test_all_is_chosen_in_one_message(talk: Talk, words: Words, database: Database) -> None:
    menu = await talk.say("/settings")
    back = words(texts.settings.BUTTON_TO_SETTINGS)
    sunday = words.weekday(NOON.date().replace(day=26))
    await press_all(talk, menu, words(texts.settings.BUTTON_DIGEST), "20:00", back)
    await press_all(talk, menu, words(texts.settings.BUTTON_WEEKLY_DAY), sunday, back)
    await press_all(talk, menu, words(texts.settings.BUTTON_QUIET), "22:00–07:00", back)
    talk.clock.pass_by(minutes=2)
    await press_all(
        talk, menu, words(texts.settings.BUTTON_ZONE), words(texts.settings.BUTTON_MORE_PLACES)
    )
    await press_all(talk, menu, words(texts.labels.BUTTON_ON), back)
    await press_all(talk, menu, words(texts.settings.BUTTON_LANGUAGE), "Español")
    chat = await chat_of(database, talk.reader.id)
    assert (chat.digest_at, chat.weekly_on, chat.quiet_from) == (20 * 60, 6, 22 * 60)
    assert chat.language == "es"
    spanish = Wording().of("es")
    await press_all(
        talk, menu, spanish(texts.settings.BUTTON_TO_SETTINGS), spanish(texts.settings.BUTTON_PAUSE)
    )
    assert spanish(texts.settings.PAUSE) in talk.newest().text


async def test_the_settings_lead_to_follows_data_and_the_end(
    talk: Talk, words: Words, story: Story
) -> None:
    await story.tell(MEETING)
    await talk.say("/follow Vladimir Putin")
    menu = await talk.say("/settings")
    await talk.press(words.plain(texts.settings.BUTTON_FOLLOWS, count=1))
    assert "Vladimir Putin" in "".join(labels(talk.newest()))
    press = await talk.press(words(texts.settings.BUTTON_EXPORT), menu)
    assert answer(press)[0] == words(texts.settings.EXPORT_TOAST)
    assert talk.newest().media
    await talk.press(words(texts.settings.BUTTON_FORGET_ALL), menu)
    question = now(talk, menu)
    assert words(texts.privacy.FORGET_ASK) in question.text
    await talk.press(words(texts.settings.BUTTON_TO_SETTINGS), question)
    assert words(texts.settings.SETTINGS_HEAD) in now(talk, menu).text


# --- the language


async def test_the_answer_is_in_the_language_just_chosen(talk: Talk, words: Words) -> None:
    reply = await talk.say("/language русский")
    russian = Wording().of("ru")
    assert reply.text.startswith(russian.plain(texts.settings.LANGUAGE_NOW, language="Русский"))
    assert russian(texts.settings.BUTTON_AS_TELEGRAM) in labels(reply)
    await talk.press(russian(texts.settings.BUTTON_AS_TELEGRAM))
    assert words(texts.settings.LANGUAGE_EVENTS) in talk.newest().text


# --- the pause


async def test_a_pause_and_its_end(talk: Talk, words: Words, story: Story) -> None:
    await story.use_words("Vladimir Putin", "Vladimir Putin", 9)
    await talk.say("/follow Vladimir Putin")
    talk.clock.pass_by(minutes=1)
    stopped = await talk.say("/stop")
    assert stopped.text.startswith(words(texts.settings.PAUSE))
    story.at = talk.clock()
    await story.tell(MEETING, telling=Telling.PUSH)
    talk.clock.pass_by(minutes=1)
    await talk.send()
    assert talk.newest().id == stopped.id
    day = words.day(NOON.date())
    for command in ("/following", "/settings"):
        reply = await talk.say(command)
        assert words.plain(texts.settings.PAUSED_SINCE, day=day) in reply.text, command
        assert words(texts.settings.BUTTON_GO_ON) in labels(reply)
    assert words(texts.settings.BUTTON_GO_ON) not in labels(await talk.say("/today"))
    await talk.press(words(texts.settings.BUTTON_GO_ON), now(talk, stopped))
    welcome = now(talk, stopped)
    assert welcome.text == words(texts.settings.BACK_MISSED)
    assert words(texts.digests.CATCH_UP_HEAD) in talk.newest().text
    await talk.forge(stopped, "set:on")
    assert now(talk, stopped).text == words(texts.settings.NOT_PAUSED)


async def test_start_ends_a_pause(talk: Talk, words: Words) -> None:
    await talk.say("/stop")
    assert (await talk.say("/start")).text == words(texts.settings.BACK_NOTHING)
    assert (await talk.say("/start")).text.startswith(words(texts.starting.WELCOME))


# --- buttons that nobody made


@pytest.mark.parametrize(
    "data",
    [
        *("set:digest:1440", "set:digest:9999", "set:digest:-1", "set:quiet:1320-1320"),
        *("set:quiet:1440-60", "set:quiet:1", "set:zone:Nowhere/Land", "set:zone:../UTC"),
        *("menu:language:xx", "set:weekly:7", "set:until:1440", "other:main", "go:nowhere"),
        *("menu:", "set:main:1", "start:zone:", "go:", "set:digest:٨", "set:places:0"),
    ],
)
async def test_a_forged_choice_is_refused(
    talk: Talk, words: Words, database: Database, data: str
) -> None:
    menu = await talk.say("/settings")
    before = await chat_of(database, talk.reader.id)
    assert answer(await talk.forge(menu, data)) == (words(texts.reading.STALE), True)
    assert await chat_of(database, talk.reader.id) == before


async def test_presses_on_what_has_changed_meanwhile_still_count(
    talk: Talk, words: Words, database: Database
) -> None:
    older = await talk.say("/digest")
    await talk.say("/digest 21")
    await talk.press("07:00", older)
    assert (await chat_of(database, talk.reader.id)).digest_at == 7 * 60
    for _ in range(2):
        press = await talk.forge(older, "set:digest:480")
        assert answer(press) == (words.plain(texts.settings.DIGEST_TOAST, time="08:00"), False)
    assert (await chat_of(database, talk.reader.id)).digest_at == 8 * 60
    talk.forgive("editMessageText")  # the second changed nothing


async def test_twenty_presses_at_once_end_with_the_last(
    talk: Talk, words: Words, database: Database
) -> None:
    menu = await talk.say("/digest")
    talk.clock.pass_by(minutes=1)
    for hour in range(20):
        talk.world.press(talk.reader, menu.id, labels(menu)[hour % 6], menu.chat)
    await talk.work()
    assert (await chat_of(database, talk.reader.id)).digest_at == 8 * 60  # the twentieth
    assert all(press.answer is not None for press in talk.world.presses.values())
