"""Requests and views for tests of services that need no Telegram."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Generic, TypeVar

from bot.services.conversation import Request
from storage.model import Call, Chat
from tests.support.story import NOON

Answer = TypeVar("Answer")
READER = 1001

_numbers = count(1)


def undressed(request: Request, chat: Chat, calls: Sequence[Call]) -> Sequence[Call]:
    """The calls as they are."""
    return calls


def request(reader: int = READER, update_id: int | None = None) -> Request:
    """A request by a new update, unless another is named."""
    return Request(update_id or next(_numbers), reader, NOON)


@dataclass
class Kept(Generic[Answer]):
    """A view that keeps what it is given and answers with one plain message."""

    answers: list[Answer] = field(default_factory=list)

    def __call__(self, chat: Chat, answer: Answer) -> Sequence[Call]:
        self.answers.append(answer)
        return [Call("sendMessage", {"text": "ok"})]

    @property
    def only(self) -> Answer:
        """The answer, where there is exactly one."""
        (answer,) = self.answers
        return answer
