"""Who is behind an article, and what becomes of follows when two are one or one is two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from bot.errors import SourceUnreachable
from bot.services.resolving import ResolveTitles, Resolving
from bot.sources.mediawiki import Item, Resolved
from storage.database import Database
from storage.model import Entity
from tests.support.portal import START, Portal, entity, follow, send_all
from tests.support.post import Clock
from tests.support.story import account


@dataclass
class Encyclopedia:
    """Titles lead to articles, those to items; ``down``: nobody answers."""

    database: Database
    redirects: dict[str, str] = field(default_factory=dict)
    qids: dict[str, str] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    asked: list[Sequence[str]] = field(default_factory=list)
    down: bool = False
    clock: Clock = field(default_factory=lambda: Clock(START))

    async def resolve(self, titles: Sequence[str]) -> list[Resolved]:
        self.asked.append(titles)
        if self.down:
            raise SourceUnreachable("no connection")
        articles = {title: self.redirects.get(title, title) for title in titles}
        return [
            Resolved(title, article, self.qids.get(article)) if article else Resolved(title)
            for title, article in articles.items()
        ]

    async def find_items(self, qids: Sequence[str]) -> list[Item]:
        return [self.items.get(qid, Item(qid, qid)) for qid in qids]

    def process(self, holder: str = "one", resolve: ResolveTitles | None = None) -> Resolving:
        """A process that resolves."""
        titles = resolve or self.resolve
        return Resolving(self.database, titles, self.find_items, clock=self.clock, holder=holder)

    async def work(self) -> int:
        """Resolve all that there is; how many titles."""
        resolving = self.process()
        done = 0
        while count := await resolving.resolve_batch():
            done += count
        return done


@pytest.fixture
def wiki(database: Database) -> Encyclopedia:
    """An encyclopedia that knows every title as an article without an item."""
    return Encyclopedia(database)


async def known(database: Database, title: str) -> Entity:
    number = await entity(database, title)
    async with database.reading() as tx:
        found = await tx.entities.get(number)
    assert found is not None
    return found


async def test_label_description_and_names_come_from_wikidata(
    database: Database, wiki: Encyclopedia
) -> None:
    await entity(database, "Vladimir Putin")
    wiki.qids["Vladimir Putin"] = "Q7747"
    wiki.items["Q7747"] = Item(
        "Q7747", "Q7747", {"en": "Vladimir Putin", "ru": "Владимир Путин"},
        {"en": "President of Russia"}, {"en": ("Putin",), "ru": ("Путин",)},
    )  # fmt: skip
    assert await wiki.work() == 1
    found = await known(database, "Vladimir Putin")
    assert (found.qid, found.description) == ("Q7747", "President of Russia")
    async with database.reading() as tx:
        for name in ("putin", "vladimir putin"):
            assert [each.entity.id for each in await tx.entities.named(name)] == [found.id]


async def test_titles_are_asked_for_in_batches_each_once(
    database: Database, wiki: Encyclopedia
) -> None:
    for number in range(120):
        await entity(database, f"Village {number}")
    assert await wiki.work() == 120
    assert await wiki.work() == 0
    assert [len(titles) for titles in wiki.asked] == [50, 50, 20]


async def test_a_redirect_merges_with_all_follows(database: Database, wiki: Encyclopedia) -> None:
    one = await follow(database, 1, "Omar al-Bashir")
    two = await follow(database, 2, "Omar Hassan al-Bashir")
    both = await follow(database, 3, "Omar al-Bashir", "Omar Hassan al-Bashir")
    wiki.redirects["Omar Hassan al-Bashir"] = "Omar al-Bashir"
    wiki.qids["Omar al-Bashir"] = "Q57337"
    await wiki.work()
    kept = await known(database, "Omar al-Bashir")
    assert await known(database, "Omar Hassan al-Bashir") == kept
    async with database.reading() as tx:
        for chat in (one, two, both):
            assert [each.entity.id for each in await tx.chats.follows(chat)] == [kept.id]


async def test_a_redirect_to_an_article_without_an_item_merges_too(
    database: Database, wiki: Encyclopedia
) -> None:
    await entity(database, "A small village")
    wiki.redirects["A small village"] = "Small Village"
    await wiki.work()
    assert (await known(database, "A small village")).id == (
        await known(database, "Small Village")
    ).id


async def test_a_redirect_without_an_item_never_makes_one_of_two_items(
    database: Database, wiki: Encyclopedia
) -> None:
    await entity(database, "Old Town")
    await entity(database, "Old City")
    wiki.qids |= {"Old Town": "Q1", "Old City": "Q2"}
    await wiki.work()
    before = await known(database, "Old Town"), await known(database, "Old City")
    assert await known(database, "Old town") == before[0]
    wiki.qids.clear()
    wiki.redirects["Old town"] = "Old City"
    assert await wiki.work() == 1
    assert (await known(database, "Old Town"), await known(database, "Old City")) == before


async def test_followers_are_told_of_an_event_that_links_to_a_redirect(
    database: Database, wiki: Encyclopedia
) -> None:
    await follow(database, 1, "Omar al-Bashir")
    wiki.qids["Omar al-Bashir"] = "Q57337"
    wiki.redirects["Omar Hassan al-Bashir"] = "Omar al-Bashir"
    await wiki.work()
    said = account("2017-11-23", "[[Omar Hassan al-Bashir]] travels to Sochi.")
    [event] = await Portal(database).stand(0, said)
    now = Portal(database).at(10)
    assert await send_all(database, now) == []
    await wiki.work()
    assert await send_all(database, now) == [(1, event)]


async def test_twins_that_differ_are_parted(database: Database, wiki: Encyclopedia) -> None:
    portal = Portal(database)
    film, rail = await portal.stand(
        0,
        account("2017-11-23", "[[New Line]] shows a film."),
        account("2017-11-23", "The [[New line]] opens."),
    )
    assert await known(database, "New Line") == await known(database, "New line")
    wiki.qids |= {"New Line": "Q1", "New line": "Q2"}
    await wiki.work()
    one, two = await known(database, "New Line"), await known(database, "New line")
    assert {one.qid, two.qid} == {"Q1", "Q2"}
    assert (await portal.event(film)).entities == (one,)
    assert (await portal.event(rail)).entities == (two,)


async def test_twins_that_are_one_stay_one(database: Database, wiki: Encyclopedia) -> None:
    await entity(database, "Omar al-Bashir")
    await entity(database, "Omar Al-Bashir")
    wiki.redirects["Omar Al-Bashir"] = "Omar al-Bashir"
    wiki.qids["Omar al-Bashir"] = "Q57337"
    await wiki.work()
    assert await known(database, "Omar Al-Bashir") == await known(database, "Omar al-Bashir")


async def test_items_that_wikidata_has_merged_are_one(
    database: Database, wiki: Encyclopedia
) -> None:
    await entity(database, "Rebels")
    await entity(database, "The rebels")
    wiki.qids |= {"Rebels": "Q1", "The rebels": "Q2"}
    wiki.items["Q1"] = Item("Q1", "Q2", {"en": "rebels"})
    wiki.items["Q2"] = Item("Q2", "Q2", {"en": "rebels"})
    await wiki.work()
    assert await known(database, "Rebels") == await known(database, "The rebels")


async def test_titles_without_an_article_stay_as_they_are(
    database: Database, wiki: Encyclopedia
) -> None:
    before = await known(database, "Nobody in particular")
    wiki.redirects["Nobody in particular"] = ""
    assert await wiki.work() == 1
    assert await known(database, "Nobody in particular") == before
    assert await wiki.work() == 0


async def test_a_failure_changes_nothing_and_is_tried_again(
    database: Database, wiki: Encyclopedia
) -> None:
    await entity(database, "Vladimir Putin")
    wiki.qids["Vladimir Putin"] = "Q7747"
    wiki.down = True
    assert await wiki.work() == 0
    assert (await known(database, "Vladimir Putin")).qid is None
    wiki.down = False
    assert await wiki.work() == 1
    assert (await known(database, "Vladimir Putin")).qid == "Q7747"


async def test_a_follow_during_the_request_is_not_lost(
    database: Database, wiki: Encyclopedia
) -> None:
    await entity(database, "Omar al-Bashir")
    await entity(database, "Omar Hassan al-Bashir")
    wiki.redirects["Omar Hassan al-Bashir"] = "Omar al-Bashir"
    wiki.qids["Omar al-Bashir"] = "Q57337"
    find_items = wiki.find_items

    async def meanwhile(qids: Sequence[str]) -> list[Item]:
        await follow(database, 1, "Omar Hassan al-Bashir")
        return await find_items(qids)

    clock = Clock(START)
    resolving = Resolving(database, wiki.resolve, meanwhile, clock=clock, holder="one")
    await resolving.resolve_batch()
    kept = await known(database, "Omar al-Bashir")
    async with database.reading() as tx:
        chat = await tx.chats.chat(1, START)
        assert [each.entity.id for each in await tx.chats.follows(chat.id)] == [kept.id]


async def test_one_process_resolves_and_another_when_that_ends(
    database: Database, wiki: Encyclopedia
) -> None:
    two = wiki.process("two")

    async def meanwhile(titles: Sequence[str]) -> list[Resolved]:
        assert await two.resolve_batch() == 0
        return await wiki.resolve(titles)

    one = wiki.process("one", meanwhile)
    await entity(database, "Malta")
    assert await one.resolve_batch() == 1
    await entity(database, "Gozo")
    assert await two.resolve_batch() == 0
    await one.release()
    assert await two.resolve_batch() == 1
    assert wiki.asked == [["Malta"], ["Gozo"]]


async def test_an_outage_is_told_once_and_so_is_its_end(
    database: Database, wiki: Encyclopedia, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="bot.services.outages")
    await entity(database, "Malta")
    resolving, wiki.down = wiki.process(), True
    for _ in range(4):
        assert await resolving.resolve_batch() == 0
        wiki.clock.pass_by(30)
    wiki.down = False
    assert await resolving.resolve_batch() == 1
    assert [record.getMessage() for record in caplog.records] == [
        "the encyclopedia could not be read, trying again: no connection",
        "the encyclopedia can be read again, after 2 minutes",
    ]
