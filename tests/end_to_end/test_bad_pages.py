"""Pages that are empty, vandalised, cut off or no wikitext change nothing that they should not."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator

import pytest

from bot.telegram.texts import events as texts
from storage.database import Database
from tests.support import faults
from tests.support.day_pages import REUTERS, WIRE, bullet, page_text
from tests.support.newsroom import Newsroom, newsroom

STORM = bullet("A storm hits [[Port Example]].", ("Reuters", "https://reuters.example/storm"))
VISIT = bullet("[[Ann Sample]] meets [[Bob Example]] in [[Samplia]]. They talk.", REUTERS, WIRE)


@pytest.fixture
async def room(database: Database, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Newsroom]:
    """A reader who follows somebody in two standing events and has had the alert of each."""
    caplog.set_level(logging.INFO, "bot")
    async with newsroom(database) as one:
        one.wiki.set_article("Ann Sample", qid="Q1", labels={"en": "Ann Sample"})
        one.publish(STORM)
        await one.minutes(1)
        await one.follow("Ann Sample")
        one.publish(STORM, VISIT)
        await one.hold_passes()
        assert [call.method for call in one.new_calls()] == ["sendMessage"]
        yield one
        one.check_requests()


@pytest.mark.parametrize(
    "text",
    ["", "   ", "#REDIRECT [[Elsewhere]]", "<html><body>502 Bad Gateway</body></html>", "x" * 9000],
    ids=["empty", "blank", "redirect", "html", "noise"],
)
async def test_a_page_that_is_no_page_withdraws_nothing_and_is_logged(
    room: Newsroom, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    room.write(text)
    await room.minutes(90)
    assert room.new_calls() == []
    assert "2017_November_24: unreadable version" in caplog.text
    room.publish(STORM, VISIT.replace("They talk.", "They smile."))
    await room.hold_passes()
    assert [call.method for call in room.new_calls()] == ["editMessageText"]


async def test_half_a_page_waits_for_a_second_look(room: Newsroom) -> None:
    more = bullet("[[Samplia]] votes.", ("Wire", "https://wire.example/vote"))
    room.publish(STORM, VISIT, more)
    await room.hold_passes()
    room.new_calls()
    room.publish(STORM)
    await room.minutes(50)
    assert room.new_calls() == []
    room.publish(STORM, VISIT, more)
    await room.minutes(60)
    assert room.new_calls() == []


async def test_an_hour_later_half_a_page_is_believed(room: Newsroom) -> None:
    room.publish(STORM, VISIT, bullet("[[Samplia]] votes.", ("Wire", "https://wire.example/vote")))
    await room.hold_passes()
    room.new_calls()
    room.publish(STORM)
    await room.minutes(75)
    assert [call.method for call in room.new_calls()] == ["editMessageText"]
    assert texts.WITHDRAWN in room.talk.newest().text


async def test_a_missing_page_withdraws_nothing(room: Newsroom) -> None:
    room.wiki.pages.clear()
    await room.minutes(90)
    assert room.new_calls() == []


async def test_what_is_no_report_is_dropped_and_logged(
    room: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    room.publish(STORM, VISIT, "*[[Ann Sample]] is a fool and nobody says so.")
    await room.minutes(60)
    assert room.new_calls() == []
    assert "is a fool" in "".join(r.getMessage() for r in caplog.records if "dropped" in r.msg)


async def test_a_page_cut_off_in_the_middle_keeps_what_it_still_says(room: Newsroom) -> None:
    whole = page_text(room.today, [STORM, VISIT, bullet("[[Ann Sample]] sleeps.", WIRE)])
    room.write(whole[: whole.index("sleeps")])
    await room.minutes(60)
    assert room.new_calls() == []


async def test_a_vandal_who_is_undone_in_time_is_never_seen(room: Newsroom) -> None:
    room.write(page_text(room.today, [VISIT.replace("Bob Example", "Your Mother") * 20]))
    await room.minutes(5)
    room.publish(STORM, VISIT)
    await room.minutes(60)
    assert room.new_calls() == []
    assert "Your Mother" not in (await room.talk.say("/today")).text


async def test_markup_in_a_page_stays_text(room: Newsroom) -> None:
    name = "Ann <b>&amp; *Co*_"
    room.publish(STORM, VISIT.replace("They talk.", f"{name} [[Ann Sample|<i>she</i>]] & ‮eht"))
    await room.hold_passes()
    (edit,) = room.new_calls()
    assert (edit.method, edit.ok) == ("editMessageText", True)
    assert "& *Co*_" in room.talk.newest().text


@pytest.mark.parametrize("fault", [faults.status(503), faults.cut_off(), faults.raw(b"[]")])
async def test_a_wiki_that_fails_is_asked_again(
    room: Newsroom, fault: faults.Fault, caplog: pytest.LogCaptureFixture
) -> None:
    room.wiki.faults.extend([fault, fault])
    room.publish(STORM, VISIT.replace("They talk.", "They smile."))
    await room.minutes(6)
    assert "the portal could not be read" in caplog.text
    await room.minutes(20)
    assert [call.method for call in room.new_calls()] == ["editMessageText"]
    assert "They smile." in room.talk.newest().text
