"""Sources as editors write them in haste: brackets, addresses, publishers."""

from __future__ import annotations

import pytest

from bot.sources.wikipedia import read_page
from storage.model import Account

PAGE = "2017_November_23"
URL = "http://a.example.org/1"


def account(line: str) -> Account:
    (only,) = read_page(PAGE, line).accounts
    return only


@pytest.mark.parametrize(
    "source",
    [
        f"[ {URL} (Sample News)]",
        f"{{{URL} (Sample News)}}",
        f"[{URL} (Sample News))",
        f"[{URL} (Sample News",
        f"[{URL}] (Sample News)",
        f"{URL} (Sample News)",
        f"[{URL}(Sample News)]",
        f"[{URL}|(Sample News)]",
        f"[[{URL}|(Sample News)]]",
        f"[{URL}| (Sample News)]",
        f"[{URL}, (Sample News)]",
        f"[{URL}%22 (Sample News)]",
        f"[{URL}( (Sample News)]",
        f"[{URL} (Sample News (2))]",
    ],
)
def test_source_is_found_in_odd_brackets(source: str) -> None:
    read = account(f"* It ends. {source}")
    assert read.text == "It ends."
    assert [(each.publisher, each.url) for each in read.citations] == [("Sample News", URL)]


@pytest.mark.parametrize(
    ("address", "publisher"),
    [
        ("http://a.example.org/wiki/Sample_(film)", "A"),
        ("http://a.example.org/Ann%20(Sample)", "A"),
        ("http://a.example.org/x(1)", "A"),
        ("http://a.example.org/x?f(A)=B(C)", "A"),
    ],
)
def test_brackets_of_an_address_stay(address: str, publisher: str) -> None:
    (citation,) = account(f"* It ends. [{address} (A)]").citations
    assert (citation.publisher, citation.url) == (publisher, address)


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8080", "localhostess", "intranet", "[2001:db8::1]"]
)
def test_host_without_a_name_in_public_is_no_source(host: str) -> None:
    read = account(f"* It ends. [http://{host}/1 (A)] [{URL} (B)]")
    assert [each.url for each in read.citations] == [URL]


def test_publisher_begun_in_the_address_is_whole() -> None:
    (citation,) = account(f"* It ends. [{URL}(The Sample Times)]").citations
    assert citation.publisher == "The Sample Times"


@pytest.mark.parametrize(
    "line",
    [
        f"* It ends. ([[Sample News]]) [{URL} (A)]",
        f"* It ends. [{URL} (A)], ''([[Sample News]])''",
        f"* It ends. [{URL} (A)] [[Sample league|(Sample News)]]",
        f"* It ends. [{URL} (A)] -- [[User:Ann|Ann]] ([[User talk:Ann|talk]]) "
        "10:10, 12 March 2024 (UTC)",
        f"* It ends. [{URL} (A)] – [[Special:Contributions/192.0.2.1|192.0.2.1]] "
        "10:10, 12 March 2024 (UTC)",
    ],
)
def test_publishers_article_and_signature_are_no_words(line: str) -> None:
    read = account(line)
    assert (read.text, read.links) == ("It ends.", ())


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (
            f"* The [[Sample Party]] ([[SP]]) [{URL} (A)]",
            "The Sample Party (SP)",
        ),
        (f"* It ends (as Ann says). [{URL} (A)]", "It ends (as Ann says)."),
        (f"* It ends. (Two were there.) [{URL} (A)]", "It ends. (Two were there.)"),
    ],
)
def test_brackets_of_the_sentence_stay(line: str, text: str) -> None:
    assert account(line).text == text
