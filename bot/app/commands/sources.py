"""``dateline sources``: which feeds are polled."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.app.commands import Json, quiet_settings, run
from bot.app.sources import commands
from bot.services.managing import Change

Url = Annotated[
    str, typer.Argument(help="The feed's address (RSS, Atom or JSON Feed).", metavar="URL")
]
Which = Annotated[
    str, typer.Argument(help="Its number, its address, or words of its title.", metavar="WHICH")
]

sources = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Places that reports come from."
)


@sources.command("list")
def list_(
    everything: Annotated[
        bool, typer.Option("--all", help="Also those removed, or no longer in their list.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Show all feeds and how each fares."""
    run(commands.show(quiet_settings(), everything=everything, as_json=as_json))


@sources.command()
def add(
    url: Url,
    title: Annotated[
        str, typer.Option(help="What to call it (else its own title).", metavar="TITLE")
    ] = "",
    language: Annotated[
        str, typer.Option(help="Its language, such as en or pt.", metavar="CODE")
    ] = "",
    region: Annotated[
        str, typer.Option(help="Where it is about or from, for the list.", metavar="REGION")
    ] = "",
    unchecked: Annotated[
        bool, typer.Option("--unchecked", help="Add it without looking whether it can be read.")
    ] = False,
) -> None:
    """Add a feed, after a look at what would come of it."""
    given = commands.given_feed(url, title, language, region)
    run(commands.add(quiet_settings(), given, unchecked=unchecked))


@sources.command()
def check(which: Which, as_json: Json = False) -> None:
    """Fetch a feed once, listed or not, and show what would come of it."""
    run(commands.check(quiet_settings(), which, as_json=as_json))


@sources.command()
def pause(which: Which) -> None:
    """Stop reading a feed until it is resumed."""
    run(commands.change(quiet_settings(), which, Change.PAUSE))


@sources.command()
def resume(which: Which) -> None:
    """Go on reading a feed that was paused, or that has ended."""
    run(commands.change(quiet_settings(), which, Change.RESUME))


@sources.command()
def remove(which: Which) -> None:
    """Take a feed off the list; what it has told stays."""
    run(commands.change(quiet_settings(), which, Change.REMOVE))


@sources.command("import")
def import_(
    file: Annotated[
        Path, typer.Argument(help="An OPML file, as readers of feeds export it.", metavar="FILE")
    ],
) -> None:
    """Add all feeds of an OPML file."""
    run(commands.import_file(quiet_settings(), file))


@sources.command()
def export(
    file: Annotated[
        Path | None, typer.Argument(help="Where to write it (else: print).", metavar="FILE")
    ] = None,
) -> None:
    """Write all feeds as an OPML file."""
    run(commands.export(quiet_settings(), file))
