"""The whole bot as a process, told to stop while a publisher keeps it waiting."""

from __future__ import annotations

import asyncio
import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.types import Receive, Scope, Send

from bot.services.feeding.polling import LEASE
from bot.services.managing import Managing
from bot.sources.opml import ListedFeed
from bot.standin import TOKEN, StandInServer, World
from storage.database import Database
from tests.support.children import dateline
from tests.support.leases import looking
from tests.support.serving import serving
from tests.support.wiki import local_wiki

PATIENCE = 90.0


class Silent:
    """A publisher that never answers."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked.set()
        while (await receive())["type"] != "http.disconnect":
            pass


async def _add(database_url: str, url: str) -> None:
    """List a feed by the operator's own word, which may so be a private address."""
    database = await Database.open(database_url)
    try:
        await Managing(database, lambda: datetime.now(UTC)).add(ListedFeed(url))
    finally:
        await database.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_it_ends_in_order_and_says_nothing_alarming(
    database_url: str, tmp_path: Path, number: signal.Signals
) -> None:
    silent = Silent()
    async with local_wiki() as wiki, StandInServer(World()) as server, serving(silent) as root:
        await _add(database_url, f"{root}/rss")
        settings = {
            "BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": server.url,
            "DATABASE_URL": database_url,
            "WIKIPEDIA_API_URL": wiki.api_url,
            "WIKIDATA_API_URL": wiki.api_url,
            "FEEDS": "off",
        }
        async with dateline("run", folder=tmp_path, settings=settings) as child:
            async with asyncio.timeout(PATIENCE):
                await silent.asked.wait()
                child.process.send_signal(number)
                assert await child.code() == 0
            told = child.log.read_text()
    lines = [line.split(maxsplit=3)[3] for line in told.splitlines()]
    assert any("stop with Ctrl-C" in line for line in lines)
    assert "stopping: what is under way is finished first" in lines
    assert lines[-1] == "stopped"
    assert "Traceback" not in told
    assert {line.split()[2] for line in told.splitlines()} == {"INFO"}
    async with looking(database_url) as tx:  # whoever goes on need not wait for anything
        (feed,) = await tx.feeds.all()
        assert (feed.failures, feed.failing_since) == (0, None)
        assert await tx.leases.take(LEASE, "another", 60.0)
