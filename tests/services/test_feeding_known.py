"""Which report an entry continues that has no link of an article: live pages, bare words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import delete

from storage.database import Database
from storage.tables import ReportKeyRow, ReportRow
from tests.support.feeds import rss
from tests.support.polled_feeds import FeedEntry, PolledFeeds
from tests.support.portal import follow, send_all
from tests.support.rows import count

ONE = "https://one.example.org/rss"
FLOOD = FeedEntry("River floods the centre of Springfield", "https://one.example.org/flood")
_LIVE = (
    ("Ann Sample lands in Shelbyville for talks", "The plane touched down at noon."),
    ("Parliament of Shelbyville greets Ann Sample", "Deputies rose from their seats."),
    ("Ann Sample leaves after three hours", "A spokesman spoke of useful talks."),
)


@pytest.fixture
def stand(database: Database) -> PolledFeeds:
    """Publishers without a feed yet."""
    return PolledFeeds(database)


def _bare(title: str, summary: str) -> str:
    return f"<item><title>{title}</title><description>{summary}</description></item>"


@pytest.mark.parametrize("page", ["news/live/c0123", "2017/shelbyville-live-updates"])
async def test_a_live_page_alerts_once_however_often_its_guid_changes(
    database: Database, stand: PolledFeeds, page: str
) -> None:
    await follow(database, 1, "Ann Sample")
    await stand.add(ONE, FLOOD)
    await stand.poll_due()
    link, told = f"https://one.example.org/{page}", 0
    for number, (title, summary) in enumerate(_LIVE):
        live = FeedEntry(title, link, summary, at=stand.now, guid=f"{link}#{number}")
        stand.publish(ONE, live, FLOOD)
        await stand.poll(30)
        told += len(await send_all(database, stand.now))
    assert told == 1
    assert await count(database, ReportRow) == 2


async def test_a_live_page_that_was_known_by_its_guid_still_is(
    database: Database, stand: PolledFeeds
) -> None:
    live = FeedEntry(*_LIVE[0][:1], "https://one.example.org/live/c0123", guid="live-1")
    await stand.add(ONE, live)
    await stand.poll_due()
    async with database.transaction() as tx:
        await tx.session.execute(delete(ReportKeyRow).where(ReportKeyRow.key.contains("c0123")))
    stand.publish(ONE, replace(live, title=_LIVE[1][0]))
    await stand.poll(15)
    assert await count(database, ReportRow) == 1


async def test_what_only_shares_its_title_is_another_report(
    database: Database, stand: PolledFeeds
) -> None:
    await stand.add(ONE)
    await stand.poll_due()
    for summary in ("Bob Example is arrested in Leeds.", "Carl Test wins chess title in Oslo."):
        stand.feeds[ONE] = rss(_bare("Breaking", summary), FLOOD.item)
        await stand.poll(15)
    assert [event.summary for event in await stand.events() if event.title == "Breaking"] == [
        "Bob Example is arrested in Leeds.",
        "Carl Test wins chess title in Oslo.",
    ]


async def test_bare_words_that_change_a_little_are_the_same_report(
    database: Database, stand: PolledFeeds
) -> None:
    told = "Bob Example is arrested in Leeds over the loss of two million from his paper's till"
    await stand.add(ONE)
    await stand.poll_due()
    for summary in (f"{told}.", f"{told} on Monday."):
        stand.feeds[ONE] = rss(_bare("Publisher Bob Example arrested", summary), FLOOD.item)
        await stand.poll(15)
    assert await count(database, ReportRow) == 2
    assert f"{told} on Monday." in [event.summary for event in await stand.events()]


async def test_bare_words_that_were_known_by_their_title_still_are(
    database: Database, stand: PolledFeeds
) -> None:
    """As an earlier version has kept them; too long ago to be found by likeness."""
    item = _bare("Breaking", "Bob Example is arrested in Leeds.")
    await stand.add(ONE)
    stand.feeds[ONE] = rss(item)
    await stand.poll_due()
    async with database.transaction() as tx:
        await tx.session.execute(delete(ReportKeyRow).where(ReportKeyRow.key != "Breaking"))
    assert await count(database, ReportKeyRow) == 1
    stand.feeding = stand.new_process()
    stand.feeds[ONE] = rss(item, FLOOD.item)
    await stand.poll(14 * 24 * 60)
    assert await count(database, ReportRow) == 2
