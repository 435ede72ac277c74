"""What inline mode finds, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.services.finding import Finder
from bot.services.inline import MOST, PAGE, Inline, Shelf
from storage.database import Database
from storage.model import Filter, FollowMode
from storage.tables import ChatRow, EntityRow, OutboxRow, UpdateRow
from tests.support.requests import READER
from tests.support.rows import count
from tests.support.statements import asked
from tests.support.story import NOON, Story, account

MEETING = account(
    "2017-11-23",
    "[[Omar al-Bashir]] meets [[Vladimir Putin]] in [[Sochi]].",
    sources=[("Al Jazeera", "https://aljazeera.example/a"), ("RT", "https://rt.example/b")],
)
MATCH = account("2017-11-23", "[[Vladimir Putin]] watches football.", category="Sports")
MEMORIAL = account("2017-11-05", "[[Vladimir Putin]] opens a memorial in [[Moscow]].")


@pytest.fixture
def inline(database: Database) -> Inline:
    return Inline(database, Finder(database))


def told(shelf: Shelf) -> list[tuple[int, str | None]]:
    """The events on a shelf, with whose they are."""
    return [(item.event.id, item.whose.label if item.whose else None) for item in shelf.items]


async def follow(
    database: Database,
    story: Story,
    name: str,
    mode: FollowMode = FollowMode.AT_ONCE,
    wanted: Filter | None = None,
) -> None:
    """Let the reader follow somebody in a way."""
    number = await story.use_words(name, name, 1)
    async with database.transaction() as tx:
        chat = await tx.chats.chat(READER, NOON)
        await tx.chats.follow(chat.id, number, NOON)
        await tx.chats.set_mode(chat.id, number, mode)
        await tx.chats.set_filter(chat.id, number, wanted or Filter())


async def test_a_clear_name_gives_its_newest_events(inline: Inline, story: Story) -> None:
    old, meeting = await story.tell(MEMORIAL), await story.tell(MEETING)
    shelf = await inline.look(READER, "vladimir putin", 0, NOON)
    assert told(shelf) == [(meeting, "Vladimir Putin"), (old, "Vladimir Putin")]
    assert (shelf.next, shelf.language) == (None, None)


async def test_events_found_by_a_surname_are_whose_it_is(inline: Inline, story: Story) -> None:
    meeting = await story.tell(MEETING)
    assert told(await inline.look(READER, "Putin", 0, NOON)) == [(meeting, "Vladimir Putin")]
    assert told(await inline.look(READER, "meets", 0, NOON)) == [(meeting, None)]


async def test_a_name_of_several_gives_the_newest_of_each(inline: Inline, story: Story) -> None:
    both = await story.tell(account("2017-11-20", "[[Omar al-Bashir]] and [[Martin Bashir]] meet."))
    own = [
        await story.tell(account("2017-11-21", f"[[Martin Bashir]] does a thing no {n * 7}."))
        for n in range(4)
    ]
    await story.use_words("Omar al-Bashir", "Bashir", 9)
    await story.use_words("Martin Bashir", "Bashir", 9)
    shelf = await inline.look(READER, "Bashir", 0, NOON)
    found = dict(told(shelf))
    assert len(found) == len(shelf.items)
    assert found[own[3]] == "Martin Bashir"
    assert set(found) == {both, *own[1:]}


async def test_other_words_are_searched_for(inline: Inline, story: Story) -> None:
    memorial, meeting = await story.tell(MEMORIAL), await story.tell(MEETING)
    assert told(await inline.look(READER, "opens mem", 0, NOON)) == [(memorial, None)]
    assert told(await inline.look(READER, "bash", 0, NOON)) == [(meeting, None)]
    for nothing in ("Omar al Basheer", "Zinedine Zidane", "😀", "%", "x" * 256):
        assert told(await inline.look(READER, nothing, 0, NOON)) == []


async def test_nothing_typed_gives_the_newest_of_what_one_follows(
    inline: Inline, story: Story, database: Database
) -> None:
    memorial, meeting, match = [await story.tell(t) for t in (MEMORIAL, MEETING, MATCH)]
    await follow(database, story, "Vladimir Putin")
    whole = await inline.look(READER, "", 0, NOON)
    assert [number for number, _ in told(whole)] == [match, meeting, memorial]
    await follow(database, story, "Vladimir Putin", wanted=Filter(("Sports",)))
    await follow(database, story, "Moscow", FollowMode.DIGEST)
    await follow(database, story, "Omar al-Bashir", FollowMode.MUTED)
    assert told(await inline.look(READER, "", 0, NOON)) == [
        (match, "Vladimir Putin"),
        (memorial, "Moscow"),
    ]


async def test_nothing_typed_by_who_follows_nobody_gives_the_most_reported_of_the_day(
    inline: Inline, story: Story, database: Database
) -> None:
    await story.tell(MEMORIAL)
    match, meeting = await story.tell(MATCH), await story.tell(MEETING)
    async with database.transaction() as tx:
        await tx.chats.chat(READER, NOON)
    for reader in (READER, 5):
        assert told(await inline.look(reader, "", 0, NOON)) == [(meeting, None), (match, None)]


async def test_of_a_long_day_no_more_is_read_than_may_be_shown(
    inline: Inline, story: Story, database: Database
) -> None:
    words = "[[Vladimir Putin]] does thing no {0} in a town of many names and streets."
    told_of = [account("2017-11-23", words.format(n * 7)) for n in range(MOST + 10)]
    await story.tell_all(told_of)
    with asked(database) as statements:
        shelf = await inline.look(READER, "", 0, NOON)
    assert [item.event.entities[0].label for item in shelf.items] == ["Vladimir Putin"] * PAGE
    mentions = [each for each in statements if "mentions.words" in each.sql]
    assert [len(each.parameters) for each in mentions] == [MOST]


async def test_results_come_in_pages_and_end(inline: Inline, story: Story) -> None:
    words = "[[Vladimir Putin]] does thing no {0} in a town of many names and streets."
    await story.tell_all([account("2017-11-23", words.format(n * 7)) for n in range(60)])
    seen: list[int] = []
    starts: list[int | None] = [0]
    while starts[-1] is not None:
        shelf = await inline.look(READER, "Vladimir Putin", starts[-1], NOON)
        seen += [item.event.id for item in shelf.items]
        starts.append(shelf.next)
    assert starts == [0, 20, 40, None]
    assert len(set(seen)) == len(seen) == 50
    assert (await inline.look(READER, "Vladimir Putin", 10**60, NOON)).items == ()


class Short(Inline):
    """Looks for words in two events."""

    most_searched = 2


async def test_words_are_sought_in_the_newest_events(database: Database, story: Story) -> None:
    old = await story.tell(account("2017-11-05", "A memorial is opened."))
    late = [await story.tell(account("2017-11-08", text)) for text in ("A vote.", "A match.")]
    assert told(await Inline(database, Finder(database)).look(READER, "memorial", 0, NOON)) == [
        (old, None)
    ]
    short = Short(database, Finder(database))
    assert told(await short.look(READER, "memorial", 0, NOON)) == []
    assert told(await short.look(READER, "match", 0, NOON)) == [(late[1], None)]


async def test_an_event_by_its_number(inline: Inline, story: Story) -> None:
    number = await story.tell(MEETING)
    assert told(await inline.event(READER, number)) == [(number, None)]
    for nothing in (0, 99, 10**17):
        assert told(await inline.event(READER, nothing)) == []


async def test_the_language_chosen_in_private_counts(inline: Inline, database: Database) -> None:
    async with database.transaction() as tx:
        chat = await tx.chats.chat(READER, NOON, language="ru")
    assert (await inline.look(READER, "", 0, NOON)).language is None
    async with database.transaction() as tx:
        await tx.chats.choose_language(chat.id, "de")
    assert (await inline.look(READER, "", 0, NOON)).language == "de"
    async with database.transaction() as tx:
        await tx.chats.forget(READER)
    assert (await inline.look(READER, "", 0, NOON)).language is None


async def test_nothing_is_kept_of_a_query(inline: Inline, story: Story, database: Database) -> None:
    await story.tell(MEETING)
    tables = (ChatRow, EntityRow, OutboxRow, UpdateRow)
    before = [await count(database, table) for table in tables]
    for text in ("", "Putin", "Zinedine Zidane", "meets"):
        await inline.look(5, text, 0, NOON + timedelta(days=2))
    assert [await count(database, table) for table in tables] == before
    assert before[0] == 0
