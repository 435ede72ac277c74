"""The whole bot as a process, with the list of feeds that its operator names."""

from __future__ import annotations

import asyncio
from pathlib import Path

from starlette.types import Receive, Scope, Send

from storage.database import Database
from tests.support.chat_page import HANGING
from tests.support.checked_site import feed
from tests.support.commands import closed_port
from tests.support.nursery import dateline
from tests.support.serving import serving

__all__ = ["closed_port"]  # a fixture


def away(nowhere: str) -> dict[str, str]:
    """Settings for a list of one's own, without a token, and with a Wikipedia out of reach."""
    api = f"{nowhere}/w/api.php"
    return {"FEEDS": "my.opml", "WIKIPEDIA_API_URL": api, "WIKIDATA_API_URL": api,
            "LISTEN": "127.0.0.1:0"}  # fmt: skip


async def test_a_list_that_can_not_be_read_is_refused(tmp_path: Path, closed_port: int) -> None:
    (tmp_path / "my.opml").write_text("<html/>")
    settings = away(f"http://127.0.0.1:{closed_port}")
    async with dateline("run", folder=tmp_path, settings=settings) as child:
        assert await child.code() == 2
    assert "FEEDS: my.opml is no list of feeds (OPML): line 1:" in child.log.read_text()


async def test_the_list_is_read_and_no_sample_is_served(tmp_path: Path, closed_port: int) -> None:
    asked = asyncio.Event()

    async def site(scope: Scope, receive: Receive, send: Send) -> None:
        await feed()(scope, receive, send)
        asked.set()

    async with serving(site) as root:
        (tmp_path / "my.opml").write_text(f'<opml><outline xmlUrl="{root}/rss"/></opml>')
        settings = away(f"http://127.0.0.1:{closed_port}")
        async with dateline("run", folder=tmp_path, settings=settings) as child:
            async with asyncio.timeout(HANGING):
                await asked.wait()
            assert await child.stop() == 0
    assert "sample" not in child.log.read_text()
    database = await Database.open(f"sqlite:///{tmp_path}/dateline.db")
    async with database.reading() as tx:
        assert [each.url for each in await tx.feeds.all()] == [f"{root}/rss"]
    await database.close()
