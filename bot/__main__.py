"""The command line: ``dateline``, also ``python -m bot``. Exit codes: 0 done, 1 failed,
2 wrong settings or arguments."""

from __future__ import annotations

import codecs
import logging
import sys
from datetime import UTC, date, datetime, timedelta
from importlib import metadata
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from bot import config
from bot.app import asking, calibrating, checking, recorded, running
from bot.app.commands import Json, quiet_settings
from bot.app.commands import run as _run
from bot.app.commands.events import events
from bot.app.commands.sources import sources
from bot.app.logs import set_up_logging
from bot.app.progress import Bar
from bot.core.likeness.labelled import TEXTS
from bot.errors import DatelineError, InputError, SettingsError

log = logging.getLogger(__name__)

cli = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="A Telegram bot that tells people what happened to those whom they follow.",
)
cli.add_typer(sources, name="sources")
cli.add_typer(events, name="events")


def _tell_version(asked: bool) -> None:
    if asked:
        print(f"Dateline {metadata.version('dateline-bot')}")
        raise typer.Exit


@cli.callback()
def _begin(
    version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_tell_version, help="Print the version and end."
        ),
    ] = False,
) -> None:
    """What stands before any command."""


def main() -> None:
    """Run the command; errors of ours are sentences, not traces."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal may lack letters that we write.
        if isinstance(stream, TextIOWrapper) and codecs.lookup(stream.encoding).name != "utf-8":
            stream.reconfigure(errors="replace")
    try:
        cli(prog_name="dateline")
    except (SettingsError, InputError) as error:
        _fail(error, 2)
    except DatelineError as error:
        _fail(error, 1)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)


def _fail(error: Exception, code: int) -> None:
    print(error, file=sys.stderr)
    sys.exit(code)


@cli.command()
def run(
    only: Annotated[
        str,
        typer.Option(
            help="Only some parts, separated by commas: poll (read Wikipedia and feeds), chat "
            "(answer readers), send (send messages). Without BOT_TOKEN chat and send are needed.",
            metavar="PARTS",
        ),
    ] = "poll,chat,send",
    new_bot: Annotated[
        bool,
        typer.Option(
            "--new-bot",
            help="Needed once where BOT_TOKEN is another bot's than before, which is refused "
            "otherwise, as no chat knows that bot: the database is the new bot's from now on.",
        ),
    ] = False,
) -> None:
    """Run the bot: everything in one process, until Ctrl-C."""
    parts = {part.strip() for part in only.split(",") if part.strip()}
    if not parts or parts - set(running.PARTS):
        raise InputError(f"--only takes {', '.join(running.PARTS)}, separated by commas.")
    settings = config.load()
    if not settings.bot_token and not {"chat", "send"} <= parts:
        raise InputError(
            "Without BOT_TOKEN --only needs both chat and send: the page to chat on is served by "
            "the very process that answers there."
        )
    set_up_logging(settings)
    for each in config.mistyped():
        log.warning("%s", each)
    _run(running.run(settings, frozenset(parts), new_bot=new_bot))


@cli.command()
def ask(
    text: Annotated[
        str, typer.Argument(help='What to say, like "/today 2017-11-23".', metavar="TEXT")
    ],
    reader: Annotated[
        str,
        typer.Option(
            "--as",
            help="Who says it: any name or number; each has follows of its own.",
            metavar="READER",
        ),
    ] = "reader",
    press: Annotated[
        list[str] | None,
        typer.Option(
            help="Then press the first button that says this; may be repeated.", metavar="LABEL"
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Say something to the bot here, and print its answers. Nothing goes to Telegram."""
    _run(asking.ask(quiet_settings(), text, reader, press or [], as_json=as_json))


