"""What would come of a feed's entries: whom they name, which events they would join."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.services.previewing import (
    LONGEST_NAME,
    MOST_NAMES,
    Joined,
    Preview,
    Previewing,
    full_names,
)
from bot.sources.feeds import Entry
from storage.database import Database
from tests.support.rows import everything
from tests.support.story import NOON, Story, account

LINK = "https://news.example.org/visit"


def entry(title: str, *, url: str = LINK, summary: str = "", at: datetime | None = NOON) -> Entry:
    """An entry as a feed has it."""
    return Entry(
        key=url, guid=url, url=url or None, raw_url=url, title=title, summary=summary, at=at
    )


async def preview(database: Database, told: Entry) -> Preview:
    (found,) = await Previewing(database).preview([told], "Wire", NOON)
    return found


async def labels(database: Database, title: str, summary: str = "") -> list[str]:
    found = await preview(database, entry(title, url="", summary=summary))
    return [entity.label for entity in found.entities]


# --- Names


async def test_full_names_of_titles_and_other_wordings_are_found(database: Database) -> None:
    story = Story(database)
    await story.tell(account("2017-11-23", "[[Omar al-Bashir]] visits [[Russia]]."))
    await story.use_words("Omar al-Bashir", "Sudan's President Omar Bashir", 1)
    await story.use_words("North Korea", "Hermit Kingdom", 3)
    title = "“Omar Al-Bashir’s visit” angers the Hermit Kingdom"
    assert await labels(database, title) == ["Omar al-Bashir", "North Korea"]
    assert await labels(database, "Moscow", "Omar al-Bashir came.") == ["Omar al-Bashir"]
    assert await labels(database, "SUDAN'S PRESIDENT OMAR BASHIR SPEAKS") == ["Omar al-Bashir"]


@pytest.mark.parametrize(
    "title",
    [
        "Bashir visits Russia",  # names of one word
        "A visit by omar al-bashir",  # no capital
        "Omar, al-Bashir and others",
        "It was Omar. al-Bashir was not there",
        "Omar (al-Bashir) speaks",
        "Omar — al-Bashir",
        "Omar al-Bashirov speaks",
    ],
)
async def test_what_is_no_full_name_names_nobody(database: Database, title: str) -> None:
    await Story(database).tell(account("2017-11-23", "[[Omar al-Bashir]] visits [[Russia]]."))
    assert await labels(database, title) == []


async def test_a_name_of_several_names_nobody(database: Database) -> None:
    story = Story(database)
    await story.use_words("John Smith (pilot)", "John Smith", 5)
    assert await labels(database, "John Smith speaks") == ["John Smith (pilot)"]
    await story.use_words("John Smith (sailor)", "John Smith", 1)
    assert await labels(database, "John Smith speaks") == []


async def test_of_names_within_each_other_the_longest_counts(database: Database) -> None:
    story = Story(database)
    for title in ("New York", "New York Times", "Times Square"):
        await story.use_words(title, title, 1)
    assert await labels(database, "New York Times Square") == ["New York Times"]
    assert await labels(database, "New York: Times Square") == ["New York", "Times Square"]


async def test_names_in_scripts_without_capitals(database: Database) -> None:
    story = Story(database)
    await story.use_words("Narendra Modi", "नरेन्द्र मोदी", 1)
    await story.use_words("Omar al-Bashir", "عمر البشير", 1)
    assert await labels(database, "दिल्ली: नरेन्द्र मोदी।") == ["Narendra Modi"]
    assert await labels(database, "زار عمر البشير موسكو") == ["Omar al-Bashir"]


def test_runs_of_words_are_as_long_as_allowed_and_abbreviations_part_nothing() -> None:
    texts = {name.folded for name in full_names("One two three four five six")}
    assert texts == {
        "one two",
        "one two three",
        "one two three four",
        "one two three four five",
    }
    assert LONGEST_NAME == 5
    assert {name.folded for name in full_names("Gen. Lee")} == {"gen lee"}
    assert not list(full_names("")) + list(full_names("… — !")) + list(full_names("Kabul. Two"))


async def test_no_more_names_of_an_entry_are_looked_up_than_allowed(database: Database) -> None:
    story = Story(database)
    await story.use_words("Ann Sample", "Ann Sample", 1)
    words = MOST_NAMES // 4  # each begins four runs
    before = " ".join(["Xx"] * words)
    assert await labels(database, "Ann Sample", before) == ["Ann Sample"]
    assert await labels(database, f"{before} Xx. Ann Sample") == []


# --- Events


def told(sources: str = LINK) -> list[tuple[str, str]]:
    return [("Reuters", sources)]


@pytest.mark.parametrize("days", [-1, 0, 1])
async def test_an_entry_joins_the_event_of_its_link(database: Database, days: int) -> None:
    text = "[[Omar al-Bashir]] visits [[Russia]]."
    number = await Story(database).tell(account("2017-11-24", text, sources=told()))
    twin = "http://www.news.example.org/visit?utm_source=rss#top"
    found = await preview(
        database, entry("Bashir in Moscow", url=twin, at=NOON + timedelta(days=days))
    )
    assert found.joins == Joined(number, "Omar al-Bashir visits Russia.")


@pytest.mark.parametrize(
    "other",
    [
        entry("Bashir visits", url="https://news.example.org/another"),
        entry("Bashir visits", url=""),
        entry("Bashir visits", at=NOON + timedelta(days=2)),
        entry("15 killed in Peshawar"),  # the same live page, elsewhere
    ],
    ids=["another link", "no link", "another day", "another place"],
)
async def test_else_it_is_a_new_event(database: Database, other: Entry) -> None:
    text = "[[Omar al-Bashir]] visits; 12 killed in [[Kabul]]."
    await Story(database).tell(account("2017-11-24", text, sources=told()))
    assert (await preview(database, other)).joins is None


async def test_a_front_page_joins_nothing(database: Database) -> None:
    front = "https://news.example.org/"
    text = "[[Omar al-Bashir]] visits [[Russia]]."
    await Story(database).tell(account("2017-11-24", text, sources=told(front)))
    assert (await preview(database, entry("Bashir visits", url=front))).joins is None


async def test_an_entry_without_a_time_is_of_the_day_of_its_reading(database: Database) -> None:
    text = "[[Omar al-Bashir]] visits [[Russia]]."
    number = await Story(database).tell(account("2017-11-24", text, sources=told()))
    found = await preview(database, entry("Bashir in Moscow", at=None))
    assert found.joins is not None
    assert found.joins.number == number


async def test_it_keeps_nothing_and_goes_by_the_order_asked(database: Database) -> None:
    story = Story(database)
    await story.tell(account("2017-11-24", "[[Omar al-Bashir]] visits.", sources=told()))
    before = await everything(database)
    asked = [entry("Omar al-Bashir came", at=datetime(2017, 11, n, tzinfo=UTC)) for n in (9, 24)]
    found = await Previewing(database).preview(asked, "Wire", NOON)
    assert [each.entry for each in found] == asked
    assert [each.joins is None for each in found] == [True, False]
    assert await everything(database) == before
