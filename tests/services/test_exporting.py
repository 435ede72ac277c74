"""All that is known of a chat, in parts, on both databases."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from bot.services.exporting import Span, plan, write_part
from storage.database import Database
from storage.model import (
    Call,
    Chat,
    ChatKind,
    DigestItem,
    DigestKind,
    Filter,
    FollowMode,
    Heading,
    MessageKind,
    Section,
    Telling,
)
from storage.tables import ChatRow, FollowRow
from tests.support.portal import entity, follow, send_all
from tests.support.statements import asked
from tests.support.story import NOON, Story, account

READER, OTHER, FORUM = 1001, 1002, -100
ABOUT = {"made_at": "2017-11-24T12:00:00+00:00", "version": "1.2.3"}
LARGE = 10**9


@pytest.fixture
def story(database: Database) -> Story:
    return Story(database)


async def exported(
    database: Database, telegram_id: int = READER, limit: int = LARGE
) -> list[dict[str, Any]]:
    """The parts of an export, read back."""
    parts = await planned(database, telegram_id, limit)
    return [json.loads(content) for content in await written(database, parts)]


async def planned(
    database: Database, telegram_id: int = READER, limit: int = LARGE
) -> list[list[Span]]:
    """What goes into the parts of an export."""
    async with database.transaction() as tx:
        return await plan(tx, await tx.chats.topics(telegram_id), limit)


async def written(database: Database, parts: Sequence[Sequence[Span]]) -> list[bytes]:
    """The parts as files."""
    async with database.reading() as tx:
        return [await write_part(tx, ABOUT, spans) for spans in parts]


async def add_digests(database: Database, times: int, *events: int) -> None:
    """Let the reader have had so many digests of these events."""
    items = [DigestItem(number, Section.MINE) for number in events]
    async with database.transaction() as tx:
        chat = await tx.chats.chat(READER, NOON)
        for _ in range(times):
            heading = Heading(DigestKind.DAILY, date(2017, 11, 24), 1, 1)
            await tx.outbox.add_digest(chat.id, [(heading, items)], NOON)


async def answers(database: Database, *texts: str, telegram_id: int = READER) -> Chat:
    """Queue answers to a chat."""
    async with database.transaction() as tx:
        chat = await tx.chats.chat(telegram_id, NOON)
        calls = [Call("sendMessage", {"text": text}) for text in texts]
        await tx.outbox.reply(chat.id, calls, NOON)
    return chat


async def test_settings_and_follows(database: Database) -> None:
    chat_id = await follow(database, READER, "Omar al-Bashir", "Vladimir Putin", at=NOON)
    putin = await entity(database, "Vladimir Putin")
    async with database.transaction() as tx:
        await tx.entities.describe(putin, "Vladimir Putin", "Q7747", "President of Russia")
        await tx.chats.set_mode(chat_id, putin, FollowMode.DIGEST)
        await tx.chats.set_filter(chat_id, putin, Filter(("Sports",), must_not=("судья",)))
        await tx.chats.choose_timezone(chat_id, "Europe/Berlin")
        await tx.chats.choose_digest(chat_id, 8 * 60, NOON)
        await tx.chats.choose_weekly(chat_id, 4)
        await tx.chats.choose_quiet(chat_id, (22 * 60, 7 * 60))
    (part,) = await exported(database)
    (chat,) = part["chats"]
    bashir, followed = chat.pop("follows")
    assert part["version"] == "1.2.3"
    assert part["messages"] == []
    assert {name: chat[name] for name in ("telegram_id", "kind", "language", "timezone")} == {
        "telegram_id": READER,
        "kind": "private",
        "language": "en",
        "timezone": "Europe/Berlin",
    }
    assert (chat["digest_at"], chat["weekly_on"]) == ("08:00", "Friday")
    assert chat["paused_until"] is None
    assert (chat["quiet_from"], chat["quiet_until"]) == ("22:00", "07:00")
    assert (bashir["name"], bashir["mode"], bashir["filter"]) == ("Omar al-Bashir", "at_once", None)
    assert followed == {
        "entity": putin,
        "name": "Vladimir Putin",
        "wikidata": "Q7747",
        "mode": "digest",
        "filter": {"categories": ["Sports"], "must_not": ["судья"]},
        "since": "2017-11-24T12:00:00+00:00",
    }


async def test_all_that_rows_hold(database: Database) -> None:
    # A new column has to be put into the file, or here: it follows from others.
    derived = {"id", "chat_id", "digest_due_at", "weekly_due_at", "is_quiet", "quiet_turns_at"}
    named = {
        "thread_id": "topic",
        "digested_at": "digest_up_to",
        "digested_on": "digest_last_on",
        "weekly_sent_on": "weekly_last_on",
        "entity_id": "entity",
    }
    chat_id = await follow(database, READER, "Omar", at=NOON)
    async with database.transaction() as tx:
        await tx.chats.note_username(chat_id, "@ada")
    (part,) = await exported(database)
    (chat,) = part["chats"]
    (followed,) = chat.pop("follows")
    for document, row, since in ((chat, ChatRow, "known_since"), (followed, FollowRow, "since")):
        keys = named | {"created_at": since}
        columns = set(row.__table__.columns.keys()) - derived
        assert {keys.get(column, column) for column in columns} <= set(document)
    assert chat["username"] == "@ada"
    assert chat["known_since"] == followed["since"] == "2017-11-24T12:00:00+00:00"


async def test_messages_of_every_kind(database: Database, story: Story) -> None:
    await follow(database, READER, "Omar", at=NOON)
    story.at = NOON + timedelta(minutes=1)
    told = account("2017-11-24", "[[Omar]] meets “Влад”.")
    number = await story.tell(told, telling=Telling.PUSH)
    missed = await story.tell(account("2017-11-24", "[[Vlad]] calls."))
    await send_all(database, NOON + timedelta(minutes=2))
    chat = await answers(database, "You follow <b>Omar</b> now.")
    async with database.transaction() as tx:
        heading = Heading(DigestKind.DAILY, date(2017, 11, 24))
        items = [DigestItem(number, Section.TOLD), DigestItem(missed, Section.OTHERS)]
        await tx.outbox.add_digest(chat.id, [(heading, items)], NOON)
    (part,) = await exported(database)
    alert, reply, digest = part["messages"]
    assert reply["kind"] == "reply"
    assert reply["text"] == "You follow <b>Omar</b> now."
    assert alert["kind"] == MessageKind.ALERT
    assert (alert["event"], alert["title"], alert["state"], alert["sent"]) == (
        number,
        told.text,
        "sent",
        "2017-11-24T12:02:00+00:00",
    )
    assert digest["kind"] == "digest"
    assert digest["state"] == "waiting"
    assert digest["events"] == [
        {"event": number, "title": told.text, "section": "told"},
        {"event": missed, "title": "Vlad calls.", "section": "others"},
    ]


async def test_alerts_bundled_after_a_gap_stand_under_their_digest(
    database: Database, story: Story
) -> None:
    await follow(database, READER, "Omar", at=NOON)
    story.at = NOON + timedelta(minutes=1)
    number = await story.tell(account("2017-11-24", "[[Omar]] speaks."), telling=Telling.CATCH_UP)
    await send_all(database, NOON + timedelta(minutes=5))
    (part,) = await exported(database)
    (events,) = [each["events"] for each in part["messages"] if each["kind"] == "digest"]
    assert [each["event"] for each in events] == [number]


async def test_nobody_elses(database: Database, story: Story) -> None:
    await answers(database, "mine")
    await answers(database, "theirs", telegram_id=OTHER)
    await follow(database, OTHER, "Omar", at=NOON)
    (part,) = await exported(database)
    assert [each["text"] for each in part["messages"]] == ["mine"]
    assert part["chats"][0]["follows"] == []


async def test_the_file_is_to_be_read(database: Database) -> None:
    await answers(database, "Владимир Путин")
    (content,) = await written(database, await planned(database))
    assert content.startswith(b'{\n  "made_at": "2017-11-24T12:00:00+00:00",\n')
    assert '    {\n      "number": 1,' in content.decode()
    assert "Владимир Путин" in content.decode()


async def test_parts_stay_below_the_limit_and_hold_every_message_once(database: Database) -> None:
    await answers(database, *(f"Sentence no. {number}. Ω" * (number % 7) for number in range(60)))
    await follow(database, READER, "Omar", "Vlad", at=NOON)
    limit = 4000
    parts = await planned(database, limit=limit)
    files = await written(database, parts)
    assert 3 < len(files) < 20
    assert all(len(content) <= limit for content in files)
    assert all(len(content) > limit / 2 for content in files[:-1])
    documents = [json.loads(content) for content in files]
    numbers = [each["number"] for document in documents for each in document["messages"]]
    assert numbers == list(range(1, 61))
    assert [len(document["chats"]) for document in documents] == [1] + [0] * (len(files) - 1)


async def test_what_comes_after_the_question_is_in_no_part(database: Database) -> None:
    await answers(database, "before")
    parts = await planned(database)
    await answers(database, "after")
    (content,) = await written(database, parts)
    assert [each["text"] for each in json.loads(content)["messages"]] == ["before"]


async def test_a_message_larger_than_the_limit_has_a_part_of_its_own(database: Database) -> None:
    await answers(database, "short", "long " * 500, "short")
    parts = await exported(database, limit=1500)
    texts = [[each["text"][:5] for each in part["messages"]] for part in parts]
    assert texts == [["short"], ["long "], ["short"]]


async def test_a_chat_of_which_nothing_is_known_yet(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.chats.chat(READER, NOON)
    for limit in (LARGE, 1):
        (part,) = await exported(database, limit=limit)
        assert part["messages"] == []
        assert part["chats"][0]["follows"] == []


async def test_what_was_deleted_in_between_is_missing(database: Database) -> None:
    await answers(database, "gone")
    parts = await planned(database)
    async with database.transaction() as tx:
        await tx.chats.forget(READER)
        await tx.chats.drop_forgotten()
    (content,) = await written(database, parts)
    document = json.loads(content)
    assert (document["chats"], document["messages"]) == ([], [])


async def test_all_topics_of_a_forum(database: Database) -> None:
    async with database.transaction() as tx:
        for topic in (0, 7):
            chat = await tx.chats.chat(FORUM, NOON, topic, kind=ChatKind.SUPERGROUP, title="Us")
            call = Call("sendMessage", {"text": f"in {topic}"})
            await tx.outbox.reply(chat.id, [call, call], NOON)
    (part,) = await exported(database, FORUM)
    assert [(chat["topic"], chat["title"]) for chat in part["chats"]] == [(None, "Us"), (7, "Us")]
    assert [each["text"] for each in part["messages"]] == ["in 0", "in 0", "in 7", "in 7"]
    assert [each.get("topic") for each in part["messages"]] == [None, None, 7, 7]
    several = await exported(database, FORUM, limit=1200)
    assert len(several) == 3
    found = [each["text"] for one in several for each in one["messages"]]
    assert found == ["in 0", "in 0", "in 7", "in 7"]
    topics = [chat["topic"] for one in several for chat in one["chats"]]
    assert topics == [None, 7]


async def test_many_digests_are_asked_for_no_more_often_than_few(
    database: Database, story: Story
) -> None:
    event = await story.tell(account("2017-11-23", "[[Springfield]] votes."))
    times = []
    for more in (2, 20):
        await add_digests(database, more, event)
        with asked(database) as statements:
            [document] = await exported(database)
        times.append(len(statements))
    assert times[0] == times[1]
    assert [message["events"] for message in document["messages"]] == [
        [{"event": event, "title": "Springfield votes.", "section": "mine"}]
    ] * 22
