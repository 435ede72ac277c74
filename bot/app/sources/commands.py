"""``sources`` put together; what a look at a feed brings is in ``checking``."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from bot.app.clock import utc_now
from bot.app.databases import opened
from bot.app.sources.checking import EXAMPLE, check_feed, given_address, look_at
from bot.app.sources.listing import as_document, summary, table
from bot.app.sources.lists import passed_over, read_file
from bot.app.sources.telling import tell
from bot.config import Settings
from bot.core.counting import counted
from bot.core.feed_addresses import feed_address
from bot.errors import InputError
from bot.services.managing import (
    Added,
    Change,
    Changed,
    FeedAdded,
    Managing,
    Removed,
    SeveralFeeds,
    UnknownFeed,
)
from bot.services.managing.finding import name_of
from bot.services.sampling import sample_start
from bot.sources.feeds import FeedReading
from bot.sources.languages import is_language, primary_subtag
from bot.sources.opml import ListedFeed, write_opml
from bot.sources.texts import one_line
from storage.model import Feed, FeedState

TITLE = "Dateline’s sources"
MOST_TOLD = 20
_ADDRESS = re.compile(r"[.:/@]")  # what is no address, but was meant as one


async def show(settings: Settings, *, everything: bool, as_json: bool) -> None:
    """Print all feeds."""
    async with opened(settings.database_url) as database:
        found = await Managing(database, utc_now).listed(everything=everything)
        is_sampled = await sample_start(database) is not None
    if is_sampled:
        found = [replace(feed, due_at=None) for feed in found]
    console = _console()
    if as_json:
        for feed in found:
            _print(json.dumps(as_document(feed), ensure_ascii=False))
    elif found:
        for line in table(found, utc_now()):
            console.print(line, soft_wrap=True)
        resting = " While the sample week is served, none is read." if is_sampled else ""
        _print(f"\n{summary(found)}{resting}")
    else:
        _print(
            "No feed is listed yet. `dateline run` brings in the list that FEEDS names, and\n"
            f"`dateline sources add {EXAMPLE}` adds one."
        )


def given_feed(url: str, title: str, language: str, region: str) -> ListedFeed:
    """A feed as it was typed. Raises ``InputError``."""
    address = given_address(url)
    if language and not is_language(language):
        raise InputError(
            f"--language {one_line(language)}: no known language; write it like en or pt-BR."
        )
    return ListedFeed(address, one_line(title), primary_subtag(language), one_line(region))


async def add(settings: Settings, given: ListedFeed, *, unchecked: bool) -> None:
    """List a feed. Raises ``SourceError`` where it can't be read, unless it is ``unchecked``."""
    typed = given
    led_to: tuple[str, ...] = ()
    if not unchecked:
        checked = await look_at(settings, given.url, is_to_be_added=True)
        tell(checked, Console(), is_to_be_added=True)
        given, led_to = _named(given, checked.reading), checked.led_to
        _print("")
    async with _managing(settings) as managing:
        _print(_added(await managing.add(given, typed=typed, led_to=led_to)))


async def change(settings: Settings, which: str, change: Change) -> None:
    """Pause, resume or remove a feed. Raises ``InputError`` where none is clearly meant."""
    async with _managing(settings) as managing:
        answer = await managing.change(which.strip(), change)
    if not isinstance(answer, Changed):
        raise _unclear(answer)
    _print(_changed(answer, change))


async def check(settings: Settings, which: str, *, as_json: bool) -> None:
    """Fetch a feed once, listed or not, and print what would come of it. Raises ``InputError``
    where none is meant, and as ``look_at``."""
    address = await _address(settings, which)
    await check_feed(settings, address, as_json=as_json)


async def _address(settings: Settings, which: str) -> str:
    """The address that was typed, else that of the listed feed that is meant."""
    if feed_address(which) or not which.strip():
        return given_address(which)
    async with _managing(settings) as managing:
        found = await managing.find(which.strip())
    if isinstance(found, Feed):
        return found.url
    if isinstance(found, UnknownFeed) and _ADDRESS.search(which):
        return given_address(which)  # which says what is wrong with it
    raise _unclear(found)


