"""A reader gets alerts and asks for events and days over HTTP."""

from __future__ import annotations

import pytest

from bot.telegram import texts
from storage.model import Telling
from tests.support.story import Story, account
from tests.support.talk import Talk, answer, labels

MEETING = account(
    "2017-11-23",
    "[[Omar al-Bashir]], President of [[Sudan]], meets [[Vladimir Putin]]. He asks for help.",
    topics=["[[Foreign relations of Russia]]"],
    sources=[("Al Jazeera", "https://aljazeera.example/a"), ("RT", "https://rt.example/b")],
)
MEMORIAL = account("2017-11-05", "[[Vladimir Putin]] opens a memorial in [[Moscow]].")


async def follow(talk: Talk, name: str) -> None:
    """Follow a clear name."""
    assert (await talk.say(f"/follow {name}")).text.startswith(f"You follow {name} now.")


@pytest.mark.parametrize("text", ["/event ٣", "/event 0003", "/event ३", "/event 3"])
async def test_an_event_is_named_in_the_digits_of_any_script(
    talk: Talk, story: Story, text: str
) -> None:
    await story.tell_all([account("2017-11-05", f"[[Town {n}]] votes.") for n in range(3)])
    assert (await talk.say(text)).text.startswith("Town 2 votes.")


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
    relations = "Follow Foreign relations of Russia"
    assert labels(alert) == ["Related", "Share", "Follow Omar al-Bashir", relations]
    await talk.work()
    assert talk.newest() == alert

    press = await talk.press("Follow Omar al-Bashir")
    assert answer(press)[0] == "You follow Omar al-Bashir now. /unfollow ends it."
    assert talk.newest().text == alert.text
    assert labels(talk.newest()) == ["Related", "Share", "Follow Sudan", relations]

    await talk.press("Related")
    assert talk.newest().text.startswith(f"Related to /event_{number}\n")
    assert "5 November 2017" in talk.newest().text
    assert "Context: Vladimir Putin" in talk.newest().text

    replied = await talk.say("/related", reply_to=alert)
    assert replied.text.startswith(f"Related to /event_{number}:")
    assert (await talk.say("/related")).text == replied.text
    assert (await talk.say("/event", reply_to=alert)).text.startswith("Omar al-Bashir, President")


async def test_each_reader_is_answered_and_told_in_their_language(talk: Talk, story: Story) -> None:
    await story.tell(MEMORIAL)
    await follow(talk, "Vladimir Putin")
    talk.world.set_language(talk.reader, "de-AT")
    memorial = "\n• Vladimir Putin opens a memorial in Moscow."
    told = await talk.say("/today 2017-11-05")
    assert told.text.startswith("5. November 2017\n")
    assert memorial in told.text
    assert "\n\nTexte auf Englisch\n" in told.text
    await story.tell(MEETING, telling=Telling.PUSH)
    await talk.work()
    assert "\n\n[en] Omar al-Bashir, President" in talk.newest().text
    assert "\n23. November 2017" in talk.newest().text
    talk.world.set_language(talk.reader, "en-gb")
    assert "\n• Vladimir Putin opens" in (await talk.say("/today 2017-11-05")).text


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
    for text in (f"/event #{number}", f"/event /event_{number}"):
        assert (await talk.say(text)).text == card.text
    for rest in ("", "@dateline_bot", " foo", ", please", "\n/event_999"):
        assert (await talk.say(f"/event_{number}{rest}")).text == card.text, rest
    assert (await talk.say(f"/event_{number}foo")).text.startswith("I don’t know the command")
    assert (await talk.say("/event 999")).text == texts.reading.GONE_EVENT
    assert (await talk.say("/event")).text == texts.events.WHICH_EVENT


async def test_a_search_says_when_there_is_more(talk: Talk, story: Story) -> None:
    words = "[[Person {0}]] does thing no {0} in a town of many names and streets."
    await story.tell_all([account("2017-11-24", words.format(n * 7)) for n in range(11)])
    many = (await talk.say("/search thing")).text
    assert many.count("/event_") == 10
    assert many.endswith("\n\nThese are the newest 10. Add a word to narrow it down.")
    await story.tell_all(
        [account("2017-11-23", f"A ship number {n * 7} sinks.") for n in range(10)]
    )
    few = (await talk.say("/search ship")).text
    assert few.count("/event_") == 10
    assert "newest 10" not in few


@pytest.mark.parametrize("words", ["November 2017", "nov", "last week"])
async def test_what_is_no_one_day_leads_to_one(talk: Talk, story: Story, words: str) -> None:
    await story.tell(MEMORIAL)
    told = await talk.say(f"/today {words}")
    assert told.text.startswith(f"I can’t read “{words}” as one day.")
    assert labels(told) == ["5 November 2017"]
    await talk.press("5 November 2017")
    assert "memorial" in talk.newest().text


async def test_pages_of_a_day_turn_in_place(talk: Talk, story: Story) -> None:
    words = "[[Person {0}]] does a thing in town no {0} with many words in a row and more and more."
    await story.tell_all([account("2017-11-24", words.format(n)) for n in range(60)])
    first = await talk.say("/today")
    assert labels(first) == ["Next page ›", "Pick a day", "Only mine"]
    await talk.press("Next page ›")
    assert talk.newest().id == first.id
    assert talk.newest().text != first.text
    await talk.press("‹ Earlier page")
    assert talk.newest().text == first.text


async def test_a_day_that_never_was(talk: Talk) -> None:
    assert (await talk.say("/today 2017-02-30")).text.startswith("February 2017 has no day 30.")


async def test_an_empty_day_leads_to_one_with_events(talk: Talk, story: Story) -> None:
    await story.tell(MEMORIAL)
    empty = await talk.say("/today")
    assert labels(empty) == ["5 November 2017", "Pick a day"]
    await talk.press("5 November 2017")
    assert "memorial" in talk.newest().text
