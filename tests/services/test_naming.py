"""Whom texts name in full, by what the database knows; measured on labelled news."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.core.names import fold, fold_title, twin_key
from bot.services.naming import names_in
from storage.database import Database
from storage.entities import Title, Use
from storage.model import Account, Link
from tests.support.data import find_data
from tests.support.story import NOON, Story, account

SURFACES = Path("current_events", "wikilink_surfaces.tsv")


async def names(database: Database, *texts: str, language: str = "en") -> list[tuple[Link, ...]]:
    async with database.reading() as tx:
        return await names_in(tx, [Account(NOON.date(), text, language=language) for text in texts])


async def test_each_text_gets_its_own_names(database: Database) -> None:
    story = Story(database)
    await story.tell(account("2017-11-23", "[[Omar al-Bashir]] visits [[Russia]]."))
    await story.use_words("North Korea", "Hermit Kingdom", 3)
    found = await names(
        database,
        "Hermit Kingdom angered by Omar Al-Bashir’s visit; Hermit Kingdom silent",
        "Nobody Else came. Bashir was in Russia",
        "",
        "SUDAN: OMAR AL-BASHIR SPEAKS",
    )
    assert found == [
        (Link("North Korea", "Hermit Kingdom"), Link("Omar al-Bashir", "Omar Al-Bashir")),
        (Link("Russia", "Russia"),),
        (),
        (Link("Omar al-Bashir", "OMAR AL-BASHIR"),),
    ]
    assert await names(database) == []


async def test_names_in_other_scripts(database: Database) -> None:
    story = Story(database)
    await story.use_words("Vladimir Putin", "Putin", 9)
    modi = await story.use_words("Narendra Modi", "Modi", 9)
    bashir = await story.use_words("Omar al-Bashir", "Bashir", 9)
    async with database.transaction() as tx:
        for number, name in ((modi, "नरेन्द्र मोदी"), (bashir, "عمر البشير")):
            await tx.entities.add_aliases(number, {"xx": {name: fold(name)}})
    found = await names(
        database,
        "Владимир Путин принял гостей",
        "दिल्ली: नरेन्द्र मोदी।",
        "زار عمر البشير موسكو",
    )
    assert [[link.target for link in links] for links in found] == [
        ["Vladimir Putin"],
        ["Narendra Modi"],
        ["Omar al-Bashir"],
    ]


# --- Labelled news


@dataclass(frozen=True)
class Document:
    """A text and the entities that people found in it: the words' place, and their name."""

    text: str
    labels: tuple[tuple[int, int, str], ...]

    def labelled(self, words: str) -> list[str]:
        """The names of what people found where these words stand first."""
        found = re.search(rf"\b{re.escape(words)}\b", self.text)
        start, end = found.span() if found else (0, 0)
        return [name for first, last, name in self.labels if first < end and start < last]


@pytest.fixture(scope="module")
def recordings() -> Path:
    folder = find_data()
    if folder is None or not (folder / SURFACES).is_file():
        pytest.skip("the labelled news are not at hand: set DATELINE_DATA")
    return folder


@pytest.fixture(scope="module")
def surfaces(recordings: Path) -> str:
    return (recordings / SURFACES).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def told(recordings: Path) -> list[Document]:
    files = ("news_fair.jsonl", "kore50.jsonl")
    return [document for name in files for document in documents(recordings / "linking" / name)]


def documents(path: Path) -> Iterator[Document]:
    """The documents of a file, the part of each that people have looked at."""
    for line in path.read_text(encoding="utf-8").splitlines():
        known = json.loads(line)
        first, last = known["evaluation_span"]
        labels = tuple(
            (label["span"][0] - first, label["span"][1] - first, label["name"])
            for label in known["labels"]
        )
        yield Document(known["text"][first:last], labels)


async def know(database: Database, surfaces: str) -> None:
    """Keep the articles that the portal's days have linked, with the words that stood for them."""
    rows = [line.split("\t") for line in surfaces.splitlines()[1:]]
    titles = {title: Title(title, twin_key(title), fold_title(title)) for title, _, _ in rows}
    async with database.transaction() as tx:
        articles = await tx.entities.articles("en", list(titles.values()))
        uses = [
            Use(articles[title].entity_id, words, folded, int(count))
            for title, words, count in rows
            if (folded := fold(words))
        ]
        await tx.entities.note_uses("en", uses)


# What the labels call otherwise than the archive's articles do, and the like.
SAME = {
    ("China", "People's Republic of China"),
    ("United States", "United States of America"),
    ("Santa Monica, California", "Santa Monica"),
    ("San Siro", "Giuseppe Meazza Stadium"),
}
UNLABELLED = {"El Niño", "Beverly Hills, California"}


async def test_hardly_a_name_in_labelled_news_is_wrong(
    database: Database, surfaces: str, told: list[Document]
) -> None:
    await know(database, surfaces)
    found = await names(database, *(document.text for document in told))
    wrong = [
        link.words
        for document, links in zip(told, found, strict=True)
        for link in links
        if link.target not in UNLABELLED
        and not any(_is_same(link.target, name) for name in document.labelled(link.words))
    ]
    # A university's team, and a festival on an island.
    assert wrong == ["Ohio State", "Isle of Wight"]
    assert sum(map(len, found)) == 42


def _is_same(title: str, name: str) -> bool:
    return fold(title) == fold(name) or (title, name) in SAME
