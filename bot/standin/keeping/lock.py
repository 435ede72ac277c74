"""That one process at a time keeps in a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: nobody is kept out there
    fcntl = None  # type: ignore[assignment]  # the module, or none

LOCK = "lock"


class TakenError(Exception):
    """Another process keeps in the folder."""


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keep every other process out of ``folder``, which is made if need be. The system ends
    that with this process, however it ends.

    Raises ``TakenError``. A folder that can't be made or locked keeps nobody out: who writes
    there says what is wrong with it.
    """
    file = _locked(folder)
    try:
        yield
    finally:
        if file is not None:
            os.close(file)


def _locked(folder: Path) -> int | None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        return None
    try:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        raise TakenError from None
    except OSError:  # a file system without locks
        pass
    return file
