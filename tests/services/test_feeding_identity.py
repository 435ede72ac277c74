"""Which report an entry continues, whatever its publisher does to links, GUIDs and titles."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from storage.database import Database
from storage.tables import EventRow, ReportRow, VersionRow
from tests.support.polled_feeds import START, FeedEntry, PolledFeeds
from tests.support.portal import follow, send_all
from tests.support.rows import column, count

ONE, TWO = "https://one.example.org/rss", "https://two.example.org/rss"
FLOOD = FeedEntry(
    "River floods the centre of Springfield",
    "https://one.example.org/flood",
    "Hundreds of people leave their homes in Springfield after the Sample River burst its banks.",
    guid="1",
)
VOTE = FeedEntry(
    "Parliament of Shelbyville elects a new speaker",
    "https://one.example.org/vote",
    "Ann Sample wins the second ballot with a majority of three.",
    guid="2",
)
GAME = FeedEntry("Capital City wins the cup final", "https://one.example.org/game", "A late goal.")


@pytest.fixture
def stand(database: Database) -> PolledFeeds:
    """Publishers without a feed yet."""
    return PolledFeeds(database)


async def titles(stand: PolledFeeds) -> list[str]:
    return [event.title for event in await stand.events()]


async def test_entries_that_swap_their_guids_stay_what_they_are(
    database: Database, stand: PolledFeeds
) -> None:
    await stand.add(ONE, FLOOD, VOTE)
    await stand.poll_due()
    stand.publish(ONE, replace(FLOOD, guid="2"), replace(VOTE, guid="1"))
    await stand.poll(15)
    assert await titles(stand) == [FLOOD.title, VOTE.title]
    assert await count(database, VersionRow) == 0


async def test_a_guid_that_all_entries_share_makes_no_report_of_two(
    database: Database, stand: PolledFeeds
) -> None:
    flood, vote = replace(FLOOD, guid="0"), replace(VOTE, guid="0")
    await stand.add(ONE, flood)
    await stand.poll_due()
    for _ in range(3):
        stand.publish(ONE, vote, flood)
        await stand.poll(15)
        stand.publish(ONE, flood, vote)
        await stand.poll(15)
    assert await titles(stand) == [FLOOD.title, VOTE.title]
    assert await count(database, ReportRow) == 2


async def test_two_stories_under_one_link_are_two_reports(
    database: Database, stand: PolledFeeds
) -> None:
    vote = replace(VOTE, link=FLOOD.link)
    await stand.add(ONE, FLOOD)
    await stand.poll_due()
    for stories in ([vote, FLOOD], [vote], [FLOOD, vote], [FLOOD]):
        stand.publish(ONE, *stories)
        await stand.poll(15)
        assert sorted(await titles(stand)) == sorted([FLOOD.title, VOTE.title])
    assert await count(database, ReportRow) == 2


async def test_an_entry_that_comes_back_after_weeks_is_known(
    database: Database, stand: PolledFeeds
) -> None:
    await follow(database, 1, "Ann Sample")
    await stand.add(ONE, VOTE, GAME)
    await stand.add(TWO)
    await stand.poll_due()
    stand.publish(ONE, GAME)
    await stand.poll(15)
    for _ in range(30):
        await stand.poll(24 * 60)
    stand.publish(ONE, replace(VOTE, title="Shelbyville's new speaker: Ann Sample"), GAME)
    # Old news, reworded, draws nothing new to it.
    stand.publish(TWO, replace(VOTE, link="https://two.example.org/vote", at=stand.now, guid=""))
    await stand.poll(15)
    reports = await column(database, ReportRow.event_id)
    assert (len(reports), len(set(reports))) == (3, 3)
    assert [event for _, event in await send_all(database, stand.now)] == [reports[-1]]


@pytest.mark.parametrize(
    ("before", "after", "reports"),
    [("Samplia", "Examplia", 2), ("12", "15", 2), ("blocked", "closed", 1)],
    ids=["place", "number", "neither"],
)
async def test_under_one_headline_another_place_or_number_is_another_report(
    database: Database, stand: PolledFeeds, before: str, after: str, reports: int
) -> None:
    title = "Strong earthquake shakes the islands"
    words = (
        "Houses fell and 12 people were killed in Samplia, says the geological survey of the"
        " region; roads are blocked, and ferries wait in the harbours until the sea is calm."
    )
    await stand.add(ONE, FeedEntry(title, "https://one.example.org/1", words))
    await stand.poll_due()
    stand.publish(ONE, FeedEntry(title, "https://one.example.org/2", words.replace(before, after)))
    await stand.poll(15)
    assert await count(database, ReportRow) == reports


async def test_an_entry_that_is_dated_and_worded_anew_stays_one_of_its_first_day(
    stand: PolledFeeds,
) -> None:
    await stand.add(ONE, FLOOD)
    await stand.poll_due()
    later = replace(FLOOD, title="Springfield floods: river falls", at=START + timedelta(days=1))
    stand.publish(ONE, later)
    await stand.poll(24 * 60)
    assert await titles(stand) == [later.title]


async def test_a_first_poll_s_entry_that_names_somebody_new_later_alerts_then(
    database: Database, stand: PolledFeeds
) -> None:
    await follow(database, 1, "Ann Sample")
    plain = replace(VOTE, summary="The second ballot was won with a majority of three.")
    await stand.add(ONE, plain)
    await stand.poll_due()
    assert await send_all(database, stand.now) == []
    stand.publish(ONE, VOTE)
    await stand.poll(15)
    assert len(await send_all(database, stand.now)) == 1
    stand.publish(ONE, replace(VOTE, title="Ann Sample elected speaker of Shelbyville"))
    await stand.poll(15)
    assert await send_all(database, stand.now) == []


async def test_overlong_links_and_guids_are_kept_apart(
    database: Database, stand: PolledFeeds
) -> None:
    draw = random.Random(1)
    letters = [chr(draw.randrange(0x4E00, 0x9FFF)) for _ in range(1900)]
    long = "https://one.example.org/" + "".join(letters)
    guid = "".join(letters[:900])
    stories = [replace(each, link=f"{long}{n}", guid=f"{guid}{n}") for n, each in
               enumerate((FLOOD, VOTE))]  # fmt: skip
    await stand.add(ONE, *stories, GAME)
    await stand.poll_due()
    assert len(await titles(stand)) == 3
    stand.publish(ONE, *(replace(each, title=f"New: {each.title}") for each in stories))
    await stand.poll(15)
    assert await count(database, ReportRow) == 3


async def test_a_link_that_an_entry_takes_on_makes_one_event_of_two(
    database: Database, stand: PolledFeeds
) -> None:
    """Known by its GUID, it now leads to the article that another feed has told of."""
    await stand.add(ONE, replace(VOTE, title="Speaker elected", summary=""))
    other = FeedEntry("Ann Sample to lead the house of Shelbyville", "https://two.example.org/lead")
    await stand.add(TWO, other)
    await stand.poll_due()
    assert len(await titles(stand)) == 2
    stand.publish(ONE, replace(VOTE, title="Speaker elected", summary="", link=other.link))
    await stand.poll(15)
    assert len(await titles(stand)) == 1
    assert await column(database, ReportRow.event_id) == [1, 1]
    assert await column(database, EventRow.merged_into) == [None, 1]
    # What comes next finds the one that is left.
    stand.publish(
        TWO, other, FeedEntry("Ann Sample to lead Shelbyville's house", f"{other.link}-2")
    )
    await stand.poll(15)
    assert set(await column(database, ReportRow.event_id)) == {1}
