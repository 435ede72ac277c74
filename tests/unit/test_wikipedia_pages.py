"""Names, bytes and layouts of the portal's day pages."""

from __future__ import annotations

from datetime import date

import pytest

from bot.sources.wikipedia import decode_page, page_day, page_name, page_title, read_page

PAGE = "2017_November_23"
BEGIN = "<!-- All news items below this line -->"
END = "<!-- All news items above this line -->"
FRAME = "{{Current events|year=2017|month=11|day=23|content="
HEADER = "{{Current events header|2017|11|23}}"
ITEM = "*It ends. [http://a.example.org/1 (A)]"


def texts(wikitext: str) -> list[str]:
    reading = read_page(PAGE, wikitext)
    assert reading.readable
    return [account.text for account in reading.accounts]


def test_page_name_and_day_are_inverse() -> None:
    for day in (date(2017, 11, 23), date(1999, 4, 1), date(2026, 2, 28)):
        assert page_day(page_name(day)) == day
    assert page_title(page_name(date(2017, 11, 3))) == "Portal:Current_events/2017_November_3"


@pytest.mark.parametrize(
    "name",
    ["2017_November_23", "Portal:Current_events/2017 November 23", " 2017_november_23 "],
)
def test_page_day_takes_titles_as_people_write_them(name: str) -> None:
    assert page_day(name) == date(2017, 11, 23)
    assert read_page(name, ITEM).page == "2017_November_23"


@pytest.mark.parametrize("name", ["", "2017", "2017_Smarch_1", "2017_November_31", "Main_Page"])
def test_page_without_a_day_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="day"):
        page_day(name)


@pytest.mark.parametrize(
    "wikitext",
    [
        f"{FRAME}\n{BEGIN}\n{ITEM}\n{END}}}}}",
        f"{FRAME}\n{ITEM}\n}}}}",
        f"{FRAME}\n{ITEM}}}}}",
        f"{BEGIN}{HEADER}\n{ITEM}\n{END}{{{{Current events footer}}}}",
        f"{{{{Current events|year=2017|month=11|day=23|top=yes}}}}\n{BEGIN}\n{ITEM}\n{END}",
        f"{{{{Current  events header|2017 |11|23}}}}\n{BEGIN}\n{ITEM}\n{END}|}}",
        f"<noinclude>{{{{pp-vandalism}}}}</noinclude>~{FRAME}\n{BEGIN}\n{ITEM}\n{END}}}}}",
        f"''{FRAME}\n{BEGIN.replace('below', 'bellow')}\n{ITEM}\n{END}}}}}",
        f"{FRAME}\n{BEGIN}\n{ITEM}",
        f"{END}{HEADER}\n{ITEM}",
        ITEM,
        f"{FRAME}\r\n{BEGIN}\r\n{ITEM}\r\n{END}}}}}",
    ],
)
def test_every_layout_is_read(wikitext: str) -> None:
    assert texts(wikitext) == ["It ends."]


@pytest.mark.parametrize(
    "wikitext",
    [
        f"{FRAME}\n{ITEM}\n{END}}}}}\n*Late. [http://a.example.org/2 (A)]",
        f"{FRAME}\n{ITEM}}}}}\n*Late. [http://a.example.org/2 (A)]",
        f"{FRAME}\n{ITEM}\n}}}}\nLate [http://a.example.org/2 (A)]",
        f"{FRAME}\n{ITEM}\n<!-- never closed\n*Late. [http://a.example.org/2 (A)]",
        f"{ITEM}\n<noinclude>\n*Late. [http://a.example.org/2 (A)]\n</noinclude>",
    ],
)
def test_what_the_portal_does_not_show_is_ignored(wikitext: str) -> None:
    assert texts(wikitext) == ["It ends."]


@pytest.mark.parametrize(
    "lines",
    [
        [";Law", ITEM],
        [";Law:", ITEM],
        ["'''Law'''", ITEM],
        ["'''Law:'''", ITEM],
        ["== Law ==", ITEM],
        ["*;Law", ITEM],
        ["  ;  ''Law''", ITEM],
    ],
)
def test_category_however_it_is_written(lines: list[str]) -> None:
    (account,) = read_page(PAGE, "\n".join(lines)).accounts
    assert account.category == "Law"


@pytest.mark.parametrize("marks", ["*", "**", "****", ":*", "*:", "**:", " *", "\t* ", "#", "* *"])
def test_bullet_however_it_is_written(marks: str) -> None:
    assert texts(f"{BEGIN}\n{marks}{ITEM[1:]}") == ["It ends."]


