"""Commands as people write them: without a slash, with another one, formatted, under pictures."""

from __future__ import annotations

import pytest

from bot.standin.entities import Entity
from bot.telegram import texts
from bot.telegram.wording import Words
from tests.support.story import Story, account
from tests.support.talk import Talk, labels

ENGLISH = Words("en")


@pytest.mark.parametrize("text", ["stop", "Stop!", "//stop", "／stop", "\\stop", " STOP "])
async def test_a_command_alone_needs_no_slash(talk: Talk, text: str) -> None:
    assert (await talk.say(text)).text.startswith(ENGLISH(texts.settings.PAUSE))


@pytest.mark.parametrize("text", ["help", "settings", "following", "follow", "week", "about"])
async def test_every_command_does(talk: Talk, text: str) -> None:
    assert (await talk.say(text)).text == (await talk.say(f"/{text}")).text


async def test_what_stands_behind_a_strange_slash_counts(talk: Talk, story: Story) -> None:
    await story.tell(account("2017-11-23", "[[Omar al-Bashir]] meets [[Vladimir Putin]]."))
    for text in ("／today 2017-11-23", "//today 23 November 2017"):
        assert "23 November 2017" in (await talk.say(text)).text


async def test_a_formatted_command_is_one(talk: Talk, story: Story) -> None:
    await story.tell(account("2017-11-23", "[[Omar al-Bashir]] meets [[Vladimir Putin]]."))
    text = "/follow Vladimir Putin"
    bold = Entity("bold", 0, len(text))
    assert (await talk.say(text, entities=[bold])).text.startswith("You follow Vladimir Putin now")
    group = talk.world.add_group("Friends", talk.reader)
    (told,) = await talk.told(group, "/following", entities=[Entity("italic", 0, 10)])
    assert told.text.startswith("Nobody is followed here yet")


async def test_what_stands_under_a_photo_is_read(talk: Talk, story: Story) -> None:
    await story.tell(account("2017-11-23", "[[Omar al-Bashir]] meets [[Vladimir Putin]]."))
    talk.world.send_photos(talk.reader, "/follow Vladimir Putin")
    await talk.work()
    assert talk.newest().text.startswith("You follow Vladimir Putin now")
    talk.world.send_photos(talk.reader, "Omar al-Bashir", count=3)
    before = len(talk.messages())
    await talk.work()
    assert len(talk.messages()) == before + 1
    assert talk.newest().text.startswith("Omar al-Bashir\n")


async def test_an_album_is_answered_once(talk: Talk) -> None:
    talk.world.send_photos(talk.reader, count=10)
    before = len(talk.messages())
    await talk.work()
    assert [one.text for one in talk.messages()[before:]] == [ENGLISH(texts.reading.NO_TEXT)]
    for _ in range(2):  # two photos, each alone
        talk.world.send_photos(talk.reader)
    await talk.work()
    assert [one.text for one in talk.messages()[-2:]] == [ENGLISH(texts.reading.NO_TEXT)] * 2


# --- days


async def test_numbers_that_may_be_two_days_offer_both_where_some_put_the_month_first(
    talk: Talk, story: Story
) -> None:
    await story.tell(account("2017-11-05", "[[Omar al-Bashir]] meets [[Vladimir Putin]]."))
    unclear = await talk.say("/today 5/11/2017")
    assert unclear.text.startswith("I can’t read “5/11/2017” as one day.")
    assert labels(unclear) == ["5 November 2017", "11 May 2017"]
    talk.world.set_language(talk.reader, "fr")
    assert (await talk.say("/today 5/11/2017")).text.startswith("5 novembre 2017\n")
    assert (await talk.say("/today 05-11-2017")).text.startswith("5 novembre 2017\n")


async def test_a_day_without_a_year_that_is_near_is_still_to_come(talk: Talk, story: Story) -> None:
    await story.tell(account("2017-11-23", "[[Omar al-Bashir]] meets [[Vladimir Putin]]."))
    for text in ("25 Nov", "25.11.", "tomorrow"):
        told = await talk.say(f"/today {text}")
        assert told.text.startswith("25 November 2017 is still to come.")
    told = await talk.say("/today 25 January")
    assert told.text.startswith("I have no events of 25 January 2017: what I know begins on 23 ")


# --- hours, places, guesses


async def test_quiet_hours_with_a_start_alone_ask_for_the_end(talk: Talk) -> None:
    asked = await talk.say("/quiet 22:00")
    assert asked.text == "Quiet from 22:00. Until when?"
    await talk.press("07:00", asked)
    assert talk.newest().text.startswith("Quiet hours: 22:00 to 07:00 (UTC).")


