"""``dateline ask``: one message to the bot, by real handlers on a real database."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.services.finding import PATIENCE
from bot.services.overview import EMPTY
from bot.sources.http.client import TIMEOUT
from bot.telegram.texts import reading as texts
from tests.support import faults
from tests.support.commands import Commands, closed_port, dateline
from tests.support.day_pages import REUTERS, WIRE, bullet, page_text
from tests.support.wiki import Wiki, wiki

__all__ = ["closed_port", "dateline", "wiki"]  # fixtures

VISIT = bullet("[[Ann Sample]] meets [[Bob Example]] in [[Samplia]]. They talk.", REUTERS, WIRE)
ELECTION = bullet("[[Ann Sample]] is elected.", ("Wire", "https://wire.example/elected"))


@pytest.fixture
def filled(dateline: Commands, tmp_path: Path) -> Commands:
    """The command line over a database with two days."""
    archive = tmp_path / "archive"
    archive.mkdir()
    for day, one in ((date(2017, 11, 22), ELECTION), (date(2017, 11, 23), VISIT)):
        name = f"2017_November_{day.day}.txt"
        (archive / name).write_text(page_text(day, [one]), encoding="utf-8")
    assert dateline("backfill", "--archive", str(archive)).code == 0
    return dateline


def buttons(call: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for row in call["buttons"] or []:
        yield from row


def test_the_answer_as_text(filled: Commands) -> None:
    ran = filled("ask", "/event 2")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "Ann Sample meets Bob Example in Samplia. They talk.\n\n"
        "23 November 2017 · Politics and elections\nAbout: Ann Sample, Bob Example, Samplia\n"
        "Sources: Reuters, Example Wire\nWikipedia’s Current events, CC BY-SA · /event_2\n"
        "[Related]  [Share]\n[Follow Ann Sample]\n[Follow Bob Example]\n\n"
    )


def test_the_answer_as_json_has_exactly_these_fields(filled: Commands) -> None:
    (call,) = filled("ask", "/event 2", "--json").calls
    assert list(call) == ["method", "text", "buttons", "document"]
    assert (call["method"], call["document"]) == ("sendMessage", None)
    assert call["text"].startswith("<b>Ann Sample meets Bob Example in Samplia.</b> They talk.")
    assert [len(row) for row in call["buttons"]] == [2, 1, 1]
    fields = {tuple(button) for row in call["buttons"] for button in row}
    assert fields == {("text", "data", "url")}
    first = call["buttons"][0][0]
    assert (first["text"], first["url"]) == ("Related", None)
    assert first["data"]
    (plain,) = filled("ask", "/related 999", "--json").calls
    assert set(plain) == set(call)


def test_a_database_without_events_is_said_to_be_empty(dateline: Commands) -> None:
    for arguments in (["/today"], ["/today", "--json"], ["/help", "--as", "Ann"]):
        ran = dateline("ask", *arguments)
        assert ran.code == 0
        assert ran.out.strip()
        assert ran.err == f"({EMPTY})\n"
        assert "`dateline run` brings them in" in ran.err


def test_a_refusal_is_an_answer_too(filled: Commands) -> None:
    for text in ("/event 999", "/today 2017-02-30", "/follow", "/nonsense"):
        ran = filled("ask", text)
        assert (ran.code, ran.err) == (0, ""), text
        assert ran.out.strip(), text


def test_readers_are_separate(filled: Commands) -> None:
    assert "You follow Ann Sample now." in filled("ask", "/follow Ann Sample").out
    follows = {
        name: "Ann Sample" in filled("ask", "/following", *said).out
        for name, said in {
            "reader": [],
            "the same": ["--as", "reader"],
            "ben": ["--as", "Ben"],
            "number": ["--as", "4711"],
        }.items()
    }
    assert follows == {"reader": True, "the same": True, "ben": False, "number": False}
    assert "You follow Samplia now." in filled("ask", "/follow Samplia", "--as", "4711").out
    assert "Samplia" in filled("ask", "/following", "--as", "4711").out
    assert "Samplia" not in filled("ask", "/following").out


def test_buttons_are_pressed_in_the_order_given(filled: Commands) -> None:
    presses = ["--press", "Follow Ann Sample", "--press", "Related"]
    calls = filled("ask", "/event 2", "--json", *presses).calls
    assert [call["method"] for call in calls] == [
        "sendMessage", "answerCallbackQuery", "editMessageReplyMarkup",
        "answerCallbackQuery", "sendMessage",
    ]  # fmt: skip
    assert calls[1]["text"].startswith("You follow Ann Sample now.")
    assert calls[-1]["text"].startswith("Related to /event_2\n")
    assert calls[-1]["text"].endswith(" Ann Sample is elected. /event_1\nContext: Ann Sample")
    assert "Ann Sample" in filled("ask", "/following").out


def test_a_button_is_looked_for_in_the_newest_message_that_has_it(filled: Commands) -> None:
    ran = filled("ask", "/event 1", "--press", "Related", "--press", "Follow Ann Sample")
    assert ran.code == 0, ran.err
    assert "Ann Sample" in filled("ask", "/following").out


def test_a_label_that_no_button_has_is_an_error_that_lists_those_there(filled: Commands) -> None:
    ran = filled("ask", "/event 2", "--press", "Dance")
    assert ran.code == 2
    assert "/event_2" in ran.out  # what the bot had answered is not lost
    assert "'Dance'" in ran.err
    assert "Follow Ann Sample" in ran.err


ODD = {
    "long": "x" * 5000,
    "long, and blank in its last part": "x" * 4096 + " \n",
    "long name": "/follow " + "y" * 5000,
    "emoji": "😀🎉",
    "many emoji": "😀" * 5000,
    "markup": "/follow <b>Ann</b> *Sample* _x_ `y` [z](w)",
    "right to left": "/follow عمر البشير \u202e",
    "a never day": "/today 2017-02-30",
    "a day without sense": "/today yesterweek",
    "no number": "/event seventeen",
    "a huge number": "/event " + "9" * 400,
    "nothing to see": "\u200b\u202e",
    "a line end": "\n\n\u2028x",
    "an unknown command": "/dance",
    "a zero": "/related 0",
    "a stranger's link": "/start f_99999",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_bad_input_gets_a_helpful_sentence(filled: Commands, text: str) -> None:
    ran = filled("ask", text)
    assert "Traceback" not in ran.err
    if ran.code == 2:  # nothing that could be said
        assert ran.err.startswith("Say something")
    else:
        assert ran.code == 0, ran.err
        assert len(ran.out.strip()) > 20
        assert texts.BROKEN not in ran.out


def test_without_a_network_it_answers_at_once(
    dateline: Commands, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "bot")
    ran = dateline("ask", "/follow Omar al-Bashir")
    assert ran.code == 0
    assert "Omar al-Bashir" in ran.out
    assert "trying again: 127.0.0.1 cannot be reached" in ran.err  # tried once, and at once


async def test_a_silent_wikipedia_is_not_waited_for_long(
    dateline: Commands, wiki: Wiki, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "bot")
    never = asyncio.Event()
    wiki.faults.extend([faults.slow(never)] * 5)
    dateline.set(WIKIPEDIA_API_URL=wiki.api_url, WIKIMEDIA_CONTACT="tests@example.org")
    ran = await dateline.beside("ask", "/follow Omar al-Bashir")
    assert wiki.at_once == 1  # it still keeps silent
    never.set()
    assert ran.code == 0
    assert ran.out.strip()
    # The reader's patience ended, long before that of who fetches pages.
    assert "could not be looked up, trying again: no answer in time" in ran.err
    assert PATIENCE <= TIMEOUT / 10


async def test_a_name_is_looked_up_at_wikipedia(dateline: Commands, wiki: Wiki) -> None:
    wiki.set_article("Omar al-Bashir", qid="Q57310", description="President of Sudan")
    dateline.set(WIKIPEDIA_API_URL=wiki.api_url, WIKIMEDIA_CONTACT="tests@example.org")
    ran = await dateline.beside("ask", "/follow Omar al-Bashir")
    assert "You follow Omar al-Bashir now." in ran.out
    assert "President of Sudan" in ran.out
