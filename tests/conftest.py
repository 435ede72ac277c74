"""Options of the test run, and fixtures that many tests share."""

import pytest

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


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let golden files be written anew, to be reviewed as a diff."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")
