"""Parts of what is shown of sources: names, examples, what fails."""

from __future__ import annotations

from bot.services.managing.finding import name_of
from bot.telegram.markup import Rich, bold, clip, plain
from storage.model import Feed

EXAMPLE = "https://example.org/feed.xml"
LONGEST_TITLE = 60
LONGEST_REASON = 120
LONGEST_ADDRESS = 300


def title_of(feed: Feed) -> str:
    """What a source is called: its title, else its address."""
    return clip(name_of(feed), LONGEST_TITLE)


def named(feed: Feed) -> Rich:
    """The same, in bold."""
    return bold(title_of(feed))


def why(failure: str) -> Rich:
    """Why it could not be read, as far as there is room."""
    return plain(clip(failure, LONGEST_REASON))


def to_send(verb: str, what: str = EXAMPLE) -> Rich:
    """A command to send."""
    return plain(f"/sources {verb} {clip(what, LONGEST_ADDRESS)}".rstrip())