async def import_file(settings: Settings, path: Path) -> None:
    """List all feeds of an OPML file."""
    found = read_file(path)
    async with _managing(settings) as managing:
        done = await managing.import_feeds(found.feeds)
    _print(
        f"{counted(len(found.feeds), 'feed')} in {path}: {done.new} new, {done.back} back, "
        f"{done.known} known already."
    )
    for each in found.passed_over[:MOST_TOLD]:
        _print(f"left out: {passed_over(each)}")
    if len(found.passed_over) > MOST_TOLD:
        _print(f"left out: {len(found.passed_over) - MOST_TOLD} more")


async def export(settings: Settings, path: Path | None) -> None:
    """Write all feeds as OPML, to a file or else to standard output."""
    async with _managing(settings) as managing:
        feeds = await managing.export()
    text = write_opml(feeds, TITLE)
    if path is None:
        sys.stdout.write(text)
        return
    _write(path, text)
    _print(f"{counted(len(feeds), 'feed')} written to {path}.")


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise InputError(f"{path} can't be written: {error.strerror or error}.") from None


# --- sentences


def _named(given: ListedFeed, reading: FeedReading) -> ListedFeed:
    """The feed as it was typed, else as it calls itself."""
    title = given.title or one_line(reading.title)
    return replace(given, title=title, language=given.language or reading.language or "")


def _added(answer: FeedAdded) -> str:
    feed = answer.feed
    if answer.how is Added.KNOWN:
        return f"{name_of(feed)} is listed already, as number {feed.id} {_known(answer)}."
    how = "is listed again" if answer.how is Added.BACK else "is added"
    return f"{name_of(feed)} {how}, as number {feed.id}. It is read by `dateline run` from now on."


def _known(answer: FeedAdded) -> str:
    """How a feed that was listed already stands, and what becomes of what was typed."""
    if answer.led_from:
        return f"({answer.led_from} leads to {answer.feed.url}), and stays as it is"
    new = f". Changed: {', '.join(answer.described)}" if answer.described else ""
    return f"({answer.feed.state.value}){new}"


def _changed(answer: Changed, change: Change) -> str:
    feed, name = answer.feed, name_of(answer.feed)
    if change is Change.REMOVE:
        return f"{name} is removed. Bring it back: dateline sources add {feed.key}"
    if answer.is_new:
        resumed = change is Change.RESUME
        return f"{name} is read again from now on." if resumed else f"{name} is paused."
    if feed.state is FeedState.ENDED:
        return f"{name} has ended. Ask its publisher again: dateline sources resume {feed.id}"
    return f"{name} is {'paused already' if change is Change.PAUSE else 'not paused'}."


def _unclear(answer: SeveralFeeds | Removed | UnknownFeed) -> InputError:
    """Why no one feed is meant, and what to do."""
    match answer:
        case SeveralFeeds(which, feeds):
            return InputError(
                f"{which!r} may mean several. Name one by its number:\n{_lines(feeds)}"
            )
        case Removed(feed):
            return InputError(
                f"{name_of(feed)} has been removed. Bring it back: dateline sources add {feed.key}"
            )
        case UnknownFeed(which, nearest):
            return InputError(_unknown(which, nearest))


def _unknown(which: str, nearest: Sequence[Feed]) -> str:
    if nearest:
        return f"No feed is called {which!r}. Is it one of these?\n{_lines(nearest)}"
    return f"No feed is called {which!r}. See them all: dateline sources list"


def _lines(feeds: Sequence[Feed]) -> str:
    shown = [f"{feed.id:>5}  {name_of(feed)}  {feed.url}" for feed in feeds[:MOST_TOLD]]
    rest = len(feeds) - MOST_TOLD
    return "\n".join([*shown, f"       and {rest} more"] if rest > 0 else shown)


@asynccontextmanager
async def _managing(settings: Settings) -> AsyncIterator[Managing]:
    async with opened(settings.database_url) as database:
        yield Managing(database, utc_now)


def _console() -> Console:
    """Where colours go only to terminals."""
    return Console(highlight=False, emoji=False, markup=False)


def _print(text: str) -> None:
    print(text, flush=True)
