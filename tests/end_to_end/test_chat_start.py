"""The first minutes over HTTP, and that every dead end has a button that leads on."""

from __future__ import annotations

import pytest

from bot.standin.model import Message
from bot.telegram import texts
from bot.telegram.wording import Words
from storage.database import Database
from tests.support.languages import chat_of, words
from tests.support.story import Story, account
from tests.support.talk import Talk, answer, labels

__all__ = ["words"]  # a fixture

MEETING = account("2017-11-23", "[[Omar al-Bashir]] meets [[Vladimir Putin]] in [[Sochi]].")
# Each of three, and their number.
MANY = [
    account("2017-11-24", f"[[Person {n}]] and [[Person {n + 1}]] agree with [[Person {n + 2}]].")
    for n in range(1, 8)
]


# --- the first minutes


async def test_from_start_to_all_set_by_buttons_alone(
    talk: Talk, words: Words, story: Story, database: Database
) -> None:
    for told in MANY:
        await story.tell(told)
    welcome = await talk.say("/start")
    assert len(welcome.text.splitlines()) == 3
    assert len(labels(welcome)) == 7
    press = await talk.press(labels(welcome)[0])
    assert answer(press)[0] == words.plain(texts.follows.FOLLOWED_TOAST, who=labels(welcome)[0])
    assert len(labels(talk.newest())) == 7  # one more is suggested
    await talk.press(labels(talk.newest())[0])
    await talk.press(words(texts.starting.BUTTON_TO_DIGEST))
    assert words(texts.starting.START_DIGEST) in talk.newest().text
    await talk.press("08:00")
    assert words(texts.starting.START_ZONE) in talk.newest().text
    await talk.press(labels(talk.newest())[1])
    done = talk.newest()
    assert done.id == welcome.id
    assert done.text.startswith(words(texts.starting.START_DONE))
    assert words.plain_count(texts.starting.START_FOLLOWS, 2) in done.text
    assert words.time(8 * 60) in done.text
    chat = await chat_of(database, talk.reader.id)
    assert (chat.digest_at, chat.timezone_chosen) == (8 * 60, True)


async def test_who_wants_no_digest_and_says_no_place_is_done_as_well(
    talk: Talk, words: Words, story: Story, database: Database
) -> None:
    await story.tell(MEETING)
    await talk.say("/start")
    await talk.press(words(texts.starting.BUTTON_DIGEST_FIRST))
    press = await talk.press(words(texts.starting.BUTTON_NO_DIGEST))
    assert answer(press)[0] == words(texts.settings.DIGEST_OFF_TOAST)
    await talk.press(words(texts.starting.BUTTON_LATER))
    assert words(texts.starting.START_FOLLOWS_NONE) in talk.newest().text
    chat = await chat_of(database, talk.reader.id)
    assert (chat.digest_at, chat.timezone_chosen) == (None, False)
    await talk.press(words(texts.labels.BUTTON_BUSY))
    assert "Vladimir Putin" in labels(talk.newest())


async def test_who_has_said_where_they_are_is_not_asked_again(talk: Talk, words: Words) -> None:
    await talk.say("/timezone Kathmandu")
    await talk.say("/start")
    await talk.press(words(texts.starting.BUTTON_DIGEST_FIRST))
    await talk.press("18:00")
    assert talk.newest().text.startswith(words(texts.starting.START_DONE))


async def test_a_place_far_down_the_list_can_be_pressed_in_the_first_minutes(
    talk: Talk, words: Words, database: Database
) -> None:
    await talk.say("/start")
    await talk.press(words(texts.starting.BUTTON_DIGEST_FIRST))
    await talk.press("07:00")
    await talk.press(words(texts.settings.BUTTON_MORE_PLACES))
    await talk.press(words(texts.labels.BUTTON_ON))
    await talk.press(next(label for label in labels(talk.newest()) if " · " in label))
    assert talk.newest().text.startswith(words(texts.starting.START_DONE))
    assert (await chat_of(database, talk.reader.id)).timezone_chosen


