"""Entries whose GUID is used again, and entries whose link follows their title: which are the same
report, and which are another story."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storage.database import Database
from storage.tables import EventRow, ReportRow
from tests.support.polled_feeds import FeedEntry, PolledFeeds
from tests.support.portal import follow, send_all
from tests.support.rows import column, count

ONE = "https://one.example.org/rss"
SITE = "https://one.example.org"
RAIN = FeedEntry("Rain here", f"{SITE}/0")
QUITS = FeedEntry(
    "Minister Ann Sample resigns over expenses",
    f"{SITE}/minister-resigns",
    "She quit on Monday after a report on her travel.",
    guid="top",
)
QUAKE = FeedEntry(
    "Earthquake of 6.4 destroys Exampleville Castle",
    f"{SITE}/earthquake",
    "Rescuers search collapsed houses; twelve people are missing.",
    guid="top",
)
DEBATE = FeedEntry(
    "Germany: Bundestag debates pension package",
    f"{SITE}/en/bundestag-debates-pension-package/a-74900001",
    "Lawmakers in Berlin are discussing the coalition's pension plans.",
)
PASSED = FeedEntry(
    "German parliament passes pension reform",
    f"{SITE}/en/german-parliament-passes-pension-reform/a-74900001",
    "The Bundestag has voted for the government's reform after weeks of dispute.",
)


@pytest.fixture
async def stand(database: Database) -> PolledFeeds:
    """A feed that has been read once."""
    stand = PolledFeeds(database)
    await stand.add(ONE, RAIN)
    await stand.poll_due()
    return stand


async def reports(database: Database, stand: PolledFeeds, *versions: FeedEntry) -> int:
    """How many reports there are of entries that replace each other."""
    for entry in versions:
        stand.publish(ONE, RAIN, entry)
        await stand.poll(15)
    return await count(database, ReportRow) - 1


async def test_a_guid_used_again_for_another_story_alerts_of_that(
    database: Database, stand: PolledFeeds
) -> None:
    await follow(database, 1, "Ann Sample", "Exampleville Castle")
    await follow(database, 2, "Exampleville Castle")
    told = []
    for story in (QUITS, QUAKE):
        stand.publish(ONE, RAIN, story)
        await stand.poll(15)
        told.append(await send_all(database, stand.now))
    assert told == [[(1, 2)], [(1, 3), (2, 3)]]
    assert await column(database, EventRow.title) == [RAIN.title, QUITS.title, QUAKE.title]


@pytest.mark.parametrize("link", ["/news", "/story-{}"], ids=["section", "own"])
async def test_guids_that_are_places_in_the_feed_lose_no_story(
    database: Database, stand: PolledFeeds, link: str
) -> None:
    stories = [
        replace(each, link=SITE + link.format(place))
        for place, each in enumerate((QUITS, QUAKE, DEBATE, RAIN))
    ]
    for shown in (stories[:2], stories[2:], stories[1:3], stories[2:], stories[:2]):
        numbered = [replace(each, guid=str(place)) for place, each in enumerate(shown)]
        stand.publish(ONE, *numbered)
        await stand.poll(15)
        stand.feeding = stand.new_process()
    told = [seen["text"] for seen in await column(database, ReportRow.seen)]
    assert told[1:3] == [QUITS.title, QUAKE.title]
    assert sorted(set(told)) == sorted(each.title for each in stories)


@pytest.mark.parametrize(
    ("after", "there"),
    [
        # A live page: link and GUID stay.
        (replace(QUAKE, link=QUITS.link), 1),
        # What the link is called follows the title.
        (replace(QUITS, title="Ann Sample quits as minister", link=f"{SITE}/sample-quits"), 1),
        (replace(QUAKE, title="Ann Sample quits", summary="Her travel was too dear."), 1),
        # Reworded and retitled, but elsewhere.
        (QUAKE, 2),
    ],
    ids=["link", "title", "summary", "neither"],
)
async def test_a_guid_needs_a_link_or_words(
    database: Database, stand: PolledFeeds, after: FeedEntry, there: int
) -> None:
    assert await reports(database, stand, QUITS, after) == there


@pytest.mark.parametrize(
    "path",
    [
        "en/{}/a-74900001",
        "ausland/{}-a-1234abcd-0000-1111-2222-333344445555",
        "article/2026/11/23/{}_6654321_3210.html",
        "politik/article256123456/{}.html",
        "news/china/article/3333333/{}",
        "article/{}-0123456789abcdef0123456789abcdef",
    ],
)
async def test_an_article_keeps_its_number_whatever_its_name(
    database: Database, stand: PolledFeeds, path: str
) -> None:
    before, after = (
        replace(each, link=f"{SITE}/{path.format(name)}", guid=name)
        for each, name in ((DEBATE, "debate"), (PASSED, "passed"))
    )
    assert await reports(database, stand, before, after, before, after) == 1


async def test_both_names_listed_at_once_are_two_reports(
    database: Database, stand: PolledFeeds
) -> None:
    stand.publish(ONE, RAIN, DEBATE)
    await stand.poll(15)
    stand.publish(ONE, RAIN, PASSED, DEBATE)
    await stand.poll(15)
    assert await column(database, EventRow.title) == [RAIN.title, DEBATE.title, PASSED.title]


@pytest.mark.parametrize("guid", ["", "top"])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        # A section's number, and a date.
        ("section-100001/minister", "section-100001/quake"),
        ("minister-20261123", "quake-20261123"),
    ],
)
async def test_one_number_makes_no_report_of_two_stories(
    database: Database, stand: PolledFeeds, one: str, other: str, guid: str
) -> None:
    before, after = (
        replace(each, link=f"{SITE}/{link}", guid=guid)
        for each, link in ((QUITS, one), (QUAKE, other))
    )
    assert await reports(database, stand, before, after) == 2


async def test_a_number_that_several_stories_have_had_says_nothing(
    database: Database, stand: PolledFeeds
) -> None:
    """Not even of one that is worded a little like the first."""
    section = f"{SITE}/section-100001"
    first, second, third = (
        replace(each, link=f"{section}/{place}", guid="")
        for place, each in enumerate((QUITS, QUAKE, replace(QUITS, title="Bob Test resigns")))
    )
    third = replace(third, summary="The mayor left after a report on his expenses.")
    assert await reports(database, stand, first, second, third) == 3


@pytest.mark.parametrize(("place", "there"), [("Kabul", 1), ("Peshawar", 2)])
async def test_a_number_makes_no_report_of_two_places(
    database: Database, stand: PolledFeeds, place: str, there: int
) -> None:
    bomb = FeedEntry("Bomb kills 12 people in Kabul", f"{SITE}/bomb/a-74900001")
    toll = FeedEntry(f"At least 15 killed by bomb in {place}", f"{SITE}/toll/a-74900001")
    assert await reports(database, stand, bomb, toll) == there
