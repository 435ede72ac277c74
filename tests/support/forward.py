"""The event loop's clock, which a test puts forward: whoever waits with a limit has then
waited for so long, and nobody really waits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest


class Forward:
    """A loop's clock, ahead of its own by what has passed."""

    def __init__(self, time: Callable[[], float]) -> None:
        self._time = time
        self._ahead = 0.0

    def __call__(self) -> float:
        return self._time() + self._ahead

    def pass_by(self, seconds: float) -> None:
        """Let so many seconds pass at once."""
        self._ahead += seconds


@pytest.fixture
async def forward(monkeypatch: pytest.MonkeyPatch) -> Forward:
    """The clock of the test's own event loop."""
    loop = asyncio.get_running_loop()
    clock = Forward(loop.time)
    monkeypatch.setattr(loop, "time", clock)
    return clock
