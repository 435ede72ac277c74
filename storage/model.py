"""Dateline's words as frozen dataclasses and enums; standard library only.

All times are aware and in UTC. All texts are plain text, without markup.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

# --- What sources say ---------------------------------------------------------------


@dataclass(frozen=True, order=True)
class Link:
    """A link to an article: its title and the words that stood for it."""

    target: str
    words: str


@dataclass(frozen=True, order=True)
class Citation:
    """A source link inside a report: who published it, and where (an absolute URL)."""

    publisher: str
    url: str


@dataclass(frozen=True)
class Topic:
    """A heading above a report that is no sentence itself, and its links to articles."""

    text: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Account:
    """What a source says of one happening at one time: the content of a report.

    ``topics`` runs from the outermost heading to the nearest; ``links`` and
    ``citations`` stand in the order of the text, each target or URL once.
    """

    day: date
    text: str
    category: str = ""
    topics: tuple[Topic, ...] = ()
    links: tuple[Link, ...] = ()
    citations: tuple[Citation, ...] = ()
    language: str = "en"


@dataclass(frozen=True)
class Dropped:
    """A piece of a page that could not be used, and why (for the log)."""

    reason: str
    text: str


@dataclass(frozen=True)
class PageReading:
    """One version of a page, read. ``readable`` is false where it must change nothing."""

    page: str
    day: date
    accounts: tuple[Account, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    readable: bool = True


# --- How long it has stood ----------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """What a source says now, what readers see, and since when each difference stands.

    ``seen`` is None while the report is absent from its page; ``shown`` is None until
    it first counted; ``visible`` is false before that and once withdrawn (``shown`` then
    keeps the last words). ``since`` maps each element in which seen and shown differ
    (see ``bot.core.standing``) to the time from which it has stood so.
    """

    seen: Account | None = None
    shown: Account | None = None
    visible: bool = False
    since: dict[str, datetime] = field(default_factory=dict)


class Telling(StrEnum):
    """Whether what is new in a report may push alerts."""

    PUSH = "push"
    CATCH_UP = "catch_up"  # seen after a gap: one digest per chat instead of alerts
    SILENT = "silent"  # first poll or backfill


# --- Sources, pages, reports, events ------------------------------------------------


@dataclass(frozen=True)
class Source:
    """A place that is polled. ``key`` names it within its kind ("en" for a portal)."""

    id: int
    kind: str
    key: str
    last_success_at: datetime | None


@dataclass(frozen=True)
class Page:
    """A page of a source. ``read_at``: when it was last read well, changed or not.

    ``doubtful`` holds a version that lost more than half of the reports, since
    ``doubtful_since``, until a second version or an hour confirms it.
    """

    id: int
    source_id: int
    name: str
    day: date
    revision: str | None
    read_at: datetime | None
    doubtful: str | None = None
    doubtful_since: datetime | None = None


@dataclass(frozen=True)
class Report:
    """One account of an event by one page, with its standing."""

    id: int
    page_id: int
    event_id: int
    position: int
    telling: Telling
    first_seen_at: datetime
    standing: Standing
    urls: frozenset[str] = frozenset()  # canonical URLs of all its wordings


class Evidence(StrEnum):
    """Why an entity counts as named by an event."""

    LINK = "link"
    TOPIC = "topic"
    ALIAS = "alias"


@dataclass(frozen=True)
class Entity:
    """Somebody or something that can be followed."""

    id: int
    label: str
    qid: str | None = None
    description: str | None = None


@dataclass(frozen=True)
class Mention:
    """An entity in an event, with the words that named it."""

    entity: Entity
    evidence: Evidence
    words: str


@dataclass(frozen=True)
class Event:
    """What happened, as readers see it."""

    id: int
    day: date
    title: str
    category: str
    topics: tuple[str, ...]
    citations: tuple[Citation, ...]
    mentions: tuple[Mention, ...]
    page: str | None  # name of the portal page that lists it
    language: str
    revision: int
    first_shown_at: datetime | None
    withdrawn: bool
    summary: str | None = None

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The entities named, each once, those linked in its own text first."""
        return tuple({mention.entity.id: mention.entity for mention in self.mentions}.values())


@dataclass(frozen=True)
class RelatedEvent:
    """An earlier event and the entities that it shares with the one asked about."""

    event: Event
    context: tuple[Entity, ...]


# --- Chats and follows --------------------------------------------------------------


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
class Candidate:
    """An entity that a name may mean. ``uses``: how often these words stood for it."""

    entity: Entity
    words: str
    uses: int
    exact: bool = False  # the words are the very title of its article


# --- Messages -----------------------------------------------------------------------


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
