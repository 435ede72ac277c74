"""Days as they read on a phone, over HTTP: folded, paged, picked from a month, only one's own."""

from __future__ import annotations

import pytest

from bot.standin.entities import Formatted
from bot.standin.model import Message
from bot.telegram import texts
from tests.support.story import Story, account
from tests.support.talk import Talk, answer, labels

PLAIN = "[[Person {0}]] does thing no {0}."


async def tell_many(story: Story, day: str, count: int) -> None:
    """Let so many things happen on a day."""
    await story.tell_all([account(day, PLAIN.format(number * 7)) for number in range(count)])


def quotes(message: Message) -> list[str]:
    """What is folded in a message."""
    whole = Formatted(message.text, message.entities)
    return [whole.part(e) for e in message.entities if e.kind == "expandable_blockquote"]


# --- one screen


async def test_the_first_four_of_a_category_are_open_and_the_rest_is_folded(
    talk: Talk, story: Story
) -> None:
    await tell_many(story, "2017-11-24", 7)
    storm = account("2017-11-24", "A storm hits [[Sochi]].", category="Disasters and accidents")
    await story.tell(storm)
    shown = await talk.say("/today")
    heads = [line for line in shown.text.splitlines() if line and not line.startswith("•")]
    assert heads[:3] == [
        "24 November 2017", "Politics and elections", "Disasters and accidents",
    ]  # fmt: skip
    assert all(" · /event_" in line for line in shown.text.splitlines() if line[:1] == "•")
    (folded,) = quotes(shown)
    assert [line.partition(".")[0] for line in folded.splitlines()] == [
        f"• Person {n} does thing no {n}" for n in (28, 35, 42)
    ]


# --- other days


async def test_days_around_are_a_press_away(talk: Talk, story: Story) -> None:
    for day in ("2017-11-22", "2017-11-23", "2017-11-24"):
        await tell_many(story, day, 6)
    first = await talk.say("/today 2017-11-23")
    assert labels(first) == ["‹ 22 Nov", "Pick a day", "24 Nov ›", "Only mine"]
    await talk.press("‹ 22 Nov")
    assert talk.newest().text.startswith("22 November 2017\n")
    assert labels(talk.newest()) == ["Pick a day", "23 Nov ›", "Only mine"]
    await talk.press("23 Nov ›")
    assert talk.newest().text == first.text
    assert labels(await talk.say("/today")) == ["‹ 23 Nov", "Pick a day", "Only mine"]


async def test_a_day_is_picked_from_a_month(talk: Talk, story: Story) -> None:
    for day in ("2016-11-30", "2017-10-02", "2017-11-05", "2017-11-24"):
        await tell_many(story, day, 60)
    first = await talk.say("/today")
    await talk.press("Next page ›")
    second = talk.newest()
    await talk.press("Pick a day")
    grid = talk.newest()
    assert (grid.id, grid.text) == (first.id, "November 2017: which day?")
    rows = [[button["text"] for button in row] for row in grid.buttons]
    assert rows == [
        ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"],
        ["·", "·", "·", "·", "·", "·", "5"],
        ["·", "·", "·", "·", "•24•", "·", "·"],
        ["« 2016", "‹ Oct"],
        ["‹ Back"],
    ]
    press = await talk.press("·")
    assert answer(press) == (texts.days.NO_DAY_TOAST, False)
    assert talk.newest().text == grid.text
    await talk.press("« 2016")
    assert talk.newest().text == "November 2016: which day?"
    assert labels(talk.newest())[-3:] == ["Dec ›", "2017 »", "‹ Back"]
    await talk.press("‹ Back")
    assert (talk.newest().text, labels(talk.newest())) == (second.text, labels(second))
    await talk.press("Pick a day")
    await talk.press("‹ Oct")
    await talk.press("2")
    assert talk.newest().text.startswith("2 October 2017\n")
    assert talk.newest().id == first.id


async def test_the_month_is_in_the_readers_language(talk: Talk, story: Story) -> None:
    await tell_many(story, "2017-11-24", 1)
    talk.world.set_language(talk.reader, "ru")
    await talk.say("/today")
    await talk.press("k:2017-11:n:2017-11-24:1")
    assert labels(talk.newest())[:7] == ["пн", "вт", "ср", "чт", "пт", "сб", "вс"]


# --- only mine


async def test_only_mine_is_a_press_away_and_back(talk: Talk, story: Story) -> None:
    await tell_many(story, "2017-11-24", 40)
    await tell_many(story, "2017-11-23", 6)
    await talk.say("/follow Person 14")
    whole = await talk.say("/today")
    await talk.press("Only mine")
    mine = talk.newest()
    assert mine.id == whole.id
    assert mine.text.startswith("Only events about those whom you follow.\n\n24 November 2017\n")
    assert [line for line in mine.text.splitlines() if "/event_" in line] == [
        line for line in mine.text.splitlines() if "Person 14 " in line
    ]
    assert labels(mine) == ["‹ 23 Nov", "Pick a day", "✓ Only mine"]
    await talk.press("‹ 23 Nov")
    assert "✓ Only mine" in labels(talk.newest())
    assert talk.newest().text.count("/event_") == 1
    await talk.press("✓ Only mine")
    assert talk.newest().text.count("/event_") == 6


async def test_nothing_of_mine_gets_a_sentence_with_ways_on(talk: Talk, story: Story) -> None:
    await tell_many(story, "2017-11-23", 6)
    await talk.say("/today 2017-11-23")
    await talk.press("Only mine")
    assert talk.newest().text == ("23 November 2017\nNothing here is about those whom you follow.")
    assert labels(talk.newest()) == ["Pick a day", "✓ Only mine"]
    await talk.press("✓ Only mine")
    assert talk.newest().text.count("/event_") == 6


# --- bad input


FORGED = [
    "k:2017-13:t:2017-11-24:1", "k:0001-01:t:2017-11-24:1", "k:2017-11:x:2017-11-24:1",
    "k:2017-11:t:2017-02-30:1", "k:2017-11", "t:2017-11-24:1:x", "k:", "n:2017-11-24:1:",
]  # fmt: skip


@pytest.mark.parametrize("data", FORGED)
async def test_forged_data_of_days_does_nothing(talk: Talk, story: Story, data: str) -> None:
    await tell_many(story, "2017-11-24", 1)
    message = await talk.say("/today")
    before = talk.messages()
    assert answer(await talk.forge(message, data)) == (texts.reading.STALE, True)
    assert talk.messages() == before


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(
    "text",
    ["/today 2017-02-30", "/today 2017-13-01", "/today 1066-10-14", "/today 2099-01-01",
     "/today soon", "/today 5/6/2017", "/today 2017-11-21", "/today 🎉"],
)  # fmt: skip
async def test_what_cannot_be_shown_gets_a_sentence_and_a_way_on(
    talk: Talk, story: Story, text: str, language: str
) -> None:
    await tell_many(story, "2017-11-20", 1)
    await tell_many(story, "2017-11-24", 1)
    talk.world.set_language(talk.reader, language)
    told = await talk.say(text)
    assert labels(told), told.text
    assert "/event_" not in told.text
