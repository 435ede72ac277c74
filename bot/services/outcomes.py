"""What may come of handing one call to Telegram, and who does the handing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from storage.model import Call, Chat

SEND_SECONDS = 40.0  # that handing one call to Telegram may take, with all its tries


@dataclass(frozen=True)
class Delivered:
    """Telegram took it; ``message_id`` is its number where the call made a message."""

    message_id: int | None = None


@dataclass(frozen=True)
class Unchanged:
    """An edit found the message as it should be."""


@dataclass(frozen=True)
class Busy:
    """Telegram asks us to wait ``seconds`` before the chat's next message."""

    seconds: float


@dataclass(frozen=True)
class Unreachable:
    """The chat has blocked, removed or lost the bot: stop writing to it; of a forum perhaps
    to one ``topic`` only, which is closed or deleted."""

    reason: str
    topic: bool = False


@dataclass(frozen=True)
class Moved:
    """The group is a supergroup now, with another chat id."""

    telegram_id: int


@dataclass(frozen=True)
class Refused:
    """Telegram will never take this call (for an edit: this message can't be edited)."""

    reason: str


@dataclass(frozen=True)
class Failed:
    """No answer, or a server error: it may have arrived or not; try again later. ``is_late``:
    Telegram was there, but all the time that a send has was too short for it."""

    reason: str
    is_late: bool = False


Outcome = Delivered | Unchanged | Busy | Unreachable | Moved | Refused | Failed


def in_words(outcome: Outcome | None) -> str:
    """What came of a message, for the log; None: it was not to be sent."""
    match outcome:
        case None:
            return "not sent"
        case Delivered():
            return "sent"
        case Unchanged():
            return "as it was"
        case Busy(seconds):
            return f"to be sent in {seconds:.0f} s"
        case Unreachable(reason):
            return f"out of reach, {reason}"
        case Moved(telegram_id):
            return f"it is chat {telegram_id} at Telegram now"
        case Refused(reason):
            return f"refused, {reason}"
        case Failed(reason):
            return f"tried again, {reason}"


class Deliver(Protocol):
    """Hand one call to Telegram for one chat. Never raises for what Telegram answers."""

    async def __call__(self, chat: Chat, call: Call) -> Outcome:
        """Send it once, within ``SEND_SECONDS``, and say what came of it."""
        ...
