"""Hours as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.hours import is_off, parse_minute, parse_span, written_minute

MINUTES = st.integers(0, 24 * 60 - 1)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("8", "08:00"),
        ("08:00", "08:00"),
        ("8:30", "08:30"),
        ("8.30", "08:30"),
        ("8h30", "08:30"),
        ("8 h 30", "08:30"),
        ("8h", "08:00"),
        ("0800", "08:00"),
        ("0", "00:00"),
        ("20 Uhr", "20:00"),
        ("um 20 Uhr 15", "20:15"),
        ("7 abends", "19:00"),
        ("7 vormittags", "07:00"),
        ("11 nachts", "23:00"),
        ("8 pm", "20:00"),
        ("8PM", "20:00"),
        ("8:15 a.m.", "08:15"),
        ("at 8:15 P. M.", "20:15"),
        ("12 am", "00:00"),
        ("12:30 pm", "12:30"),
        ("8 o’clock", "08:00"),
        ("à 20 heures", "20:00"),
        ("8h du soir", "20:00"),
        ("4h de l’après-midi", "16:00"),
        ("4 Uhr nachmittags", "16:00"),
        ("a las 8 de la tarde", "20:00"),
        ("7 de la mañana", "07:00"),
        ("10 da noite", "22:00"),
        ("в 8 вечера", "20:00"),
        ("12 ночи", "00:00"),
        ("2 ночи", "02:00"),
        ("20 часов", "20:00"),
        ("٠٨:٣٠", "08:30"),
        ("الساعة ٨ مساءً", "20:00"),
        ("२०:१५", "20:15"),
        ("２０：００", "20:00"),
        ("晚上8点", "20:00"),
        ("下午 8点30分", "20:30"),
        ("20時30分", "20:30"),
        ("午前7時", "07:00"),
        ("\u200f08:00\u200e", "08:00"),
        *((text, "00:00") for text in ("24:00", "24 Uhr", "24 h", "midnight", "at midnight")),
        *((text, "00:00") for text in ("Mitternacht", "minuit", "a medianoche", "в полночь")),
        *((text, "00:00") for text in ("منتصف الليل", "午夜", "半夜12点", "12 midnight")),
        *((text, "12:00") for text in ("noon", "12 noon", "12 Uhr mittags", "à midi", "полдень")),
        *((text, "12:00") for text in ("mediodía", "الظهر", "中午", "中午12点", "正午")),
    ],
)
def test_reads_an_hour(text: str, shown: str) -> None:
    minute = parse_minute(text)
    assert minute is not None
    assert written_minute(minute) == shown


@pytest.mark.parametrize(
    "text",
    [
        *("24:01", "24 am", "8:60", "25:10", "13 am", "0 pm", "9999"),
        *("8:5", "8 30", "8 days", "-8", "8 am pm", "8€", "22-7", "every 8"),
        *(
            "",
            " ",
            "noonish",
            "8 noon",
            "off",
            "Zimbabwe",
            "😀",
            "½",
            ":",
            "9" * 5000,
            "8" + " " * 500 + "9",
        ),
    ],
)
def test_what_is_no_hour_or_could_be_two_is_none(text: str) -> None:
    assert parse_minute(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "22:00-07:00",
        "22-7",
        "22 7",
        "22:00 – 07:00",
        "22:00—07:00",
        "2200-0700",
        "22.00-7.00",
        "from 22 to 7",
        "10pm-7am",
        "10 p.m. to 7 a.m.",
        "22:00 bis 07:00",
        "von 22 Uhr bis 7 Uhr",
        "de 22h à 7h",
        "entre las 10 de la noche y las 7 de la mañana",
        "das 22h às 7h",
        "с 22 до 7",
        "с 10 вечера до 7 утра",
        "من ٢٢ إلى ٧",
        "晚上10点到早上7点",
        "22時〜7時",
        "10pm-7",
    ],
)
def test_reads_a_span(text: str) -> None:
    assert parse_span(text) == (22 * 60, 7 * 60)


@pytest.mark.parametrize("text", ["22-24", "22:00–24:00", "22:00 to midnight", "22 bis 24 Uhr"])
def test_a_span_may_end_at_midnight(text: str) -> None:
    assert parse_span(text) == (22 * 60, 0)


@pytest.mark.parametrize(
    "text",
    [
        *("22", "22-22", "0:00-24:00", "22-7-8", "22:00", "22:00-7:5", "22:00-07:60"),
        *("10-7 am", "10:30 – 11:30 pm", "", "from to", "off", "😀-😀", "1-" * 2000),
    ],
)
def test_what_is_no_span_or_could_be_two_is_none(text: str) -> None:
    assert parse_span(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *("off", "OFF.", "/off", " none ", "no", "aus", "Nein", "désactivé", "non", "desactivar"),
        *("não", "нет", "ВЫКЛ", "откл", "لا", "إيقاف", "关", "关闭", "否", "ｏｆｆ"),
    ],
)
def test_words_that_end_it(text: str) -> None:
    assert is_off(text)


@pytest.mark.parametrize("text", ["0", "8", "", "on", "Nairobi", "offenbach", "22-7"])
def test_words_that_do_not_end_it(text: str) -> None:
    assert not is_off(text)


@given(MINUTES, st.sampled_from([48, 0x660, 0x6F0, 0x966, 0xFF10]))
def test_what_is_written_can_be_read_in_any_digits(minute: int, zero: int) -> None:
    digits = {48 + digit: zero + digit for digit in range(10)}
    assert parse_minute(written_minute(minute).translate(digits)) == minute


@given(
    MINUTES,
    MINUTES,
    st.sampled_from(["-", " – ", " to ", " bis ", "~", " à ", " до ", "到", "/", " "]),
)
def test_spans_with_anything_between(start: int, end: int, between: str) -> None:
    typed = f"{written_minute(start)}{between}{written_minute(end)}"
    assert parse_span(typed) == (None if start == end else (start, end))


@given(st.text(max_size=80) | st.text(alphabet="0123456789:.hapm -–~٨分点", max_size=20))
def test_any_text_has_an_answer(text: str) -> None:
    minute, span = parse_minute(text), parse_span(text)
    assert minute is None or minute in range(1440)
    assert span is None or (span[0] in range(1440) and span[1] in range(1440))
    assert minute is None or span is None
    assert not (is_off(text) and (minute or span))
