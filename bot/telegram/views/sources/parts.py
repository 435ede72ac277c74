"""Parts of what is shown of sources: names, examples, what fails."""

from __future__ import annotations

from bot.services.managing.finding import name_of
from bot.telegram.markup import Rich, bold, clip, plain
from bot.telegram.texts import sources as texts
from bot.telegram.wording import Words
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


def known(words: Words, feed: Feed, led_from: str = "") -> Rich:
    """That a source is listed already; ``led_from``: the address that leads to it."""
    parts = {"title": named(feed), "number": plain(str(feed.id))}
    if not led_from:
        return words.fill(texts.SOURCE_KNOWN, **parts)
    led = {"address": led_from, "there": feed.url}
    parts |= {name: plain(clip(url, LONGEST_ADDRESS)) for name, url in led.items()}
    return words.fill(texts.SOURCE_KNOWN_THERE, **parts)


def why(failure: str) -> Rich:
    """Why it could not be read, as far as there is room."""
    return plain(clip(failure, LONGEST_REASON))


def to_send(verb: str, what: str = EXAMPLE) -> Rich:
    """A command to send."""
    return plain(f"/sources {verb} {clip(what, LONGEST_ADDRESS)}".rstrip())
