"""What answers carry by where they go: whom they reply to, and whom their buttons act for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

from bot.services.conversation import Request, Target
from bot.telegram.markup import bold
from bot.telegram.texts import groups as texts
from bot.telegram.wording import Wording, Words
from storage.model import Call, Chat

LONGEST_DATA = 64  # bytes (Bot API: InlineKeyboardButton)
# UTF-16 units (Bot API: sendMessage, sendDocument)
LONGEST = MappingProxyType({"text": 4096, "caption": 1024})
_ACTS_FOR = re.compile(r"(.*)@(-[1-9]\d{4,17})", re.DOTALL | re.ASCII)


def acts_for(data: str) -> tuple[str, str | None]:
    """A button's data without the chat that it acts for, and that chat's id, if it is another
    than where the button stands."""
    found = _ACTS_FOR.fullmatch(data)
    return (found[1], found[2]) if found else (data, None)


class Dressing:
    """Makes answers ready for the chats that they go to."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def __call__(self, request: Request, chat: Chat, calls: Sequence[Call]) -> list[Call]:
        """The calls of an answer to a request; ``chat`` tells the language."""
        made = list(calls)
        if request.target is not None:
            words = self._wording.of(chat.language)
            made = [_for_target(words, request.target, each) for each in made]
        return _as_reply(made, request.reply_to) if request.reply_to is not None else made


def _as_reply(calls: list[Call], message_id: int) -> list[Call]:
    """The calls, the first message that they send as a reply."""
    for index, each in enumerate(calls):
        if each.method.startswith("send"):
            replied = {"message_id": message_id, "allow_sending_without_reply": True}
            calls[index] = _with(each, reply_parameters=replied)
            break
    return calls


def _for_target(words: Words, target: Target, call: Call) -> Call:
    """The call as one about another chat: its text says so, its buttons act for that one."""
    head = words.fill(texts.FOR_CHAT, chat=bold(target.title)).html
    for name in LONGEST.keys() & call.params.keys():
        text = f"{head}\n{call.params[name]}"
        is_html = call.params.get("parse_mode") == "HTML"
        if is_html and len(text.encode("utf-16-le")) // 2 <= LONGEST[name]:
            call = _with(call, **{name: text})
    rows = call.params.get("reply_markup", {}).get("inline_keyboard")
    if not rows:
        return call
    suffixed = [[_acting_for(button, target) for button in row] for row in rows]
    kept = [[button for button in row if button] for row in suffixed]
    return _with(call, reply_markup={"inline_keyboard": [row for row in kept if row]})


def _acting_for(button: dict[str, Any], target: Target) -> dict[str, Any] | None:
    """The button for a chat; None where its data has no room to say so."""
    if "callback_data" not in button:
        return button
    data = f"{button['callback_data']}@{target.telegram_id}"
    return {**button, "callback_data": data} if len(data.encode()) <= LONGEST_DATA else None


def _with(call: Call, **params: Any) -> Call:
    return Call(call.method, {**call.params, **params}, call.attachment)
