"""What templates of a bullet show to the reader."""

from __future__ import annotations

import pytest

from bot.sources.wikipedia import read_page
from storage.model import Account, Link

PAGE = "2017_November_23"
SOURCE = "[http://a.example.org/1 (A)]"


def account(markup: str) -> Account:
    (only,) = read_page(PAGE, f"* {markup} {SOURCE}").accounts
    return only


def unknown(markup: str) -> list[str]:
    dropped = read_page(PAGE, f"* {markup} {SOURCE}").dropped
    return [each.text for each in dropped if each.reason == "unknown template"]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("A fine of {{US$|5 million}}.", "A fine of US$5 million."),
        ("A fine of {{USD|5 million|2020}}.", "A fine of US$5 million."),
        ("A fine of {{GBP|5 million}}.", "A fine of £5 million."),
        ("A fine of {{€|5 million}} or {{EUR|6}}.", "A fine of €5 million or €6."),
        ("A fine of {{INR|40 crore}}.", "A fine of ₹40 crore."),
        ("A fine of {{INRConvert|40|c}}.", "A fine of ₹40 crore."),
        ("A fine of {{JPY|30 billion}}.", "A fine of ¥30 billion."),
        ("A fine of {{currency|65|RUB}}.", "A fine of ₽65."),
        ("It pays in {{€}}.", "It pays in €."),
        ("{{langx|ru|Образец|Obrazets}} ends.", "Образец ends."),
        ("{{lang-ru|Образец|Obrazets}} ends.", "Образец ends."),
        ("{{lang|fr|fromage|rtl=no}} ends.", "fromage ends."),
        ("It is {{no wrap|10 km}}, {{nobr|5 km}} and {{nwr|2 km}}.", "It is 10 km, 5 km and 2 km."),
        ("It is {{val|5|u=km}} off.", "It is 5 km off."),
        ("It is {{val|1.2|0.3|e=6|ul=m|upl=s}} fast.", "It is 1.2±0.3×10⁶ m/s fast."),
        ("It grows by {{val|5|u=%}}.", "It grows by 5%."),
        ("A quake of {{M|w|7.4}} strikes.", "A quake of Mw 7.4 strikes."),
        ("A quake of {{M|w}} 7.4 strikes.", "A quake of Mw 7.4 strikes."),
        ("In all {{formatnum:1234567}} people vote.", "In all 1,234,567 people vote."),
        ("{{As of|2026|3}}, ten are missing.", "As of March 2026, ten are missing."),
        ("Ten are missing {{as of|2026|03|05|lc=y}}.", "Ten are missing as of 5 March 2026."),
        ("{{As of|2026|3|5|df=US}}, ten vote.", "As of March 5, 2026, ten vote."),
        ("{{As of|2026|since=y}} ten vote.", "Since 2026 ten vote."),
        ("{{As of|2026|alt=By now}} ten vote.", "By now ten vote."),
        ("{{color|red|Breaking}}: it ends.", "Breaking: it ends."),
        ("The {{circa|1920}} house ends.", "The c. 1920 house ends."),
        ("CO{{sub|2}} and m{{sup|2}} end{{small|ed}}.", "CO2 and m2 ended."),
        ("{{ubl|One|Two}} end.", "One, Two end."),
        ("{{plainlist|\n* One\n* Two\n}} end.", "One, Two end."),
        ("{{quote|It ends}} says Ann.", '"It ends" says Ann.'),
        ("{{resize|90%|All}} end.", "All end."),
        ("{{fb|ENG}} beat {{fb-rt|GER}} 3{{endash}}1.", "England beat Germany 3–1."),
        ("It ends {{increase}}{{efn|A note}}{{fr icon}}{{which|date=May 2020}}.", "It ends."),
    ],
)
def test_template_shows_what_it_shows_on_the_page(markup: str, text: str) -> None:
    assert account(markup).text == text
    assert unknown(markup) == []


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Ann, aged {{age|1920|1|2|2026|1|1}}, ends.", "Ann, aged 105, ends."),
        ("Ann, aged {{age|1920|1|2|2026|1|2}}, ends.", "Ann, aged 106, ends."),
        ("Ann, aged {{age|1920|1|2}}, ends.", "Ann, ends."),
        ("Ann (aged {{age|1920|1|2}}) ends.", "Ann ends."),
        ("Ann ({{age|1920|1|2}}) ends.", "Ann ends."),
        ("Ann ends at the age of {{age|1920|1|2}}.", "Ann ends."),
        ("Ann, {{age|1920|13|2|2026|1|1}}, ends.", "Ann, ends."),
        (
            "Ann is {{age in years and days|1996|2|29|2015|3|1}} old.",
            "Ann is 19 years, 0 days old.",
        ),
    ],
)
def test_age_is_worked_out_between_two_dates_or_left_out(markup: str, text: str) -> None:
    assert account(markup).text == text


