"""``dateline events``: which reports tell of one event."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.app import merging
from bot.app.commands import Json, quiet_settings, run
from bot.errors import InputError

Number = Annotated[
    str, typer.Argument(help="An event's number: 17 for /event_17.", metavar="NUMBER")
]

events = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Merge events that are one, or part them again.",
)


@events.command()
def merge(one: Number, other: Number, as_json: Json = False) -> None:
    """Make one event of two. The older stays, with the sources of both; whoever had alerts of
    both keeps one."""
    settings = quiet_settings()
    run(merging.merge(settings, _number(one), _number(other), as_json=as_json))


@events.command()
def unmerge(number: Number, as_json: Json = False) -> None:
    """Part an event that was merged. By themselves the two are never merged again."""
    run(merging.unmerge(quiet_settings(), _number(number), as_json=as_json))


def _number(typed: str) -> int:
    try:
        return int(typed)
    except ValueError:
        raise InputError(f"{typed!r} is no event's number: write 17 for /event_17.") from None
