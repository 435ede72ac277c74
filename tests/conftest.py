"""Options of the test run, and fixtures that many tests share."""

import pytest

from tests.support.data import NO_FEEDS
from tests.support.databases import (
    database,
    database_url,
    migrated_file,
    migrated_name,
    postgres,
)
from tests.support.talk import story, talk

__all__ = [
    "database",
    "database_url",
    "migrated_file",
    "migrated_name",
    "postgres",
    "pytest_addoption",
    "story",
    "talk",
]


@pytest.fixture(autouse=True)
def _no_feeds(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test asks publishers for anything, whichever settings it makes."""
    for name, value in NO_FEEDS.items():
        monkeypatch.setenv(name, value)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let golden files be written anew, to be reviewed as a diff."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")
