"""Writes a world's chats into a folder now and then, and reads them at the next start.

``chats.json`` is replaced as a whole, so that whoever is killed leaves either the state before
or the one after. What was sent as a file lies beside it under its name in the stand-in.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from bot.standin.keeping.kept import Kept, kept_of, restore
from bot.standin.model import StoredFile
from bot.standin.world import World

CHATS = "chats.json"
LARGEST = 64 * 2**20  # bytes; what is larger is not ours
# Changes come in bursts: an update, its call, the answer.
PAUSE = 0.2  # seconds between two writes at least

_FILE_NAME = re.compile(r"unique-[0-9a-f]{16}")

log = logging.getLogger(__name__)


class Keeper:
    """Keeps the chats of one world in ``folder``. One process at a time may keep there: see
    ``alone_in``.

    ``read`` before the world is made, so that it begins with numbers that were never used;
    then ``restore`` it, and let ``keeping`` run beside it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._form = TypeAdapter(Kept)
        self._written: Kept | None = None
        self._forgotten: dict[int, int] = {}
        self._putting: asyncio.Future[None] | None = None

    # --- reading

    def read(self) -> Kept | None:
        """What was kept, if anything. A file that is broken or not ours is put aside."""
        path = self._folder / CHATS
        try:
            if path.stat().st_size > LARGEST:
                raise ValueError(f"it has more than {LARGEST} bytes")
            return self._form.validate_json(path.read_bytes())
        except FileNotFoundError:
            return None
        except (ValidationError, ValueError, OSError) as error:
            self._put_aside(path, error)
            return None

    def _put_aside(self, path: Path, error: Exception) -> None:
        aside = path.with_name(f"{path.name}.unreadable")
        reason = str(error).partition("\n")[0]
        try:
            path.replace(aside)
        except OSError as failure:
            log.warning("%s can't be read (%s) nor put aside (%s)", path, reason, failure)
        else:
            log.warning("%s can't be read (%s): put aside as %s", path, reason, aside.name)

    def restore(self, world: World, kept: Kept) -> None:
        """Let into a new world what was kept, with the contents of its files."""
        restore(world, kept)
        for file in kept.files:
            world.files.restore(file, self._content(file))

    def _content(self, file: StoredFile) -> bytes | None:
        path = self._path(file)
        try:
            return path.read_bytes() if path else None
        except OSError:  # sent by its address, or taken away since
            return None

    def _path(self, file: StoredFile) -> Path | None:
        """Where a file's content lies; None for a name that the stand-in never gives."""
        return self._folder / file.unique_id if _FILE_NAME.fullmatch(file.unique_id) else None

    # --- writing

    def forget(self, world: World, chat_id: int) -> None:
        """Keep nothing of what a chat shows now."""
        newest = max((message.id for message in world.messages(chat_id)), default=0)
        if newest > self._forgotten.get(chat_id, 0):
            self._forgotten[chat_id] = newest
            world.changed.fire()

    @asynccontextmanager
    async def keeping(self, world: World) -> AsyncIterator[None]:
        """Write what changes, a moment after it did, and once more at the end."""
        writing = asyncio.create_task(self._write_on(world))
        try:
            yield
        finally:
            writing.cancel()
            with suppress(asyncio.CancelledError):
                await writing
            await self._write(world)

    async def _write_on(self, world: World) -> None:
        while True:
            await self._write(world)
            await asyncio.sleep(PAUSE)
            await self._change(world)

    async def _change(self, world: World) -> None:
        """Wait until there is something to write; most changes are calls that change nothing."""
        while kept_of(world, self._forgotten) == self._written:
            await world.changed.wait()
            await asyncio.sleep(PAUSE)

    async def _write(self, world: World) -> None:
        """Write the chats as they are, unless they are written already."""
        if self._putting is not None:  # cut off by the end, but its thread goes on
            await asyncio.wait([self._putting])
        kept = kept_of(world, self._forgotten)
        if kept == self._written:
            return
        contents = {file: world.files.content(file) for file in kept.files}
        self._putting = asyncio.ensure_future(asyncio.to_thread(self._put, kept, contents))
        try:
            await asyncio.shield(self._putting)
        except OSError as error:
            log.warning("the page's chats can't be kept in %s: %s", self._folder, error)
        self._written = kept

    def _put(self, kept: Kept, contents: dict[StoredFile, bytes | None]) -> None:
        self._folder.mkdir(exist_ok=True)
        named = {path: content for file, content in contents.items() if (path := self._path(file))}
        for path, content in named.items():
            if content is not None and not path.exists():
                _replace(path, content)
        _replace(self._folder / CHATS, self._form.dump_json(kept))
        for path in self._folder.glob("unique-*"):
            if path not in named:
                path.unlink(missing_ok=True)


def _replace(path: Path, content: bytes) -> None:
    """Write a file so that it is there in full or as it was, whenever the process dies."""
    new = path.with_name(f"{path.name}.new")
    with new.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
