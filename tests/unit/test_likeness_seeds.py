"""The recorded event page and the publisher's article on the same meeting."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.core.likeness import ComparedReport, RecentReports
from tests.support.data import find_data

PORTAL, PUBLISHER = 1, 2
MEETING, PROTEST = 1, 2
NOON = datetime(2017, 11, 23, 12, tzinfo=UTC)
WORDINGS = {
    "2017-11-23_first-wording.md": {"omar al-bashir", "vladimir putin", "sudan", "russia"},
    "2017-11-23_second-wording.md": {
        "omar al-bashir", "vladimir putin", "sudan", "russia", "international criminal court",
    },
}  # fmt: skip
IN_ARTICLE = frozenset({"omar al-bashir", "vladimir putin", "international criminal court"})


@pytest.fixture
def folder() -> Path:
    data = find_data()
    if data is None:
        pytest.skip("no recorded data")
    return data / "event_pages"


def entry(folder: Path, paragraphs: int) -> ComparedReport:
    """The article as a feed would give it: its headline and its first paragraphs."""
    lines = (folder / "2017-11-23_article.txt").read_text(encoding="utf-8").splitlines()
    lines = [line.strip() for line in lines]
    start = next(n for n, line in enumerate(lines) if "protection from" in line)
    body = [line for line in lines[start + 1 :] if len(line) > 60][:paragraphs]
    text = "\n".join([lines[start], " ".join(body)])
    at = NOON + timedelta(hours=4)
    return ComparedReport(9, 0, PUBLISHER, at, text, entities=IN_ARTICLE)


def bullets(folder: Path, wording: str) -> list[ComparedReport]:
    """The page's sentence as a bullet, and its related events as if of the same day."""
    page = html.unescape((folder / wording).read_text(encoding="utf-8"))
    first = (folder / "2017-11-23_first-wording.md").read_text(encoding="utf-8")
    protest = next(t for t in re.findall(r"^\d+\. \[(.*?)\]", first, re.M) if "290" in t)
    titles = re.findall(r"^# (.*)$", page, re.M)[:1]
    others = [t for t in re.findall(r"^\d+\. \[(.*?)\]", page, re.M) if len(t) > 40]
    told = [(titles[0], frozenset(WORDINGS[wording])), (protest, frozenset({"vladimir putin"}))]
    told += [(text, frozenset[str]()) for text in others if text != protest]
    return [
        ComparedReport(n, n, PORTAL, NOON, text, entities=entities, listed=True)
        for n, (text, entities) in enumerate(told, 1)
    ]


@pytest.mark.parametrize("wording", WORDINGS)
@pytest.mark.parametrize("paragraphs", [1, 2, 12])
def test_the_article_joins_the_bullet_on_the_meeting(
    folder: Path, wording: str, paragraphs: int
) -> None:
    recent = RecentReports()
    for bullet in bullets(folder, wording):
        recent.keep(bullet)
    article = entry(folder, paragraphs)
    assert recent.join(article) == MEETING
    recent.keep(
        ComparedReport(9, MEETING, PUBLISHER, article.at, article.text, entities=IN_ARTICLE)
    )
    assert recent.twin(MEETING) is None


@pytest.mark.parametrize("wording", WORDINGS)
@pytest.mark.parametrize("paragraphs", [1, 2, 12])
def test_the_article_does_not_join_the_arrested_protesters(
    folder: Path, wording: str, paragraphs: int
) -> None:
    recent = RecentReports()
    recent.keep(bullets(folder, wording)[PROTEST - 1])
    assert recent.join(entry(folder, paragraphs)) is None
