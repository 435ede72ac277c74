"""``dateline events``: which reports tell of one event."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.app import merging
from bot.app.commands import Json, quiet_settings, run
from bot.errors import InputError

Number = Annotated[str, typer.Argument(help="An event's number: 17 for /event_17.")]

events = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Which reports tell of one event."
)


@events.command()
def merge(one: Number, other: Number, as_json: Json = False) -> None:
    """Make one event of two: the older stays, with the sources and followers of both."""
    settings = quiet_settings()
    run(merging.merge(settings, _number(one), _number(other), as_json=as_json))


@events.command()
def unmerge(number: Number, as_json: Json = False) -> None:
    """Part an event that was merged into another; by themselves they are never merged again."""
    run(merging.unmerge(quiet_settings(), _number(number), as_json=as_json))


def _number(typed: str) -> int:
    try:
        return int(typed)
    except ValueError:
        raise InputError(f"{typed!r} is no event's number: write 17 for /event_17.") from None
