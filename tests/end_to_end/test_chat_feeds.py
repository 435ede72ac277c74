"""What a reader sees of a happening that only feeds tell, over HTTP."""

from __future__ import annotations

from datetime import timedelta

from bot.standin.entities import Formatted
from bot.standin.model import Message
from storage.database import Database
from tests.support.polled_feeds import FeedEntry, PolledFeeds
from tests.support.story import NOON, Story
from tests.support.talk import Talk

TITLE = "Premier Ann Sample opens the long bridge over the Sample Strait"
SUMMARY = (
    "Ann Sample opened the bridge over the Sample Strait, eleven years after its first stone "
    "was laid, and walked to Shelbyville with thousands of people."
)
OLD = FeedEntry("Capital City wins the cup final", "https://{site}.example/game", "A goal.", NOON)
PAPERS = ("Gazette", "Courier", "Herald", "Tribune")


def address(paper: str) -> str:
    """Where a paper has its feed."""
    return f"https://{paper.lower()}.example/rss"


def entry(paper: str) -> FeedEntry:
    """How a paper tells it."""
    link = f"https://{paper.lower()}.example/politics/bridge"
    return FeedEntry(TITLE, link, SUMMARY, NOON + timedelta(minutes=10))


async def stand_of(database: Database) -> PolledFeeds:
    """All papers, their feeds read once."""
    stand = PolledFeeds(database, now=NOON)
    for paper in PAPERS:
        await stand.add(address(paper), OLD, title=paper)
    await stand.poll_due()
    return stand


async def pass_by(talk: Talk, stand: PolledFeeds, minutes: int) -> None:
    """Let time pass, the feeds be read, and what is due be sent."""
    await stand.poll(minutes)
    talk.clock.now = stand.now
    await talk.send()


def quoted(message: Message) -> list[str]:
    """What is folded in a message."""
    whole = Formatted(message.text, message.entities)
    return [whole.part(e) for e in message.entities if e.kind == "expandable_blockquote"]


async def test_one_happening_is_one_alert_with_all_its_sources(
    talk: Talk, story: Story, database: Database
) -> None:
    await story.use_words("Ann Sample", "Ann Sample", 5)
    await talk.say("/follow Ann Sample")
    stand = await stand_of(database)
    stand.publish(address("Gazette"), entry("Gazette"), OLD)
    await pass_by(talk, stand, 15)
    alert = talk.newest()
    number = alert.text.rpartition("/event_")[2]
    assert alert.text == (
        f"Ann Sample\n\n{TITLE}\n\n{SUMMARY}\n\n"
        "24 November 2017 · Politics and elections\n"
        f"Sources: Gazette\n/event_{number}"
    )
    assert quoted(alert) == [SUMMARY]
    for paper in PAPERS[1:]:
        stand.publish(address(paper), entry(paper), OLD)
    await pass_by(talk, stand, 15)
    assert talk.newest().id == alert.id
    assert f"4 sources: {', '.join(PAPERS)}\n" in talk.newest().text
    card = await talk.say(f"/event {number}")
    assert f"\n4 sources: {', '.join(PAPERS)}\n/event_{number}" in card.text
    assert "Wikipedia" not in card.text
    today = await talk.say("/today")
    assert (
        f"Politics and elections\n• {TITLE} — {', '.join(PAPERS)} · /event_{number}" in today.text
    )
    assert f"More\n• {OLD.title} — " in today.text
