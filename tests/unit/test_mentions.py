"""Whom a text names in full: which words may be a name, and whom a name means."""

from __future__ import annotations

import pytest

from bot.core.mentions import named_in
from bot.core.mentions.bearing import bearer_of
from bot.core.mentions.runs import LONGEST_NAME, MOST_NAMES, FullName, full_names
from bot.core.names import fold, fold_title
from storage.model import Bearer, Link


def titled(*titles: str, uses: int = 1) -> dict[str, list[Bearer]]:
    """Entities known by their articles' titles."""
    found: dict[str, list[Bearer]] = {}
    for number, title in enumerate(titles, 1):
        bearer = Bearer(number, title, title, uses, titled=True)
        found.setdefault(fold_title(title), []).append(bearer)
    return found


def named(text: str, *titles: str) -> list[str]:
    return [each.target for each in named_in(list(full_names(text)), titled(*titles))]


# --- What may be a name


def test_runs_are_as_long_as_allowed() -> None:
    words = "Aa Bb Cc Dd Ee Ff Gg Hh Ii".split()
    found = [name.words for name in full_names(" ".join(words)) if name.start == 0]
    assert found == [" ".join(words[:end]) for end in range(LONGEST_NAME, 1, -1)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("with Gen. Lee", "Gen. Lee"),
        ("“Robert  Lee’s horse”", "Robert Lee"),
        ("Robert\nLee", "Robert Lee"),
        ("the Bank of the West and", "Bank of the West"),
        ("in Côte d’Ivoire today", "Côte d’Ivoire"),
        ("by al-Qaeda Group", "al-Qaeda Group"),
        ("Guinea-Bissau votes", "Guinea-Bissau"),
        ("in Ciudad de la Paz.", "Ciudad de la Paz"),
        ("НАТО и Владимир Путин", "НАТО и Владимир Путин"),
        ("नरेन्द्र मोदी।", "नरेन्द्र मोदी"),
    ],
)
def test_names_are_found_as_written(text: str, words: str) -> None:
    longest = max(full_names(text), key=lambda name: len(name.words))
    assert longest.words == words
    assert longest.folded == fold(words)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "… — ! & -",
        "Putin",
        "vladimir putin",
        "Vladimir met putin",
        "Kabul. Two",
        "Kabul, Peshawar",
        "Kabul (Peshawar)",
        "Kabul — Peshawar",
        "The President",
        "the U.S. did",
        "U.S.",
        "Jong-un said",
        "September 11",
        "中国国家主席习近平会见俄罗斯总统普京",
    ],
)
def test_what_is_no_full_name(text: str) -> None:
    assert list(full_names(text)) == []


def test_a_text_holds_so_many_names_at_most() -> None:
    text = "Xx " * MOST_NAMES
    assert len(list(full_names(text))) == MOST_NAMES


@pytest.mark.parametrize(
    "text",
    [
        "Donald Trump Jr. speaks",
        "at Donald Trump University",
        "Donald Trump III",
        "West Donald Trump",
        "Donald Trump International Airport shut by smog",
        "at Donald Trump Elementary School",
        "Donald Trump Children’s Hospital",
        "USS Donald Trump returns",
    ],
)
def test_what_is_called_after_somebody_is_another(text: str) -> None:
    assert named(text, "Donald Trump") == []


def test_a_small_word_behind_a_name_makes_no_namesake() -> None:
    (name,) = full_names("Police have frozen the Robert Mugabe fund.")
    assert (name.words, name.is_part) == ("Robert Mugabe", False)


def test_what_is_known_by_the_longer_name_is_found() -> None:
    assert named("Donald Trump Jr. speaks", "Donald Trump", "Donald Trump Jr.") == [
        "Donald Trump Jr."
    ]
    assert named("Donald Trump. University closes", "Donald Trump") == ["Donald Trump"]
    assert named("Donald Trump’s university", "Donald Trump") == ["Donald Trump"]
    assert named("Donald Trump Visits International Court", "Donald Trump") == ["Donald Trump"]


def test_what_is_called_after_somebody_hides_the_names_within() -> None:
    kings = ("Martin Luther", "Martin Luther King")
    assert named("Martin Luther King Jr. honoured", *kings) == []
    assert named("Martin Luther King Boulevard", *kings) == []
    assert named("Martin Luther King, honoured", *kings) == ["Martin Luther King"]


# --- Which of them count


def test_each_is_named_once_in_the_order_of_the_text() -> None:
    text = "North Korea and Donald Trump; Donald Trump again"
    assert named(text, "Donald Trump", "North Korea") == ["North Korea", "Donald Trump"]


def test_the_longest_of_overlapping_names_counts() -> None:
    names = ("New York", "New York Times", "United Nations", "United Nations Security Council")
    assert named("United Nations Security Council in New York Times", *names) == [
        "United Nations Security Council",
        "New York Times",
    ]
    later = ("Bank of China", "China Central Television Tower")
    assert named("Bank of China Central Television Tower", *later) == [later[1]]


