"""Reports kept for comparing: replaced, moved, forgotten, and whatever text they have."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.likeness import ComparedReport, RecentReports
from bot.core.likeness.kept import Postings

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
SENTENCES = (
    "A volcano erupts near Grindavik; lava closes the road to the Blue Lagoon.",
    "Lava from the volcano near Grindavik reaches the Blue Lagoon road.",
    "The central bank of Norway raises its rate to four percent.",
    "Norway's central bank raises the rate to four percent, Governor Bache says.",
    "Carlsen beats Firouzja in the last round at Wijk aan Zee.",
    "",
)
texts = st.sampled_from(SENTENCES)
reports = st.lists(st.tuples(texts, st.booleans()), max_size=12)


def told(report_id: int, text: str, event_id: int = 0, *, hours: float = 0) -> ComparedReport:
    return ComparedReport(report_id, event_id, 100 + report_id, NOON + timedelta(hours=hours), text)


def streamed(given_reports: list[tuple[str, bool]]) -> tuple[RecentReports, list[int]]:
    """Reports as they come in; where the flag is set each is kept twice."""
    recent, events = RecentReports(), []
    for number, (text, twice) in enumerate(given_reports, 1):
        report = told(number, text)
        event_id = recent.join(report) or number
        for _ in range(1 + twice):
            recent.keep(replace(report, event_id=event_id))
        events.append(event_id)
    return recent, events


@settings(deadline=None)  # the first one reads the tables of words and places
@given(reports)
def test_keeping_a_report_again_changes_nothing(given_reports: list[tuple[str, bool]]) -> None:
    _, once = streamed([(text, False) for text, _ in given_reports])
    _, events = streamed(given_reports)
    assert events == once


@settings(deadline=None)  # the first one reads the tables of words and places
@given(reports, texts)
def test_asking_changes_nothing(given_reports: list[tuple[str, bool]], asked: str) -> None:
    recent, _ = streamed(given_reports)
    report = told(99, asked)
    first = recent.join(report), recent.nearest(report, 101)
    assert (recent.join(report), recent.nearest(report, 101)) == first


@settings(deadline=None)  # the first one reads the tables of words and places
@given(reports)
def test_an_event_is_known_by_what_is_kept_whatever_its_number(
    given_reports: list[tuple[str, bool]],
) -> None:
    _, events = streamed(given_reports)
    renumbered = RecentReports()
    for number, ((text, _), event_id) in enumerate(zip(given_reports, events, strict=True), 1):
        found = renumbered.join(told(1000 - number, text))
        assert (found or 1000 + number) == 1000 + event_id
        renumbered.keep(told(1000 - number, text, 1000 + event_id))


@settings(deadline=None)  # the first one reads the tables of words and places
@given(reports, st.integers(min_value=0, max_value=12))
def test_what_is_forgotten_is_found_no_more(
    given_reports: list[tuple[str, bool]], first_kept: int
) -> None:
    recent = RecentReports()
    for number, (text, _) in enumerate(given_reports):
        recent.keep(told(number, text, number + 100, hours=number))
    recent.forget(NOON + timedelta(hours=first_kept))
    alive = range(first_kept, len(given_reports))
    for asked in SENTENCES:
        assert (recent.join(told(99, asked)) or 100 + first_kept) >= 100 + first_kept
        for number in range(len(given_reports)):
            nearest = recent.nearest(told(99, asked), 100 + number)
            assert nearest is None or (number in alive and nearest[0] == number)
    recent.forget(NOON + timedelta(days=9))
    assert all(recent.join(told(99, asked)) is None for asked in SENTENCES)


@settings(deadline=None)  # the first one reads the tables of words and places
@given(reports)
def test_moved_reports_are_the_survivors(given_reports: list[tuple[str, bool]]) -> None:
    recent, events = streamed(given_reports)
    survivor = 500
    for event_id in dict.fromkeys(events):
        recent.move(event_id, survivor)
    assert recent.twin(survivor) is None
    assert {recent.join(told(99, text)) for text in SENTENCES} <= {None, survivor}


def test_a_reworded_report_is_compared_by_its_new_words() -> None:
    recent = RecentReports()
    recent.keep(told(1, SENTENCES[0], 1))
    recent.keep(told(1, SENTENCES[2], 1))
    assert recent.join(told(2, SENTENCES[1])) is None
    assert recent.join(told(2, SENTENCES[3])) == 1


def test_a_report_that_is_kept_under_another_event_leaves_the_first() -> None:
    recent = RecentReports()
    recent.keep(told(1, SENTENCES[0], 1))
    recent.keep(told(1, SENTENCES[0], 2))
    assert recent.join(told(2, SENTENCES[1])) == 2
    assert recent.twin(1) is None


def test_of_a_report_from_the_past_only_its_own_time_counts() -> None:
    recent = RecentReports()
    recent.keep(told(1, SENTENCES[0], 1, hours=5))
    recent.keep(told(2, SENTENCES[2], 2, hours=-5))
    recent.forget(NOON)
    assert recent.join(told(3, SENTENCES[1])) == 1
    assert recent.join(told(3, SENTENCES[3])) is None


def test_moving_an_event_without_reports_changes_nothing() -> None:
    recent = RecentReports()
    recent.move(1, 2)
    assert recent.twin(2) is None


def test_an_event_of_many_reports_keeps_what_its_portal_lists() -> None:
    recent = RecentReports()
    recent.keep(replace(told(1, SENTENCES[0], 1), source_id=7, listed=True))
    for number in range(2, 120):
        recent.keep(told(number, SENTENCES[1], 1))
    bullet = replace(told(500, SENTENCES[0]), source_id=7, listed=True)
    assert recent.join(bullet) is None
    assert recent.join(told(500, SENTENCES[0])) == 1


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", "en"),
        (" \n\t", "en"),
        ("🌋🔥👩‍👩‍👧‍👦 🇮🇸", "en"),
        ("!!! ??? …", ""),
        ("\u202eرئيس السودان يزور روسيا\u202c", "ar"),
        ("ראש הממשלה נפגש עם הנשיא", "he"),
        ("प्रधानमंत्री ने नई दिल्ली में घोषणा की", "hi"),
        ("นายกรัฐมนตรีเยือนโตเกียว", "th"),
        ("首相が東京で会見した", "ja"),
        ("대통령이 서울에서 연설했다", "ko"),
        ("a\x00b \ud800 c", "en"),
        ("1" * 5000, "en"),
        ("word " * 20_000, "xx-klingon"),
        ("Á" * 100_000, "de_DE"),
    ],
)
def test_any_text_can_be_kept_and_asked_for(text: str, language: str) -> None:
    recent = RecentReports()
    recent.keep(told(1, SENTENCES[0], 1))
    report = replace(told(2, text, 2), language=language)
    assert recent.join(report) is None
    recent.keep(report)
    assert recent.join(told(3, SENTENCES[1])) == 1
    assert recent.twin(2) is None
    recent.forget(NOON + timedelta(hours=1))
    assert recent.join(told(3, SENTENCES[1])) is None


@settings(deadline=None)  # the first one reads the tables of words and places
@given(st.text(), st.sampled_from(["en", "zh", "ar", "ru", "", "??"]))
def test_no_text_breaks_it(text: str, language: str) -> None:
    recent = RecentReports()
    report = replace(told(1, text, 1), language=language)
    assert recent.join(report) is None
    recent.keep(report)
    assert recent.join(replace(report, report_id=2)) in (None, 1)


@pytest.mark.parametrize(
    ("language", "first", "second", "other"),
    [
        ("ru", "Вулкан близ Гриндавика: лава перекрыла дорогу к Голубой лагуне.",
         "Лава вулкана у Гриндавика дошла до дороги к Голубой лагуне.",
         "Банк Норвегии повысил ставку до четырёх процентов."),
        ("zh", "格林达维克附近火山喷发,熔岩封锁蓝湖公路", "熔岩流到格林达维克蓝湖公路,火山继续喷发",
         "挪威央行将利率上调至百分之四"),
        ("ar", "بركان قرب غريندافيك والحمم تغلق طريق البحيرة الزرقاء",
         "الحمم من بركان غريندافيك تصل إلى طريق البحيرة الزرقاء",
         "البنك المركزي النرويجي يرفع سعر الفائدة"),
        ("de", "Vulkan bei Grindavík: Lava sperrt die Straße zur Blauen Lagune.",
         "Lava des Vulkans bei Grindavík erreicht Straße zur Blauen Lagune.",
         "Norwegens Zentralbank hebt den Leitzins an."),
    ],
)  # fmt: skip
def test_other_languages(language: str, first: str, second: str, other: str) -> None:
    recent = RecentReports()
    recent.keep(replace(told(1, first, 1), language=language))
    assert recent.join(replace(told(2, second), language=language)) == 1
    assert recent.join(replace(told(2, other), language=language)) is None


def test_a_text_in_another_script_than_its_feed_says_is_known_by_it() -> None:
    recent = RecentReports()
    russian = "Вулкан близ Гриндавика: лава перекрыла дорогу к Голубой лагуне."
    recent.keep(replace(told(1, russian, 1), language="en"))
    assert recent.join(replace(told(2, russian), language="ru")) == 1


class Open(Postings):
    """Slots by term, with all that they take."""

    @property
    def held(self) -> dict[int, list[int]]:
        """The slots of each term."""
        return {term: list(slots) for term, slots in self._slots.items()}


def test_slots_that_are_gone_are_left_out_and_terms_without_any_too() -> None:
    postings = Open()
    postings.add([1, 2], 5)
    postings.add([1], 6)
    postings.trim([1, 2], 6)
    assert postings.held == {1: [6]}
    assert (list(postings.newest(1, 9)), list(postings.newest(2, 9))) == ([6], [])
