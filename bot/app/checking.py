"""``doctor`` and ``migrate`` put together."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.app.managing import feed_list, passed_over
from bot.app.recorded import opened
from bot.app.sampling import sample_start
from bot.app.wikimedia import open_wikimedia
from bot.config import Settings, mistyped
from bot.core.counting import counted
from bot.errors import DatelineError, InputError
from bot.sources.wikipedia import page_name
from bot.telegram.api import open_bot, who_am_i
from storage.addresses import file_of


@dataclass(frozen=True)
class Finding:
    """What a check found: whether all is well, and what to do where it is not."""

    part: str
    ok: bool
    says: str


async def check(settings: Settings, *, as_json: bool) -> int:
    """Check every part and print what was found; 0 when all is well, else 1."""
    ok = True
    async for finding in _findings(settings):
        ok = ok and finding.ok
        if as_json:
            print(json.dumps(asdict(finding), ensure_ascii=False))
        else:
            print(f"{'ok  ' if finding.ok else 'MEND'} {finding.part:10} {finding.says}")
    return 0 if ok else 1


async def migrate(settings: Settings) -> None:
    """Open the database, which migrates it."""
    async with opened(settings.database_url):
        print("The database has the newest schema.")


async def _findings(settings: Settings) -> AsyncIterator[Finding]:
    yield _settings()
    checks: list[tuple[str, Callable[[Settings], Awaitable[str]]]] = [
        ("database", _database),
        ("feeds", _feeds),
        ("telegram", _telegram),
        ("wikipedia", _wikipedia),
    ]
    for part, look in checks:
        try:
            yield Finding(part, True, await look(settings))
        except DatelineError as error:
            yield Finding(part, False, str(error))
    yield _contact(settings)


def _settings() -> Finding:
    """Wrong ones were refused before; a mistyped name is no setting at all."""
    names = mistyped()
    return Finding("settings", not names, "; ".join(names) or "all settings are readable")


async def _database(settings: Settings) -> str:
    file = file_of(settings.database_url)
    if file is not None and not file.exists():
        return _to_be_made(file)
    async with opened(settings.database_url) as database:
        sampled = await sample_start(database) is not None
        async with database.reading() as tx:
            events, _ = await tx.events.count()
            chats, follows = await tx.chats.count()
            waiting = await tx.outbox.waiting()
            sources = await tx.sources.all()
            polled, failing, paused = await tx.feeds.count()
    read = max((s.last_success_at for s in sources if s.last_success_at), default=None)
    see = "; see `dateline sources list`" if failing else ""
    last = f"last read {read:%Y-%m-%d %H:%M} UTC" if read else "no source read yet"
    if sampled:
        last = "all of the sample week of November 2017: until it ends, no feed is read"
    return (
        f"{counted(events, 'event')}, {counted(chats, 'chat')} with {counted(follows, 'follow')}, "
        f"{counted(waiting, 'message')} waiting, "
        f"{counted(polled, 'feed')} ({failing} failing, {paused} paused{see}), {last}"
    )


def _to_be_made(file: Path) -> str:
    """What is to be said of a database that is not there: to look must not make it."""
    folder = file.absolute().parent
    if not folder.is_dir():
        raise InputError(f"there is no folder {folder}: make it, or mend DATABASE_URL")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise InputError(f"the folder {folder} can't be written: allow it, or mend DATABASE_URL")
    return f"{file} is not there yet: `dateline run` makes it"


async def _feeds(settings: Settings) -> str:
    """What the list of feeds says, and what of it has to be left out."""
    listed = feed_list(settings)
    if settings.reads_no_feeds:
        return "none: FEEDS is off"
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
    return "; ".join(said)


async def _telegram(settings: Settings) -> str:
    if not settings.bot_token:
        return "no BOT_TOKEN: `dateline run` will use the local stand-in"
    async with open_bot(settings.bot_token, settings.telegram_api_url) as bot:
        return f"the token is @{await who_am_i(bot)}'s"


async def _wikipedia(settings: Settings) -> str:
    today = page_name(datetime.now(UTC).date())
    async with open_wikimedia(settings) as wikimedia:
        (version,) = await wikimedia.pages([today])
    return f"{today} is there" if version.text else f"reachable; {today} has no page yet"


def _contact(settings: Settings) -> Finding:
    if settings.wikimedia_contact:
        return Finding("contact", True, f"Wikimedia can reach you: {settings.wikimedia_contact}")
    return Finding(
        "contact", True, "none; set WIKIMEDIA_CONTACT to an e-mail address or page of yours"
    )