def test_a_name_of_several_hides_what_is_within_it() -> None:
    names = ("John Smith", "John Smith Brown (pilot)", "John Smith Brown (sailor)")
    assert named("John Smith Brown", *names) == []
    assert named("John Smith", *names) == ["John Smith"]


def test_words_are_those_of_the_text() -> None:
    bearers = titled("Omar al-Bashir")
    found = named_in(list(full_names("OMAR AL-BASHIR'S VISIT")), bearers)
    assert found == (Link("Omar al-Bashir", "OMAR AL-BASHIR"),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trump Meets Prime Minister Of India", ["Prime Minister of India"]),
        ("Prime Minister Resigns", []),
        ("Trump Talks About Climate Change", []),
        ("State Of Emergency In Force", []),
        ("Syrian Civil War Goes On", ["Syrian civil war"]),
        ("Supreme Court rules", []),
        ("White House closed", ["White House"]),
        ("World Bank lends", ["World Bank"]),
    ],
)
def test_common_words_name_nobody_even_in_headlines(text: str, expected: list[str]) -> None:
    names = (
        "Prime Minister", "Prime Minister of India", "Climate change", "Supreme Court",
        "White House", "World Bank", "State of emergency", "Syrian civil war",
    )  # fmt: skip
    assert named(text, *names) == expected


# --- Whom a name means


def means(words: str, *bearers: Bearer) -> int | None:
    bearer = bearer_of(FullName(0, 2, words, fold(words)), bearers)
    return bearer.entity_id if bearer else None


BASHIR = "Omar al-Bashir"


@pytest.mark.parametrize(
    ("bearer", "counts"),
    [
        (Bearer(1, BASHIR, BASHIR, uses=2), True),
        (Bearer(1, BASHIR, BASHIR, uses=1), False),  # it may be a mistake
        (Bearer(1, BASHIR, BASHIR, uses=0, is_vouched=True), True),
        (Bearer(1, BASHIR, "Omar Bashir", titled=True), True),
        (Bearer(1, "Omar Bashir", BASHIR), True),
        (Bearer(1, BASHIR, "Omar Bashir (poet)", uses=4, titled=True), False),
        (Bearer(1, BASHIR, "Omar Bashir (poet)", uses=5, titled=True), True),
    ],
)
def test_a_single_bearer_is_meant_where_the_name_is_known(bearer: Bearer, counts: bool) -> None:
    assert means("omar bashir", bearer) == (1 if counts else None)


@pytest.mark.parametrize(
    ("name", "title", "counts"),
    [
        ("italian police", "Law enforcement in Italy", False),
        ("recent bushfires", "2009 Victorian bushfires", False),
        ("syrian turkish clash", "October 2012 Syrian–Turkish border clash", True),
        ("jorge bergoglio", "Pope Francis", True),
        ("zinedine ben ali", "Zine El Abidine ben Ali", True),
        ("northern lights", "Aurora (light in the sky)", True),
    ],
)
def test_what_links_write_for_a_described_subject_is_no_name_of_it(
    name: str, title: str, counts: bool
) -> None:
    assert means(name, Bearer(1, title, title, uses=9)) == (1 if counts else None)
    assert means(name, Bearer(1, title, title, is_vouched=True)) == 1


def test_of_several_the_one_that_is_clearly_meant() -> None:
    pilot = Bearer(1, "John Smith", "John Smith", uses=10, titled=True)
    sailor = Bearer(2, "Jack Smith", "Jack Smith", uses=1)
    assert means("john smith", pilot, sailor) == 1
    assert means("john smith", pilot, Bearer(2, "Jack Smith", "Jack Smith", uses=4)) is None
    assert means("john smith", Bearer(1, "Jo Smith", "Jo Smith", uses=99), sailor) == 1
    assert means("john smith", Bearer(1, "Jo Smith", "Jo Smith", uses=9), sailor) is None


@pytest.mark.parametrize("name", ["president lee", "mr lee", "king of the lee"])
def test_a_surname_with_its_address_is_a_surname_still(name: str) -> None:
    assert means(name, Bearer(1, "Lee Jae-myung", "Lee Jae-myung", uses=50)) is None


def test_unless_one_is_called_just_so() -> None:
    assert means("pope francis", Bearer(1, "Pope Francis", "Pope Francis", uses=1)) == 1


@pytest.mark.parametrize("name", ["al bashir", "bin laden", "van gogh", "de gaulle"])
def test_neither_is_a_surname_of_two_words_a_full_name(name: str) -> None:
    assert means(name, Bearer(1, BASHIR, BASHIR, uses=50)) is None


def test_an_office_in_another_language_names_nobody() -> None:
    minister = Bearer(1, "prime minister", "Prime minister", is_vouched=True)
    assert means("primer ministro", minister) is None


def test_capitals_within_a_word_are_a_name() -> None:
    law = Bearer(1, "EU law", "EU law", uses=9, titled=True)
    assert bearer_of(FullName(0, 2, "EU Law", "eu law"), [law]) == law
