"""What is answered in the operator's chats."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.services.managing.changing import (
    ChangeAnswer,
    FeedAdded,
    Removed,
    SeveralFeeds,
    UnknownFeed,
)
from bot.services.previewing import Preview
from bot.sources.feeds import FeedReading
from storage.model import Feed


@dataclass(frozen=True)
class NotForYou:
    """The chat of this Telegram id is none of the operator's."""

    telegram_id: int


@dataclass(frozen=True)
class NotUsable:
    """What was ``typed`` is no address that could be a feed's."""

    typed: str


@dataclass(frozen=True)
class NotRead:
    """No feed could be read at ``url``, and why ("": it took too long); a web page there
    names these ``feeds``. ``is_final``: there is none, not just now. ``is_private``: it may not
    be asked by the word of a chat."""

    url: str
    why: str = ""
    feeds: tuple[str, ...] = ()
    is_final: bool = False
    is_private: bool = False


@dataclass(frozen=True)
class Seen:
    """The feed at ``url``, and where redirects have ``led_to`` from there: where it has moved for
    good, then where it was served."""

    url: str
    reading: FeedReading
    led_to: tuple[str, ...] = ()


@dataclass(frozen=True)
class Looked:
    """The feed at ``url``, what would come of its newest entries, and by which listed feed it
    is known already, if it is; ``led_from``: the address from which redirects lead to that."""

    url: str
    reading: FeedReading
    newest: tuple[Preview, ...]
    known: Feed | None = None
    led_from: str = ""


@dataclass(frozen=True)
class FeedListed:
    """A feed is listed; ``unread``: why it could not be read just now, if so."""

    added: FeedAdded
    unread: NotRead | None = None


@dataclass(frozen=True)
class Turned:
    """What became of a feed, and all of them as they are then."""

    answer: ChangeAnswer
    listing: FeedListing


@dataclass(frozen=True)
class FeedListing:
    """All feeds that are listed; ``zone``: whose times the chat goes by."""

    feeds: tuple[Feed, ...]
    zone: ZoneInfo


@dataclass(frozen=True)
class Card:
    """A feed by itself, and how many ``reports`` have come of it; ``zone`` as in
    ``FeedListing``."""

    feed: Feed
    reports: int
    zone: ZoneInfo


LookedAnswer = Looked | NotRead | NotUsable | SeveralFeeds | Removed | NotForYou
AddAnswer = FeedListed | NotRead | NotUsable | NotForYou
EntryAnswer = Feed | SeveralFeeds | UnknownFeed | Removed | NotForYou
CardAnswer = Card | SeveralFeeds | UnknownFeed | Removed | NotForYou
