"""``doctor`` and ``migrate`` put together."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import AsyncExitStack, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Literal

from bot.app.clock import clock_over, utc_now
from bot.app.databases import opened, placed
from bot.app.sources.lists import feed_list, passed_over
from bot.app.wikimedia import open_wikimedia
from bot.config import Settings, mistyped
from bot.core.counting import counted
from bot.errors import DatelineError, InputError, SettingsError
from bot.services.managing import Managing
from bot.services.overview import Overview, overview
from bot.services.owning import bot_id_of, other_bot
from bot.sources.wikipedia import page_name
from bot.telegram.api import open_bot, who_am_i
from storage.database import Database
from storage.model import Origin

# "hint": it works, and something could be better.
State = Literal["ok", "hint", "mend"]

_SHOWN: dict[State, str] = {"ok": "ok  ", "hint": "hint", "mend": "MEND"}
# The last read may be so many intervals old, and no less than so long; a message that could go
# may wait so long.
_INTERVALS = 3
_LEAST = timedelta(hours=1)
_LONGEST_WAIT = timedelta(hours=1)


@dataclass(frozen=True)
class CheckResult:
    """What a check found: whether all is well, and what to do where it is not."""

    part: str
    state: State
    says: str

    @property
    def ok(self) -> bool:
        """Whether nothing has to be mended."""
        return self.state != "mend"


async def check(settings: Settings, *, as_json: bool) -> int:
    """Check every part and print what was found; 0 when all is well, else 1."""
    ok = True
    async for finding in _findings(settings):
        ok = ok and finding.ok
        if as_json:
            _print_json(finding)
        else:
            print(f"{_SHOWN[finding.state]} {finding.part:10} {finding.says}")
    return 0 if ok else 1


def print_wrong(error: SettingsError) -> None:
    """Print, as JSON, that settings are wrong, without which nothing else can be checked."""
    _print_json(CheckResult("settings", "mend", "; ".join(str(error).splitlines())))


def _print_json(finding: CheckResult) -> None:
    print(json.dumps({**asdict(finding), "ok": finding.ok}, ensure_ascii=False))


async def migrate(settings: Settings) -> None:
    """Open the database, which migrates it."""
    async with opened(settings.database_url):
        print("The database has the newest schema.")


async def _findings(settings: Settings) -> AsyncIterator[CheckResult]:
    yield _settings()
    async with AsyncExitStack() as stack:
        found, database = await _open(settings, stack)
        yield found
        yield await _told("feeds", _feeds(settings, database))
        yield await _told("telegram", _telegram(settings, database))
    yield await _told("wikipedia", _wikipedia(settings))
    yield _contact(settings)


async def _told(part: str, look: Awaitable[tuple[State, str]]) -> CheckResult:
    try:
        return CheckResult(part, *await look)
    except DatelineError as error:
        return CheckResult(part, "mend", str(error))


def _settings() -> CheckResult:
    """Wrong ones were refused before; a mistyped name is no setting at all."""
    names = mistyped()
    state: State = "mend" if names else "ok"
    return CheckResult("settings", state, "; ".join(names) or "all settings are readable")


async def _open(settings: Settings, stack: AsyncExitStack) -> tuple[CheckResult, Database | None]:
    """What is found of the database, and the database, opened on the ``stack``; None where it
    is not there yet or can't be opened."""
    try:
        file = placed(settings.database_url)
        if file is not None and not _is_there(file):
            return CheckResult("database", "ok", _to_be_made(file)), None
        database = await stack.enter_async_context(opened(settings.database_url))
    except DatelineError as error:
        return CheckResult("database", "mend", str(error)), None
    return await _told("database", _database(settings, database)), database


async def _database(settings: Settings, database: Database) -> tuple[State, str]:
    await database.check_writable()
    clock = await clock_over(database)
    now = clock()
    found = await overview(database, now)
    see = "; see `dateline sources list`" if found.failing else ""
    read = found.read_at
    last = f"last read {read:%Y-%m-%d %H:%M} UTC" if read else "no source read yet"
    if clock.is_moved:
        last = "all of the sample week of November 2017: until it ends, no feed is read"
    says = (
        f"{counted(found.events, 'event')}, {counted(found.chats, 'chat')} with "
        f"{counted(found.follows, 'follow')}, {counted(found.messages, 'message')} waiting, "
        f"{counted(found.feeds, 'feed')} ({found.failing} failing, {found.paused} paused{see}), "
        f"{last}"
    )
    ills = [] if clock.is_moved else [*_unread(settings, read, now), *_failing(found)]
    ills += _held_up(found.due_at, now)
    return "mend" if ills else "ok", "; ".join([says, *ills])


