"""What is kept of the messages to a chat: what an export lists."""

from __future__ import annotations

from datetime import timedelta

from storage.database import Database
from storage.model import Call, MessageKind, MessageState
from tests.support.portal import START, Portal, expand, follow, send_all
from tests.support.story import account

NOW = START + timedelta(minutes=10)
FLOOD = account("2017-11-23", "A flood reaches [[Springfield]].")
BRIDGE = account("2017-11-23", "[[Jo Mayor]] opens a bridge.")
TITLES = {1: "A flood reaches Springfield.", 2: "Jo Mayor opens a bridge."}


async def test_the_history_comes_in_pages(database: Database) -> None:
    chat = await follow(database, 1, "Springfield", "Jo Mayor")
    await follow(database, 2, "Springfield")
    await Portal(database).stand(0, FLOOD, BRIDGE)
    await expand(database, NOW)
    calls = [
        Call("sendMessage", {"text": "hello"}),
        Call("sendDocument", {"caption": "all", "document": "?"}),
        Call("answerCallbackQuery", {}),
    ]
    async with database.transaction() as tx:
        await tx.outbox.reply(chat, calls, NOW)
    pages, after = [], 0
    async with database.reading() as tx:
        while page := await tx.outbox.history(chat, after, 2):
            pages.append(page)
            after = page[-1].id
    assert [len(page) for page in pages] == [2, 2, 1]
    kept = [message for page in pages for message in page]
    assert [message.id for message in kept] == sorted({message.id for message in kept})
    assert sorted((m.kind, m.event_id or 0, m.title or "", m.text or "") for m in kept) == [
        (MessageKind.ALERT, 1, TITLES[1], ""),
        (MessageKind.ALERT, 2, TITLES[2], ""),
        (MessageKind.REPLY, 0, "", ""),
        (MessageKind.REPLY, 0, "", "all"),
        (MessageKind.REPLY, 0, "", "hello"),
    ]
    assert {(m.state, m.created_at, m.sent_at) for m in kept} == {(MessageState.WAITING, NOW, None)}


async def test_the_history_says_what_was_sent_and_when(database: Database) -> None:
    chat = await follow(database, 1, "Springfield")
    await Portal(database).stand(0, FLOOD)
    later = NOW + timedelta(minutes=5)
    await expand(database, NOW)
    await send_all(database, later)
    async with database.reading() as tx:
        [kept] = await tx.outbox.history(chat, 0, 9)
    assert (kept.state, kept.created_at, kept.sent_at) == (MessageState.SENT, NOW, later)
