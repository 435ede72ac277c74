"""Lists of feeds: that which the settings name, and files of OPML."""

from __future__ import annotations

import logging
from importlib.resources import files
from pathlib import Path

from bot.app.clock import utc_now
from bot.config import Settings
from bot.errors import InputError, SettingsError
from bot.services.managing import Managing
from bot.sources.opml import FeedList, PassedOver, read_opml
from storage.database import Database

log = logging.getLogger(__name__)


def feed_list(settings: Settings) -> FeedList:
    """The feeds of the bundled list, or of the file that ``FEEDS`` names, with what had to be
    left out; none for "off".

    Raises ``SettingsError`` where that file can't be used.
    """
    if settings.reads_no_feeds:
        return FeedList(())
    if not settings.feeds:
        return bundled()
    try:
        return read_file(Path(settings.feeds))
    except InputError as error:
        raise SettingsError(f"FEEDS: {error}") from None


def bundled() -> FeedList:
    """The list that comes with the bot."""
    return read_opml((files("bot.app") / "lists" / "world.opml").read_bytes())


async def sync(settings: Settings, database: Database) -> None:
    """Bring the feeds that the settings list into the database."""
    listed = feed_list(settings)
    for each in listed.passed_over:
        log.warning("FEEDS: left out: %s", passed_over(each))
    done = await Managing(database, utc_now).sync(listed.feeds)
    counts = {"new": done.added, "changed": done.updated, "no longer listed": done.dropped}
    said = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
    if said:
        log.info("feeds listed: %s", said)


def read_file(path: Path) -> FeedList:
    """The feeds that an OPML file lists. Raises ``InputError``."""
    try:
        body = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} can't be read: {error.strerror or error}.") from None
    try:
        return read_opml(body)
    except InputError as error:
        raise InputError(f"{path} is no list of feeds (OPML): {error}.") from None


def passed_over(each: PassedOver) -> str:
    """What had to be left out of a list, where, and why."""
    return f"line {each.line}: {f'{each.text}: ' if each.text else ''}{each.reason}"
