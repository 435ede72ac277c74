"""Options of the test run, and fixtures that many tests share."""

from collections.abc import Iterator
from functools import cache

import httpx
import pytest
from hypothesis import HealthCheck, settings

from tests.support.data import NO_FEEDS
from tests.support.databases import (
    database,
    database_url,
    migrated_file,
    migrated_name,
    postgres,
    reused,
    reused_postgresql,
    reused_sqlite,
)
from tests.support.talk import story, talk

__all__ = [
    "database",
    "database_url",
    "migrated_file",
    "migrated_name",
    "postgres",
    "pytest_addoption",
    "pytest_configure",
    "reused",
    "reused_postgresql",
    "reused_sqlite",
    "story",
    "talk",
]


@pytest.fixture(autouse=True)
def _no_feeds(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test asks publishers for anything, whichever settings it makes."""
    for name, value in NO_FEEDS.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="session", autouse=True)
def _certificates_once() -> Iterator[None]:
    """Each client would read all authorities' certificates anew; no test meets any of them."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (httpx, httpx._transports.default):
            patch.setattr(module, "create_ssl_context", cache(httpx.create_ssl_context))
        yield


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let golden files be written anew, to be reviewed as a diff."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


def pytest_configure() -> None:
    """Let no example fail for the time that it takes: a busy machine is slow at any of them."""
    patient = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
    settings.register_profile("patient", settings.default, **patient)
    settings.load_profile("patient")
