"""Failures on demand: what Telegram does to a bot on a bad day."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Literal

from bot.standin.refusal import Refusal, bad_request, forbidden, migrated, too_many

Kind = Literal[
    "flood",  # 429 with retry_after
    "forbidden",  # 403 with `text`
    "bad_request",  # 400 with `text`, such as of a group that forbids photos
    "migrated",  # 400 with migrate_to_chat_id
    "server_error",  # 502 with an HTML body
    "not_json",  # 200 with a body that is no JSON
    "reset_before",  # the connection closes, nothing was done
    "reset_after",  # the request is carried out, then the connection closes without an answer
    "slow",  # waits until the test sets `release`, then goes on as usual
]
BLOCKED = "bot was blocked by the user"


@dataclass(slots=True, eq=False)
class Fault:
    """One planned failure; `times` None means until removed.

    `reached` is set when a request meets the fault; a slow one waits for `release`.
    `retry_after` is seconds; `text` goes without "Forbidden: " or "Bad Request: ".
    """

    kind: Kind
    method: str | None = None
    chat: int | None = None
    times: int | None = 1
    retry_after: int = 5
    migrate_to: int = 0
    text: str = BLOCKED
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    release: asyncio.Event = field(default_factory=asyncio.Event)

    def meets(self, method: str, chat: object) -> bool:
        """Whether a call of this method to this chat (None: to no chat) fails by this fault."""
        same_method = self.method is None or self.method.lower() == method.lower()
        return same_method and (self.chat is None or self.chat == chat)

    def refusal(self) -> Refusal | None:
        """The answer of faults that Telegram itself words, else None."""
        match self.kind:
            case "flood":
                return too_many(self.retry_after)
            case "forbidden":
                return forbidden(self.text)
            case "bad_request":
                return bad_request(self.text)
            case "migrated":
                return migrated(self.migrate_to)
            case _:
                return None


class Faults:
    """The planned failures, in the order in which they were planned; the first that fits acts."""

    def __init__(self) -> None:
        self._planned: list[Fault] = []
        self._met: list[Fault] = []

    def add(
        self,
        kind: Kind,
        method: str | None = None,
        chat: int | None = None,
        times: int | None = 1,
        *,
        retry_after: int = 5,
        migrate_to: int = 0,
        text: str = BLOCKED,
    ) -> Fault:
        """Plan a failure for the next `times` calls that fit; None as method or chat fits all.

        With no method given the ways of getting updates are spared, else every fault would hit
        the long poll.
        """
        fault = Fault(kind, method, chat, times, retry_after, migrate_to, text)
        self._planned.append(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        """Forget a planned failure and let what waits for it go on."""
        fault.release.set()
        if fault in self._planned:
            self._planned.remove(fault)

    def clear(self) -> None:
        """Forget all planned failures; requests held by slow ones go on."""
        for fault in [*self._planned, *self._met]:
            self.remove(fault)
        self._met.clear()

    def take(self, method: str, chat: object) -> Fault | None:
        """The failure that this call meets, used up by one."""
        for fault in self._planned:
            spared = fault.method is None and method.lower() == "getupdates"
            if not spared and fault.meets(method, chat):
                self._use(fault)
                return fault
        return None

    def _use(self, fault: Fault) -> None:
        fault.reached.set()
        self._met.append(fault)
        if fault.times is None:
            return
        fault.times -= 1
        if not fault.times:
            self._planned.remove(fault)