@pytest.mark.parametrize(
    ("markup", "link"),
    [
        ("{{IRN}}", Link("Iran", "Iran")),
        ("{{GER|1990}}", Link("Germany", "Germany")),
        ("{{GEO}}", Link("Georgia (country)", "Georgia")),
        ("{{COD}}", Link("Democratic Republic of the Congo", "Democratic Republic of the Congo")),
        ("{{UK}}", Link("United Kingdom", "United Kingdom")),
        ("{{flag|Samplia}}", Link("Samplia", "Samplia")),
        ("{{flag|FRA}}", Link("France", "France")),
        ("{{flagcountry|TUR}}", Link("Turkey", "Turkey")),
        ("{{flagg|uf|Iraq}}", Link("Iraq", "Iraq")),
        ("{{flagicon|France}} [[France]]", Link("France", "France")),
        ("{{flagdeco|France}} [[France]]", Link("France", "France")),
        ("{{JS|Sample}}", Link("JS Sample", "JS Sample")),
        ("{{ROKS|Sample|PCC-772}}", Link("ROKS Sample (PCC-772)", "ROKS Sample")),
        ("{{HNoMS|Sample}}", Link("HNoMS Sample", "HNoMS Sample")),
        ("{{ship||Sample}}", Link("Sample", "Sample")),
        ("{{illm|Jan Muster|de}}", Link("Jan Muster", "Jan Muster")),
        ("{{nowrap|[[Ann Sample]]}}", Link("Ann Sample", "Ann Sample")),
        ("{{langx|sv|[[Sample Mint|Mintverk]]}}", Link("Sample Mint", "Mintverk")),
    ],
)
def test_template_links_what_it_names(markup: str, link: Link) -> None:
    read = account(f"The {markup} ends.")
    assert (read.text, read.links) == (f"The {link.words} ends.", (link,))


def test_article_of_a_journal_is_a_source() -> None:
    read = account("It ends. {{doi-inline|10.1000/x|(''Sample Journal'')}}")
    assert [(each.publisher, each.url) for each in read.citations] == [
        ("Sample Journal", "https://doi.org/10.1000/x"),
        ("A", "http://a.example.org/1"),
    ]


def test_template_that_nobody_knows_is_told_and_hides_no_report() -> None:
    assert account("Ann ({{unheard-of|x}}) ends.").text == "Ann ends."
    assert unknown("Ann ({{unheard-of|x}}) ends. {{XYZ}} {{unheard-of|x}}") == [
        "{{unheard-of|x}}",
        "{{XYZ}}",
    ]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("A bomb kills {{nowrap|12 people.", "A bomb kills 12 people."),
        ("A bomb kills {{nowrap|12 [[people]] in {{GBP|5}} houses.", "A bomb kills 12 people in"),
        ("It costs {{GBP|5 million.", "It costs £5 million."),
        ("He says {{lang|fr|oui.", "He says oui."),
        ("It ends. {{cite web|title=Never closed", "It ends."),
        ("It ends.{{unheard-of|never closed", "It ends."),
    ],
)
def test_template_never_closed_hides_no_words_of_the_sentence(markup: str, text: str) -> None:
    assert account(markup).text.startswith(text)


def test_template_never_closed_takes_no_other_bullet_along() -> None:
    page = f"* A bomb kills {{{{nowrap|12. {SOURCE}\n* It ends. {SOURCE}\n}}}}"
    assert [each.text for each in read_page(PAGE, page).accounts] == [
        "A bomb kills 12.",
        "It ends.",
    ]
