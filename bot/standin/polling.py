"""Methods by which the bot gets its updates, and by which it leaves."""

from __future__ import annotations

from urllib.parse import urlsplit

from bot.standin.backend import Backend
from bot.standin.limits import check_secret
from bot.standin.model import JsonObject
from bot.standin.params import Params
from bot.standin.refusal import bad_request
from bot.standin.updates import Webhook

_MOST = 100
_LONGEST_POLL = 50  # seconds; Telegram shortens longer ones


async def get_updates(backend: Backend, params: Params) -> list[JsonObject]:
    """Bot API: getUpdates."""
    backend.updates.allow(_kinds(params))
    limit = params.integer("limit") or _MOST
    timeout = min(max(params.integer("timeout") or 0, 0), _LONGEST_POLL)
    return await backend.updates.take(
        params.integer("offset") or 0, min(max(limit, 1), _MOST), timeout
    )


async def set_webhook(backend: Backend, params: Params) -> bool:
    """Bot API: setWebhook. An http address is taken too, as by a local Bot API server."""
    url = params.string("url")
    if not url:
        return await delete_webhook(backend, params)
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = params.string("secret_token")
    check_secret(secret)
    backend.updates.allow(_kinds(params))
    webhook = Webhook(
        url,
        secret,
        params.integer("max_connections") or 40,
        params.string("ip_address") or None,
    )
    backend.updates.set_webhook(webhook, params.flag("drop_pending_updates"))
    return True


async def delete_webhook(backend: Backend, params: Params) -> bool:
    """Bot API: deleteWebhook."""
    backend.updates.set_webhook(None, params.flag("drop_pending_updates"))
    return True


async def get_webhook_info(backend: Backend, params: Params) -> JsonObject:
    """Bot API: getWebhookInfo."""
    return backend.updates.webhook_info()


async def close(backend: Backend, params: Params) -> bool:
    """Bot API: close; nothing to do for a server that nobody moves away from."""
    return True


async def log_out(backend: Backend, params: Params) -> bool:
    """Bot API: logOut; every later call is refused."""
    backend.logged_out = True
    return True


def _kinds(params: Params) -> list[str] | None:
    kinds = params.array("allowed_updates")
    if kinds is None:
        return None
    if not all(isinstance(kind, str) for kind in kinds):
        raise bad_request("can't parse allowed updates JSON object")
    return [str(kind) for kind in kinds]