def test_wrapped_bullet_goes_on_until_a_blank_line() -> None:
    wikitext = (
        f"{BEGIN}\n*It\nends.\n<!-- a note -->\n[http://a.example.org/1 (A)]\n\nOutside of it."
    )
    reading = read_page(PAGE, wikitext)
    assert [account.text for account in reading.accounts] == ["It ends."]
    assert [dropped.reason for dropped in reading.dropped] == ["outside the list"]


def test_template_and_reference_may_run_over_lines() -> None:
    wikitext = (
        f"{BEGIN}\n*It ends.<ref>\n{{{{cite web\n| url = http://a.example.org/1\n}}}}\n</ref>"
    )
    (account,) = read_page(PAGE, wikitext).accounts
    assert account.citations[0].url == "http://a.example.org/1"


def test_template_over_very_many_lines_is_one_line() -> None:
    reading = read_page(PAGE, f"{ITEM} {{{{x\n" + "a\n" * 20_000 + f"}}}}\n{ITEM}")
    assert [dropped.reason for dropped in reading.dropped] == ["too long"]
    assert len(reading.accounts) == 1


def test_template_never_closed_over_very_many_lines_hides_no_report() -> None:
    assert texts(f"{ITEM}\n\n{{{{x\n" + "a" * 200_000) == ["It ends."]


def test_bullet_of_very_many_lines_is_dropped_alone() -> None:
    reading = read_page(PAGE, f"{ITEM}\n*B\n" + "a\n" * 100_000)
    assert [dropped.reason for dropped in reading.dropped] == ["too long"]
    assert len(reading.accounts) == 1


@pytest.mark.parametrize(
    ("wikitext", "reason"),
    [
        (f"{ITEM}\n" * 301, "too many lines"),
        (f"{ITEM}\n" + "\nOutside." * 301, "too many lines"),
        (f"{ITEM}\n" + "x" * 300_000, "too long, or too much markup"),
        (f"{ITEM}\n" + "{{a|" * 10_000, "too long, or too much markup"),
    ],
)
def test_more_than_any_day_has_is_unreadable(wikitext: str, reason: str) -> None:
    reading = read_page(PAGE, wikitext)
    assert (reading.readable, reading.accounts) == (False, ())
    assert [dropped.reason for dropped in reading.dropped] == [reason]


def test_several_times_the_longest_day_is_readable() -> None:
    assert len(texts(f"{ITEM}\n" * 200)) == 200


def test_new_days_page_is_readable_and_empty() -> None:
    reading = read_page(PAGE, f"{FRAME}\n\n{BEGIN}\n*\n{END}}}}}")
    assert (reading.readable, reading.accounts, reading.dropped) == (True, (), ())


@pytest.mark.parametrize(
    "wikitext",
    [
        "",
        " \n\n ",
        "one love",
        "#REDIRECT [[Portal:Current events]]",
        f"<!DOCTYPE html><html><body>{ITEM}</body></html>",
        f"  <html>\n{ITEM}",
        f'{{"query": "{FRAME}\\n{ITEM}"}}',
        f'[{{"text": "\n{ITEM}"}}]',
        f"\x00\x01PNG\n{ITEM}",
        "* a list\n* without any link",
        ITEM + "\n" + "x" * (2 * 1024 * 1024),
    ],
)
def test_what_is_no_page_of_the_portal_is_unreadable(wikitext: str) -> None:
    reading = read_page(PAGE, wikitext)
    assert (reading.readable, reading.accounts) == (False, ())
    assert len(reading.dropped) == 1


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Café – “x”".encode(), "Café – “x”"),
        (b"\xef\xbb\xbfplain", "plain"),
        ("Café".encode("latin-1"), "Café"),
        ("“Café” – €".encode("cp1252"), "“Café” – €"),
        ("Café ".encode() + "naïve".encode("latin-1"), "Café naïve"),
        ("Café".encode().decode("latin-1").encode(), "Café"),
        ("l’été".encode().decode("cp1252").encode(), "l’été"),
        ("Café".encode().decode("latin-1").encode().decode("cp1252").encode(), "Café"),
        (b"a\x81b", "ab"),
        ("Ångström Ära ÄÖÜ".encode(), "Ångström Ära ÄÖÜ"),
    ],
)
def test_decoding_leaves_no_broken_letters(data: bytes, text: str) -> None:
    assert decode_page(data) == text


def test_broken_letters_in_a_text_are_mended() -> None:
    (account,) = read_page(
        PAGE, "*Caf\u00c3\u00a9 \ufffd opens. [http://a.example.org/1 (A)]"
    ).accounts
    assert account.text == "Café opens."


def test_language_without_a_portal_is_refused() -> None:
    with pytest.raises(KeyError):
        read_page(PAGE, ITEM, "xx")
