"""The names that a wording has beside its links stand and fall with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.core.identity import entities_of
from bot.core.shown import named_articles
from bot.core.standing import observe, settle, show_at_once
from storage.model import Account, Evidence, Link, Report, Standing, Telling

START = datetime(2017, 11, 23, 12, tzinfo=UTC)
HOLD = timedelta(minutes=10)
MAYOR, EGYPT = Link("Jo Mayor", "Jo Mayor"), Link("Egypt", "Egypt")
PLAIN = Account(date(2017, 11, 23), "A bridge opens, says Jo Mayor.", names=(MAYOR,))
LOUDER = replace(PLAIN, text="A bridge opens in Egypt.", names=(EGYPT,))


def at(minute: int) -> datetime:
    return START + timedelta(minutes=minute)


def shown(standing: Standing) -> Account:
    assert standing.shown is not None
    return standing.shown


def test_names_count_when_their_wording_does() -> None:
    first = observe(Standing(), PLAIN, at(0))
    assert settle(first, at(9), HOLD).shown is None
    standing = settle(first, at(10), HOLD)
    assert shown(standing) == PLAIN
    reworded = observe(standing, LOUDER, at(20))
    assert shown(settle(reworded, at(29), HOLD)).names == (MAYOR,)
    assert shown(settle(reworded, at(30), HOLD)) == LOUDER


def test_names_alone_are_no_change_and_start_no_hold() -> None:
    standing = show_at_once(replace(PLAIN, names=()))
    later = observe(standing, PLAIN, at(20))
    assert later.since == {}
    assert settle(later, at(40), HOLD).shown == standing.shown


def test_what_waits_goes_on_waiting_when_a_name_is_known() -> None:
    first = observe(Standing(), replace(PLAIN, names=()), at(0))
    assert observe(first, PLAIN, at(8)).since == first.since


# --- beside links


def named(account: Account) -> list[tuple[str, Evidence]]:
    report = Report(1, 1, 1, 0, Telling.PUSH, START, show_at_once(account))
    return [(item.link.target, item.evidence) for item in named_articles([(report, account)])]


def test_a_link_added_later_says_who_is_meant() -> None:
    assert named(PLAIN) == [("Jo Mayor", Evidence.ALIAS)]
    other = Link("Jo Mayor (boxer)", "Jo Mayor")
    assert named(replace(PLAIN, links=(other,))) == [("Jo Mayor (boxer)", Evidence.LINK)]
    same = Link("Jo Mayor", "says")
    assert named(replace(PLAIN, links=(same,))) == [("Jo Mayor", Evidence.LINK)]


def test_names_prove_one_happening_only_where_nothing_is_linked() -> None:
    assert entities_of(PLAIN) == {"jo mayor"}
    assert entities_of(replace(PLAIN, links=(Link("Bridge", "bridge"),))) == {"bridge"}
    assert entities_of(LOUDER) == frozenset()  # a country has too much news
