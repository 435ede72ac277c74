"""The longest days of the recorded archive, page by page: all that happened, nothing broken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from bot.core.digest import one_day
from bot.services.answering import DayAnswer
from bot.sources.recordings import read_archive
from bot.sources.wikipedia import PORTALS, decode_page, page_day, page_title, read_page
from bot.standin.entities import Formatted
from bot.telegram import views
from bot.telegram.wording import Words
from storage.model import Account, Entity, Event, Evidence, Mention
from tests.support.bot_api import Schema
from tests.support.data import find_data
from tests.support.wording import masked, masked_arabic
from tests.unit.test_views import ENGLISH, parsed

PARSED, LONGEST = 40, 12
_NUMBER = re.compile(r"/event_(\d+)")
_MARKS = re.compile("[\u200e\u200f\u2066-\u2069]")


@pytest.fixture(scope="module")
def days() -> list[DayAnswer]:
    """The days with most events, each as it is asked for."""
    folder = find_data()
    path = folder / "current_events" / "days_1999-2017.tar.xz" if folder else None
    if path is None or not path.is_file():
        pytest.skip("the recorded archive is not here: set DATELINE_DATA")
    pages = sorted(read_archive(path, _day), key=lambda page: -len(page.content))[:PARSED]
    read = [_answer(page.name, page.day, decode_page(page.content)) for page in pages]
    return sorted(read, key=lambda answer: -len(_events(answer)))[:LONGEST]


def _day(name: str) -> date | None:
    try:
        return page_day(name)
    except ValueError:
        return None


def _answer(name: str, day: date, text: str) -> DayAnswer:
    page = page_title(name, PORTALS["en"])
    accounts = read_page(name, text).accounts
    events = [_event(number, each, page) for number, each in enumerate(accounts, 1)]
    return DayAnswer(day, False, one_day(day, events), (date(1999, 1, 1), date(2017, 12, 31)))


def _event(number: int, told: Account, page: str) -> Event:
    mentions = (
        Mention(Entity(n, link.target), Evidence.LINK, link.words)
        for n, link in enumerate(told.links, 1)
    )
    return Event(
        id=number,
        day=told.day,
        title=told.text,
        category=told.category,
        topics=tuple(topic.text for topic in told.topics),
        citations=told.citations,
        mentions=tuple(mentions),
        page=page,
        language=told.language,
        revision=1,
        first_shown_at=None,
        withdrawn=False,
    )


def _events(answer: DayAnswer) -> list[int]:
    return [event.id for part in answer.parts for event in part.events]


def _pages(words: Words, answer: DayAnswer) -> Iterator[Formatted]:
    """All pages of a day as Telegram takes them, their limits and buttons checked."""
    schema, page = Schema.load(), 1
    while True:
        sent = views.today(words, answer, page=page).sent()
        assert schema.check("sendMessage", {"chat_id": 1, **sent.params}) == []
        yield parsed(sent.params)
        turned = [b for row in sent.params["reply_markup"]["inline_keyboard"] for b in row]
        if not any(b["callback_data"] == f"t:{answer.day}:{page + 1}" for b in turned):
            return
        page += 1


@pytest.mark.parametrize(
    "words", [ENGLISH, masked(), masked_arabic()], ids=lambda words: words.language
)
def test_the_longest_days_page_without_losing_or_breaking_anything(
    words: Words, days: list[DayAnswer]
) -> None:
    assert len(_events(days[0])) > 40
    for answer in days:
        pages = list(_pages(words, answer))
        assert len(pages) > 1
        told = [int(number) for page in pages for number in _NUMBER.findall(page.text)]
        assert told == _events(answer)
        for page in pages:
            _check_lines(page)
            _check_folds(page)


def _check_lines(page: Formatted) -> None:
    """Each event stands in one line, from its mark to its number."""
    lines = _MARKS.sub("", page.text).splitlines()
    for line in lines:
        assert line.startswith("• ") == bool(_NUMBER.search(line)), line
        assert len(_NUMBER.findall(line)) <= 1, line
        assert line.startswith("• ") == bool(re.search(r"/event_\d+\Z", line)), line


def _check_folds(page: Formatted) -> None:
    """What is folded are whole lines, and no category shows more than its first ones open."""
    folds = [page.part(e) for e in page.entities if e.kind == "expandable_blockquote"]
    for fold in folds:
        assert all(_MARKS.sub("", line).startswith("• ") for line in fold.splitlines())
    assert sum(fold.count("/event_") for fold in folds) == _beyond_four(page)


def _beyond_four(page: Formatted) -> int:
    """How many events stand past the fourth of their category on a page."""
    count = beyond = 0
    for line in page.text.splitlines():
        count = count + 1 if "/event_" in line else 0
        beyond += count > 4
    return beyond
