"""Whatever publishers do to their entries, in whatever order: each story has one report, and
who follows somebody in it gets one alert."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from storage.database import Database
from storage.tables import EventRow, OutboxRow, ReportRow
from tests.support.polled_feeds import START, FeedEntry, PolledFeeds
from tests.support.portal import follow, send_all
from tests.support.rows import rows

ONE, TWO = "https://one.example.org/rss", "https://two.example.org/rss"
FEEDS = (ONE, TWO)
# Four happenings, each as either feed tells it. Readers follow the person in each.
PEOPLE = ("Ann Sample", "Bob Example", "Cleo Muster", "Dan Ejemplo")
SAID = (
    "{} elected speaker of the parliament of Shelbyville in the second ballot",
    "Marathon through Springfield won by {} ahead of sixty thousand runners",
    "Painting stolen from Capital City museum found in {}'s cellar by police dogs",
    "Dam above Ogdenville cracks, says engineer {} after the heavy rain of the week",
)
SINCE = ("the latest", "what is known", "more soon", "in full", "an update", "so far", "our report")
STORIES = range(len(PEOPLE))
STEPS = st.lists(
    st.one_of(
        *(
            st.tuples(st.just(what), st.sampled_from(FEEDS), st.sampled_from(STORIES))
            for what in ("publish", "retitle", "re-guid", "reuse", "move", "reissue", "drop")
        ),
        st.tuples(st.just("poll"), st.just(ONE), st.just(0)),
        st.tuples(st.just("restart"), st.just(ONE), st.just(0)),
        st.tuples(st.just("send"), st.just(ONE), st.just(0)),
    ),
    min_size=4,
    max_size=25,
)


@dataclass
class Publishers:
    """Two feeds, what each has now and last said of each story, and four readers."""

    stand: PolledFeeds
    present: dict[tuple[str, int], None] = field(default_factory=dict)
    said: dict[tuple[str, int], FeedEntry] = field(default_factory=dict)
    seen: set[tuple[str, int]] = field(default_factory=set)
    changed: set[tuple[str, int]] = field(default_factory=set)  # since the last poll
    told: Counter[tuple[int, int | None]] = field(default_factory=Counter)
    count: int = 0

    async def begin(self) -> None:
        for number, person in enumerate(PEOPLE, start=1):
            await follow(self.stand.database, number, person)
        for feed in FEEDS:
            await self.stand.add(feed)
        await self.stand.poll_due()

    async def do(self, step: tuple[str, str, int]) -> None:
        what, feed, story = step
        match what:
            case "poll":
                await self.poll()
            case "restart":
                self.stand.joining = type(self.stand.joining)()
                self.stand.feeding = self.stand.new_process()
            case "send":
                self.told.update(await send_all(self.stand.database, self.stand.now))
            case "drop":
                self.present.pop((feed, story), None)
            case _:
                self._publish(what, feed, story)

    def _publish(self, what: str, feed: str, story: int) -> None:
        """Put an entry at the top, as it was said last or changed."""
        self.count += 1
        host = feed.removesuffix("rss")
        key, text = (feed, story), SAID[story].format(PEOPLE[story])
        section = f"{host}section-100001"  # whose number no article has
        link = f"{section}/{story}"
        guid = link if feed == ONE else "top"  # which the other gives to all that it has
        before = self.said.get(key, FeedEntry(text, link, guid=guid))
        number = self.count
        changed = {
            "publish": before,
            "retitle": replace(before, title=f"{text}: {SINCE[number % len(SINCE)]}"),
            "re-guid": replace(before, guid=f"{host}guid-{number}"),
            # The GUID that others have had, or have.
            "reuse": replace(before, guid="top"),
            "move": replace(before, link=f"{section}/{story}-moved-{number}"),
            # Another link and another GUID: known by its words alone.
            "reissue": replace(
                before, link=f"{host}{story}/new-{number}", guid=f"{host}new-{number}"
            ),
        }
        if key in self.seen and key in self.changed:
            return  # with all changed at once it may be a report of its own
        self.changed.add(key)
        self.present.pop(key, None)
        self.present = {key: None, **self.present}
        self.said[key] = changed[what]

    async def poll(self) -> None:
        for feed in FEEDS:
            self.stand.publish(feed, *(self.said[key] for key in self.present if key[0] == feed))
        self.seen.update(self.present)
        self.changed.clear()
        await self.stand.poll(5)

    async def check(self) -> None:
        """What holds at the end."""
        database = self.stand.database
        reports = await rows(database, ReportRow.event_id, ReportRow.page_id)
        assert len(reports) == len(self.seen)
        leads_to = {
            number: left or number
            for number, left in await rows(database, EventRow.id, EventRow.merged_into)
        }
        assert all(leads_to[event] == event for event, _ in reports)
        stories = {story for _, story in self.seen}
        assert len({event for event, _ in reports}) == len(stories)
        assert sorted(reader for reader, _ in self.told) == sorted(story + 1 for story in stories)
        assert set(self.told.values()) <= {1}
        alerts = await rows(database, OutboxRow.chat_id, OutboxRow.event_id, OutboxRow.kind)
        assert len(alerts) == len(stories)


@settings(max_examples=12, deadline=None)
@given(steps=STEPS)
def test_each_story_has_one_report_and_each_follower_one_alert(
    migrated_file: Path, steps: list[tuple[str, str, int]]
) -> None:
    async def go(url: str) -> None:
        database = await Database.open(url)
        try:
            publishers = Publishers(PolledFeeds(database, now=START))
            await publishers.begin()
            for step in steps:
                await publishers.do(step)
            for last in ("poll", "send", "poll", "send"):
                await publishers.do((last, ONE, 0))
            await publishers.check()
        finally:
            await database.close()

    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(1) as pool:
        path = Path(folder) / "dateline.db"
        shutil.copy(migrated_file, path)
        pool.submit(asyncio.run, go(f"sqlite:///{path}")).result()
