"""The questions that readers ask of events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from storage.database import Database
from storage.events import Sought
from storage.model import Evidence, Telling
from tests.support.portal import entity
from tests.support.story import NOON, Story, account


@pytest.fixture
def story(database: Database) -> Story:
    """Pages that tell what the tests want told."""
    return Story(database)


async def related(database: Database, number: int, limit: int = 5) -> list[tuple[int, list[str]]]:
    async with database.reading() as tx:
        event = await tx.events.get(number)
        assert event is not None
        found = await tx.events.related(event, limit)
    return [(each.id, [entity.label for entity in shared]) for each, shared in found]


async def test_related_by_most_shared_then_newest_then_lower_number(
    database: Database, story: Story
) -> None:
    old = await story.tell(account("2017-11-01", "[[Omar]] meets [[Vlad]]."))
    newer = await story.tell(account("2017-11-20", "[[Vlad]] speaks."))
    twin = await story.tell(account("2017-11-20", "[[Vlad]] speaks once more."))
    older = await story.tell(account("2017-11-10", "[[Omar]] speaks."))
    asked = await story.tell(account("2017-11-23", "[[Vlad]] calls [[Omar]]."))
    assert await related(database, asked) == [
        (old, ["Vlad", "Omar"]),
        (newer, ["Vlad"]),
        (twin, ["Vlad"]),
        (older, ["Omar"]),
    ]
    assert len(await related(database, asked, limit=2)) == 2


async def test_only_earlier_days_and_own_links_relate(database: Database, story: Story) -> None:
    await story.tell(account("2017-11-24", "[[Vlad]] speaks later."))
    await story.tell(account("2017-11-23", "[[Vlad]] speaks the same day."))
    await story.tell(account("2017-11-20", "They talk.", topics=["[[Vlad]]"]))
    asked = await story.tell(account("2017-11-23", "[[Vlad]] calls."))
    assert await related(database, asked) == []


async def test_shared_topics_alone_do_not_relate(database: Database, story: Story) -> None:
    await story.tell(account("2017-11-20", "[[Vlad]] speaks."))
    asked = await story.tell(account("2017-11-23", "They talk.", topics=["[[Vlad]]"]))
    assert await related(database, asked) == []


async def test_withdrawn_events_relate_to_nothing(database: Database, story: Story) -> None:
    gone = account("2017-11-20", "[[Vlad]] speaks.")
    await story.tell(gone)
    await story.withdraw(gone)
    asked = await story.tell(account("2017-11-23", "[[Vlad]] calls."))
    assert await related(database, asked) == []


async def test_a_day_has_its_events_but_not_those_withdrawn(
    database: Database, story: Story
) -> None:
    gone = account("2017-11-23", "A rumour.")
    numbers = [
        await story.tell(account("2017-11-23", "One thing.")),
        await story.tell(gone),
        await story.tell(account("2017-11-23", "Another thing.")),
    ]
    await story.tell(account("2017-11-22", "The day before."))
    await story.withdraw(gone)
    async with database.reading() as tx:
        found = await tx.events.of_day(date(2017, 11, 23))
        withdrawn = await tx.events.get(numbers[1])
    assert [event.id for event in found] == [numbers[0], numbers[2]]
    assert withdrawn is not None
    assert withdrawn.withdrawn


async def test_the_latest_events_of_an_entity_however_it_is_named(
    database: Database, story: Story
) -> None:
    told = [
        await story.tell(account("2017-11-20", "[[Vlad]] speaks.", topics=["[[Vlad]]"])),
        await story.tell(account("2017-11-22", "They talk.", topics=["[[Vlad]]"])),
        await story.tell(account("2017-11-22", "[[Vlad]] calls.")),
        await story.tell(account("2017-11-21", "[[Omar]] calls.")),
    ]
    async with database.reading() as tx:
        found = await tx.events.latest_of(await entity(database, "Vlad"), 5)
        two = await tx.events.latest_of(await entity(database, "Vlad"), 2)
    assert [event.id for event in found] == [told[2], told[1], told[0]]
    assert [event.id for event in two] == [told[2], told[1]]


async def test_events_first_shown_between_two_times(database: Database, story: Story) -> None:
    backfilled = await story.tell(account("2001-09-09", "Long ago."), telling=Telling.PUSH)
    story.at = NOON + timedelta(hours=1)
    later = await story.tell(account("2017-11-23", "Today."), telling=Telling.PUSH)
    await story.tell(account("2017-11-23", "Nothing for anybody."))
    async with database.reading() as tx:
        both = await tx.events.first_shown(NOON, NOON + timedelta(hours=2), date.min)
        first = await tx.events.first_shown(NOON, NOON + timedelta(hours=1), date.min)
        recent = await tx.events.first_shown(NOON, NOON + timedelta(days=1), date(2017, 11, 1))
    assert [event.id for event in both] == [backfilled, later]
    assert [event.id for event in first] == [backfilled]
    assert [event.id for event in recent] == [later]


async def search(
    database: Database, *words: str, phrases: Sequence[str] = (), without: Sequence[str] = ()
) -> list[int]:
    async with database.reading() as tx:
        found = await tx.events.search(Sought(words, phrases, without), 10)
    return [event.id for event in found]


async def test_search_finds_events_with_all_words_newest_first(
    database: Database, story: Story
) -> None:
    old = await story.tell(account("2017-11-01", "[[Robert Mugabe|Mugabe]] resigns."))
    new = await story.tell(account("2017-11-21", "Zimbabwe's [[Robert Mugabe|leader]] speaks."))
    assert await search(database, "mugabe") == [new, old]
    assert await search(database, "mug") == [new, old]
    assert await search(database, "mugabe", "resign") == [old]
    assert await search(database, "gabe") == []
    assert await search(database, "mugabe", "flood") == []


async def test_search_takes_phrases_and_words_that_must_not_occur(
    database: Database, story: Story
) -> None:
    talks = await story.tell(account("2017-11-01", "Peace talks on Syria begin."))
    russia = await story.tell(account("2017-11-02", "Talks with Russians on Syria, not of peace."))
    russian = await story.tell(account("2017-11-03", "Russia talks of Syria. Peace is far."))
    assert await search(database, "syria", "talks") == [russian, russia, talks]
    assert await search(database, phrases=["peace talks"]) == [talks]
    assert await search(database, phrases=["peace talk"]) == []
    assert await search(database, "syria", without=["russia"]) == [russia, talks]
    assert await search(database, "syria", without=["of peace", "russia talks"]) == [talks]


async def test_how_many_of_the_newest_events_have_a_word(database: Database, story: Story) -> None:
    for day in range(1, 5):
        await story.tell(account(f"2017-11-0{day}", "It rains." if day < 4 else "Then it snows."))
    async with database.reading() as tx:
        counts = [await tx.events.count_having(Sought(["rain"]), most) for most in (1, 2, 4, 9)]
        assert await tx.events.count_having(Sought(["it"], without=["snows"]), 9) == (3, 4)
    assert counts == [(0, 1), (1, 2), (3, 4), (3, 4)]


@pytest.mark.parametrize("pattern", ["%", "_", "\\", "m%e", "m_gabe", "'"])
async def test_search_takes_no_patterns(database: Database, story: Story, pattern: str) -> None:
    await story.tell(account("2017-11-01", "Mugabe resigns."))
    assert await search(database, pattern) == []


async def test_an_event_tells_all_that_readers_see(database: Database, story: Story) -> None:
    said = account(
        "2017-11-23",
        "[[Robert Mugabe|He]] resigns.",
        category="Politics and elections",
        topics=["[[2017 coup|Coup]]", "Talks"],
        sources=[("Reuters", "https://a.example/1"), ("BBC", "https://b.example/2")],
    )
    number = await story.tell(said)
    async with database.reading() as tx:
        event = await tx.events.get(number)
    assert event is not None
    assert (event.day, event.title, event.category) == (said.day, "He resigns.", said.category)
    assert event.topics == ("Coup", "Talks")
    assert event.citations == said.citations
    assert [(m.entity.label, m.evidence, m.words) for m in event.mentions] == [
        ("Robert Mugabe", Evidence.LINK, "He"),
        ("2017 coup", Evidence.TOPIC, "Coup"),
        ("Talks", Evidence.TOPIC, "Talks"),
    ]
    assert event.first_shown_at == datetime(2017, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize("number", [0, -1, 99, 2**63, 2**70])
async def test_a_number_of_no_event(database: Database, number: int) -> None:
    async with database.reading() as tx:
        assert await tx.events.get(number) is None


async def test_many_events_come_in_the_order_asked_for(database: Database, story: Story) -> None:
    numbers = [await story.tell(account("2017-11-23", f"Thing {n}.")) for n in range(3)]
    asked = [numbers[2], 999, numbers[0]]
    async with database.reading() as tx:
        found = await tx.events.many(asked)
        assert await tx.events.many([]) == []
        assert len(await tx.events.many([*range(40_000)])) == 3
    assert [event.id for event in found] == [numbers[2], numbers[0]]


async def test_how_many_and_since_when(database: Database, story: Story) -> None:
    async with database.reading() as tx:
        assert await tx.events.days() is None
        assert await tx.events.count() == (0, 0)
    gone = account("2017-11-23", "A rumour.")
    await story.tell(gone)
    await story.tell(account("2017-10-31", "A ghost."))
    await story.withdraw(gone)
    async with database.reading() as tx:
        assert await tx.events.days() == (date(2017, 10, 31), date(2017, 11, 23))
        assert await tx.events.count() == (2, 1)
        assert await tx.events.count_by_month() == {"2017-10": 1}


async def test_who_is_in_most_events(database: Database, story: Story) -> None:
    await story.tell(account("2017-11-01", "[[Omar]] speaks."))
    await story.tell(account("2017-11-22", "[[Vlad]] meets [[Jo]]."))
    await story.tell(account("2017-11-23", "[[Vlad]] speaks."))
    async with database.reading() as tx:
        found = await tx.events.busiest(date(2017, 11, 20), 5)
    assert [each.label for each in found] == ["Vlad", "Jo"]
