"""What would come of a feed's entries: whom they name, which events they would join."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from bot.services.joining import Joining
from bot.services.previewing import Joined, Preview, Previewing
from bot.sources.feeds import Entry
from storage.database import Database
from storage.tables import ReportRow
from tests.support.rows import everything
from tests.support.story import NOON, Story, account

LONG_AGO = datetime(2017, 1, 1, tzinfo=UTC)
LINK = "https://news.example.org/visit"


def entry(title: str, *, url: str = LINK, summary: str = "", at: datetime | None = NOON) -> Entry:
    """An entry as a feed has it."""
    return Entry(key=url, guid=url, url=url or None, title=title, summary=summary, at=at)


async def preview(database: Database, told: Entry) -> Preview:
    (found,) = await Previewing(database, Joining()).preview([told], "Wire", NOON)
    return found


async def labels(database: Database, title: str, summary: str = "") -> list[str]:
    found = await preview(database, entry(title, url="", summary=summary))
    return [entity.label for entity in found.entities]


# --- Names


async def test_known_entities_are_named_in_the_order_of_title_and_summary(
    database: Database,
) -> None:
    story = Story(database)
    await story.tell(account("2017-11-23", "[[Omar al-Bashir]] visits [[North Korea]]."))
    assert await labels(database, "North Korea, again", "Omar al-Bashir came.") == [
        "North Korea",
        "Omar al-Bashir",
    ]
    assert await labels(database, "Bashir visits Pyongyang") == []


async def test_they_are_told_as_they_are_called(database: Database) -> None:
    number = await Story(database).use_words("Omar al-Bashir", "Omar Bashir", 2)
    await Story(database).describe(number, "Omar Hasan al-Bashir", "Q57293", "a president")
    found = await preview(database, entry("Omar Bashir speaks", url=""))
    assert [(one.label, one.qid) for one in found.entities] == [("Omar Hasan al-Bashir", "Q57293")]


async def test_the_category_is_that_of_its_topics(database: Database) -> None:
    filed = replace(entry("Thing", url=""), topics=("Soccer",))
    assert (await preview(database, filed)).category == "Sports"
    assert (await preview(database, entry("Thing", url=""))).category == ""


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
        entry("Storm warning", url="https://news.example.org/another"),
        entry("Storm warning", url=""),
        entry("Storm warning", at=NOON - timedelta(days=4)),
        entry("Fifteen die as bomb explodes at market in Peshawar"),  # one live page
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
    assert (await preview(database, entry("Storm warning", url=front))).joins is None


async def test_an_entry_joins_what_is_told_in_other_words(database: Database) -> None:
    story = Story(database, at=NOON)
    text = (
        "President of [[Sudan]] [[Omar al-Bashir]] meets Russian President [[Vladimir Putin]]"
        " in [[Sochi]] and asks for protection from the [[United States]]."
    )
    number = await story.tell(account("2017-11-24", text))
    alike = entry(
        "Sudan's Omar al-Bashir asks Vladimir Putin for protection from the United States",
        url="https://other.example.org/1",
        summary="President Omar al-Bashir met Russian President Vladimir Putin in Sochi.",
    )
    assert (await preview(database, alike)).joins == Joined(number, await title(database, number))
    unlike = entry("Police disperse 290 protesters in Harare", url="https://other.example.org/2")
    assert (await preview(database, unlike)).joins is None


async def title(database: Database, number: int) -> str:
    async with database.reading() as tx:
        event = await tx.events.get(number)
    assert event is not None
    return event.title


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
    asked = [entry("Storm warning", url=""), entry("Omar al-Bashir came")]
    found = await Previewing(database, Joining()).preview(asked, "Wire", NOON)
    assert [each.entry for each in found] == asked
    assert [each.joins is None for each in found] == [True, False]
    assert await everything(database) == before


async def test_reports_are_read_once_for_all_looks(database: Database) -> None:
    number = await Story(database).tell(
        account("2017-11-24", "[[Omar al-Bashir]] visits [[Russia]].", sources=told())
    )
    previewing = Previewing(database, Joining())
    for _ in range(3):
        (found,) = await previewing.preview([entry("Bashir in Moscow")], "Wire", NOON)
        assert found.joins is not None
        assert found.joins.number == number
        async with database.transaction() as tx:  # whoever reads it anew finds it too old
            await tx.session.execute(update(ReportRow).values(first_seen_at=LONG_AGO))
