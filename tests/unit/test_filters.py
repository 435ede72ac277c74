"""Filters of a follow, and the words that readers type for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.filters import (
    LONGEST_WORD,
    MOST_WORDS,
    Contradiction,
    ParsedWords,
    TooLongWord,
    TooManyWords,
    parse_words,
    passes,
)
from bot.core.literal import begins, level, occurs
from storage.model import Filter

TEXT = (
    "Emmerson Mnangagwa's return: Zimbabwe’s ruling ZANU–PF names the former vice-president "
    "as Robert Mugabe's successor. Crowds in Łódź, São Paulo and the Hawaiʻi café cheer."
)
LETTERS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=10)


def wanted(*must: str, unwanted: tuple[str, ...] = ()) -> bool:
    return passes(Filter(must=must, must_not=unwanted), category="Politics", text=TEXT)


@pytest.mark.parametrize(
    "word",
    [
        *("mugabe", "ROBERT MUGABE", "Robert  Mugabe", "Mugabe's", "zanu-pf", "ZANU PF"),
        *("vice-president", "vice president", "Lodz", "łódź", "sao paulo", "Hawaii", "Cafe\u0301"),
        *("Emmerson", "cheer", "«Zimbabwe»", "zimbabwe's ruling"),
    ],
)
def test_a_word_occurs_however_it_is_written(word: str) -> None:
    assert wanted(word)
    assert not wanted(unwanted=(word,))


@pytest.mark.parametrize(
    ("category", "wanted_too"),
    [
        ("Sports", "Sport"),
        ("Armed conflicts and attacks", "Armed Conflict & attacks"),
        ("Arab Spring", "arab spring"),
        ("News", "news"),
    ],
)
def test_a_category_is_wanted_under_each_name_that_it_ever_had(
    category: str, wanted_too: str
) -> None:
    for one, other in ((category, wanted_too), (wanted_too, category)):
        assert passes(Filter(categories=("Law", one)), category=other, text="")
    assert not passes(Filter(categories=(category,)), category="", text="")
    assert not passes(Filter(categories=(category,)), category="Law and crime", text="")


@pytest.mark.parametrize(
    "word",
    ["gabe", "Zimbabwe names", "afe", "M.gabe", "vicepresident", "z|a", "ulo", "robert mug"],
)
def test_a_part_of_words_does_not_occur(word: str) -> None:
    assert not wanted(word)
    assert wanted(unwanted=(word,))


@pytest.mark.parametrize("word", ["Mug", "Paul", "Łód", "Mugab.*", "zanu-p", "crow"])
def test_the_beginning_of_a_word_is_enough_where_it_must_occur(word: str) -> None:
    assert wanted(word)
    assert wanted(unwanted=(word,))


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("путин", "Владимир Путин приехал"),
        ("ещё", "Еще один день"),
        ("αθηνα", "Στην Αθήνα σήμερα"),
        ("محمد", "وصل مُحَمَّد اليوم"),
        ("أحمد", "وصل احمد"),
        ("中国", "今天中国的总统访问北京"),
        ("北京", "今天中国的总统访问北京。"),
        ("iPhone", "新iPhone发布"),
        ("ประเทศไทย", "รัฐบาลประเทศไทยประกาศ"),
        ("みらい", "これはみらいのことです"),
        ("대통령", "대통령이 방문했다"),
        ("हिंदी", "यह हिंदी है"),
        ("ＮＡＴＯ", "NATO meets"),
        ("2017", "In 2017, …"),
        ("٢٠١٧", "عام ٢٠١٧"),
    ],
)
def test_words_of_any_script_occur(word: str, text: str) -> None:
    assert occurs(level(word), level(text))


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("он", "on the day"),  # they only look or sound alike
        ("北京", "背景"),
        ("путин", "Путина"),
        ("हि", "यह हिंदी है"),
        ("ก", "กำ"),
        ("café", "cafeteria"),
        ("017", "In 2017"),
    ],
)
def test_words_that_are_like_others_do_not_occur(word: str, text: str) -> None:
    assert not occurs(level(word), level(text))


def test_every_wanted_word_must_occur_and_no_unwanted_one() -> None:
    assert wanted("mugabe", "crowds", unwanted=("putin",))
    assert not wanted("mugabe", "putin")
    assert not wanted("mugabe", unwanted=("putin", "crowds"))


def test_categories_restrict_where_there_are_any() -> None:
    sports = Filter(categories=("Sports", "Arts and culture"))
    assert passes(sports, category="sports", text="")
    assert passes(sports, category="Arts and Culture", text="")
    assert not passes(sports, category="Politics and elections", text="Sports")
    assert passes(Filter(), category="Politics and elections", text="")


def test_words_without_letters_ask_for_nothing() -> None:
    assert passes(Filter(must=("…", "😀"), must_not=("", "!")), category="", text="anything")


@pytest.mark.parametrize(
    ("typed", "must", "must_not"),
    [
        ("mugabe", ("mugabe",), ()),
        ("+Mugabe -Trump", ("Mugabe",), ("Trump",)),
        ('"North Korea" missile', ("North Korea", "missile"), ()),
        ("-“North  Korea”, –Sport", (), ("North Korea", "Sport")),
        ("«Le Monde»; −football", ("Le Monde",), ("football",)),
        ("Trump, Putin,Xi", ("Trump", "Putin", "Xi"), ()),
        ("中国、-日本，韩国", ("中国", "韩国"), ("日本",)),
        ("بوتين، -ترامب", ("بوتين",), ("ترامب",)),
        ("al-Bashir", ("al-Bashir",), ()),
        ("- sport + news", ("news",), ("sport",)),
        ('+"open phrase', ("open phrase",), ()),
        ("Trump trump TRUMP", ("Trump",), ()),
        ('"" -- + 😀 ,', (), ()),
        ("", (), ()),
    ],
)
def test_reads_words(typed: str, must: tuple[str, ...], must_not: tuple[str, ...]) -> None:
    assert parse_words(typed) == ParsedWords(must, must_not)


def test_limits_are_named() -> None:
    words = [f"word{number}" for number in range(MOST_WORDS + 1)]
    assert isinstance(parse_words(" ".join(words[:-1])), ParsedWords)
    assert parse_words(" -".join(words)) == TooManyWords(MOST_WORDS + 1)
    longest = "x" * LONGEST_WORD
    assert parse_words(longest) == ParsedWords((longest,))
    assert parse_words(f"a -{longest}x b") == TooLongWord(longest + "x")


def test_a_word_cannot_be_wanted_and_unwanted() -> None:
    assert parse_words("Trump -tRUMP") == Contradiction("tRUMP")


@given(st.lists(LETTERS, max_size=6), LETTERS, st.lists(LETTERS, max_size=6))
def test_a_word_among_others_occurs(before: list[str], word: str, after: list[str]) -> None:
    text = " ".join([*before, word, *after])
    if level(word):
        assert passes(Filter(must=(word,)), category="", text=text.upper())
        assert not passes(Filter(must_not=(word,)), category="", text=text)


@given(st.text(alphabet="abc ", max_size=12), st.lists(st.text("abc", min_size=1), max_size=6))
def test_in_spaced_scripts_only_whole_words_occur(typed: str, words: list[str]) -> None:
    parts = typed.split()
    runs = [words[at : at + len(parts)] for at in range(len(words))] if parts else []
    assert occurs(level(typed), level(" ".join(words))) == (parts in runs)


@given(st.text(max_size=200))
def test_any_typed_text_has_an_answer(text: str) -> None:
    parsed = parse_words(text)
    assert isinstance(parsed, ParsedWords | TooManyWords | TooLongWord | Contradiction)
    if isinstance(parsed, ParsedWords):
        again = [*(f'+"{word}"' for word in parsed.must), *(f'-"{w}"' for w in parsed.must_not)]
        assert parse_words(" ".join(again)) == parsed


@given(st.text(max_size=60))
def test_a_levelled_text_is_level(text: str) -> None:
    levelled = level(text)
    assert level(levelled) == levelled
    assert levelled == " ".join(levelled.split())


@given(st.text(alphabet="abc ", max_size=8), st.lists(st.text("abc", min_size=1), max_size=6))
def test_a_text_begins_words_wherever_it_stands_behind_a_space(
    typed: str, words: list[str]
) -> None:
    text, start = level(" ".join(words)), level(typed)
    assert begins(start, text) == bool(start and f" {start}" in f" {text}")
