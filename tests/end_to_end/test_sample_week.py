"""The sample week polled as the real portal is: silent at first, then an event a minute."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from bot.services.polling import Polling
from bot.services.sample import SAMPLE_NOW, sample_portal, sample_week
from storage.database import Database
from storage.model import Event
from tests.support.databases import database_url
from tests.support.portal import events_of, follow
from tests.support.post import Clock, Post

__all__ = ["database_url"]  # a fixture: on both engines

WEEK = [date(2017, 11, day) for day in range(17, 24)]
AT_FIRST, AT_LAST = 53, 71  # events

# Who is alerted when, in minutes after the start.
ALERTS = {
    "Emmerson Mnangagwa": [1],
    "Zimbabwe": [1, 10],
    "Saad Hariri": [2],
    "Omar al-Bashir": [3],
    "Vladimir Putin": [3, 9],
    "Recep Tayyip Erdoğan": [4],
    "International Criminal Court": [5],
    "Aung San Suu Kyi": [6],
    "Donald Trump": [7],
    "ARA San Juan (S-42)": [8],
    "Robert Mugabe": [10],
    "Germany": [11],
    "Rex Tillerson": [12],
    "Angela Merkel": [13],
    "Rodrigo Duterte": [14],
    "Mohammed bin Salman": [16],
    "Mahmoud Abbas": [17],
    "Pope Francis": [18],
    "North Korea": [19],
    "Brexit": [20],
    "Popocatépetl": [],
    "Luhansk": [22],
    "Beijing": [23],
}


@dataclass
class Trial:
    """A bot that serves the sample week, and the time in it."""

    database: Database
    time: Clock = field(default_factory=lambda: Clock(SAMPLE_NOW))
    polling: Polling = field(init=False)
    post: Post = field(init=False)

    def __post_init__(self) -> None:
        portal = sample_portal(self.time)
        self.polling = Polling(
            self.database, portal, hold=timedelta(0), clock=self.time, holder="trial"
        )
        self.post = Post(self.database, clock=self.time)

    async def minute(self, minute: int) -> list[int]:
        """Poll and send at a minute; the events that changed."""
        self.time.now = SAMPLE_NOW + timedelta(minutes=minute)
        changed = await self.polling.poll()
        await self.post.work()
        return changed

    async def events(self) -> list[Event]:
        """What readers see of the whole week."""
        return [event for day in WEEK for event in await events_of(self.database, day)]

    def sent(self, reader: int) -> int:
        """How many messages a reader got, edits not counted."""
        return len(self.post.telegram.texts(reader))


@pytest.fixture
async def trial(database: Database) -> Trial:
    return Trial(database)


def last_minute() -> int:
    return max(step for page in sample_week().values() for step in page.steps)


async def test_the_portal_has_the_weeks_pages_and_no_others() -> None:
    portal = sample_portal(Clock(SAMPLE_NOW))
    names = [portal.page_name(date(2017, 11, day)) for day in (16, 17, 23, 24)]
    versions = await portal.fetch(names)
    assert [version.page for version in versions] == names
    assert [version.text is None for version in versions] == [True, False, False, True]


async def test_the_week_is_there_at_once_and_alerts_nobody(trial: Trial) -> None:
    await follow(trial.database, 1, *ALERTS, at=SAMPLE_NOW)
    await trial.minute(0)
    assert len(await trial.events()) == AT_FIRST
    await trial.minute(0)
    assert trial.sent(1) == 0


async def test_each_minute_changes_one_event_until_all_are_there(trial: Trial) -> None:
    await trial.minute(0)
    for minute in range(1, last_minute() + 1):
        assert len(await trial.minute(minute)) == 1, minute
    events = await trial.events()
    assert len(events) == AT_LAST
    assert len({event.title for event in events}) == AT_LAST
    assert not any(event.withdrawn for event in events)


async def test_afterwards_nothing_changes_any_more(trial: Trial) -> None:
    await trial.minute(0)
    await trial.minute(last_minute())
    for hours in (1, 5, 12, 30):
        assert await trial.minute(last_minute() + 60 * hours) == []
    assert len(await trial.events()) == AT_LAST


async def test_followers_are_alerted_once_for_each_event_in_its_minute(trial: Trial) -> None:
    for reader, name in enumerate(ALERTS, start=1):
        await follow(trial.database, reader, name, at=SAMPLE_NOW)
    alerted: dict[str, list[int]] = {name: [] for name in ALERTS}
    await trial.minute(0)
    for minute in range(1, last_minute() + 1):
        before = [trial.sent(reader) for reader in range(1, len(ALERTS) + 1)]
        await trial.minute(minute)
        for reader, name in enumerate(ALERTS, start=1):
            alerted[name] += [minute] * (trial.sent(reader) - before[reader - 1])
    assert alerted == ALERTS


async def test_a_rewording_edits_the_alert_and_sends_no_second_one(trial: Trial) -> None:
    await follow(trial.database, 1, "Omar al-Bashir", at=SAMPLE_NOW)
    await trial.minute(0)
    await trial.minute(3)
    (first,) = trial.post.telegram.texts(1)
    await trial.minute(4)
    assert trial.post.telegram.texts(1) == [first]
    await trial.minute(5)
    (second,) = trial.post.telegram.texts(1)
    assert second != first
    assert "International Criminal Court" in second
    assert len(trial.post.telegram.log) == 2


async def test_one_who_is_named_only_by_the_second_wording_is_told_then(trial: Trial) -> None:
    await trial.minute(0)
    await trial.minute(3)
    await follow(trial.database, 1, "Vladimir Putin", at=trial.time())
    await trial.minute(4)
    assert trial.sent(1) == 0
    await trial.minute(9)
    (text,) = trial.post.telegram.texts(1)
    assert text.startswith("Vladimir Putin, Recep Tayyip Erdoğan and Hassan Rouhani meet")
