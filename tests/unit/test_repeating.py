"""Summaries that only repeat their title, in any script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.repeating import says_more

SPEAKER = "Ann Sample resigns as speaker of Shelbyville"
VISIT = "中国国家主席习近平访问法国"
LANGUAGES = ["en", "de", "ru", "ar", "zh", "th", "hi", "vi", "xx", ""]


@pytest.mark.parametrize(
    ("language", "title", "summary"),
    [
        ("en", SPEAKER, "Ann Sample resigns as speaker of Shelbyville."),
        ("en", SPEAKER, "ANN SAMPLE RESIGNS AS SPEAKER OF SHELBYVILLE"),
        ("en", SPEAKER, "Ann Sample has resigned as the speaker of Shelbyville."),
        ("en", SPEAKER, "The speaker of Shelbyville, Ann Sample, resigns"),
        ("en", SPEAKER, "Ann Sample resigns as sp…"),
        ("en", "Sample’s speaker resigns", "Sample's speaker resigns"),
        ("de", "Die Sprecherin tritt zurück", "Tritt die Sprecherin zurück?"),
        ("ru", "Владимир Путин посетил Берлин", "Берлин посетил Путин."),
        ("ar", "الرئيس يزور القاهرة", "يزور الرئيس القاهرة."),
        ("zh", VISIT, "习近平访问法国。"),
        ("vi", "Thủ tướng từ chức", "Thủ tướng đã từ chức"),
        ("en", SPEAKER, ""),
        ("en", SPEAKER, " – … 🙂"),
    ],
)
def test_a_summary_in_the_titles_words_says_no_more(
    language: str, title: str, summary: str
) -> None:
    assert not says_more(summary, title, language)


@pytest.mark.parametrize(
    ("language", "title", "summary"),
    [
        ("en", SPEAKER, "The speaker resigns over a quarrel"),
        ("en", "12 killed in a quake in Chile", "15 killed in a quake in Chile"),
        ("en", "Toll of quake rises", "Toll rises to 3"),
        ("ru", "Путин посетил Берлин", "Владимир Путин посетил Берлин"),
        ("zh", VISIT, "习近平访问德国。"),
        ("th", "นายกรัฐมนตรีลาออก", "ฝนตกหนัก"),
        ("th", "BBC นายกรัฐมนตรีลาออก", "BBC ฝนตกหนัก"),
        ("", "Old and bold", "More of it."),
        ("en", "Minister resigned, reports say", "The minister has not resigned."),
        ("en", "Minister resigned, reports say", "The minister hasn’t resigned."),
        ("en", "Blast killed one", "No one was killed in the blast"),
        ("de", "Minister zurückgetreten", "Der Minister ist nicht zurückgetreten."),
        ("fr", "Le ministre a démissionné", "Le ministre n'a pas démissionné"),
        ("ru", "Министр ушёл", "Министр не ушёл."),
        ("zh", VISIT, "习近平未访问法国。"),
        ("en", "Rain", "Rain. " * 9 + "And then it rained once more, for all of forty days."),
    ],
)
def test_a_summary_with_a_word_of_its_own_does(language: str, title: str, summary: str) -> None:
    assert says_more(summary, title, language)


letters = st.characters(categories=["L", "N"])
texts = st.lists(st.text(letters, min_size=1, max_size=12), min_size=1, max_size=8)


@given(texts, st.sampled_from(LANGUAGES), st.sampled_from([" ", ", ", " – ", "\n"]))
def test_no_title_says_more_than_itself(words: list[str], language: str, between: str) -> None:
    assert not says_more(f"«{between.join(words)}!»", " ".join(words), language)


@given(texts.flatmap(st.permutations), st.sampled_from(LANGUAGES))
def test_nor_do_its_words_in_another_order(words: list[str], language: str) -> None:
    assert not says_more(" ".join(words) + ".", " ".join(sorted(words)), language)


@given(texts, st.sampled_from(LANGUAGES), st.sampled_from(["Qxzzyk", "47110815", "Жщцфх", "鑫龘"]))
def test_a_strange_word_always_says_more(words: list[str], language: str, strange: str) -> None:
    assert says_more(" ".join([*words, strange]), " ".join(words), language)


@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=5))
def test_any_text_is_judged(summary: str, title: str, language: str) -> None:
    assert says_more(summary, title, language) in (True, False)
    assert not says_more(summary, summary, language)
