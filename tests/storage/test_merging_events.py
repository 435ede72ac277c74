"""Two events that turn out to be one: what is asked of them then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from storage.database import Database
from storage.events import Sought
from storage.model import Telling
from storage.tables import EventRow, MergeRow, ReportRow
from tests.support.merging import BRIDGE, DAY, FLOOD, VOTE, merge, two, unmerge
from tests.support.portal import START, Portal, entity
from tests.support.rows import column
from tests.support.story import account


async def test_every_number_leads_to_the_older_event_with_the_sources_of_both(
    database: Database,
) -> None:
    portal = await two(database)
    assert await merge(database, 2, 1) == 1
    kept, gone = await portal.event(1), await portal.event(2)
    assert kept == gone
    assert (kept.id, kept.merged_from, kept.title) == (1, (2,), FLOOD.text)
    assert set(kept.citations) == {*FLOOD.citations, *BRIDGE.citations}
    assert [each.label for each in kept.entities] == ["Springfield", "Shelbyville"]
    assert await column(database, ReportRow.event_id) == [1, 1]


async def test_what_is_gone_is_in_no_list_and_no_count(database: Database) -> None:
    portal = await two(database)
    springfield = await entity(database, "Shelbyville")
    await merge(database)
    async with database.reading() as tx:
        listed = [
            await tx.events.of_day(DAY),
            await tx.events.first_shown(START, START + timedelta(days=1), DAY),
            await tx.events.latest_of(springfield, 5),
            await tx.events.many([2, 1]),
        ]
        found = [await tx.events.search(Sought([word]), 5) for word in ("flood", "bridge")]
        named = await tx.events.naming([springfield], DAY, DAY)
        counts = (
            await tx.events.count(),
            await tx.events.count_by_month(),
            await tx.events.count_by_day(springfield, DAY, DAY),
        )
    assert [[event.id for event in events] for events in listed] == [[1]] * 4
    assert [[event.id for event in events] for events in found] == [[1], [1]]
    assert [each.event_id for each in named] == [1]
    assert counts == ((1, 0), {"2017-11": 1}, {DAY: 1})
    assert [event.id for event in await portal.events()] == [1]


async def test_an_event_is_found_by_the_newest_words_of_each_of_its_reports(
    database: Database,
) -> None:
    portal = await two(database)
    await merge(database)
    before = await portal.event(1)
    reworded = account("2017-11-23", "In [[Shelbyville]] a bridge collapses.")
    await portal.stand(20, FLOOD, replace(reworded, citations=BRIDGE.citations))
    async with database.reading() as tx:
        found = [await tx.events.search(Sought([word]), 5) for word in ("collapses", "falls")]
    assert [[event.id for event in events] for events in found] == [[1], []]
    assert (await portal.event(1)).revision == before.revision


async def test_merging_again_changes_nothing(database: Database) -> None:
    portal = await two(database)
    await merge(database)
    event = await portal.event(1)
    assert [await merge(database, *pair) for pair in ((1, 2), (2, 1), (2, 2))] == [1, 1, 1]
    assert await portal.event(1) == event
    assert len(await column(database, MergeRow.id)) == 1


async def test_readers_first_saw_an_event_when_they_first_saw_either(database: Database) -> None:
    late, early = (
        Portal(database),
        Portal(database, page="2017_November_24", day=date(2017, 11, 24)),
    )
    await late.poll(0, FLOOD)
    await early.poll(0, account("2017-11-24", BRIDGE.text), telling=Telling.SILENT)
    await merge(database)
    assert (await late.event(1)).first_shown_at == START


async def test_a_chain_leads_to_the_oldest_and_comes_apart_again(database: Database) -> None:
    portal = Portal(database)
    await portal.stand(0, FLOOD, BRIDGE, VOTE)
    await merge(database, 2, 3)
    await merge(database, 1, 3)
    assert await column(database, EventRow.merged_into) == [None, 1, 1]
    assert (await portal.event(3)).merged_from == (2, 3)
    assert await unmerge(database, 2) == 1
    assert await column(database, EventRow.merged_into) == [None, None, 2]
    assert await column(database, ReportRow.event_id) == [1, 2, 2]
    assert await unmerge(database, 3) == 2
    assert [event.title for event in await portal.events()] == [FLOOD.text, BRIDGE.text, VOTE.text]


async def test_a_middle_one_that_comes_apart_no_longer_takes_what_left_before(
    database: Database,
) -> None:
    portal = Portal(database)
    await portal.stand(0, FLOOD, BRIDGE, VOTE)
    await merge(database, 2, 3)
    await merge(database, 1, 2)
    assert await unmerge(database, 3) == 1
    await merge(database, 1, 3)
    await unmerge(database, 2)
    assert await column(database, ReportRow.event_id) == [1, 2, 1]
    assert await column(database, EventRow.merged_into) == [None, None, 1]
    assert set((await portal.event(1)).citations) == {*FLOOD.citations, *VOTE.citations}


async def test_what_was_merged_is_one_of_its_own_again_with_its_own_reports(
    database: Database,
) -> None:
    portal = await two(database)
    before = await portal.events()
    await merge(database)
    assert await unmerge(database) == 1
    after = await portal.events()
    assert [(e.id, e.title, e.citations, e.mentions) for e in after] == [
        (e.id, e.title, e.citations, e.mentions) for e in before
    ]
    assert await unmerge(database) is None
    assert await unmerge(database, 1) is None
    assert await unmerge(database, 99) is None


async def test_a_report_that_came_after_the_merge_stays_with_the_survivor(
    database: Database,
) -> None:
    portal = await two(database)
    await merge(database)
    async with database.transaction() as tx:
        event = await tx.events.survivor(2)
    assert event == 1
    await portal.stand(20, FLOOD, BRIDGE, VOTE)
    await merge(database, 1, 3)
    await unmerge(database, 2)
    assert await column(database, ReportRow.event_id) == [1, 2, 1]


async def test_who_was_parted_is_kept_apart_by_whatever_its_number_leads_to(
    database: Database,
) -> None:
    portal = Portal(database)
    await portal.stand(0, FLOOD, BRIDGE, VOTE)
    async with database.reading() as tx:
        assert await tx.events.kept_apart() == []
    await merge(database, 2, 3)
    await unmerge(database, 3)
    async with database.reading() as tx:
        assert await tx.events.kept_apart() == [(2, 3)]
    await merge(database, 1, 2)
    async with database.reading() as tx:
        assert await tx.events.kept_apart() == [(1, 3)]
    await merge(database, 1, 3)  # an operator may think better of it
    async with database.reading() as tx:
        assert await tx.events.kept_apart() == []


async def test_a_number_leads_to_its_survivor_shown_or_not(database: Database) -> None:
    portal = Portal(database)
    await portal.poll(0, FLOOD, BRIDGE)
    await merge(database)
    async with database.reading() as tx:
        leads = [await tx.events.survivor(number) for number in (1, 2, 3, 0, 2**63)]
        assert await tx.events.get(2) is None
    assert leads == [1, 1, None, None, None]
    await portal.poll(10, FLOOD, BRIDGE)
    assert (await portal.event(2)).id == 1


async def test_a_name_in_full_counts_like_a_link(database: Database) -> None:
    before = account("2017-11-20", "[[New Springfield]] is dry.")
    named = account("2017-11-23", "Rain in New Springfield.")
    old = Portal(database, page="2017_November_20", day=date(2017, 11, 20))
    await old.stand(0, before)
    await Portal(database).stand(0, named)
    async with database.reading() as tx:
        event = await tx.events.get(2)
        assert event is not None
        related = await tx.events.related(event, 5)
        busiest = await tx.events.busiest(date(2017, 11, 1), 5)
    assert [(each.id, [e.label for e in shared]) for each, shared in related] == [
        (1, ["New Springfield"])
    ]
    assert [each.label for each in busiest] == ["New Springfield"]
