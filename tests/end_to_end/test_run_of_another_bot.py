"""``run`` with the token of another bot than the database's, and with one that is refused."""

from __future__ import annotations

import asyncio
import logging
import shutil
from pathlib import Path

import pytest

from bot.app.running import Signals, serve
from bot.config import Settings, load
from bot.errors import SettingsError
from bot.standin import TOKEN, StandInServer, World
from bot.telegram.api import NOT_ACCEPTED
from tests.support.chat_page import HANGING
from tests.support.commands import Commands, closed_port, dateline

__all__ = ["closed_port", "dateline"]  # fixtures

OTHER = "2:" + "x" * 35
PARTS = frozenset({"chat", "send"})


@pytest.fixture
def url(
    tmp_path: Path,
    migrated_file: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> str:
    """A database, and nobody who waits long."""
    caplog.set_level(logging.INFO, logger="bot.telegram.tokens")
    monkeypatch.setattr("bot.telegram.receiver.LONGEST_BACKOFF", 0)
    monkeypatch.setattr("bot.telegram.tokens.AGAIN_SECONDS", 0)
    monkeypatch.setattr("bot.telegram.tokens.CHECK_SECONDS", 0)
    return f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'dateline.db')}"


def _signals() -> Signals:
    return Signals(asyncio.Event(), asyncio.Event())


class _Heard(logging.Handler):
    """Hears when the bot says who it is."""

    def __init__(self) -> None:
        super().__init__()
        self.bot = asyncio.Event()

    def emit(self, record: logging.LogRecord) -> None:
        if record.getMessage().startswith("the bot is @"):
            self.bot.set()


async def _serve(settings: Settings, *, new_bot: bool = False) -> None:
    """Run until the bot knows who it is, or it ends by itself."""
    heard, signals, log = _Heard(), _signals(), logging.getLogger("bot.telegram.tokens")
    log.addHandler(heard)
    try:
        async with asyncio.timeout(HANGING):
            running = asyncio.create_task(serve(settings, PARTS, signals, new_bot=new_bot))
            known = asyncio.create_task(heard.bot.wait())
            await asyncio.wait([running, known], return_when=asyncio.FIRST_COMPLETED)
            known.cancel()
            signals.stop.set()
            await running
    finally:
        log.removeHandler(heard)


async def _ran(url: str, token: str, *, new_bot: bool = False) -> None:
    """Run the bot of a token until Telegram has accepted it."""
    async with StandInServer(World(), token=token) as server:
        settings = load(None, bot_token=token, telegram_api_url=server.url, database_url=url)
        await _serve(settings, new_bot=new_bot)


async def test_a_database_is_that_of_the_first_bot_accepted(url: str, dateline: Commands) -> None:
    await _ran(url, TOKEN)
    await _ran(url, TOKEN)
    said = "The database is that of bot 1, and BOT_TOKEN is of bot 2"
    with pytest.raises(SettingsError, match=said):
        await _ran(url, OTHER)
    async with StandInServer(World(), token=OTHER) as server:
        dateline.set(DATABASE_URL=url, BOT_TOKEN=OTHER, TELEGRAM_API_URL=server.url)
        ran = await dateline.beside("doctor")
    assert ran.code == 1
    assert f"MEND telegram   the token is @dateline_bot's; {said}" in ran.out
    await _ran(url, OTHER, new_bot=True)
    await _ran(url, OTHER)
    with pytest.raises(SettingsError, match="dateline run --new-bot"):
        await _ran(url, TOKEN)


@pytest.mark.parametrize("part", ["chat", "send"])
async def test_a_token_that_is_refused_makes_it_nobodys(url: str, part: str) -> None:
    async with StandInServer(World()) as server, asyncio.timeout(HANGING):
        settings = load(None, bot_token=OTHER, telegram_api_url=server.url, database_url=url)
        with pytest.raises(SettingsError) as caught:
            await serve(settings, frozenset({part}), _signals())
    assert str(caught.value) == NOT_ACCEPTED
    await _ran(url, TOKEN)


async def test_the_stand_in_is_anybodys(url: str) -> None:
    stand_in = load(None, listen="127.0.0.1:0", database_url=url)
    await _serve(stand_in)
    await _ran(url, OTHER)
    await _serve(stand_in)
    await _ran(url, OTHER)
