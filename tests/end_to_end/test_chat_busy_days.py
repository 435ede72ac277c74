"""A day with two thousand entries of feeds as it reads on a phone, over HTTP."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from bot.standin.model import Message
from storage.database import Database
from tests.support.polled_feeds import FeedEntry, PolledFeeds
from tests.support.story import NOON, Story, account
from tests.support.talk import Talk, labels

FEEDS, ENTRIES, WORDS = 10, 200, 8
FIRST_HEAD = " events. The most important come first; press a category to see it by itself."
_NUMBER = re.compile(r"/event_(\d+)")
_SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu".split()
SHARED = FeedEntry(
    "Premier Ann Sample opens the long bridge over the Sample Strait",
    "https://{site}.example/bridge",
    "Premier Ann Sample opened the bridge over the Sample Strait, eleven years after its "
    "first stone was laid, and walked to Shelbyville with thousands of people.",
    NOON,
)


def word(number: int) -> str:
    """A word of four syllables that no other number below 160,000 has."""
    left, found = number * 7919 % 160_000, ""
    for _ in range(4):
        left, syllable = divmod(left, len(_SYLLABLES))
        found += _SYLLABLES[syllable]
    return found


def told(first: int, site: str) -> Iterator[FeedEntry]:
    """Entries that share no word with others, every fourth of them about sports."""
    for number in range(ENTRIES):
        words = [word((first + number) * WORDS + place) for place in range(WORDS)]
        section = "sport" if number % 4 == 0 else "world"
        link = f"https://{site}.example/{section}/{number}"
        yield FeedEntry(" ".join(words).capitalize(), link, " ".join(words[::-1]), NOON)


async def publish(database: Database) -> None:
    """Ten feeds are read, of which three tell one and the same happening as well."""
    stand = PolledFeeds(database, now=NOON)
    for number in range(FEEDS):
        site = f"paper{number}"
        own = list(told(number * ENTRIES, site))
        if number < 3:
            link = SHARED.link.format(site=site)
            own[0] = FeedEntry(SHARED.title, link, SHARED.summary, NOON)
        await stand.add(f"https://{site}.example/rss", *own, title=f"Paper {number}")
    while await stand.poll_due():
        pass


def numbers(message: Message) -> list[int]:
    """The events in a message."""
    return [int(number) for number in _NUMBER.findall(message.text)]


async def test_two_thousand_entries_make_one_screen_then_pages_then_categories(
    talk: Talk, story: Story, database: Database
) -> None:
    sources = [("Wire", "https://wire.example/1"), ("Gazette", "https://gazette.example/1")]
    await story.tell(account("2017-11-24", "[[Sochi]] hosts a summit.", sources=sources))
    await publish(database)
    first = await talk.say("/today")
    lines = first.text.splitlines()
    assert lines[0] == "1,999" + FIRST_HEAD
    assert len(first.text) < 2500
    assert len(numbers(first)) == 12
    # What three papers tell and what the portal has go before what one tells.
    assert lines[2] == "24 November 2017"
    bridge = next(line for line in lines if "bridge" in line)
    # In the order in which they answered, which a busy machine may change.
    told_by = r"Paper [012], Paper [012] and 1 more · /event_\d+"
    assert re.fullmatch(rf"• {re.escape(SHARED.title)} — {told_by}", bridge)
    assert any(line.startswith("• Sochi hosts a summit.") for line in lines)
    assert "Politics and elections" in lines
    assert labels(first)[:4] == [
        "Next page ›", "1 · Politics and elections", "497 · Sports", "1,501 · More",
    ]  # fmt: skip
    await talk.press("Next page ›")
    second = talk.newest()
    assert second.id == first.id
    assert not set(numbers(second)) & set(numbers(first))
    assert "Page 2 of 167" in second.text
    await talk.press("‹ Earlier page")
    assert talk.newest().text == first.text
    await read_sports(talk)
    await talk.press("‹ All categories")
    assert talk.newest().text == first.text


async def read_sports(talk: Talk) -> None:
    """The pages of a category, a month in place of one of them, and back."""
    await talk.press("497 · Sports")
    seen: list[int] = []
    for page in range(1, 4):
        shown = talk.newest()
        assert shown.text.startswith("24 November 2017\n\nSports\n• ")
        assert f"Page {page} of 42" in shown.text
        seen += numbers(shown)
        await talk.press("Next page ›")
    assert len(set(seen)) == len(seen) == 36
    await talk.press("Pick a day")
    assert talk.newest().text == "November 2017: which day?"
    await talk.press("‹ Back")
    assert "Page 4 of 42" in talk.newest().text


@pytest.mark.parametrize(
    "data", ["t:2017-11-24:1:c12345678", "t:2017-11-24:1:cffffffff", "t:2017-11-24:9999:c00000000"]
)
async def test_a_category_that_is_not_there_leads_to_the_day(
    talk: Talk, story: Story, data: str
) -> None:
    await story.tell(account("2017-11-24", "[[Sochi]] hosts a summit."))
    message = await talk.say("/today")
    await talk.forge(message, data)
    assert talk.newest().text == message.text


@pytest.mark.parametrize(
    "data", ["t:2017-11-24:1:c1234567", "t:2017-11-24:1:cABCDEF01", "t:2017-11-24:1:c12345678:m"]
)
async def test_a_forged_category_does_nothing(talk: Talk, story: Story, data: str) -> None:
    await story.tell(account("2017-11-24", "[[Sochi]] hosts a summit."))
    message = await talk.say("/today")
    before = talk.messages()
    await talk.forge(message, data)
    assert talk.messages() == before
