"""What most tests from end to end share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """The file that the command line has in the test's folder. One engine is enough for most:
    the services' own tests run on both. Tests for both take ``database_url`` from
    ``tests.support.databases``."""
    return f"sqlite:///{tmp_path}/dateline.db"
