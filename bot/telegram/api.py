"""The Bot API over python-telegram-bot: how the bot is built, and how calls are made."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from telegram import Bot, InputFile
from telegram.error import EndPointNotFound, InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bot.errors import SettingsError
from storage.model import Call

POOL = 10  # its connection pool slows down with more in flight
TIMEOUT = 15.0  # seconds
PATIENCE = 3.0  # seconds that a reader's request may wait for the network
POOL_TIMEOUT = 30.0
BAD_REQUEST = 400
TOO_LARGE = 413
TOO_MANY_REQUESTS = 429
NOT_ACCEPTED = (
    "Telegram does not accept BOT_TOKEN. Copy it again from @BotFather, and check TELEGRAM_API_URL."
)
_REFUSED = "BOT_TOKEN was not accepted"
NOT_INLINE = (
    "The token is @{name}'s, but its inline mode is off, without which nobody can share events. "
    "Send /setinline to @BotFather, choose @{name}, and send any short text, such as: a name"
)
# The library suggests its own method where a call has one. A trailing underscore, which it
# drops, keeps it from doing so: calls are made here by name and as they are.
_AS_IT_IS = "_"

_logger = logging.getLogger(__name__)


class FloodError(TelegramError):
    """Telegram asks to wait ``seconds`` (429 with ``retry_after``)."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"asked to wait {seconds:g} s")
        self.seconds = seconds


class TooLargeError(TelegramError):
    """The server takes no files of this size (413)."""

    def __init__(self) -> None:
        super().__init__("the file is too large")


class _Request(HTTPXRequest):
    """HTTP that reads ``retry_after`` itself, as the library's error warns when it is read, and
    tells a file that is too large from a network that fails. Of a refusal that is no JSON, such
    as a proxy's page, the status is all that is told."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        code, payload = await super().do_request(*args, **kwargs)
        if code == TOO_MANY_REQUESTS:
            raise FloodError(_retry_after(payload))
        if code == TOO_LARGE:
            raise TooLargeError
        if code >= BAD_REQUEST and not _is_object(payload):
            return code, b"{}"
        return code, payload


def _is_object(payload: bytes) -> bool:
    try:
        return isinstance(json.loads(payload), dict)
    except ValueError:
        return False


def _retry_after(payload: bytes) -> float:
    try:
        return max(1.0, float(json.loads(payload)["parameters"]["retry_after"]))
    except (ValueError, TypeError, KeyError):
        return 1.0


@asynccontextmanager
async def open_bot(token: str, api_url: str) -> AsyncIterator[Bot]:
    """A bot that calls ``api_url`` (the root before ``/bot<token>/METHOD``), its connections
    closed at the end. Nothing is asked before the first call: where Telegram cannot be reached,
    that is the caller's to wait for.

    The HTTP client's logs are silenced, as they carry the token in every URL; so are the
    library's, which write a trace of each page of a proxy's: what is raised says all.
    """
    request, updates = _request(POOL), _request(1)
    try:
        yield _bot(token, api_url, request, updates)
    finally:
        await asyncio.gather(request.shutdown(), updates.shutdown())


def _bot(token: str, api_url: str, request: HTTPXRequest, updates: HTTPXRequest) -> Bot:
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("telegram").setLevel(logging.CRITICAL)
    root = api_url.rstrip("/")
    return Bot(
        token,
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=request,
        get_updates_request=updates,
    )


def _request(connections: int) -> HTTPXRequest:
    return _Request(
        connection_pool_size=connections,
        connect_timeout=TIMEOUT,
        read_timeout=TIMEOUT,
        write_timeout=TIMEOUT,
        pool_timeout=POOL_TIMEOUT,
    )


async def call(bot: Bot, method: str, params: dict[str, Any], *, wait: float = 0.0) -> Any:
    """Make one call and give its result as JSON; ``wait`` seconds more for the answer. A
    parameter that is an ``uploaded`` file goes with it.

    Raises the errors of ``telegram.error``, and ``FloodError``; ``InvalidToken`` for 401 and 404.
    """
    try:
        return await bot.do_api_request(
            method + _AS_IT_IS, api_kwargs=params, read_timeout=TIMEOUT + wait
        )
    except (EndPointNotFound, InvalidToken):
        # Which of them depends on what was called before; the methods called are all known.
        raise InvalidToken(_REFUSED) from None


async def make_at_once(bot: Bot, made: Call, *, level: int = logging.WARNING) -> bool:
    """Make a call that nothing is lost by if it fails, but not for longer than ``PATIENCE``;
    whether it worked. ``level``: of the line in the log if not."""
    try:
        async with asyncio.timeout(PATIENCE):
            await call(bot, made.method, made.params)
    except (TelegramError, TimeoutError) as error:
        _logger.log(level, "%s came to nothing: %s", made.method, error)
        return False
    return True


async def introduce(bot: Bot) -> None:
    """Let the bot learn who it is. Raises the errors of ``telegram.error``."""
    try:
        await bot.initialize()
    except InvalidToken:  # its text would carry the token
        raise InvalidToken(_REFUSED) from None


def uploaded(name: str, content: bytes) -> InputFile:
    """A file as a parameter of a call; what kind it is follows from the end of its name."""
    return InputFile(content, filename=name)


async def who_am_i(bot: Bot) -> str:
    """The bot's username.

    Raises ``SettingsError`` where Telegram does not accept the token or can't be reached, and
    where the bot's inline mode is off.
    """
    me = await _me(bot)
    if not me.get("supports_inline_queries"):
        raise SettingsError(NOT_INLINE.format(name=me["username"]))
    return str(me["username"])


async def _me(bot: Bot) -> dict[str, Any]:
    try:
        me: dict[str, Any] = await call(bot, "getMe", {})
        return me
    except InvalidToken:
        raise SettingsError(NOT_ACCEPTED) from None
    except TelegramError as error:
        raise SettingsError(
            f"Telegram cannot be reached ({error.message}). Check TELEGRAM_API_URL and the network."
        ) from None
