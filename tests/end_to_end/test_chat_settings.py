"""A reader chooses hours and a time zone over HTTP, by words and by buttons."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.telegram import texts
from bot.telegram.markup import plain
from bot.telegram.wording import Words
from storage.database import Database
from tests.support.languages import chat_of, quoted, words
from tests.support.story import NOON, Story, account
from tests.support.talk import Talk, answer, labels

__all__ = ["words"]  # a fixture


async def test_since_when_one_follows_is_said_by_the_local_day(
    talk: Talk, words: Words, story: Story
) -> None:
    await story.tell(account("2017-11-23", "[[Vladimir Putin]] opens a memorial."))
    await talk.say("/timezone Asia/Kathmandu")
    talk.clock.now = datetime(2017, 11, 24, 19, 30, tzinfo=UTC)  # 01:15 of the next day there
    await talk.say("/follow Vladimir Putin")
    await talk.say("/following")
    await talk.press("o:1:1")
    assert (
        words.plain(texts.follows.FOLLOW_SINCE, day=words.day(date(2017, 11, 25)))
        in talk.newest().text
    )
    await talk.press(words(texts.follows.BUTTON_MUTE))
    assert (
        words.plain(texts.follows.FOLLOW_SINCE, day=words.day(date(2017, 11, 25)))
        in talk.newest().text
    )


# --- what can't be read


@pytest.mark.parametrize(
    ("command", "text", "name", "offered"),
    [
        *((f"/digest {typed}", texts.settings.DIGEST_UNREAD, "typed", "08:00")
          for typed in ("25:00", "noonish", "8:75", "-1", "08:00 09:00", "😀", "٢٥:٠٠")),
        *((f"/quiet {typed}", texts.settings.QUIET_UNREAD, "typed", "22:00–07:00")
          for typed in ("22:00-22:00", "25-7", "night", "22-7-9", "😀")),
        *((f"/timezone {typed}", texts.settings.ZONE_UNKNOWN, "name",
           texts.settings.BUTTON_LOCATION)
          for typed in ("Qwrtzpsdf", "../../etc/passwd", "UTC+5:50", "😀", "<b>")),
        *((f"/language {typed}", texts.settings.LANGUAGE_UNREAD, "typed", "Deutsch")
          for typed in ("klingon", "xx", "😀", "english and german")),
    ],
)  # fmt: skip
async def test_what_cannot_be_read_gets_a_sentence_and_buttons(
    talk: Talk, words: Words, command: str, text: str, name: str, offered: str
) -> None:
    reply = await talk.say(command)
    assert reply.text.startswith(quoted(words, text, name, command.partition(" ")[2]))
    assert words(offered) in labels(reply)


async def test_what_cannot_be_read_leaves_what_is_set_and_says_it(talk: Talk, words: Words) -> None:
    await talk.say("/digest 08:15")
    await talk.say("/quiet 22:00-06:00")
    for command, text in (("/digest", texts.settings.DIGEST_UNREAD),
                          ("/quiet", texts.settings.QUIET_UNREAD)):  # fmt: skip
        state = (await talk.say(command)).text.split("\n\n")[0]
        refused = (await talk.say(f"{command} banana")).text.split("\n\n")
        assert refused[:2] == [quoted(words, text, "typed", "banana"), state]
    assert words.time(6 * 60) in state


async def test_nothing_behind_a_command_shows_what_is_chosen_with_buttons(
    talk: Talk, words: Words
) -> None:
    for command, text in (
        ("/digest", texts.settings.DIGEST_NONE),
        ("/quiet", texts.settings.QUIET_NONE),
        ("/settings", texts.settings.SETTINGS_HEAD),
    ):
        reply = await talk.say(command)
        assert reply.text.startswith(words(text))
        assert words(texts.settings.ZONE_UTC) in reply.text
        assert len(labels(reply)) > 4
    assert (await talk.say("/timezone")).text.startswith(
        words.fill(texts.settings.ZONE_NOT_CHOSEN, time=plain("12:00")).html
    )


# --- hours


async def test_a_digest_by_words_says_when_it_comes(talk: Talk, words: Words) -> None:
    await talk.say("/timezone Berlin")
    reply = await talk.say("/digest 8 Uhr")
    place = words.plain(texts.settings.DIGEST_DAILY, time="08:00", place="Berlin")
    saturday = words.day(NOON.date().replace(day=25))
    weekday = words.weekday(NOON.date().replace(day=25))
    comes = words.plain(
        texts.settings.DIGEST_NEXT_TOMORROW, weekday=weekday, day=saturday, time="08:00"
    )
    assert reply.text.splitlines()[:2] == [place, comes]
    assert words(texts.settings.BUTTON_OFF) in labels(reply)
    press = await talk.press(words(texts.settings.BUTTON_OFF))
    assert answer(press)[0] == words(texts.settings.DIGEST_OFF_TOAST)
    assert talk.newest().id == reply.id
    assert talk.newest().text.startswith(words(texts.settings.DIGEST_NONE))


async def test_without_a_zone_the_way_to_it_is_a_button(talk: Talk, words: Words) -> None:
    await talk.say("/digest 8")
    await talk.press(words(texts.settings.BUTTON_SET_ZONE))
    berlin = next(label for label in labels(talk.newest()) if "12:" in label or "13:" in label)
    await talk.press(berlin)
    assert words(texts.settings.BUTTON_SET_ZONE) not in labels(await talk.say("/digest"))


async def test_any_hour_by_buttons(talk: Talk, words: Words, database: Database) -> None:
    first = await talk.say("/digest")
    await talk.press(words(texts.settings.BUTTON_OTHER_HOURS))
    await talk.press("15:00")
    press = await talk.press("15:45")
    assert answer(press)[0] == words.plain(texts.settings.DIGEST_TOAST, time="15:45")
    assert talk.newest().id == first.id
    assert (await chat_of(database, talk.reader.id)).digest_at == 15 * 60 + 45


async def test_any_quiet_hours_by_buttons(talk: Talk, words: Words, database: Database) -> None:
    await talk.say("/digest 23")
    first = await talk.say("/quiet")
    await talk.press(words(texts.settings.BUTTON_OTHER_HOURS))
    await talk.press("21:00")
    await talk.press("06:00")
    assert talk.newest().id == first.id
    chat = await chat_of(database, talk.reader.id)
    assert (chat.quiet_from, chat.quiet_until) == (21 * 60, 6 * 60)
    within = words.plain(texts.settings.QUIET_DIGEST, time="23:00", end="06:00")
    assert within in talk.newest().text
    hours = words.plain(texts.settings.HOURS, start="21:00", end="06:00")
    held = words.plain(texts.settings.DIGEST_HELD, hours=hours, time="06:00")
    assert held in (await talk.say("/digest")).text


# --- the time zone


async def test_of_several_places_the_pressed_one_counts(
    talk: Talk, words: Words, database: Database
) -> None:
    question = await talk.say("/timezone London")
    assert question.text == quoted(words, texts.settings.ZONE_WHICH, "name", "London")
    assert len(labels(question)) == 2
    await talk.press(labels(question)[1])
    assert (await chat_of(database, talk.reader.id)).timezone == "America/Toronto"
    assert talk.newest().id == question.id


async def test_a_zone_can_be_taken_back(talk: Talk, words: Words, database: Database) -> None:
    await talk.say("/timezone Berlin")
    await talk.say("/timezone Kathmandu")
    await talk.press(words.plain(texts.settings.BUTTON_BACK_TO, place="UTC+1 (Berlin)"))
    assert (await chat_of(database, talk.reader.id)).timezone == "Europe/Berlin"


async def test_a_location_sets_the_zone_and_the_key_goes_away(
    talk: Talk, words: Words, database: Database
) -> None:
    await talk.say("/timezone")
    await talk.press(words(texts.settings.BUTTON_LOCATION))
    asked = talk.newest()
    assert asked.text == words(texts.settings.LOCATION_ASK)
    (keys,) = talk.world.keyboards[talk.reader.id]
    assert keys.markup["keyboard"][0][0]["request_location"] is True
    talk.world.send_location(talk.reader, 52.52, 13.4)
    await talk.work()
    thanks, zone = talk.messages()[-2:]
    assert thanks.text == words(texts.settings.LOCATION_THANKS)
    assert talk.world.keyboards[talk.reader.id][-1].markup == {"remove_keyboard": True}
    assert "Berlin" in zone.text
    assert (await chat_of(database, talk.reader.id)).timezone == "Europe/Berlin"


async def test_who_would_rather_not_share_a_location_is_asked_no_more(
    talk: Talk, words: Words
) -> None:
    await talk.say("/timezone")
    await talk.press(words(texts.settings.BUTTON_LOCATION))
    reply = await talk.say(words(texts.settings.BUTTON_NO_LOCATION))
    assert reply.text == words(texts.settings.LOCATION_NOT)
    assert talk.world.keyboards[talk.reader.id][-1].markup == {"remove_keyboard": True}
