"""All that is known of a chat, as JSON documents in parts that are small enough to send.

Which rows go into which part is fixed when a reader asks; a part is written when it is
sent, from rows read in chunks, so that no more than one part is ever in memory.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from textwrap import indent
from typing import Any

from bot.core.hours import written_minute
from storage.database import Transaction
from storage.model import Chat, Filter, Follow, KeptMessage, MessageKind

CHUNK = 500
_FRAME = 400  # bytes: more than what stands around the heads and messages of a part
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Document = dict[str, Any]


@dataclass(frozen=True)
class Span:
    """A chat's messages with numbers above ``after`` up to ``until``; ``head``: and before
    them what the chat is, wants and follows."""

    chat_id: int
    after: int = 0
    until: int = 0
    head: bool = False


@dataclass
class _Planner:
    """Fills parts one after the other, each up to ``limit`` bytes. What is larger by itself
    has a part of its own."""

    limit: int
    parts: list[list[Span]] = field(default_factory=lambda: [[]])
    _used: int = 0

    def add_head(self, chat_id: int, size: int) -> None:
        """What the chat is, wants and follows."""
        self._make_room(size)
        self.parts[-1].append(Span(chat_id, head=True))

    def add_message(self, chat_id: int, number: int, size: int) -> None:
        """A message of the chat whose head was added last."""
        self._make_room(size)
        spans = self.parts[-1]
        if not spans or spans[-1].chat_id != chat_id:
            spans.append(Span(chat_id, after=number - 1))
        spans[-1] = replace(spans[-1], until=number)

    def _make_room(self, size: int) -> None:
        if self.parts[-1] and self._used + size > self.limit:
            self.parts.append([])
            self._used = 0
        self._used += size


async def plan(tx: Transaction, chats: Sequence[Chat], limit: int) -> list[list[Span]]:
    """The parts of an export of these chats, each of at most ``limit`` bytes as far as
    single messages are not larger."""
    planner = _Planner(limit - _FRAME)
    for chat in chats:
        planner.add_head(chat.id, _size(await _head(tx, chat)))
        async for document in _messages(tx, chat, Span(chat.id)):
            planner.add_message(chat.id, document["number"], _size(document))
    return planner.parts


async def write_part(tx: Transaction, about: Document, spans: Iterable[Span]) -> bytes:
    """One part as UTF-8, with ``about`` itself at its beginning."""
    heads, whole = [], bytearray()
    for span in spans:
        chat = await tx.chats.get(span.chat_id)
        if chat is None:
            continue
        if span.head:
            heads.append(await _head(tx, chat))
        if span.until:
            async for document in _messages(tx, chat, span):
                whole += (b"," if whole else b"") + _piece(document)
    return _opening(about, heads) + bytes(whole) + _CLOSING


_CLOSING = b"\n  ]\n}\n"


def _opening(about: Document, heads: list[Document]) -> bytes:
    """A part up to its messages, the end of its last value open."""
    return (_dumped({**about, "chats": heads}).removesuffix("\n}") + ',\n  "messages": [').encode()


def _piece(document: Document) -> bytes:
    return ("\n" + indent(_dumped(document), "    ")).encode()


def _size(document: Document) -> int:
    return len(_piece(document)) + 1


def _dumped(document: Document) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2)


async def _messages(tx: Transaction, chat: Chat, span: Span) -> AsyncIterator[Document]:
    """The documents of a span's messages, in order (``until`` 0: up to the last)."""
    after = span.after
    while kept := await tx.outbox.history(chat.id, after, CHUNK):
        events = await _digested(tx, kept)
        for message in kept:
            if span.until and message.id > span.until:
                return
            yield _message(chat, message, events.get(message.id))
        after = kept[-1].id


def _message(chat: Chat, message: KeptMessage, events: list[Document] | None) -> Document:
    document = {
        "number": message.id,
        "topic": chat.thread_id or None,
        "kind": message.kind.value,
        "state": message.state.value,
        "made": _time(message.created_at),
        "sent": _time(message.sent_at),
        "event": message.event_id,
        "title": message.title,
        "text": message.text,
        "events": events,
    }
    return {name: value for name, value in document.items() if value is not None}


async def _digested(tx: Transaction, kept: Sequence[KeptMessage]) -> dict[int, list[Document]]:
    """The events of the digests among these messages."""
    listed: dict[int, list[tuple[int, str | None]]] = {
        message.id: []
        for message in kept
        if message.kind is MessageKind.DIGEST and message.text is None
    }
    for message_id, items in (await tx.outbox.items_of(list(listed))).items():
        listed[message_id] += [(item.event_id, item.section.value) for item in items]
    for message_id, bundled in (await tx.outbox.bundled_in(list(listed))).items():
        listed[message_id] += [(number, None) for number in bundled]
    numbers = {number for items in listed.values() for number, _ in items}
    titles = {event.id: event.title for event in await tx.events.many(sorted(numbers))}
    return {
        message_id: [
            {"event": number, "title": titles.get(number), "section": section}
            for number, section in items
        ]
        for message_id, items in listed.items()
    }


async def _head(tx: Transaction, chat: Chat) -> Document:
    """What a chat is, wants and follows."""
    had = await tx.chats.timetable(chat.id)
    return {
        "telegram_id": chat.telegram_id,
        "topic": chat.thread_id or None,
        "kind": chat.kind.value,
        "title": chat.title,
        "username": chat.username or None,
        "known_since": _time(chat.created_at),
        "state": chat.state.value,
        "state_since": _time(chat.state_since),
        "paused_until": _time(chat.paused_until),
        "language": chat.language,
        "language_chosen": chat.language_chosen,
        "timezone": chat.timezone,
        "timezone_chosen": chat.timezone_chosen,
        "digest_at": _minute(chat.digest_at),
        "digest_up_to": _time(had.digested_at),
        "digest_last_on": had.digested_on and had.digested_on.isoformat(),
        "weekly_on": None if chat.weekly_on is None else WEEKDAYS[chat.weekly_on],
        "weekly_last_on": had.weekly_sent_on and had.weekly_sent_on.isoformat(),
        "quiet_from": _minute(chat.quiet_from),
        "quiet_until": _minute(chat.quiet_until),
        "follows": [_follow(follow) for follow in await tx.chats.follows(chat.id)],
    }


def _follow(follow: Follow) -> Document:
    return {
        "entity": follow.entity.id,
        "name": follow.entity.label,
        "wikidata": follow.entity.qid,
        "mode": follow.mode.value,
        "filter": _filter(follow.filter),
        "since": _time(follow.created_at),
    }


def _filter(wanted: Filter) -> Document | None:
    return {name: list(words) for name, words in vars(wanted).items() if words} or None


def _time(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _minute(minute: int | None) -> str | None:
    return None if minute is None else written_minute(minute)
