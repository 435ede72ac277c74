"""One process at a time serves the page of a database."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.app.running import Signals, serve
from bot.app.standin import only_page
from bot.config import load
from bot.errors import SettingsError
from tests.support.children import dateline


async def test_a_second_run_on_one_database_says_so_before_it_writes(tmp_path: Path) -> None:
    settings = {"LISTEN": "127.0.0.1:0", "WIKIPEDIA_API_URL": "http://127.0.0.1:9/api",
                "WIKIDATA_API_URL": "http://127.0.0.1:9/api"}  # fmt: skip
    async with dateline("run", folder=tmp_path, settings=settings) as first:
        assert b"No BOT_TOKEN" in await first.line()
        database = f"sqlite:///{tmp_path}/./dateline.db"  # however it is written
        (tmp_path / "second").mkdir()
        async with dateline(
            "run", folder=tmp_path / "second", settings={**settings, "DATABASE_URL": database}
        ) as second:
            assert await second.line() == b""
            assert await second.code() == 2
            said = second.log.read_text("utf-8")
            assert said.endswith(
                "Another `dateline run` serves the page of this database: end it first, or set "
                "BOT_TOKEN.\n"
            )
        await first.kill()
    async with dateline("run", folder=tmp_path, settings=settings) as third:  # nobody's again
        assert b"No BOT_TOKEN" in await third.line()
        assert await third.stop() == 0


async def test_whoever_comes_second_writes_nothing(tmp_path: Path) -> None:
    settings = load(None, database_url=f"sqlite:///{tmp_path}/d.db")
    signals = Signals(asyncio.Event(), asyncio.Event())
    with only_page(settings), pytest.raises(SettingsError, match="serves the page"):
        await serve(settings, frozenset({"chat"}), signals)
    assert not (tmp_path / "d.db").exists()
