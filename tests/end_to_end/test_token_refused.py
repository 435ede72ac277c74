"""A token that Telegram accepts no more, and answers that are not Telegram's."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import pytest
from starlette.types import Receive, Scope, Send
from telegram import Update

from bot.errors import SettingsError
from bot.services.outcomes import Failed
from bot.standin import TOKEN
from bot.telegram.api import NOT_ACCEPTED, open_bot, who_am_i
from bot.telegram.receiver import Receiver, backoff
from bot.telegram.sender import TelegramSender
from bot.telegram.tokens import AGAIN_SECONDS, CHECK_SECONDS, TokenWatch
from storage.model import Call, Chat, ChatState
from tests.support.chat_page import HANGING
from tests.support.serving import serving

ME = {"id": 1, "is_bot": True, "first_name": "D", "username": "d", "supports_inline_queries": True}
PAGE = b"<html>Bad gateway</html>"


@dataclass
class Api:
    """A Telegram that answers each call by ``status``; a proxy's ``page``
    goes in place of its own words. ``later`` are the statuses after that, each for one call."""

    status: int = 200
    page: bytes | None = None
    later: list[int] = field(default_factory=list)
    asked: int = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        while (await receive()).get("more_body"):
            pass
        self.asked += 1
        status = self.status
        if self.later:
            self.status = self.later.pop(0)
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": self._body(scope["path"], status)})

    def _body(self, path: str, status: int) -> bytes:
        if self.page is not None:
            return self.page
        if status != 200:
            refusal = {"ok": False, "error_code": status, "description": "Unauthorized"}
            return json.dumps(refusal).encode()
        result = {"getMe": ME, "getUpdates": []}.get(path.rpartition("/")[2], True)
        return json.dumps({"ok": True, "result": result}).encode()


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
async def root(api: Api) -> AsyncIterator[str]:
    async with serving(api) as url:
        yield url


class Naps:
    """A sleep that takes no time; after each it does ``then``."""

    def __init__(self, then: Callable[[], None]) -> None:
        self.seconds: list[float] = []
        self._then = then

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        self._then()
        await asyncio.sleep(0)


async def _unheard(update: Update) -> None:
    raise AssertionError("there is no update")


async def _accepted() -> None:
    """Somebody is told that the token is accepted."""


@pytest.mark.parametrize("status", [401, 404])
async def test_receiving_names_the_refusal_but_not_the_token_and_goes_on(
    api: Api, root: str, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    stop = asyncio.Event()
    naps = Naps(lambda: stop.set() if len(naps.seconds) == 4 else None)
    api.later = [200, 200, status, status, 200, status, status, 200]
    async with open_bot(TOKEN, root) as bot, asyncio.timeout(HANGING):
        await Receiver(bot, _unheard, sleep=naps, poll_seconds=0, patience=0).run(stop)
    assert naps.seconds == [backoff(1), backoff(2)] * 2
    assert "no updates: BOT_TOKEN was not accepted; next try in 1 s" in caplog.text
    assert TOKEN not in caplog.text


@pytest.mark.parametrize("status", [401, 404])
@pytest.mark.parametrize("good", [0, 3])
async def test_a_token_that_is_refused_twice_in_a_row_ends_the_run(
    api: Api, root: str, status: int, good: int
) -> None:
    api.later = [200] * good + [status, status]
    api.status = api.later.pop(0)
    told: list[int] = []

    async def accepted() -> None:
        told.append(api.asked)

    naps = Naps(lambda: None)
    async with open_bot(TOKEN, root) as bot, asyncio.timeout(HANGING):
        with pytest.raises(SettingsError) as caught:
            await TokenWatch(bot, accepted, sleep=naps).run(asyncio.Event())
    assert str(caught.value) == NOT_ACCEPTED
    assert naps.seconds == [CHECK_SECONDS] * good + [AGAIN_SECONDS]
    assert told == [1][:good]


async def test_a_refusal_in_passing_does_not(api: Api, root: str) -> None:
    stop = asyncio.Event()
    naps = Naps(lambda: stop.set() if api.asked > 5 else None)
    api.later = [404, 200, 404, 502, 404, 200]
    async with open_bot(TOKEN, root) as bot, asyncio.timeout(HANGING):
        await TokenWatch(bot, _accepted, sleep=naps).run(stop)
    assert api.asked == 6


async def test_a_message_waits_for_a_token_that_is_accepted(api: Api, root: str) -> None:
    api.status = 401
    chat = Chat(1, 77, 0, ChatState.ACTIVE)
    async with open_bot(TOKEN, root) as bot:
        outcome = await TelegramSender(bot).deliver(chat, Call("sendMessage", {"text": "hello"}))
    assert outcome == Failed("BOT_TOKEN was not accepted")


@pytest.mark.parametrize(
    ("status", "page", "said"),
    [
        (502, PAGE, "Bad Gateway (502)"),
        (502, b"[]", "Bad Gateway (502)"),
        (502, b"", "Bad Gateway (502)"),
        (200, PAGE, "Invalid server response"),
    ],
)
async def test_of_a_page_instead_of_an_answer_no_trace_is_logged(
    api: Api, root: str, status: int, page: bytes, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    api.page, api.status = page, status
    async with open_bot(TOKEN, root) as bot:
        with pytest.raises(SettingsError, match=re.escape(f"cannot be reached ({said})")):
            await who_am_i(bot)
    assert caplog.text == ""
