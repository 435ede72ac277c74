"""How a message looks whose file does not go with it."""

from __future__ import annotations

from bot.telegram.texts import privacy as texts
from bot.telegram.views.fixed import sentence
from bot.telegram.wording import Words
from storage.model import Call


def without_file(words: Words, call: Call) -> Call:
    """Of a picture what stands below it, of a document that it did not get through: as a message
    of its own, a reply to whom the call replies."""
    kept = {name: value for name, value in call.params.items() if name != "caption"}
    if call.method == "sendPhoto":
        told = {"text": call.params["caption"], "link_preview_options": {"is_disabled": True}}
    else:
        told = sentence(words, texts.EXPORT_FAILED).sent().params
    return Call("sendMessage", kept | told)
