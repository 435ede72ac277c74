"""What cited pages say becomes the summaries and pictures of events, and what stands against it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.core.schedule import TOO_OLD
from bot.errors import SourceBusy, SourceUnreachable, SourceUnreadable
from bot.services.housekeeping import HEADS_KEPT, Housekeeping
from bot.services.looking import AT_ONCE, LEASE, RECENT, RETRIES, Looking
from bot.sources.http import Response
from storage.database import Database
from storage.model import Account, Event, Telling
from storage.tables import HeadRow
from tests.support.heads import article_page
from tests.support.portal import START, Portal, edit_all, follow, send_all
from tests.support.post import Clock
from tests.support.rows import count, shift_lease
from tests.support.story import account

DAY = START.date().isoformat()
FERRY = "https://paper.example/ferry-1234"
WIRE = "https://wire.example/ship-5678"
TOLD = "The harbour office says that the engine failed at noon."
PICTURE = "https://cdn.example/ferry.jpg"


@dataclass
class Press:
    """Publishers whose pages a test writes, and a process that looks at them."""

    database: Database
    clock: Clock = field(default_factory=Clock)
    pages: dict[str, bytes | Exception] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    portal: Portal = field(init=False)
    looking: Looking = field(init=False)

    def __post_init__(self) -> None:
        self.portal = Portal(self.database)
        self.looking = self.process("one")

    def process(self, holder: str) -> Looking:
        """A process that looks."""
        return Looking(self.database, self.fetch, clock=self.clock, holder=holder)

    def write(self, address: str, description: str = TOLD, picture: str = PICTURE) -> None:
        """A page of an article."""
        self.pages[address] = article_page(f"Title of {address}", description, picture)

    async def fetch(self, address: str) -> Response:
        self.asked.append(address)
        page = self.pages.get(address, SourceUnreadable("status 404"))
        if isinstance(page, Exception):
            raise page
        return Response(200, address, {"content-type": "text/html"}, page)

    async def look(self, after: timedelta = timedelta(0)) -> list[str]:
        """Look once; the addresses that were asked for."""
        self.clock.now += after
        before = len(self.asked)
        await self.looking.look()
        return self.asked[before:]

    async def event(self) -> Event:
        """The only event that readers see."""
        (event,) = await self.portal.events()
        return event


@pytest.fixture
async def press(database: Database) -> Press:
    """A paper and a wire with a page each."""
    press = Press(database)
    press.write(FERRY)
    press.write(WIRE, "What the wire says of the ship and its engine.", "")
    return press


def told(*urls: str, text: str = "A [[Ferry]] returns to port.") -> Account:
    return account(DAY, text, sources=[("Paper", url) for url in urls])


# --- What comes of it ------------------------------------------------------------------


async def test_a_page_is_read_during_the_hold_so_that_the_event_comes_with_its_summary(
    press: Press,
) -> None:
    await press.portal.poll(0, told(FERRY))
    assert await press.look() == [FERRY]
    assert await press.portal.events() == []
    await press.portal.poll(10, told(FERRY))
    event = await press.event()
    assert (event.summary, event.picture, event.revision) == (TOLD, PICTURE, 1)
    assert [citation.language for citation in event.citations] == ["en"]


async def test_a_page_read_later_rewords_the_alert_once(press: Press) -> None:
    await follow(press.database, 1, "Ferry")
    await press.portal.stand(0, told(FERRY, WIRE))
    (sent,) = await send_all(press.database, press.portal.at(10))
    assert sorted(await press.look(timedelta(minutes=11))) == [FERRY, WIRE]
    event = await press.event()
    assert (event.summary, event.picture, event.revision) == (TOLD, PICTURE, 2)
    assert await edit_all(press.database, press.clock()) == [sent]
    assert await press.look(timedelta(days=1)) == []
    assert await edit_all(press.database, press.clock()) == []
    assert await send_all(press.database, press.clock()) == []


async def test_both_events_that_cite_a_page_get_its_summary(press: Press) -> None:
    await press.portal.stand(
        0, told(FERRY, text="[[Ann]] wins."), told(FERRY, text="[[Bob]] sails.")
    )
    assert await press.look() == [FERRY]
    events = await press.portal.events()
    assert {event.summary for event in events} == {TOLD}


async def test_the_page_is_asked_for_where_it_opens_without_what_tracks_readers(
    press: Press,
) -> None:
    await press.portal.poll(0, told(f"{FERRY}?utm_source=portal#top", f"{FERRY}?utm_source=b"))
    assert await press.look() == [FERRY]


async def test_what_a_site_says_of_each_article_is_no_summary(press: Press) -> None:
    other = "https://paper.example/other-99"
    press.write(other)
    await press.portal.stand(0, told(FERRY))
    await press.look()
    assert (await press.event()).summary == TOLD
    both = (told(FERRY), told(other, text="[[Malta]] votes."))
    await press.portal.poll(20, *both)
    assert await press.look() == [other]
    await press.portal.poll(30, *both)
    assert [event.summary for event in await press.portal.events()] == ["", ""]


async def test_one_description_on_two_sites_stays(press: Press) -> None:
    press.write(WIRE)
    await press.portal.stand(0, told(FERRY), told(WIRE, text="[[Malta]] votes."))
    await press.look()
    assert {event.summary for event in await press.portal.events()} == {TOLD}


# --- What is asked for -----------------------------------------------------------------


async def test_a_page_is_asked_for_once(press: Press) -> None:
    await press.portal.poll(0, told(FERRY))
    assert await press.look() == [FERRY]
    await press.portal.poll(1, told(FERRY, WIRE))
    assert await press.look() == [WIRE]
    assert await press.look(timedelta(hours=1)) == []


async def test_first_sources_go_first_twenty_at_a_time(press: Press) -> None:
    accounts = [
        told(*(f"https://{place}.example/{n}-1234" for place in "ab"), text=f"[[Ship {n}]] sails.")
        for n in range(AT_ONCE)
    ]
    await press.portal.poll(0, *accounts)
    assert {url[8] for url in await press.look()} == {"a"}
    second = await press.look()
    assert (len(second), {url[8] for url in second}) == (AT_ONCE, {"b"})
    assert await press.look() == []


@pytest.mark.parametrize("telling", [Telling.SILENT, Telling.CATCH_UP])
async def test_what_is_told_to_nobody_is_not_looked_at(press: Press, telling: Telling) -> None:
    await press.portal.poll(0, told(FERRY), telling=telling)
    assert await press.look() == ([] if telling is Telling.SILENT else [FERRY])


async def test_front_pages_and_what_was_seen_long_ago_are_not_looked_at(press: Press) -> None:
    await press.portal.poll(0, told("https://paper.example/", "https://paper.example/live"))
    assert await press.look() == []
    await press.portal.poll(0, told(FERRY))
    assert await press.look(RECENT + timedelta(minutes=1)) == []


async def test_what_happened_long_ago_is_not_looked_at(press: Press) -> None:
    press.portal.day = (START - TOO_OLD - timedelta(days=1)).date()
    await press.portal.poll(0, told(FERRY))
    assert await press.look() == []


async def test_what_only_an_earlier_wording_cited_is_not_looked_at(press: Press) -> None:
    await press.portal.poll(0, told(FERRY))
    await press.portal.poll(1, told(WIRE))
    assert await press.look() == [WIRE]
    assert await press.look() == []


# --- What goes wrong -------------------------------------------------------------------


async def test_an_unreachable_page_is_tried_three_times(press: Press) -> None:
    press.pages[FERRY] = SourceUnreachable("no connection")
    await press.portal.poll(0, told(FERRY))
    assert await press.look() == [FERRY]
    for wait in RETRIES:
        assert await press.look(wait - timedelta(seconds=1)) == []
        assert await press.look(timedelta(seconds=1)) == [FERRY]
    assert await press.look(timedelta(days=1)) == []


async def test_a_page_that_is_there_again_is_read(press: Press) -> None:
    press.pages[FERRY] = SourceUnreachable("no connection")
    await press.portal.stand(0, told(FERRY))
    await press.look()
    press.write(FERRY)
    assert await press.look(RETRIES[0]) == [FERRY]
    assert (await press.event()).summary == TOLD
    assert await press.look(timedelta(days=1)) == []


async def test_a_busy_server_is_left_alone_as_long_as_it_asks(press: Press) -> None:
    press.pages[FERRY] = SourceBusy("wait", 7200)
    await press.portal.poll(0, told(FERRY))
    assert await press.look() == [FERRY]
    assert await press.look(timedelta(seconds=7199)) == []
    assert await press.look(timedelta(seconds=1)) == [FERRY]


@pytest.mark.parametrize(
    "page",
    [SourceUnreadable("status 404"), ValueError("what nobody thought of"), b"%PDF-1.4", b"",
     b"<html><title>Access Denied</title>"],
)  # fmt: skip
async def test_what_cannot_be_read_is_given_up_and_hurts_no_other(
    press: Press, page: bytes | Exception
) -> None:
    press.pages[FERRY] = page
    await press.portal.stand(0, told(FERRY, WIRE))
    assert sorted(await press.look()) == [FERRY, WIRE]
    event = await press.event()
    assert (event.summary, event.picture) == (
        "What the wire says of the ship and its engine.",
        None,
    )
    assert await press.look(timedelta(days=1)) == []


# --- Several processes -----------------------------------------------------------------


async def test_only_one_process_looks(press: Press) -> None:
    await press.portal.poll(0, told(FERRY))
    await press.look()
    await press.portal.poll(1, told(FERRY, WIRE))
    other = press.process("two")
    assert await other.look() == []
    assert press.asked == [FERRY]
    await press.looking.release()
    await other.look()
    assert press.asked == [FERRY, WIRE]


async def test_who_took_too_long_keeps_nothing(press: Press) -> None:
    class Slow(Press):
        async def fetch(self, address: str) -> Response:
            await shift_lease(self.database, LEASE, -timedelta(hours=1))
            async with self.database.transaction() as tx:
                assert await tx.leases.take(LEASE, "another", 60)
            return await super().fetch(address)

    slow = Slow(press.database, pages=press.pages)
    await slow.portal.stand(0, told(FERRY))
    assert await slow.look() == [FERRY]
    assert (await slow.event()).summary == ""
    await shift_lease(press.database, LEASE, -timedelta(hours=1))
    assert await press.look() == [FERRY]
    assert (await press.event()).summary == TOLD


# --- Housekeeping ----------------------------------------------------------------------


async def test_heads_go_when_no_event_of_the_last_month_cites_them(press: Press) -> None:
    await press.portal.poll(0, told(FERRY))
    await press.look()
    sweep = Housekeeping(press.database, clock=press.clock).sweep
    press.clock.now = START + HEADS_KEPT
    await sweep()
    assert await count(press.database, HeadRow) == 1
    press.clock.now += timedelta(days=1)
    await sweep()
    assert await count(press.database, HeadRow) == 0
    assert await press.look() == []
