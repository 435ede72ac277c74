"""Which titles stand behind their topic in lists."""

from __future__ import annotations

import pytest

from bot.core.topics import topic_before

FIRES = "October 2017 Northern California wildfires"


@pytest.mark.parametrize(
    ("topic", "title"),
    [
        (FIRES, "The death toll grows to 35 people with hundreds still missing."),
        (FIRES, "The property destruction now includes more than 5700 homes"),
        ("Umpqua Community College shooting", "The shooter is identified as a student, 26."),
        ("Nobel Prize in Physiology or Medicine", "A Vatican official condemns the move."),
        ("Syrian civil war", "In the suburbs of Damascus, two bombs kill three. Syria protests."),
        ("2024 Summer Olympics", "Budapest withdraws its bid."),
        ("Referendum in Catalonia", "The euro drops after the declaration is made."),
        ("2016 Taiwan earthquake", "The death toll from the earthquake rises to 59."),
        ("Hurricane Dean", "Eleven people have died as a result of the hurricane."),
        (
            "Nigeria violence",
            "Two politicians are killed at a funeral for victims of the violence.",
        ),
    ],
)
def test_a_title_that_does_not_tell_of_what_stands_behind_its_topic(topic: str, title: str) -> None:
    assert topic_before(title, ["Something above", topic], "en") == topic


@pytest.mark.parametrize(
    ("topic", "title"),
    [
        (FIRES, "Firefighters contain the wildfire near Napa."),
        ("Syrian civil war", "Two bombs kill three in northern Syria."),
        ("Iraqi Civil War", "A car bomb kills three in eastern Iraq."),
        ("Politics of Zimbabwe", "Soldiers take ZIMBABWE'S state television."),
        ("Coup d’État of May", "The COUP DETAINS a minister"),
        ("2015 Nepal earthquake", "The earthquake is felt in Delhi."),
        ("war on drugs", "The war costs more than the drugs."),
    ],
)
def test_a_word_that_both_have_is_enough(topic: str, title: str) -> None:
    assert topic_before(title, [topic], "en") == ""


@pytest.mark.parametrize(
    "title",
    [
        "Chris Harper-Mercer is named as the shooter.",
        "The Islamic State claims the attack.",
        "“The White House says no.”",
        "NATO sends a ship.",
        "U.S. diplomats leave.",
    ],
)
def test_a_title_that_begins_with_a_name_needs_no_topic(title: str) -> None:
    assert topic_before(title, ["Battle of Foo"], "en") == ""


def test_titles_of_feeds_have_no_topic() -> None:
    assert topic_before("Death toll grows to 35", [], "en") == ""
    assert topic_before("", ["Battle of Foo"], "en") == ""


def test_numbers_and_short_words_are_not_shared() -> None:
    title = "In 2017 the toll was 35."
    assert topic_before(title, ["2017 war in the 35 towns"], "en") == "2017 war in the 35 towns"


def test_a_row_of_topics_is_cut_between_two_and_a_sentence_is_none() -> None:
    row = "Referendum, 2017, Catalan Republic (2017), 2017 constitutional crisis of the kingdom"
    assert (
        topic_before("The euro drops.", [row], "en") == "Referendum, 2017, Catalan Republic (2017)"
    )
    assert topic_before("The euro drops.", ["word " * 20], "en") == ""
    assert topic_before("The euro drops.", ["A congress ends. "], "en") == "A congress ends"


def test_where_words_are_not_spaced_pairs_of_characters_are_words() -> None:
    assert topic_before("死亡人数升至35人", ["加利福尼亚山火"], "zh") == "加利福尼亚山火"
    assert topic_before("山火死亡人数升至35人", ["加利福尼亚山火"], "zh") == ""


@pytest.mark.parametrize("topic", ["Deaths in August 2017", "List of presidents of Zambia"])
def test_lists_are_no_topics(topic: str) -> None:
    assert topic_before("The comedian dies.", [topic], "en") == ""


def test_of_a_topic_within_another_the_inner_one_stands() -> None:
    topic = "Arab Spring: 2011 Libyan civil war:"
    assert topic_before("The rebels take a town.", [topic], "en") == "2011 Libyan civil war"


def test_a_title_with_a_topic_of_its_own_needs_none_but_a_lone_place_is_no_topic() -> None:
    assert topic_before("2011 Libyan war: rebels take a town.", ["Arab Spring"], "en") == ""
    assert topic_before("Vietnam: 600,000 are evacuated.", ["Typhoon Haiyan"], "en") != ""
    assert topic_before("They meet at 8:00 p.m.", ["Typhoon Haiyan"], "en") != ""
