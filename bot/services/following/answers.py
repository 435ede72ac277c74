"""What is answered about follows."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.finding import Several, Unknown
from storage.model import Entity, Event, Follow, FollowMode


@dataclass(frozen=True)
class Followed:
    """The chat follows ``entity`` now; ``new`` is false where it did before, by ``mode``.

    ``latest``: its newest shown events. ``beside``: the event whose message the button
    stood under, with what of it the chat ``follows``. ``suggestions``: whom else to follow.
    ``together``: all that it follows now. ``is_paused``: nothing comes for now.
    """

    entity: Entity
    new: bool
    latest: tuple[Event, ...] = ()
    beside: Event | None = None
    follows: frozenset[int] = frozenset()
    suggestions: tuple[Entity, ...] = ()
    mode: FollowMode = FollowMode.AT_ONCE
    together: tuple[Entity, ...] = ()
    is_paused: bool = False


@dataclass(frozen=True)
class FollowedListed:
    """Of a list of names the chat follows the ``new`` now and the ``old`` since before;
    ``unclear`` are those that are not known, or may mean several. One of them has an entry."""

    new: tuple[Entity, ...]
    old: tuple[Entity, ...] = ()
    unclear: tuple[Several | Unknown, ...] = ()


@dataclass(frozen=True)
class TooMany:
    """The chat may follow so many at most, and has ``room`` for fewer than it asked for."""

    most: int
    room: int = 0


@dataclass(frozen=True)
class Gone:
    """There is nothing of that number (a forged or stale button)."""


@dataclass(frozen=True)
class Unfollowed:
    """The chat follows ``entity`` no more; ``was`` is false where it did not before."""

    entity: Entity
    was: bool
    left: tuple[Follow, ...] = ()


@dataclass(frozen=True)
class UnfollowedListed:
    """Of a list of names the chat follows the ``ended`` no more; ``unclear`` are those that
    none of its follows has, or several have."""

    ended: tuple[Entity, ...]
    unclear: tuple[Several | NotFollowed, ...] = ()


@dataclass(frozen=True)
class NotFollowed:
    """No follow of the chat has that name; these are like it. ``any`` follows at all?"""

    name: str
    nearest: tuple[Entity, ...]
    any: bool


@dataclass(frozen=True)
class FollowCard:
    """One follow by itself. ``digest_at``: the minute of the day at which the chat gets its
    digest (None: it gets none)."""

    follow: Follow
    digest_at: int | None


@dataclass(frozen=True)
class Ended:
    """The chat does not follow ``entity`` (any more); None: there is nothing of that number.
    What it still follows is ``left``."""

    entity: Entity | None
    left: tuple[Follow, ...]


@dataclass(frozen=True)
class Welcome:
    """Somebody starts: who is in the news that they do not follow yet. ``paused``: they end a
    pause by it, and what they ``missed`` comes to them."""

    suggestions: tuple[Entity, ...]
    paused: bool = False
    missed: bool = False


FollowAnswer = Followed | FollowedListed | Several | Unknown | TooMany
UnfollowAnswer = Unfollowed | UnfollowedListed | Several | NotFollowed