async def test_the_readers_language_is_telegrams(talk: Talk, words: Words) -> None:
    assert (await talk.say("/start")).text.startswith(words(texts.starting.WELCOME))


# --- dead ends

DEAD_ENDS = [
    *("/follow", "/follow 😀", "/follow Nobody Knows Him", f"/follow {'x' * 200}", "Qwrtzpsdf"),
    *("/unfollow", "/unfollow Nobody", "/following", "/event", "/event x", "/event 999"),
    *("/related", "/related 999", "/search", "/search qwrtzpsdf", f"/search {'x' * 300}"),
    *("/today 2017-02-30", "/today 2017-13-01", "/today 2031-01-01", "/today soon", "/nothing"),
    *("/today 1066-10-14", "/week", "/timeline Qwrtzpsdf", "/digest x", "/quiet x"),
    *("/timezone Qwrtzpsdf", "/language x", "/start f_999", "/forget", "😀", "/stop"),
]


@pytest.mark.parametrize("known", ["something", "nothing"])
async def test_every_dead_end_has_a_button_that_leads_on(
    talk: Talk, words: Words, story: Story, known: str
) -> None:
    if known == "something":
        await story.tell(MEETING)
    for said in DEAD_ENDS:
        reply = await talk.say(said)
        assert reply.buttons, said
        talk.clock.pass_by(minutes=1)


async def pressed(talk: Talk, label: str, under: Message) -> Message:
    """What comes below a message when its button is pressed."""
    before = len(talk.messages())
    assert answer(await talk.press(label, under)) == ("", False)
    assert len(talk.messages()) == before + 1
    return talk.newest()


async def test_the_ways_on_lead_where_they_say(talk: Talk, words: Words, story: Story) -> None:
    await story.tell(MEETING)
    await talk.say("/follow Vladimir Putin")
    lost = await talk.say("/follow Qwrtzpsdf")
    busy = await pressed(talk, words(texts.labels.BUTTON_BUSY), lost)
    assert busy.text == words(texts.starting.BUSY)
    assert labels(busy) == ["Omar al-Bashir", "Sochi"]
    help_text = await pressed(talk, words(texts.labels.BUTTON_HELP), lost)
    assert help_text.text.startswith(words(texts.starting.HELP_HEAD))
    nobody = await talk.say("/unfollow Qwrtzpsdf")
    follows = await pressed(talk, words(texts.labels.BUTTON_FOLLOWING), nobody)
    assert "Vladimir Putin" in "".join(labels(follows))
    never = await talk.say("/today 2017-13-01")
    today = await pressed(talk, words(texts.charts.BUTTON_TODAY), never)
    assert "/event_1" in today.text


async def test_what_is_deleted_can_begin_anew(talk: Talk, words: Words) -> None:
    await talk.say("/digest 8")
    await talk.say("/forget")
    await talk.press(words(texts.privacy.BUTTON_FORGET))
    begun = await pressed(talk, words(texts.labels.BUTTON_START), talk.newest())
    assert begun.text.startswith(words(texts.starting.WELCOME))


async def test_a_month_without_that_day_offers_its_last(
    talk: Talk, words: Words, story: Story
) -> None:
    await story.tell(MEETING)
    reply = await talk.say("/today 31 November 2017")
    month = words.month(MEETING.day)
    assert reply.text.startswith(words.plain(texts.days.NOT_IN_MONTH, month=month, day=31))
    assert labels(reply)[0] == words.day(MEETING.day.replace(day=30))


@pytest.mark.parametrize(
    "typed", ["23. November", "gestern", "23 novembre 2017", "вчера", "أمس", "11月23日", "ayer"]
)
async def test_a_day_is_read_in_any_language(talk: Talk, story: Story, typed: str) -> None:
    await story.tell(MEETING)
    assert "/event_1" in (await talk.say(f"/today {typed}")).text
