"""Golden files: expected output beside its input, written anew with ``--update-golden``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

GoldenCheck = Callable[[Path, str], None]


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> GoldenCheck:
    """Compares a text with a file, or writes the file where the run asks for that."""
    update = bool(request.config.getoption("--update-golden", default=False))

    def check(path: Path, actual: str) -> None:
        if update:
            path.write_text(actual, encoding="utf-8")
        assert path.is_file(), f"no {path.name} yet: run with --update-golden and review it"
        assert actual == path.read_text(encoding="utf-8")

    return check
