"""``dateline`` as a process of its own, to be read line by line, killed and started again."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.support.data import NO_FEEDS

# What a child may see of this process's environment; its settings are the test's alone.
_KEPT = ("PATH", "HOME", "LANG", "TMPDIR")
_LONGEST_LINE = 2**20
_ROOT = Path(__file__).parents[2]


class Running(Protocol):
    """What tests need to know and do of ``asyncio.subprocess.Process``."""

    @property
    def stdout(self) -> asyncio.StreamReader | None: ...
    @property
    def returncode(self) -> int | None: ...
    def send_signal(self, signal: int, /) -> None: ...
    def terminate(self) -> None: ...
    async def wait(self) -> int: ...


@dataclass(frozen=True)
class Child:
    """A running ``dateline``. Standard error goes to the file ``log``."""

    process: Running
    log: Path

    async def line(self) -> bytes:
        """The next line of its output; empty when it has ended."""
        assert self.process.stdout is not None
        return await self.process.stdout.readline()

    async def lines(self) -> AsyncIterator[bytes]:
        """All lines that are still to come."""
        while line := await self.line():
            yield line

    async def kill(self) -> bytes:
        """End it as a power cut would; what it had still written."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGKILL)
        return await self._rest()

    async def stop(self) -> int:
        """Ask it to end (SIGTERM); its exit code."""
        self.process.terminate()
        await self._rest()
        return await self.code()

    async def code(self) -> int:
        """Its exit code, once it has ended."""
        return await self.process.wait()

    async def _rest(self) -> bytes:
        assert self.process.stdout is not None
        rest = await self.process.stdout.read()
        await self.process.wait()
        return rest


@asynccontextmanager
async def dateline(
    *arguments: str, folder: Path, settings: Mapping[str, str] | None = None
) -> AsyncIterator[Child]:
    """``dateline`` with these arguments and settings, in a working folder; killed at the end
    if it still runs."""
    log = folder / "child.log"
    with log.open("ab") as errors:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *arguments,
            stdout=PIPE,
            stderr=errors,
            cwd=folder,
            env=environment(settings),
            limit=_LONGEST_LINE,
        )
    child = Child(process, log)
    try:
        yield child
    finally:
        await child.kill()


def environment(settings: Mapping[str, str] | None) -> dict[str, str]:
    """What such a process may see of this one's environment, and its settings."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, **NO_FEEDS, "PYTHONPATH": str(_ROOT), **(settings or {})}
