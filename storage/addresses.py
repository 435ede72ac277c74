"""Addresses of databases (``DATABASE_URL``): what they name, and with which parameters."""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from pathlib import Path
from typing import Any

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from storage.errors import DatabaseUnreachable

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+asyncpg",
    "postgres": "postgresql+asyncpg",
}
# Which of the parameters of PostgreSQL's driver are numbers; the last is SQLAlchemy's own, the
# others are those of asyncpg.connect.
_NUMBERS: dict[str, Callable[[str], float]] = {
    "timeout": float,
    "command_timeout": float,
    "statement_cache_size": int,
    "max_cached_statement_lifetime": int,
    "max_cacheable_statement_size": int,
    "prepared_statement_cache_size": int,
}
_SETTINGS = {"application_name"}  # what the server is told, not the driver
_NO_TEXT = {"loop", "connection_class", "record_class", "server_settings"}


def url_of(address: str) -> URL:
    """The URL that an address (``sqlite:///dateline.db``, ``postgresql://user@host/name``)
    is for our drivers.

    Raises ``DatabaseUnreachable`` for what is none.
    """
    try:
        url = make_url(address)
        # Ours, whichever other the address names: "postgresql+psycopg2".
        url = url.set(drivername=_DRIVERS.get(url.get_backend_name(), url.drivername))
        if "sslmode" in url.query:  # as PostgreSQL's own clients and most hosts write it
            mode = url.query["sslmode"]
            url = url.difference_update_query(["sslmode"]).update_query_dict({"ssl": mode})
        if url.get_dialect().name not in ("sqlite", "postgresql"):
            raise ArgumentError(url.drivername)
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise DatabaseUnreachable(
            "DATABASE_URL should look like sqlite:///dateline.db or "
            "postgresql://user:password@host/name."
        ) from error
    return url


def without_parameters(url: URL) -> tuple[URL, dict[str, Any], dict[str, str]]:
    """A PostgreSQL URL without those of its parameters that the driver can't take from there,
    and these: as arguments of the driver, and as settings of the server.

    Raises ``DatabaseUnreachable`` for what the driver would fail over with a trace.
    """
    given = {name: values[-1] for name, values in url.normalized_query.items()}
    for name in given.keys() - _known():
        raise DatabaseUnreachable(f"DATABASE_URL: nothing is known of {name!r} here, leave it out.")
    numbers = {name: _number(name, given[name]) for name in given.keys() & _NUMBERS.keys()}
    settings = {name: given[name] for name in given.keys() & _SETTINGS}
    return url.difference_update_query([*numbers, *settings]), numbers, settings


def _known() -> set[str]:
    # Here, since it takes its time: those who have no such server need not wait for it.
    from asyncpg import connect  # type: ignore[import-untyped]  # ships neither stubs nor py.typed

    return (signature(connect).parameters.keys() | _NUMBERS.keys() | _SETTINGS) - _NO_TEXT


def _number(name: str, text: str) -> float:
    try:
        number = _NUMBERS[name](text)
    except ValueError:
        number = -1
    if number < 0:
        raise DatabaseUnreachable(f"DATABASE_URL: {name} should be a number, not {text!r}.")
    return number


def file_of(address: str) -> Path | None:
    """The file that an address of an SQLite database names; None for any other.

    Raises ``DatabaseUnreachable`` as ``url_of`` does.
    """
    url = url_of(address)
    name = url.database or ""
    if url.get_backend_name() != "sqlite" or not name or name.startswith((":", "file:")):
        return None
    return Path(name)


def shown(url: URL) -> str:
    """The address as people write it, without its password."""
    return url.set(drivername=url.get_backend_name()).render_as_string()


def advice(url: URL) -> str:
    """What to look at where the database can't be opened."""
    if url.get_backend_name() == "sqlite":
        return "Check DATABASE_URL, and that the file and its folder can be written."
    return "Check DATABASE_URL and that its server runs."