async def test_a_pause_of_some_days_says_when_it_ends(talk: Talk) -> None:
    told = await talk.say("/stop 3 days")
    end = "until Monday, 27 November 2017, 12:00."
    assert told.text.startswith(
        f"I pause: you get no alerts and no digests {end}\nTimes are in UTC"
    )
    assert (await talk.say("/digest 9")).text.startswith(f"Paused {end}\n\nYour ")
    assert labels(talk.newest())[0] == "Go on"
    assert f"\nPaused {end}\n" in (await talk.say("/settings")).text
    assert (await talk.say("/start")).text == ENGLISH(texts.settings.BACK_NOTHING)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("until the cows come home", "I can’t tell from “until the cows come home” how long to "),
        ("Syria", "I can’t tell from “Syria” how long to pause."),
        ("10000 days", "“10000 days” is too far ahead: a pause that ends by itself lasts ten "),
        ("0 days", "“0 days” is no time at all: the pause would be over at once."),
        ("until 2015-01-01", "“until 2015-01-01” has passed already."),
    ],
)
async def test_what_is_no_end_of_a_pause_makes_none_and_says_what_works(
    talk: Talk, typed: str, why: str
) -> None:
    told = await talk.say(f"/stop {typed}")
    assert told.text.startswith(why)
    assert "\nSay it like this: /stop 3 days, or /stop until Friday\nNothing is" in told.text
    assert labels(told) == ["Pause"]
    assert not (await talk.say("/digest 9")).text.startswith("Paused")
    await talk.press("Pause", told)
    again = await talk.say(f"/stop {typed}")
    assert again.text.startswith("Paused since 24 November 2017.\n\n" + why)
    assert labels(again) == ["Go on"]


@pytest.mark.parametrize("typed", ["", " all", " NOW", " für immer", " до отмены", " 全部"])
async def test_a_pause_may_be_meant_without_an_end(talk: Talk, typed: str) -> None:
    assert (await talk.say(f"/stop{typed}")).text.startswith(ENGLISH(texts.settings.PAUSE))


async def test_who_stops_somebody_may_mean_to_follow_them_no_more(talk: Talk, story: Story) -> None:
    await story.tell(account("2017-11-23", "[[Omar al-Bashir]] meets [[Vladimir Putin]]."))
    await talk.say("/follow Vladimir Putin")
    await talk.say("/follow Omar al-Bashir")
    asked = await talk.say("/stop Vladimir Putin")
    alone = "Nothing is changed yet. /stop alone pauses everything, until /start."
    assert asked.text == f"Shall I stop following Vladimir Putin?\n{alone}"
    assert labels(asked) == ["Unfollow", "Pause"]
    near = await talk.say("/stop news of Omar al-Bashir")
    assert near.text == (
        "I can’t tell from “news of Omar al-Bashir” how long to pause. Shall I stop following one "
        f"of these?\n{alone}"
    )
    assert labels(near) == ["Omar al-Bashir", "Pause"]
    await talk.press("Unfollow", asked)
    assert (await talk.say("/following")).text.startswith("Whom you follow (1).")
    await talk.press("Pause", near)
    assert labels(await talk.say("/stop Omar al-Bashir")) == ["Go on", "Unfollow"]


async def test_half_hours_are_the_time_of_places(talk: Talk) -> None:
    asked = await talk.say("/timezone UTC+5:30")
    assert asked.text == "Several places have the time “UTC+5:30”. Which one is it?"
    assert labels(asked) == ["Kolkata, India · 17:30", "Colombo, Sri Lanka · 17:30"]
    told = await talk.say("/timezone UTC+3:30")
    assert told.text.startswith("Your time zone: Tehran, Iran.")


@pytest.mark.parametrize(("typed", "near"), [("/folow Syria", "/follow"), ("/serach x", "/search")])
async def test_a_mistyped_command_gets_a_guess(talk: Talk, typed: str, near: str) -> None:
    assert f"Do you mean {near}?" in (await talk.say(typed)).text


async def test_help_in_a_channel_speaks_of_administrators_and_private_chats(talk: Talk) -> None:
    channel = talk.world.add_channel("News", talk.reader, username="the_news")
    talk.world.post(channel, "/help")
    await talk.work()
    told = talk.world.sent(channel)[-1].text
    assert told.startswith("For administrators\n/follow NAME")
    assert "/follow NAME @the_news" in told
    assert ENGLISH(texts.groups.GROUP_NAMES) not in told
