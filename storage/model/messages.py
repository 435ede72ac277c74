"""Chats, what they follow, and what goes to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from storage.model.events import Entity, Event, Mention


class ChatState(StrEnum):
    """Whether messages reach a chat."""

    ACTIVE = "active"
    PAUSED = "paused"  # by the reader
    UNREACHABLE = "unreachable"  # blocked, kicked, deactivated


@dataclass(frozen=True)
class Chat:
    """Where the bot talks: a Telegram chat id and a forum topic (0: none)."""

    id: int
    telegram_id: int
    thread_id: int
    state: ChatState
    language: str = "en"
    timezone: str = "UTC"


class FollowMode(StrEnum):
    """How a follow wants to be told."""

    AT_ONCE = "at_once"
    DIGEST = "digest"
    MUTED = "muted"


@dataclass(frozen=True)
class Follow:
    """A chat's wish to be told about an entity."""

    id: int
    chat_id: int
    entity: Entity
    mode: FollowMode
    created_at: datetime


@dataclass(frozen=True)
class Call:
    """One call of the Bot API: its method and parameters, ``chat_id`` left to the sender."""

    method: str
    params: dict[str, Any]


class MessageKind(StrEnum):
    """What an outgoing message is; replies go before alerts and digests."""

    REPLY = "reply"
    ALERT = "alert"
    DIGEST = "digest"


class MessageState(StrEnum):
    """How far an outgoing message has come. All but WAITING are ends."""

    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"
    EXPIRED = "expired"
    BUNDLED = "bundled"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class OutgoingMessage:
    """A row of the outbox, with the chat that it goes to.

    ``message_id`` is Telegram's once sent; ``revision`` the event's as last rendered;
    ``stale``: sent, but the event has changed since.
    """

    id: int
    chat: Chat
    kind: MessageKind
    state: MessageState
    event_id: int | None
    call: Call | None
    message_id: int | None
    revision: int
    stale: bool
    attempts: int
    created_at: datetime


@dataclass(frozen=True)
class Alert:
    """All that the one message about one event to one chat is rendered from."""

    event: Event
    hits: tuple[Mention, ...]  # mentions of what the chat follows
