"""Messages marked while the sample week is served."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.services.outcomes import Deliver, Outcome
from bot.telegram.markup import italic
from bot.telegram.texts import starting as texts
from bot.telegram.wording import Wording
from storage.model import Call, Chat

# What a message of each method says, and where.
_SAYING = {
    "sendMessage": "text",
    "editMessageText": "text",
    "sendPhoto": "caption",
    "sendDocument": "caption",
    "editMessageCaption": "caption",
}


def marking(deliver: Deliver, wording: Wording, is_on: Callable[[], bool]) -> Deliver:
    """``deliver``, with a line at the end of every message while the sample week is on."""

    async def marked(chat: Chat, call: Call) -> Outcome:
        return await deliver(chat, _marked(call, wording, chat.language) if is_on() else call)

    return marked


def _marked(call: Call, wording: Wording, language: str) -> Call:
    place = _SAYING.get(call.method)
    if place is None or not (said := call.params.get(place)):
        return call
    mark = italic(wording.of(language)(texts.SAMPLE)).html
    return replace(call, params={**call.params, place: f"{said}\n{mark}"})
