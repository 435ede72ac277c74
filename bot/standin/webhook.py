"""Posting updates to the webhook, in order, each until it is answered with 2xx."""

from __future__ import annotations

import asyncio
import json
import ssl
from urllib.parse import SplitResult, urlsplit

from bot.standin.backend import Backend
from bot.standin.model import JsonObject
from bot.standin.updates import Webhook

_PATIENCE = 10.0  # seconds for one delivery
_PAUSE = 0.2  # seconds before a failed delivery is tried again
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name


async def deliver_forever(world: Backend) -> None:
    """Post the oldest update until it is answered 2xx, then the next one; until cancelled."""
    queue = world.updates
    while True:
        if not queue.webhook or not queue.pending:
            await queue.changed.wait()
            continue
        update = queue.pending[0]
        error = await _deliver(queue.webhook, update)
        if error is None:
            queue.delivered(update["update_id"])
            continue
        queue.failed(error, world.now())
        await asyncio.sleep(_PAUSE)


async def _deliver(webhook: Webhook, update: JsonObject) -> str | None:
    """What went wrong, in Telegram's words; None for a delivery that was accepted."""
    try:
        status = await asyncio.wait_for(_post(webhook, update), _PATIENCE)
    except TimeoutError:
        return "Read timeout expired"
    except OSError:
        return "Connection refused"
    if 200 <= status < 300:
        return None
    return f"Wrong response from the webhook: {status}" if status else "Connection closed"


async def _post(webhook: Webhook, update: JsonObject) -> int:
    """The status of the answer, 0 where there was none. The answer's body is not looked at."""
    parts = urlsplit(webhook.url)
    context = ssl.create_default_context() if parts.scheme == "https" else None
    port = parts.port or (443 if context else 80)
    reader, writer = await asyncio.open_connection(parts.hostname, port, ssl=context)
    try:
        writer.write(_request(parts, webhook.secret, json.dumps(update).encode()))
        await writer.drain()
        words = (await reader.readline()).split()
    finally:
        writer.close()
    return int(words[1]) if len(words) > 1 and words[1].isdigit() else 0


def _request(parts: SplitResult, secret: str, body: bytes) -> bytes:
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [
        f"POST {path} HTTP/1.1",
        f"Host: {parts.netloc}",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        "Connection: close",
    ]
    if secret:
        lines.append(f"{SECRET_HEADER}: {secret}")
    return "\r\n".join([*lines, "", ""]).encode() + body
