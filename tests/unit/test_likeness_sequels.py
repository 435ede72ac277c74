"""What is alike and another event: another matter of the same person, and what comes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.core.likeness import ComparedReport, RecentReports

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
WALL = "Ann Sample-Peters opens the sea wall of Port Example after the floods of last winter."
AGAIN = "Sea wall of Port Example opened by Ann Sample-Peters, a year after the winter floods."
OTHER = "Ann Sample-Peters dismisses the governor and names another treasurer."


def told(number: int, text: str, *entities: str, hours: float = 0) -> ComparedReport:
    """A report of a source of its own."""
    at = NOW + timedelta(hours=hours)
    return ComparedReport(number, number, number, at, text, entities=frozenset(entities))


def event_of(known: ComparedReport, new: ComparedReport) -> int | None:
    """The event that a report joins where only another one is known."""
    recent = RecentReports()
    recent.keep(known)
    return recent.join(new)


def test_a_person_alone_makes_no_event() -> None:
    person = "ann sample-peters"
    assert event_of(told(1, OTHER, person), told(2, WALL, person)) is None
    assert event_of(told(1, AGAIN, person), told(2, WALL, person)) == 1


def test_one_word_in_common_makes_no_event() -> None:
    assert event_of(told(1, "Quokka fair begins"), told(2, "Vet treats injured quokka")) is None


def test_what_comes_days_later_must_be_more_alike() -> None:
    first = told(1, "Fire damages the old harbour market; traders count their losses.")
    words = "Harbour market traders meet councillors, who promise cheap loans and a new roof."
    soon = event_of(first, told(2, words))
    assert (soon, event_of(first, told(2, words, hours=60))) == (1, None)
    same = told(2, "Fire damages old harbour market, traders count losses", hours=60)
    assert event_of(first, same) == 1


def test_another_verb_at_one_time_is_another_word_for_it_and_later_what_followed() -> None:
    first = told(1, "Former leader Ann Sample arrested in Shelbyville corruption case")
    for verb in ("freed", "acquitted by judges"):
        words = f"Former leader Ann Sample {verb} in Shelbyville corruption case"
        again = told(2, f"{words} after hearing")
        assert [event_of(first, told(2, words, hours=hours)) for hours in (1, 7)] == [1, None]
        assert event_of(first, replace(again, at=NOW + timedelta(hours=7))) is None
    same = "Ann Sample, former leader, arrested in Shelbyville corruption case on Sunday"
    assert event_of(first, told(2, same, hours=7)) == 1
