"""The queue of updates: long polling and the webhook, only one of them at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.standin.model import JsonObject, present, unix
from bot.standin.refusal import Refusal, conflict

OTHER_POLL = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_SET = "terminated by setWebhook request"
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
# Of an offset further ahead of the next number than this, Telegram takes no notice: the numbers
# may have begun anew meanwhile (TDLib: TQueue::get, "Specified from_id is in the future").
_MOST_AHEAD = 10
_NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}


class Pulse:
    """Wakes everybody who waits, each time something changes."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def fire(self) -> None:
        self._event.set()
        self._event = asyncio.Event()

    async def wait(self) -> None:
        await self._event.wait()


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where updates are posted to, and how the last attempt failed."""

    url: str
    secret: str = ""
    max_connections: int = 40
    ip_address: str | None = None
    error: str | None = None
    error_at: datetime | None = None


@dataclass(slots=True, eq=False)
class _Poll:
    """One getUpdates that is under way; `refused` is what ended it from outside."""

    woken: asyncio.Event = field(default_factory=asyncio.Event)
    refused: Refusal | None = None

    def end(self, refusal: Refusal) -> None:
        self.refused = refusal
        self.woken.set()


class UpdateQueue:
    """Updates that the bot has not confirmed yet, oldest first, each a Bot API Update."""

    def __init__(self, first_id: int, changed: Pulse) -> None:
        self.pending: list[JsonObject] = []
        self.webhook: Webhook | None = None
        self.allowed: list[str] = []
        self.changed = changed
        self.next_id = first_id
        self._poll: _Poll | None = None
        self._closed = False

    def put(self, kind: str, body: JsonObject) -> None:
        """Queue an update of this kind, if the bot wants the kind."""
        if not self._wanted(kind):
            return
        self.pending.append({"update_id": self.next_id, kind: body})
        self.next_id += 1
        self._wake()

    def _wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in _NOT_BY_DEFAULT

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Choose the kinds of later updates: [] is the default choice, None changes nothing."""
        if kinds is not None:
            self.allowed = list(kinds)

    async def take(self, offset: int, limit: int, wait: float) -> list[JsonObject]:
        """Confirm everything below `offset`, then give what is left, waiting up to `wait` seconds.

        A negative offset counts from the end (Bot API: getUpdates). Raises Refusal (409) where a
        webhook is set, and in the older of two polls.
        """
        if self.webhook:
            raise conflict(WEBHOOK_ACTIVE)
        self._end_poll(conflict(OTHER_POLL))
        self._confirm(offset)
        self._poll = poll = _Poll()
        if not self.pending and not self._closed and wait > 0:
            await _wait(poll.woken, wait)
        if poll.refused:
            raise poll.refused
        self._poll = None
        return self.pending[:limit]

    def take_all(self) -> list[JsonObject]:
        """Take what is pending without a call, as its receiver in this very process may."""
        taken, self.pending = self.pending, []
        return taken

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self.pending = self.pending[offset:]
        elif 0 < offset <= self.next_id + _MOST_AHEAD:
            self.pending = [one for one in self.pending if one["update_id"] >= offset]

    def _end_poll(self, refusal: Refusal) -> None:
        if self._poll:
            self._poll.end(refusal)
            self._poll = None

    def set_webhook(self, webhook: Webhook | None, drop_pending: bool = False) -> None:
        """Turn the webhook on or (None) off; a long poll under way ends with 409."""
        if drop_pending:
            self.pending = []
        if webhook:
            self._end_poll(conflict(WEBHOOK_SET))
        self.webhook = webhook
        self._wake()

    def delivered(self, update_id: int) -> None:
        """The webhook answered 2xx: drop that update and all before it."""
        self._confirm(update_id + 1)
        self.changed.fire()

    def failed(self, error: str, at: datetime) -> None:
        """Remember for getWebhookInfo why the last delivery failed."""
        if self.webhook:
            self.webhook = replace(self.webhook, error=error, error_at=at)
            self.changed.fire()

    def webhook_info(self) -> JsonObject:
        """A WebhookInfo."""
        hook = self.webhook or Webhook("")
        required: JsonObject = {
            "url": hook.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self.pending),
        }
        return required | present(
            max_connections=hook.max_connections if hook.url else None,
            ip_address=hook.ip_address,
            last_error_date=unix(hook.error_at) if hook.error_at else None,
            last_error_message=hook.error,
            allowed_updates=self.allowed or None,
        )

    def close(self) -> None:
        """Let long polls end with what there is; none waits any more."""
        self._closed = True
        self._wake()

    def open(self) -> None:
        """Let long polls wait (again)."""
        self._closed = False

    def _wake(self) -> None:
        if self._poll:
            self._poll.woken.set()
        self.changed.fire()


async def _wait(event: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return