@cli.command()
def replay(
    file: Annotated[
        Path,
        typer.Argument(
            help="JSON lines {polled_at, page, text}, each a version of a day page; .xz too.",
            metavar="FILE",
        ),
    ],
    follow: Annotated[
        list[str],
        typer.Option(help="Whom a reader follows; repeated: a reader each.", metavar="NAME"),
    ],
    hold: Annotated[
        str,
        typer.Option(
            help="How long a change must stand: 0, 10m, 1h (default: as ALERT_HOLD).",
            metavar="SPAN",
        ),
    ] = "",
    until: Annotated[
        str,
        typer.Option(help="Leave out what is later (2017-11-24T16:02:00Z).", metavar="TIME"),
    ] = "",
    database: Annotated[
        str,
        typer.Option(
            help="Keep the state in this one (sqlite:///replay.db), so that a replay that was "
            "killed can go on. Without it nothing is kept.",
            metavar="URL",
        ),
    ] = "",
    as_json: Json = False,
) -> None:
    """Run a recording of the portal, and print what would be sent. Only Telegram is left out."""
    settings = quiet_settings()
    if not all(name.strip() for name in follow):
        raise InputError('--follow needs a name, like --follow "Omar al-Bashir".')
    show = recorded.print_json if as_json else recorded.print_replayed
    _run(
        recorded.replay(
            file,
            [name.strip() for name in follow],
            hold=_duration(hold) if hold else settings.alert_hold,
            until=_time(until) if until else None,
            database=database or None,
            emit=show,
        )
    )


@cli.command()
def backfill(
    archive: Annotated[
        Path | None,
        typer.Option(
            help="Read all day pages in this folder or tar (2017_November_23.txt).", metavar="PATH"
        ),
    ] = None,
    since: Annotated[
        str,
        typer.Option(
            help="Read them from Wikipedia instead, from this day on (2017-11-01).", metavar="DAY"
        ),
    ] = "",
    until: Annotated[
        str, typer.Option(help="With --since: the last day (default: today).", metavar="DAY")
    ] = "",
    as_json: Json = False,
) -> None:
    """Take the portal's past days into the database, to be asked for. Nobody is sent them."""
    settings = quiet_settings()
    if (archive is None) == (not since):
        raise InputError("Say either --archive PATH or --since DAY.")
    if archive and until:
        raise InputError("--until goes with --since: an archive is taken in whole.")
    show = recorded.print_json if as_json else recorded.print_month
    with Bar("days") as bar:
        if archive is not None:
            _run(recorded.backfill_archive(settings, archive, show, bar))
        else:
            first, last = _day(since), _day(until) if until else datetime.now(UTC).date()
            if first > last:
                raise InputError(f"--since {first} is after {last}.")
            _run(recorded.backfill_since(settings, first, last, show, bar))


@cli.command()
def doctor(as_json: Json = False) -> None:
    """Check whether all is well, and say what to mend. Looks at settings, database, the list of
    feeds, token and Wikipedia; ends with 1 where something has to be mended."""
    try:
        settings = quiet_settings()
    except SettingsError as error:
        if as_json:
            checking.print_wrong(error)
        raise
    _run(checking.check(settings, as_json=as_json))


@cli.command()
def calibrate(
    file: Annotated[
        Path,
        typer.Argument(
            help="JSON lines {id, event, text[, time]} or {first, second, label}.", metavar="FILE"
        ),
    ],
    text: Annotated[
        str,
        typer.Option(
            help="How much of each text counts: its first two sentences (lead), or all (full).",
            metavar="lead|full",
        ),
    ] = "full",
    as_json: Json = False,
) -> None:
    """Find on labelled news how alike reports of one event must be. The file says which texts
    tell of one event; the settings are printed."""
    if text not in TEXTS:
        raise InputError(f"--text {text}: write lead or full.")
    with Bar("thresholds") as bar:
        said = calibrating.calibrate_on(file, bar, text=text, as_json=as_json)
    print(said)


@cli.command()
def migrate() -> None:
    """Bring the database to the newest schema. Every other command does so too."""
    _run(checking.migrate(quiet_settings()))


def _duration(text: str) -> timedelta:
    try:
        return config.parse_duration(text)
    except ValueError as error:
        raise InputError(f"--hold {text}: {error}.") from None


def _time(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise InputError(f"--until {text}: write a time like 2017-11-24T16:02:00Z.") from None
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{text} is no day: write it like 2017-11-23.") from None


if __name__ == "__main__":
    logging.captureWarnings(True)
    main()
