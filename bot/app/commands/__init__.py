"""Commands of the command line that have commands of their own, and what all share."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Annotated, Any

import typer

from bot import config
from bot.app.logs import set_up_logging

Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs: a document a line.")]


def run(work: Coroutine[Any, Any, int | None]) -> None:
    """Do the work of a command; its result is the exit code (None: 0)."""
    code = asyncio.run(work)
    if code:
        raise typer.Exit(code)


def quiet_settings() -> config.Settings:
    """The settings, for a command that prints: it logs errors only."""
    settings = config.load()
    set_up_logging(settings, quiet=True)
    return settings
