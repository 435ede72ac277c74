"""Lines around bullets: what belongs to a bullet, stands for itself, or is a heading."""

from __future__ import annotations

import pytest

from bot.sources.wikipedia import read_page
from storage.model import Account

PAGE = "2017_November_23"
SOURCE = "[http://a.example.org/1 (A)]"
OTHER = "[http://b.example.org/2 (B)]"


def accounts(*lines: str) -> tuple[Account, ...]:
    return read_page(PAGE, "\n".join(lines)).accounts


def told(*lines: str) -> list[tuple[str, str]]:
    return [(each.reason, each.text) for each in read_page(PAGE, "\n".join(lines)).dropped]


def texts(*lines: str) -> list[str]:
    return [each.text for each in accounts(*lines)]


def topics(account: Account) -> list[str]:
    return [topic.text for topic in account.topics]


def test_line_behind_a_bullet_with_its_source_is_none_of_its_words() -> None:
    lines = [f"* Ann wins. {SOURCE}", "Bob was here", "* Cid rests. " + OTHER]
    assert texts(*lines) == ["Ann wins.", "Cid rests."]
    assert told(*lines) == [("outside the list", "Bob was here")]


@pytest.mark.parametrize("line", [OTHER, f"and {OTHER}", f"<ref>{OTHER}</ref>", f"; {OTHER}"[2:]])
def test_sources_on_lines_of_their_own_belong_to_the_bullet(line: str) -> None:
    (read,) = accounts(f"* Ann wins. {SOURCE}", line)
    assert read.text == "Ann wins."
    assert [each.publisher for each in read.citations] == ["A", "B"]


def test_source_over_two_lines_belongs_to_the_bullet() -> None:
    (read,) = accounts("* Ann wins. [http://a.example.org/1 (The", "Sample Times)]")
    assert (read.text, read.citations[0].publisher) == ("Ann wins.", "The Sample Times")


@pytest.mark.parametrize("mark", ["", ":"])
def test_report_without_its_mark_is_one_of_its_own(mark: str) -> None:
    lines = [f"* Ann wins. {SOURCE}", f"{mark}[[Bob]] rests. {OTHER}"]
    assert [(each.text, each.citations[0].publisher) for each in accounts(*lines)] == [
        ("Ann wins.", "A"),
        ("Bob rests.", "B"),
    ]


def test_indented_report_behind_a_blank_line_is_one() -> None:
    assert texts(f"* Ann wins. {SOURCE}", "", f":Bob rests. {OTHER}") == ["Ann wins.", "Bob rests."]


def test_report_on_the_line_below_its_topic_stands_under_it() -> None:
    (read,) = accounts("* [[Battle of Sample]]", f"The army wins. {SOURCE}")
    assert (read.text, topics(read)) == ("The army wins.", ["Battle of Sample"])


@pytest.mark.parametrize(
    "lines",
    [
        ["* [[Ann Sample]]", f"wins the [[Sample Cup]]. {SOURCE}"],
        ["* [[Ann Sample]] wins the", f"[[Sample Cup]]. {SOURCE}"],
    ],
)
def test_sentence_over_two_lines_is_one(lines: list[str]) -> None:
    assert texts(*lines) == ["Ann Sample wins the Sample Cup."]


@pytest.mark.parametrize(
    "heading",
    [
        "'''''Sports'''''",
        "<big>'''Sports'''</big>",
        "'''Sports''' {{clear}}",
        "{{anchor|X}}'''Sports'''",
        "'''Sports",
        "'''Sports''",
        "'''[[Sports]]''':",
    ],
)
def test_heading_behind_a_bullet_is_one_however_it_is_dressed(heading: str) -> None:
    first, second = accounts("'''Law'''", f"* Ann wins. {SOURCE}", heading, f"* It ends. {OTHER}")
    assert (first.category, first.text) == ("Law", "Ann wins.")
    assert (second.category, second.text) == ("Sports", "It ends.")


def test_bold_words_with_a_source_are_no_heading() -> None:
    lines = ["'''Law'''", f"* It ends. {OTHER}", "* The film", f"'''Sample''' wins. {SOURCE}"]
    assert [(each.category, each.text) for each in accounts(*lines)] == [
        ("Law", "It ends."),
        ("Law", "The film Sample wins."),
    ]


def test_table_behind_the_bullets_is_none_of_their_words() -> None:
    lines = [f"* Ann wins. {SOURCE}", "{| class=wikitable", "|-", "| x || y", "|}"]
    assert texts(*lines, f"* It ends. {OTHER}") == ["Ann wins.", "It ends."]


def test_report_stays_one_when_a_deeper_bullet_comes_below_it() -> None:
    first, second = accounts(f"* [[Ann Sample]] is sworn in {SOURCE}", f"** She speaks. {OTHER}")
    assert (first.text, topics(first)) == ("Ann Sample is sworn in", [])
    assert topics(second) == ["Ann Sample is sworn in"]


@pytest.mark.parametrize(
    "heading", [f"* [[Sample talks]] {SOURCE}", f"* Opening of the [[Talks]]: {SOURCE}"]
)
def test_title_with_a_source_is_only_a_topic(heading: str) -> None:
    (read,) = accounts(heading, f"** She speaks. {OTHER}")
    assert read.text == "She speaks."


def test_bullet_below_a_report_has_its_links() -> None:
    parent = f"* The [[France|French]] president [[Ann Sample]] speaks in [[Paris]]. {SOURCE}"
    _, child = accounts(parent, f"** Another speech follows. {OTHER}")
    (topic,) = child.topics
    assert topic.text == "Ann Sample"
    assert [link.target for link in topic.links] == ["France", "Ann Sample", "Paris"]


def test_bullet_below_a_report_keeps_the_topic_above_both() -> None:
    _, child = accounts(
        "* [[Sample war]]", f"** [[Ann]] speaks of the [[Sample war]]. {SOURCE}", f"*** So. {OTHER}"
    )
    (topic,) = child.topics
    assert topic.text == "Sample war"
    assert [link.target for link in topic.links] == ["Sample war", "Ann"]


def test_sources_in_a_bullet_of_their_own_are_those_of_the_bullets_above() -> None:
    lines = [
        "* [[Sample crisis]]",
        f"** It began. {OTHER}",
        "** Ann speaks of it in the capital.",
        "** Bob speaks of it in all the other towns and villages",
        f"*** {SOURCE}",
        "* [[Other crisis]]",
        f"** It ends. {OTHER}",
    ]
    reports = accounts(*lines)
    assert [(each.text[:3], each.citations[0].publisher) for each in reports] == [
        ("It ", "B"),
        ("Ann", "A"),
        ("Bob", "A"),
        ("It ", "B"),
    ]
    assert [topics(each) for each in reports[:3]] == [["Sample crisis"]] * 3
    assert told(*lines) == []


def test_sources_below_a_bullet_without_a_topic_are_its_alone() -> None:
    lines = ["* Nobody says so.", "* Ann wins.", f"** {SOURCE}"]
    assert texts(*lines) == ["Ann wins."]
    assert told(*lines) == [("no source", "Nobody says so.")]
