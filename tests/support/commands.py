"""``dateline`` in this very process: what a command prints and how it ends."""

from __future__ import annotations

import asyncio
import json
import logging
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.config import Settings
from tests.support.data import NO_FEEDS


@dataclass(frozen=True)
class Ran:
    """How a command ended: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def documents(self) -> list[dict[str, Any]]:
        """Its lines, each a JSON document."""
        assert self.code == 0, self.err
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def calls(self) -> list[dict[str, Any]]:
        """The calls that ``ask --json`` prints."""
        assert self.code == 0, self.err
        calls: list[dict[str, Any]] = json.loads(self.out)
        return calls


class Commands:
    """Runs commands in a folder of the test's own, with no network and no settings but these."""

    def __init__(
        self, patch: pytest.MonkeyPatch, captured: pytest.CaptureFixture[str], nowhere: str
    ) -> None:
        self._patch = patch
        self._captured = captured
        for name in Settings.model_fields:
            patch.delenv(name.upper(), raising=False)
        self.set(WIKIPEDIA_API_URL=nowhere, WIKIDATA_API_URL=nowhere, **NO_FEEDS)

    def set(self, **settings: str) -> None:
        """Change settings."""
        for name, value in settings.items():
            self._patch.setenv(name, value)

    def __call__(self, *arguments: str) -> Ran:
        """Run a command to its end. Not inside of a running event loop."""
        self._patch.setattr(sys, "argv", ["dateline", *arguments])
        self._captured.readouterr()
        with _logging_kept():
            code = _exit_code()
        printed = self._captured.readouterr()
        return Ran(code, printed.out, printed.err)

    async def beside(self, *arguments: str) -> Ran:
        """Run a command while this event loop goes on serving it."""
        return await asyncio.to_thread(self, *arguments)


def _exit_code() -> int:
    try:
        main()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


@contextmanager
def _logging_kept() -> Iterator[None]:
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    try:
        yield
    finally:
        root.setLevel(level)
        root.handlers[:] = handlers


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port of the loopback interface where nobody listens, and nobody can."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@pytest.fixture
def dateline(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    closed_port: int,
    migrated_file: Path,
) -> Commands:
    """The command line; its database is in the test's folder, Wikipedia out of reach. To make
    the database's tables would take each test longer than what it does with them."""
    shutil.copy(migrated_file, tmp_path / "dateline.db")
    monkeypatch.chdir(tmp_path)
    return Commands(monkeypatch, capsys, f"http://127.0.0.1:{closed_port}/w/api.php")
