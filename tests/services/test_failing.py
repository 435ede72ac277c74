"""Messages that do not get through hold up no others for ever, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.schedule import ALERT_LIFETIME
from bot.services.delivering import Delivering
from bot.services.files import File
from bot.services.outcomes import Busy, Delivered, Failed, Outcome, Refused
from storage.database import Database
from storage.model import Attachment, Call, Chat
from storage.tables import OutboxRow
from tests.support.portal import START
from tests.support.post import PlainViews, Post
from tests.support.rows import column

READER = 1
DOCUMENT = Call("sendDocument", {"text": "all"}, Attachment("document", "export", {}))
LATE, AWAY = Failed("no answer in time", is_late=True), Failed("no network")


class Desk(Post):
    """A process that sends files, too."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.taken: list[str] = []  # methods
        self.delivering = Delivering(
            database, self.deliver, PlainViews(), clock=self.clock, files=made
        )
        self.sending = self.sends(self.delivering)

    async def deliver(self, chat: Chat, call: Call) -> Outcome:
        """Note what Telegram takes."""
        outcome = await self.telegram(chat, call)
        if isinstance(outcome, Delivered):
            self.taken.append(call.method)
        return outcome

    async def reply(self, *calls: Call) -> None:
        """Queue answers."""
        async with self.database.transaction() as tx:
            chat = await tx.chats.chat(READER, self.clock())
            await tx.outbox.reply(chat.id, calls, self.clock())


async def made(chat: Chat, attachment: Attachment) -> File:
    """A file."""
    return File("all.json", b"{}")


def said(text: str) -> Call:
    return Call("sendMessage", {"text": text})


async def test_a_file_that_is_too_large_for_the_line_does_not_go(database: Database) -> None:
    desk = Desk(database)
    desk.telegram.answers[READER] = [LATE, LATE, LATE]
    await desk.reply(DOCUMENT, said("after it"))
    await desk.work(60, step=1)
    assert desk.telegram.texts(READER) == ["without its file", "after it"]


async def test_a_file_that_is_refused_does_not_go(database: Database) -> None:
    desk = Desk(database)
    desk.telegram.answers[READER] = [Refused("not enough rights to send documents to the chat")]
    await desk.reply(DOCUMENT, said("after it"))
    await desk.work(10, step=1)
    assert desk.telegram.texts(READER) == ["without its file", "after it"]


@pytest.mark.parametrize("trouble", [AWAY, Busy(60)], ids=["away", "busy"])
async def test_a_file_waits_as_long_as_telegram_cannot_take_it(
    database: Database, trouble: Outcome
) -> None:
    desk = Desk(database)
    desk.telegram.answers[READER] = [LATE, LATE, *[trouble] * 10, Delivered(5)]
    await desk.reply(DOCUMENT)
    await desk.work(7200, step=60)
    assert await column(database, OutboxRow.state) == ["sent"]
    assert desk.taken == ["sendDocument"]


async def test_an_answer_that_fails_for_a_day_holds_up_nothing_more(database: Database) -> None:
    desk = Desk(database)
    await desk.reply(said("never taken"))
    desk.telegram.answers[READER] = [AWAY] * 10_000
    await desk.work(ALERT_LIFETIME.total_seconds() - 3600, step=300)
    await desk.reply(said("asked in the last hours"))
    assert await column(database, OutboxRow.state) == ["waiting", "waiting"]
    await desk.work(7200, step=300)
    assert await column(database, OutboxRow.state) == ["refused", "waiting"]
    desk.telegram.answers[READER].clear()
    await desk.work(600, step=300)
    assert desk.telegram.texts(READER) == ["asked in the last hours"]


async def test_an_outage_of_hours_loses_no_answer(database: Database) -> None:
    desk = Desk(database)
    desk.telegram.answers[READER] = [AWAY] * 100
    await desk.reply(said("one"), said("two"))
    await desk.work(12 * 3600, step=300)
    assert desk.telegram.texts(READER) == ["one", "two"]
    assert desk.clock() - START > timedelta(hours=8)
