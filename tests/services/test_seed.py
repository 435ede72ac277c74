"""One happening told by the portal and by a publisher, as it was on 23 November 2017."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.services.polling import PolledPortal, Polling
from bot.sources.mediawiki import PageVersion
from bot.sources.wikipedia import page_name, read_page
from storage.database import Database
from tests.support.data import find_data
from tests.support.day_pages import bullet, page_text
from tests.support.polled_feeds import START, FeedEntry, PolledFeeds

DAY = date(2017, 11, 23)
FEED = "https://publisher.example.org/rss"
LINKED = ("Omar al-Bashir", "Vladimir Putin", "Sudan", "Russia", "International Criminal Court")
OWN = (
    "Omar al-Bashir, Sudan's president, flies to Sochi to see Vladimir Putin and asks Russia to"
    " shield his country from the United States. Putin promises closer economic ties.",
    "Sudan's leader asks Moscow for protection from Washington",
    "On a visit to Russia, the president of Sudan, Omar al-Bashir, said that his country needs"
    " protection from the United States. The International Criminal Court wants him.",
)
PROTEST = "Police in [[Russia]] arrest 290 protesters who want [[Vladimir Putin]] to resign."


def linked(text: str) -> str:
    """A text with links where it first names those whom the portal would link."""
    for name in LINKED:
        text = text.replace(name, f"[[{name}]]", 1)
    return text


def recorded() -> tuple[str, str, str]:
    """The event page's second wording, and the article's title and first paragraph."""
    data = find_data()
    if data is None:
        pytest.skip("no recorded event page: set DATELINE_DATA")
    pages = data / "event_pages"
    return (_heading(pages / "2017-11-23_second-wording.md"), *_article(pages))


def _heading(path: Path) -> str:
    found = re.search(r"^# (.+)$", path.read_text("utf-8"), re.MULTILINE)
    assert found
    return found[1].strip()


def _article(pages: Path) -> tuple[str, str]:
    text = (pages / "2017-11-23_article.txt").read_text("utf-8")
    paragraphs = [part.strip() for part in text.split("\n\n")]
    place = next(n for n, part in enumerate(paragraphs) if part.startswith("Sudan president"))
    return paragraphs[place], paragraphs[place + 2]


async def poll(stand: PolledFeeds, bullets: Sequence[str], minutes: float) -> None:
    """Poll the portal's page of the day, which says this, so many minutes on."""
    stand.now += timedelta(minutes=minutes)

    async def fetch(names: Sequence[str]) -> list[PageVersion]:
        text = page_text(DAY, bullets)
        page = page_name(DAY)
        return [PageVersion(page, hash(text) % 10**6, text)] if page in names else []

    source = PolledPortal("en", page_name, fetch, read_page)
    polling = Polling(
        stand.database,
        source,
        hold=timedelta(minutes=10),
        clock=lambda: stand.now,
        holder="here",
        joining=stand.joining,
    )
    await polling.poll()


@pytest.mark.parametrize("said", ["own words", "recorded"])
@pytest.mark.parametrize("first", ["portal", "feed"])
async def test_the_portal_and_a_publisher_tell_one_event(
    database: Database, said: str, first: str
) -> None:
    sentence, title, summary = OWN if said == "own words" else recorded()
    stand = PolledFeeds(database)
    report = bullet(linked(sentence), ("France 24", "https://france24.example.org/sudan"))
    protest = bullet(PROTEST, ("Wire", "https://wire.example.org/290"))
    story = FeedEntry(title, "https://publisher.example.org/sudan", summary, START)
    other = FeedEntry(
        "Rain in Springfield", "https://publisher.example.org/rain", "It rains again."
    )
    await stand.add(FEED, other, title="DW")
    await stand.poll_due()
    named = bullet(
        "[[Omar al-Bashir]] dismisses the governor of a state and names a new minister of farming.",
        ("Wire", "https://wire.example.org/farm"),
    )
    await poll(stand, [named, protest], 10)
    if first == "portal":
        await poll(stand, [named, protest, report], 10)
        await poll(stand, [named, protest, report], 10)
        stand.publish(FEED, story, other)
        await stand.poll(180)
    else:
        stand.publish(FEED, story, other)
        await stand.poll(10)
        await poll(stand, [named, protest, report], 180)
    async with database.reading() as tx:
        events = {event.title: event for event in await tx.events.of_day(DAY)}
    [both] = [event for event in events.values() if len(event.citations) > 1]
    assert {one.publisher for one in both.citations} == {"France 24", "DW"}
    assert both.title.split(",")[0].endswith("Omar al-Bashir")
    [apart] = [event for event in events.values() if "290" in event.title]
    assert len(apart.citations) == 1