def _unread(settings: Settings, read: datetime | None, now: datetime) -> Iterator[str]:
    if read and now - read > max(_LEAST, _INTERVALS * settings.poll_interval):
        yield f"nothing has been read for {_age(now - read)}: is `dateline run` running?"


def _failing(found: Overview) -> Iterator[str]:
    if found.failing and 2 * found.failing >= found.feeds:
        yield "half of the feeds or more can't be read: does this machine reach the web?"


def _held_up(due: datetime | None, now: datetime) -> Iterator[str]:
    if due and now - due > _LONGEST_WAIT:
        yield f"a message has waited for {_age(now - due)}: see the log of `dateline run`"


def _age(age: timedelta) -> str:
    hours = int(age / timedelta(hours=1))
    return counted(hours, "hour") if hours < 48 else counted(hours // 24, "day")


def _is_there(file: Path) -> bool:
    try:
        return file.exists()
    except OSError:
        return False


def _to_be_made(file: Path) -> str:
    """What is to be said of a database that is not there: to look must not make it, but another
    file beside it, gone at once."""
    folder = file.absolute().parent
    try:
        NamedTemporaryFile(prefix=file.name, dir=folder).close()
    except OSError as error:
        raise InputError(
            f"{file.name} can't be made in the folder {folder} ({error.strerror}): allow it, or "
            "mend DATABASE_URL"
        ) from error
    return f"{file} is not there yet: `dateline run` makes it"


async def _feeds(settings: Settings, database: Database | None) -> tuple[State, str]:
    """What the list of feeds says, and what of it has to be left out."""
    listed = feed_list(settings)
    if settings.reads_no_feeds:
        return "ok", f"none from a list: FEEDS is off{await _added(database)}"
    named = "the bundled list" if not settings.feeds else f"FEEDS={settings.feeds}"
    said = [f"{len(listed.feeds)} in {named}"]
    if listed.passed_over:
        first, *others = listed.passed_over
        more = f" and {len(others)} more" if others else ""
        said.append(f"left out: {passed_over(first)}{more}")
    if listed.feeds and not settings.admin_chats:
        said.append(
            "nobody is told when one fails: ADMIN_CHATS names no chat (the bot says a chat's "
            "number where you send it /sources)"
        )
    return "hint" if len(said) > 1 else "ok", "; ".join(said)


async def _added(database: Database | None) -> str:
    """What is to be said of feeds that no list names; nothing where there are none. That the
    database can't be read is said elsewhere."""
    if database is None:
        return ""
    with suppress(DatelineError):
        feeds = await Managing(database, utc_now).listed()
        count = sum(feed.origin is not Origin.LIST for feed in feeds)
        return f"; {counted(count, 'feed')} added by hand" if count else ""
    return ""


async def _telegram(settings: Settings, database: Database | None) -> tuple[State, str]:
    if not settings.bot_token:
        return "hint", "no BOT_TOKEN: `dateline run` will use the local stand-in"
    async with open_bot(settings.bot_token, settings.telegram_api_url) as bot:
        says = f"the token is @{await who_am_i(bot)}'s"
    other = await _other_bot(settings, database)
    return ("mend", f"{says}; {other}") if other else ("ok", says)


async def _other_bot(settings: Settings, database: Database | None) -> str | None:
    """What is to be said where the database is another bot's. That it can't be read is said
    elsewhere."""
    if database is None:
        return None
    with suppress(DatelineError):
        return await other_bot(database, bot_id_of(settings.bot_token))
    return None


async def _wikipedia(settings: Settings) -> tuple[State, str]:
    today = page_name(datetime.now(UTC).date())
    async with open_wikimedia(settings) as wikimedia:
        (version,) = await wikimedia.pages([today])
    return "ok", f"{today} is there" if version.text else f"reachable; {today} has no page yet"


def _contact(settings: Settings) -> CheckResult:
    if settings.wikimedia_contact:
        return CheckResult(
            "contact", "ok", f"Wikimedia can reach you: {settings.wikimedia_contact}"
        )
    return CheckResult(
        "contact", "hint", "none; set WIKIMEDIA_CONTACT to an e-mail address or page of yours"
    )
