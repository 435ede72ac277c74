"""What is said of a database that can't be opened, read or written, and what to do about it."""

from __future__ import annotations

import socket
import sqlite3
import ssl
from collections.abc import Iterator

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from storage.addresses import advice, shown
from storage.errors import DatabaseLocked, DatabaseUnavailable, DatabaseUnreachable, StorageError

# The last byte of SQLite's codes is the kind (https://sqlite.org/rescode.html).
_LOCKED = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_FULL, _DISK_FULL = sqlite3.SQLITE_FULL, "53100"
_READ_ONLY, _READ_ONLY_SERVER = sqlite3.SQLITE_READONLY, "25006"
_CORRUPT = sqlite3.SQLITE_CORRUPT
_UNUSABLE = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, _CORRUPT)
# PostgreSQL's classes of errors: no connection, not let in, no such database, too little of
# something, an operator's doing, the server's system
# (https://www.postgresql.org/docs/current/errcodes-appendix.html).
_SERVER_GONE = ("08", "28", "3D", "53", "57P", "58")
# Of these, what passes by itself: a server that stops, starts, or has no place for one more.
_SERVER_BUSY = ("08", "53300", "57P01", "57P02", "57P03")
# What the driver says of a connection that was lost amid something, in words about itself.
_BROKEN = "InternalClientError"


def opening_failed(url: URL, error: Exception) -> StorageError:
    """Why a database can't be opened, and whether that may pass by itself."""
    found = unavailable(url, error) if _kind(error) in _LOCKED else None
    passes = _state(error).startswith(_SERVER_BUSY) or _is_silent(url, error)
    told = DatabaseUnavailable if passes else DatabaseUnreachable
    return found or told(_complaint(url, error))


def unavailable(url: URL, error: Exception) -> DatabaseUnavailable | None:
    """What is wrong with a database where ``error``, or one that it was raised from, comes of
    that; None where the database is well, and the statement or its row was wrong."""
    for cause in _causes(error):
        if found := _unavailable(url, cause):
            return found
    return None


def unusable(url: URL, error: Exception) -> DatabaseUnavailable:
    """What is wrong with a database that is not well whatever ``error`` says."""
    return unavailable(url, error) or DatabaseUnavailable(_complaint(url, error, "used"))


def _unavailable(url: URL, error: BaseException) -> DatabaseUnavailable | None:
    kind, state = _kind(error), _state(error)
    if kind in _LOCKED:
        return DatabaseLocked(
            f"The database {shown(url)} is locked: another process writes to it. Try again when "
            "it is done."
        )
    if kind == _FULL or state == _DISK_FULL:
        return DatabaseUnavailable(
            f"The database {shown(url)} can't be written: its disk is full. Make room there."
        )
    if kind == _READ_ONLY or state == _READ_ONLY_SERVER:
        return DatabaseUnavailable(
            f"The database {shown(url)} can't be written: it may only be read. {advice(url)}"
        )
    if kind in _UNUSABLE or state.startswith(_SERVER_GONE) or _is_cut_off(error):
        return DatabaseUnavailable(_complaint(url, error, "used"))
    return None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__


def _kind(error: BaseException) -> int | None:
    code = getattr(_driver_error(error), "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def _driver_error(error: BaseException) -> BaseException:
    return error.orig or error if isinstance(error, DBAPIError) else error


def _state(error: BaseException) -> str:
    return str(getattr(_driver_error(error), "sqlstate", None) or "")


def _is_cut_off(error: BaseException) -> bool:
    is_invalid = isinstance(error, DBAPIError) and error.connection_invalidated
    return is_invalid or _is_broken(error)


def _is_broken(error: BaseException) -> bool:
    return any(type(each).__name__ == _BROKEN for each in _causes(error))


def _is_silent(url: URL, error: BaseException) -> bool:
    """Whether a server does not answer: it is not there, or not yet; but for what is wrong with
    its name, with who may ask it, or with its certificate."""
    if url.get_backend_name() == "sqlite" or not isinstance(error, OSError):
        return False
    if isinstance(error, socket.gaierror):
        return error.errno == socket.EAI_AGAIN
    if isinstance(error, ConnectionError):  # bare, the driver means that it was refused a thing
        return type(error) is not ConnectionError
    return not isinstance(error, (PermissionError, ssl.SSLError))


def _complaint(url: URL, error: BaseException, done: str = "opened") -> str:
    cause = _driver_error(error)
    reason = " ".join(str(cause).split()) or type(cause).__name__
    if _is_broken(cause):
        reason = "the connection broke"
    elif _is_silent(url, cause):
        reason = "its server does not answer"
    if _kind(cause) == _CORRUPT:
        return (
            f"The database {shown(url)} is damaged ({reason}): restore a backup (see README, "
            "“Running it for years”), or move it away and begin anew."
        )
    return f"The database {shown(url)} cannot be {done}: {reason}. {advice(url)}"
