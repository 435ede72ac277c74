"""Files that go with messages: made when they are sent, from what the call keeps of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from storage.model import Attachment, Call, Chat


@dataclass(frozen=True)
class File:
    """A file as readers get it; what kind it is follows from the end of its name."""

    name: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Upload(Call):
    """A call with its file, which is the value of the attachment's field."""

    file: File


class Files(Protocol):
    """Makes the file of a call."""

    async def __call__(self, chat: Chat, attachment: Attachment) -> File:
        """The file as it is now, for one chat."""
        ...


def with_file(call: Call, file: File) -> Upload:
    """The call, ready to go."""
    return Upload(call.method, call.params, call.attachment, file=file)
