"""Whoever is known here alone, by ``ask``, is nobody at Telegram: nothing is tried there."""

from __future__ import annotations

import asyncio
import shutil
from datetime import UTC, datetime
from pathlib import Path

from bot.app.running import Signals, serve
from bot.config import load
from bot.standin import TOKEN, StandInServer, World
from bot.standin.local import reader_id
from storage.database import Database
from storage.model import Call, ChatState
from storage.tables import ChatRow, OutboxRow
from tests.support.chat_page import HANGING
from tests.support.rows import rows

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


async def queue(url: str, *telegram_ids: int) -> None:
    """Let something be due that each of these chats did not ask for, and an answer."""
    database = await Database.open(url)
    async with database.transaction() as tx:
        for telegram_id in telegram_ids:
            chat = await tx.chats.chat(telegram_id, NOW)
            await tx.outbox.reply(chat.id, [Call("sendMessage", {"text": "an answer"})], NOW)
            await tx.outbox.push(chat.id, Call("sendMessage", {"text": "news"}), NOW)
    await database.close()


async def test_nothing_is_tried_at_telegram_for_a_local_reader(
    tmp_path: Path, migrated_file: Path
) -> None:
    url = f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'dateline.db')}"
    world = World()
    ada, signals = world.add_user("Ada", started=True), Signals(asyncio.Event(), asyncio.Event())
    await queue(url, reader_id("Zoe"), ada.id)
    async with StandInServer(world) as server:
        settings = load(None, bot_token=TOKEN, telegram_api_url=server.url, database_url=url)
        running = asyncio.create_task(serve(settings, frozenset({"send"}), signals))
        await world.until(lambda: len(world.sent(ada)) == 2, within=HANGING)
        signals.stop.set()
        await running
    assert {call.params["chat_id"] for call in world.calls if "chat_id" in call.params} == {ada.id}
    database = await Database.open(url)
    assert await rows(database, ChatRow.state) == [(ChatState.UNREACHABLE,), (ChatState.ACTIVE,)]
    kept = [("refused",), ("waiting",), ("sent",), ("sent",)]  # as for whoever left Telegram
    assert await rows(database, OutboxRow.state) == kept
    await database.close()
