"""``dateline`` as processes that need not import it: that takes longer than many of them run.

One process imports everything once, and forks for each that is asked for. What is forked is
read, killed and waited for as any other process is; it is for tests that start many. The one
that ``python -m bot`` starts is in ``tests.support.children``.
"""

from __future__ import annotations

import asyncio
import atexit
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from bot.__main__ import main
from bot.core.likeness.background import frequency
from bot.core.likeness.gazetteer import known_places
from bot.telegram.charts import warm_up
from bot.telegram.wording import LANGUAGES, Wording
from tests.support.children import Child, environment

_LONGEST_LINE = 2**20
_LONGEST_ORDER = 2**16
_DRIVERS = ("sqlite+aiosqlite", "postgresql+asyncpg")  # imported when a database is opened
_ROOT = Path(__file__).parents[2]


class Forked:
    """A process that is no child of this one, seen as if it were."""

    def __init__(self, pid: int, stdout: asyncio.StreamReader, ended: asyncio.Task[int]) -> None:
        self.pid = pid
        self.stdout = stdout
        self._ended = ended

    @property
    def returncode(self) -> int | None:
        """Its exit code, or a signal's number below zero; None while it runs."""
        return self._ended.result() if self._ended.done() else None

    def send_signal(self, number: int) -> None:
        """Send it a signal, if it still runs."""
        if self.returncode is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    async def wait(self) -> int:
        """Its exit code, once it has ended."""
        return await asyncio.shield(self._ended)


@asynccontextmanager
async def dateline(
    *arguments: str, folder: Path, settings: Mapping[str, str] | None = None
) -> AsyncIterator[Child]:
    """``dateline`` with these arguments and settings, in a working folder; killed at the end
    if it still runs."""
    log = folder / "child.log"
    order = {"arguments": arguments, "folder": str(folder), "settings": environment(settings)}
    ours, theirs = socket.socketpair()
    reading, writing = os.pipe()
    with log.open("ab") as errors, theirs:
        socket.send_fds(_nursery(), [json.dumps(order).encode()],
                        [theirs.fileno(), writing, errors.fileno()])  # fmt: skip
    os.close(writing)
    news, news_out = await asyncio.open_connection(sock=ours)
    stdout = asyncio.StreamReader(limit=_LONGEST_LINE)
    protocol = asyncio.StreamReaderProtocol(stdout)
    pipe, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: protocol, os.fdopen(reading, "rb")
    )
    pid = int(await news.readline())
    ended = asyncio.create_task(_code(news))
    child = Child(Forked(pid, stdout, ended), log)
    try:
        yield child
    finally:
        await child.kill()
        pipe.close()
        news_out.close()
        await news_out.wait_closed()


async def _code(news: asyncio.StreamReader) -> int:
    return int(await news.readline())


@cache
def _nursery() -> socket.socket:
    """Where to send orders to."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.nursery", str(theirs.fileno())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            cwd=_ROOT,
            pass_fds=[theirs.fileno()],
        )
    atexit.register(process.wait)
    atexit.register(ours.close)  # which is done first, and ends it
    return ours


def _work(orders: socket.socket) -> None:
    """Do as told until nobody is left to order anything."""
    _prepare()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those who wait
    while True:
        order, numbers, _, _ = socket.recv_fds(orders, _LONGEST_ORDER, 3)
        if not order:
            return
        if os.fork() == 0:
            orders.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            news, *outputs = numbers
            _bear(json.loads(order), news, outputs)
            return
        for number in numbers:
            os.close(number)


def _prepare() -> None:
    """Have here what each would import or read when it first needs it."""
    for driver in _DRIVERS:
        make_url(f"{driver}://").get_dialect().import_dbapi()
    for language in LANGUAGES:
        Wording().of(language)
    warm_up()
    frequency("flood", "en")
    known_places("Spain")


def _bear(order: dict[str, Any], news: int, outputs: Sequence[int]) -> None:
    """Fork once more; tell which process that is, and how it has ended."""
    pid = os.fork()
    if pid == 0:
        os.close(news)
        _live(order, outputs)
        return
    for number in outputs:
        os.close(number)
    with socket.socket(fileno=news) as told:
        told.sendall(b"%d\n" % pid)
        # Its number stays taken until nobody can send it a signal any more.
        ended = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        assert ended is not None
        code = ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status
        told.sendall(b"%d\n" % code)
        told.recv(1)
    os._exit(0)


def _live(order: dict[str, Any], outputs: Sequence[int]) -> None:
    """Be ``dateline``: what is printed, raised and returned from here is this process's."""
    for number, output in enumerate(outputs, 1):
        os.dup2(output, number)
        os.close(output)
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["settings"])
    sys.argv = ["dateline", *order["arguments"]]
    main()


if __name__ == "__main__":
    _work(socket.socket(fileno=int(sys.argv[1])))
