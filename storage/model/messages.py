"""Chats, what they follow, and what goes to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from storage.model.accounts import Account
from storage.model.events import Entity, Event, Mention


class ChatState(StrEnum):
    """Whether messages reach a chat."""

    ACTIVE = "active"
    PAUSED = "paused"  # by the reader
    UNREACHABLE = "unreachable"  # blocked, kicked, deactivated
    FORGOTTEN = "forgotten"  # at the reader's wish; only the last answer is left to send


class ChatKind(StrEnum):
    """What kind of chat it is, as Telegram names them."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


@dataclass(frozen=True)
class Chat:
    """Where the bot talks: a Telegram chat id and a forum topic (0: none).

    Times of the day are minutes since local midnight, in ``timezone`` (an IANA name);
    quiet hours include their start and exclude their end. ``weekly_on``: the weekday of the
    weekly digest, Monday 0. ``language`` is the reader's in Telegram until it is ``chosen``.
    ``paused_until``: when its pause ends by itself (UTC), if it does. ``username`` ("@name") is
    known of the operator's chats alone; ``created_at``: since when the chat is known.
    """

    id: int
    telegram_id: int
    thread_id: int
    state: ChatState
    language: str = "en"
    timezone: str = "UTC"
    kind: ChatKind = ChatKind.PRIVATE
    title: str = ""
    username: str = ""
    language_chosen: bool = False
    timezone_chosen: bool = False
    digest_at: int | None = None
    weekly_on: int | None = None
    quiet_from: int | None = None
    quiet_until: int | None = None
    created_at: datetime | None = None
    state_since: datetime | None = None
    paused_until: datetime | None = None

    @property
    def is_reached(self) -> bool:
        """Whether messages get there, or would if the reader had not paused them."""
        return self.state in (ChatState.ACTIVE, ChatState.PAUSED)


class FollowMode(StrEnum):
    """How a follow wants to be told."""

    AT_ONCE = "at_once"
    DIGEST = "digest"
    MUTED = "muted"


@dataclass(frozen=True)
class Filter:
    """Which of an entity's events a follow wants: those of some categories (none: all) in
    which every word of ``must`` occurs and none of ``must_not``. Words are
    literal; a single one that must occur counts from its beginning."""

    categories: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.categories or self.must or self.must_not)


@dataclass(frozen=True)
class Follow:
    """A chat's wish to be told about an entity."""

    id: int
    chat_id: int
    entity: Entity
    mode: FollowMode
    created_at: datetime
    filter: Filter = Filter()


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a call, made when it is sent: what ``kind`` of file, from which
    ``data`` (JSON), as the value of which ``field`` of the call."""

    field: str
    kind: str
    data: dict[str, Any]


@dataclass(frozen=True)
class Call:
    """One call of the Bot API: its method and parameters, ``chat_id`` left to the sender."""

    method: str
    params: dict[str, Any]
    attachment: Attachment | None = None


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


class DigestKind(StrEnum):
    """Why a message sums up several events."""

    DAILY = "daily"
    CATCH_UP = "catch_up"  # after a gap, a pause, or when the chat was unreachable
    QUIET = "quiet"  # what quiet hours held


class Section(StrEnum):
    """Under which heading an event stands in a digest."""

    MINE = "mine"  # concerns what the chat follows, and was not alerted
    TOLD = "told"  # was alerted
    OTHERS = "others"


@dataclass(frozen=True)
class Heading:
    """What a digest's message is: its kind, its local date, and which part of how many."""

    kind: DigestKind
    day: date | None = None
    part: int = 1
    parts: int = 1


@dataclass(frozen=True)
class DigestItem:
    """An event in a digest."""

    event_id: int
    section: Section


@dataclass(frozen=True)
class Concern:
    """An event that was announced to name what a chat follows, as far as it decides whether
    the chat wants it; ``alert`` is how far its alert to the chat has come (None: none).
    ``to_come``: the chat is still to be looked at for an alert, if the filter lets it."""

    event_id: int
    filter: Filter
    category: str
    words: str
    alert: MessageState | None
    to_come: bool = False


@dataclass(frozen=True)
class KeptMessage:
    """A message as it is kept: what an export lists."""

    id: int
    kind: MessageKind
    state: MessageState
    event_id: int | None
    title: str | None
    text: str | None
    created_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True)
class OutgoingMessage:
    """A row of the outbox, with the chat that it goes to.

    ``message_id`` is Telegram's once sent; ``revision`` the event's as last rendered;
    ``stale``: sent, but the event has changed since. ``leased_by``: who has claimed it.
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
    heading: Heading | None = None
    leased_by: str | None = None


@dataclass(frozen=True)
class Alert:
    """All that the one message about one event to one chat is rendered from.

    ``hits`` are the mentions of what the chat follows; without any, ``former`` are those whom
    it was told of and which the event names no more. ``told`` is what another report says that
    names them, where the leading one does not.
    """

    event: Event
    hits: tuple[Mention, ...]
    former: tuple[Entity, ...] = ()
    told: Account | None = None
