"""How far a long command is."""

from __future__ import annotations

import sys
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Display


class Progress:
    """What a long command tells of its progress: how many steps in all (days, thresholds), and
    each. This one shows nothing."""

    def begin(self, total: int) -> None:
        """So many are to come."""

    def advance(self, steps: int) -> None:
        """So many more are done."""


class Bar(Progress):
    """A progress bar on standard error, of steps called ``unit``; none where that is no
    terminal."""

    def __init__(self, unit: str) -> None:
        columns = (TextColumn(unit), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        console = Console(stderr=True)
        self._display = Display(
            *columns,
            console=console,
            disable=not console.is_terminal,
            # What is printed goes through the bar's console, but not what goes into a file.
            redirect_stdout=sys.stdout.isatty(),
        )
        self._task = self._display.add_task(unit, total=None)

    def __enter__(self) -> Self:
        self._display.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._display.stop()

    def begin(self, total: int) -> None:
        """So many are to come."""
        self._display.update(self._task, total=total)

    def advance(self, steps: int) -> None:
        """So many more are done."""
        self._display.advance(self._task, steps)
