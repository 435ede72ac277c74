"""What is known of a chat: had as files, and deleted, on both databases."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from bot.services.conversation import Conversation
from bot.services.delivering import Delivering
from bot.services.files import File, Upload
from bot.services.outcomes import Delivered, Failed, Outcome, Refused, Unreachable
from bot.services.privacy import ExportPart, Exports, Forgotten, NotOurs, Privacy, ToForget
from storage.database import Database
from storage.model import (
    Attachment,
    Call,
    Chat,
    ChatState,
    DigestItem,
    DigestKind,
    Heading,
    OutgoingMessage,
    Section,
    Telling,
)
from storage.tables import ChatRow, DigestItemRow, FollowRow, OutboxRow
from tests.support.portal import follow, send_all
from tests.support.post import PlainViews
from tests.support.requests import READER, Kept, request, undressed
from tests.support.rows import column, count
from tests.support.story import NOON, Story, account

OTHER = 1002
OMAR = "Omar al-Bashir"
TABLES = (ChatRow, FollowRow, OutboxRow, DigestItemRow)


@pytest.fixture
def privacy(database: Database) -> Privacy:
    return Privacy(database, Conversation(database, dress=undressed))


async def exported(privacy: Privacy) -> Sequence[ExportPart]:
    """What the bot answers to /export."""
    kept: Kept[tuple[ExportPart, ...]] = Kept()
    await privacy.export(request(), kept)
    return kept.only


async def forget(privacy: Privacy, telegram_id: int = READER) -> Forgotten | NotOurs:
    """What the bot answers when the reader presses "Delete all"."""
    kept: Kept[Forgotten | NotOurs] = Kept()
    await privacy.forget(request(), telegram_id, kept)
    return kept.only


@dataclass
class Sender:
    """Takes all messages, answering with ``outcome``."""

    outcome: Outcome = field(default_factory=lambda: Delivered(7))
    taken: list[Call] = field(default_factory=list)

    async def __call__(self, chat: Chat, call: Call) -> Outcome:
        self.taken.append(call)
        return self.outcome


async def replies(database: Database) -> list[OutgoingMessage]:
    """Lease the next answer to each chat."""
    async with database.transaction() as tx:
        return await tx.outbox.claim_replies(NOON, timedelta(minutes=1), 10)


def delivering(
    database: Database, sender: Sender, files: Callable[[ExportPart], File] | None = None
) -> Delivering:
    """What sends, with the parts of exports made by ``files``."""
    exports = Exports(database, "1.2.3")

    async def made(chat: Chat, attachment: Attachment) -> File:
        part = ExportPart.from_json(attachment.data)
        return files(part) if files else await exports.file(part)

    return Delivering(database, sender, PlainViews(), clock=lambda: NOON, files=made)


async def send_replies(database: Database, sender: Sender) -> None:
    """Send all answers."""
    while messages := await replies(database):
        for message in messages:
            await delivering(database, sender).send(message)


async def with_much(database: Database) -> None:
    """A reader with follows, an alert and a digest."""
    story = Story(database, NOON - timedelta(hours=1))
    chat_id = await follow(database, READER, OMAR, "Sochi")
    told = account("2017-11-24", f"[[{OMAR}]] speaks.")
    number = await story.tell(told, telling=Telling.PUSH)
    await send_all(database, NOON)
    async with database.transaction() as tx:
        heading = Heading(DigestKind.DAILY, date(2017, 11, 24))
        items = [DigestItem(number, Section.MINE)]
        await tx.outbox.add_digest(chat_id, [(heading, items)], NOON)
        await tx.chats.choose_digest(chat_id, 480, NOON)


# --- exports


async def test_an_export_in_one_part(privacy: Privacy, database: Database) -> None:
    await with_much(database)
    (part,) = await exported(privacy)
    assert (part.number, part.of, part.day) == (1, 1, NOON.date())
    assert ExportPart.from_json(json.loads(json.dumps(part.to_json()))) == part
    file = await Exports(database, "1.2.3").file(part)
    assert file.name == "dateline-export-2017-11-24.json"
    document = json.loads(file.content)
    assert document["made_at"] == "2017-11-24T12:00:00+00:00"
    assert (document["version"], document["part"], document["parts"]) == ("1.2.3", 1, 1)
    assert [each["name"] for each in document["chats"][0]["follows"]] == [OMAR, "Sochi"]


async def test_an_export_in_several(database: Database) -> None:
    await with_much(database)
    parts = await exported(Privacy(database, Conversation(database, dress=undressed), limit=1200))
    files = [await Exports(database, "1").file(part) for part in parts]
    assert len(files) > 1
    assert files[0].name == f"dateline-export-2017-11-24-1-of-{len(files)}.json"
    assert [json.loads(file.content)["part"] for file in files] == [part.number for part in parts]


async def test_an_export_of_who_was_never_here(privacy: Privacy, database: Database) -> None:
    (part,) = await exported(privacy)
    document = json.loads((await Exports(database, "1").file(part)).content)
    assert (document["chats"], document["messages"]) == ([], [])


async def test_an_export_that_is_asked_for_twice_is_answered_once(
    privacy: Privacy, database: Database
) -> None:
    kept: Kept[tuple[ExportPart, ...]] = Kept()
    again = request()
    await privacy.export(again, kept)
    await privacy.export(again, kept)
    assert len(kept.answers) == 1


async def test_the_day_of_an_export_is_the_readers(privacy: Privacy, database: Database) -> None:
    chat_id = await follow(database, READER, OMAR)
    async with database.transaction() as tx:
        await tx.chats.choose_timezone(chat_id, "Pacific/Kiritimati")
    (part,) = await exported(privacy)
    assert part.day == date(2017, 11, 25)


async def test_the_file_is_made_when_it_goes(database: Database) -> None:
    sender = Sender()
    await follow(database, READER, "Sochi")

    def view(chat: Chat, parts: tuple[ExportPart, ...]) -> Sequence[Call]:
        data = parts[0].to_json()
        return [Call("sendDocument", {"caption": "All"}, Attachment("document", "export", data))]

    await Privacy(database, Conversation(database, dress=undressed)).export(request(), view)
    await follow(database, READER, OMAR)  # after the question, before the answer goes
    await send_replies(database, sender)
    (upload,) = sender.taken
    assert isinstance(upload, Upload)
    assert (upload.method, upload.params) == ("sendDocument", {"caption": "All"})
    (chat,) = json.loads(upload.file.content)["chats"]
    assert [each["name"] for each in chat["follows"]] == [OMAR, "Sochi"]
    assert await column(database, OutboxRow.state) == ["sent"]


async def test_a_file_that_cannot_be_made_holds_nothing_up_for_ever(
    privacy: Privacy, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    def view(chat: Chat, parts: tuple[ExportPart, ...]) -> Sequence[Call]:
        data = parts[0].to_json()
        return [
            Call("sendDocument", {}, Attachment("document", "export", data)),
            Call("sendMessage", {"text": "after it"}),
        ]

    def broken(part: ExportPart) -> File:
        raise ZeroDivisionError

    await privacy.export(request(), view)
    sender = Sender()
    for outcome in (None, None, Delivered(7)):
        (row, *_) = await column(database, OutboxRow.id)
        async with database.reading() as tx:
            message = await tx.outbox.message(row)
        assert message is not None
        assert await delivering(database, sender, broken).send(message) == outcome
    assert await column(database, OutboxRow.state) == ["sent", "waiting"]
    assert caplog.text.count("could not be made") == 3
    await send_replies(database, sender)
    assert [call.params["text"] for call in sender.taken] == ["without its file", "after it"]


# --- forgetting


async def test_what_would_be_deleted(privacy: Privacy, database: Database) -> None:
    await with_much(database)
    kept: Kept[ToForget] = Kept()
    await privacy.known(request(), kept)
    assert kept.only == ToForget(READER, 2)
    assert await count(database, FollowRow) == 2


async def test_nothing_is_left_once_the_last_answer_has_gone(
    privacy: Privacy, database: Database
) -> None:
    await with_much(database)
    assert await forget(privacy) == Forgotten()
    assert await column(database, ChatRow.state) == ["forgotten"]
    assert await count(database, OutboxRow) == 1
    sender = Sender()
    await send_replies(database, sender)
    assert len(sender.taken) == 1
    assert [await count(database, table) for table in TABLES] == [0, 0, 0, 0]


async def test_others_keep_what_is_theirs(privacy: Privacy, database: Database) -> None:
    await follow(database, OTHER, OMAR)
    await with_much(database)
    await forget(privacy)
    await send_replies(database, Sender())
    assert await column(database, ChatRow.telegram_id) == [OTHER]
    assert await count(database, FollowRow) == 1


async def test_a_button_deletes_its_own_chat_only(privacy: Privacy, database: Database) -> None:
    await follow(database, OTHER, OMAR)
    await with_much(database)
    assert await forget(privacy, OTHER) == NotOurs()
    assert await count(database, FollowRow) == 3


async def test_deleting_twice_is_fine(privacy: Privacy, database: Database) -> None:
    await with_much(database)
    assert await forget(privacy) == Forgotten()
    assert await forget(privacy) == Forgotten()
    await send_replies(database, Sender())
    assert await count(database, ChatRow) == 0
    assert await forget(privacy) == Forgotten()
    await send_replies(database, Sender())
    assert await count(database, ChatRow) == 0


@pytest.mark.parametrize(
    "outcome", [Unreachable("blocked"), Refused("no"), Delivered(7)], ids=lambda o: type(o).__name__
)
async def test_a_lost_last_answer_keeps_nobody(
    privacy: Privacy, database: Database, outcome: Outcome
) -> None:
    await with_much(database)
    await forget(privacy)
    await send_replies(database, Sender(outcome))
    assert [await count(database, table) for table in TABLES] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    "outcome",
    [Delivered(7), Failed("no answer"), Refused("no"), Unreachable("blocked")],
    ids=lambda o: type(o).__name__,
)
async def test_what_is_in_flight_then_ends_quietly(
    privacy: Privacy, database: Database, outcome: Outcome
) -> None:
    await with_much(database)
    async with database.transaction() as tx:
        (flying,) = await tx.outbox.claim(NOON, timedelta(minutes=1), 10)
    await forget(privacy)
    await delivering(database, Sender(outcome)).send(flying)
    assert await column(database, ChatRow.state) == ["forgotten"]
    await send_replies(database, Sender())
    assert [await count(database, table) for table in TABLES] == [0, 0, 0, 0]


async def test_who_writes_again_is_new(privacy: Privacy, database: Database) -> None:
    chat_id = await follow(database, READER, OMAR)
    async with database.transaction() as tx:
        await tx.chats.choose_timezone(chat_id, "Europe/Berlin")
    await forget(privacy)
    seen: Kept[ToForget] = Kept()
    await privacy.known(request(), seen)
    async with database.reading() as tx:
        (chat,) = await tx.chats.topics(READER)
    assert (chat.state, chat.timezone, chat.digest_at) == (ChatState.ACTIVE, "UTC", None)
    await send_replies(database, Sender())
    assert await count(database, ChatRow) == 1
