"""Files that the bot has sent: kept in memory, the oldest contents forgotten first."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from bot.standin.model import StoredFile, Upload

KEPT_BYTES = 64 * 2**20


class Files:
    """Files by id. Contents are kept up to `most` bytes in all; what is known of them for ever."""

    def __init__(self, most: int = KEPT_BYTES) -> None:
        self._most = most
        self._files: dict[str, StoredFile] = {}
        self._contents: dict[str, bytes] = {}

    def keep(self, upload: Upload, number: int, sides: tuple[int, int] = (0, 0)) -> StoredFile:
        """Store a file under a new id made of `number`; `sides` are a picture's, in pixels."""
        digest = hashlib.sha256(upload.content or upload.filename.encode()).hexdigest()
        file = StoredFile(
            id=f"file-{number}",
            unique_id=f"unique-{digest[:16]}",
            name=upload.filename,
            mime_type=upload.content_type,
            size=len(upload.content),
            width=sides[0],
            height=sides[1],
        )
        self._files[file.id] = file
        if upload.content:
            self._put(file.unique_id, upload.content)
        return file

    def restore(self, file: StoredFile, content: bytes | None) -> None:
        """Know again a file that was kept, under its id, and its content if there is any."""
        self._files[file.id] = file
        if content:
            self._put(file.unique_id, content)

    def _put(self, unique_id: str, content: bytes) -> None:
        self._contents.pop(unique_id, None)
        self._contents[unique_id] = content
        while len(self._contents) > 1 and sum(map(len, self._contents.values())) > self._most:
            del self._contents[next(iter(self._contents))]

    def find(self, file_id: str) -> StoredFile | None:
        """The file of this id, in whichever way it was sent."""
        return self._files.get(file_id)

    def again(self, file: StoredFile, number: int) -> StoredFile:
        """The same file under the id of a further message."""
        self._files[f"file-{number}"] = replace(file, id=f"file-{number}")
        return self._files[f"file-{number}"]

    def content(self, file: StoredFile) -> bytes | None:
        """The bytes; None where they were forgotten, or never here (sent by address)."""
        return self._contents.get(file.unique_id)
