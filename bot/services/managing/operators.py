"""The chats whose word counts as the operator's."""

from __future__ import annotations

from datetime import datetime

from bot.services.conversation import Request
from storage.database import Transaction
from storage.model import Chat, ChatKind


class Operators:
    """The chats that are ``listed`` in the settings: by id, or by lower-case @name."""

    def __init__(self, listed: frozenset[int | str] = frozenset()) -> None:
        self._ids = sorted(one for one in listed if isinstance(one, int))
        self._names = sorted(one for one in listed if isinstance(one, str))

    def __bool__(self) -> bool:
        """Whether any chat is listed."""
        return bool(self._ids or self._names)

    def admit(self, request: Request) -> bool:
        """Whether a request comes from one of them."""
        return request.telegram_id in self._ids or request.username in self._names

    async def note(self, tx: Transaction, request: Request, chat: Chat) -> None:
        """Remember which chat a listed name is, to write to it later."""
        if request.username in self._names:
            await tx.chats.note_username(chat.id, request.username)

    async def chats(self, tx: Transaction, at: datetime) -> list[Chat]:
        """Those that can be reached: of the listed ids all that have not shown otherwise, of
        the names those that have been heard of. Who asked to be forgotten is left alone."""
        found = [await _chat(tx, telegram_id, at) for telegram_id in self._ids]
        found += await tx.chats.named(self._names)
        by_id = {chat.telegram_id: chat for chat in found}
        return [chat for chat in by_id.values() if chat.is_reached]


async def _chat(tx: Transaction, telegram_id: int, at: datetime) -> Chat:
    """The chat of an id, made where it has not said anything yet."""
    known = await tx.chats.topics(telegram_id)
    if known:
        return known[0]
    # Users have positive ids; of a group it can't be told yet which kind it is.
    kind = ChatKind.PRIVATE if telegram_id > 0 else ChatKind.SUPERGROUP
    return await tx.chats.chat(telegram_id, at, kind=kind)
