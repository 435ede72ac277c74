"""The sample week: every page readable at every minute, and in words of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.core.identity import evidence_urls
from bot.services.sample import SamplePage, sample_week
from bot.sources.wikipedia import read_page
from storage.model import Account
from tests.support.data import find_data

WEEK = [f"2017_November_{day}" for day in range(17, 24)]
LIVE_PAGES = {"2017_November_22", "2017_November_23"}
CATEGORIES = {
    "Armed conflicts and attacks",
    "Arts and culture",
    "Business and economy",
    "Disasters and accidents",
    "International relations",
    "Law and crime",
    "Politics and elections",
    "Sports",
}
RUN = 8  # words in a row that two texts of different authors do not share

_WORD = re.compile(r"\w+")


def steps() -> list[int]:
    return sorted(step for page in sample_week().values() for step in page.steps)


def minutes() -> list[int]:
    return [0, *steps()]


def accounts(page: SamplePage, minute: int) -> tuple[Account, ...]:
    return read_page(page.name, page.text(minute)).accounts


def all_accounts(minute: int) -> list[Account]:
    return [account for page in sample_week().values() for account in accounts(page, minute)]


def wordings() -> list[Account]:
    """Every account of every minute, each once."""
    return list(dict.fromkeys(a for minute in minutes() for a in all_accounts(minute)))


def test_the_week_has_a_page_for_each_of_its_days() -> None:
    assert sorted(sample_week()) == WEEK


@pytest.mark.parametrize("name", WEEK)
def test_a_page_is_read_without_loss_at_any_minute(name: str) -> None:
    page = sample_week()[name]
    for minute in minutes():
        reading = read_page(name, page.text(minute))
        assert reading.readable
        assert reading.dropped == ()
        assert reading.accounts


def test_every_bullet_of_a_page_is_read() -> None:
    for page in sample_week().values():
        for minute in minutes():
            bullets = [line for line in page.text(minute).splitlines() if "://" in line]
            assert len(accounts(page, minute)) == len(bullets)


def test_the_week_is_as_full_as_promised() -> None:
    last = max(minutes())
    days = [account.day.day for account in all_accounts(last)]
    assert len(days) >= 60
    assert days.count(23) >= 14
    assert len(days) - len(all_accounts(0)) >= 15


def test_every_account_has_words_links_and_a_category_of_the_portals() -> None:
    for account in wordings():
        assert account.text.endswith("."), account.text
        assert 40 <= len(account.text) <= 260, account.text
        assert account.links, account.text
        assert account.category in CATEGORIES, account.text


def test_every_account_has_one_to_three_named_sources_at_absolute_addresses() -> None:
    for account in wordings():
        assert 1 <= len(account.citations) <= 3, account.text
        for citation in account.citations:
            address = urlsplit(citation.url)
            assert address.scheme in ("http", "https"), citation
            assert citation.publisher != (address.hostname or "").removeprefix("www."), citation
            assert "utm_" not in citation.url, citation


def test_no_two_events_share_a_source() -> None:
    urls = [url for account in all_accounts(max(minutes())) for url in evidence_urls(account)]
    assert len(urls) == len(set(urls))


def test_the_visit_to_sochi_is_among_them() -> None:
    (visit,) = [a for a in all_accounts(3) if "Omar al-Bashir" in a.text]
    assert visit.day.day == 23
    assert {"Omar al-Bashir", "Vladimir Putin", "Sochi"} <= {link.target for link in visit.links}


def test_the_texts_are_whole() -> None:
    for page in sample_week().values():
        text = "\n".join(line.text for line in page.lines)
        assert "�" not in text
        assert "arrives:" not in text  # a marker that was not understood


def test_one_step_comes_each_minute_on_the_last_two_pages() -> None:
    assert steps() == list(range(1, len(steps()) + 1))
    assert {page.name for page in sample_week().values() if page.steps} == LIVE_PAGES


def test_at_least_three_steps_reword_what_stands_and_keep_a_source() -> None:
    reworded = [
        (above, line)
        for page in sample_week().values()
        for above, line in zip(page.lines, page.lines[1:], strict=False)
        if line.replaces
    ]
    assert len(reworded) >= 3
    for above, line in reworded:
        assert above.arrives < line.arrives
        assert _links(above.text)[0] in _links(line.text)


def _links(bullet: str) -> list[str]:
    return re.findall(r"\[(https?://\S+)", bullet)


def test_a_revision_grows_exactly_when_its_text_changes() -> None:
    for page in sample_week().values():
        for minute in minutes():
            changed = page.text(minute) != page.text(minute + 1)
            assert page.revision(minute + 1) - page.revision(minute) == changed


# --- the words are this project's own


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """All runs of so many words in a text, case levelled."""
    words = _WORD.findall(text.casefold())
    return zip(*(words[start:] for start in range(RUN)), strict=False)


def recorded(folder: Path) -> Iterator[str]:
    """Every wording that the recordings have of the pages of November 2017."""
    path = folder / "current_events" / "revisions_2017-11.jsonl"
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            revision = json.loads(line)
            for account in read_page(revision["page"], revision["text"]).accounts:
                yield account.text


def test_no_sentence_is_taken_from_the_portal() -> None:
    folder = find_data()
    if folder is None:
        pytest.skip("no recorded data at hand")
    theirs = {run for text in set(recorded(folder)) for run in runs(text)}
    assert theirs
    for account in wordings():
        assert not theirs.intersection(runs(account.text)), account.text
