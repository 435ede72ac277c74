"""Parameters of a request: decoded by name, read by type.

They arrive as JSON, as a form or as a multipart form; in forms everything is text, with numbers,
booleans and objects JSON-encoded (Bot API: "Making requests").
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.standin.bodies import load_json
from bot.standin.digits import is_digits
from bot.standin.model import JsonObject, Upload
from bot.standin.refusal import Refusal, bad_request

_INTEGERS = {
    "offset",
    "limit",
    "timeout",
    "message_id",
    "message_thread_id",
    "max_connections",
    "cache_time",
    "user_id",
}
_BOOLEANS = {
    "allow_paid_broadcast",
    "disable_content_type_detection",
    "disable_notification",
    "drop_pending_updates",
    "has_spoiler",
    "is_personal",
    "protect_content",
    "return_bots",
    "show_alert",
    "show_caption_above_media",
}
_OBJECTS = {"reply_markup", "link_preview_options", "reply_parameters", "scope", "button"}
_ARRAYS = {"allowed_updates", "caption_entities", "commands", "entities", "results"}
_CALLED = {
    "reply_markup": "reply keyboard markup",
    "allowed_updates": "allowed updates",
    "commands": "commands",
    "reply_parameters": "reply parameters",
    "link_preview_options": "link preview options",
}


def decode(raw: Mapping[str, object]) -> JsonObject:
    """The parameters with their JSON types; Refusal where one cannot be read.

    Unknown parameters stay as they came: Telegram ignores them.
    """
    return {name: _decode(name, value) for name, value in raw.items() if value is not None}


def _decode(name: str, value: object) -> object:
    if name == "chat_id":
        return _chat_id(value)
    if name in _INTEGERS:
        return _integer(name, value)
    if name in _BOOLEANS:
        return _boolean(name, value)
    if name in _OBJECTS | _ARRAYS:
        return _structure(name, value)
    return value


def _wrong(name: str, wanted: str) -> Refusal:
    return bad_request(f'parameter "{name}" must be of type {wanted}')


def _is_number(text: str) -> bool:
    return is_digits(text.removeprefix("-"))


def _chat_id(value: object) -> object:
    if isinstance(value, str) and _is_number(value):
        return int(value)
    return value


def _integer(name: str, value: object) -> int:
    if isinstance(value, str) and _is_number(value):
        return int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise _wrong(name, "Integer")
    return value


def _boolean(name: str, value: object) -> bool:
    if isinstance(value, bool):
        return value
    known = {"true": True, "1": True, "false": False, "0": False, "": False}
    if isinstance(value, str) and value.lower() in known:
        return known[value.lower()]
    raise _wrong(name, "Boolean")


def _structure(name: str, value: object) -> object:
    if isinstance(value, str):
        value = _parse(name, value)
    wanted = dict if name in _OBJECTS else list
    if value is not None and not isinstance(value, wanted):
        raise _unparsed(name)
    return value


def _parse(name: str, text: str) -> object:
    try:
        return load_json(text) if text else None
    except ValueError:
        raise _unparsed(name) from None


def _unparsed(name: str) -> Refusal:
    return bad_request(f"can't parse {_CALLED.get(name, name)} JSON object")


class Params:
    """Typed reading of decoded parameters; an absent one reads as None, "" or the default."""

    def __init__(self, values: JsonObject) -> None:
        self.values = values

    def string(self, name: str) -> str:
        value = self.values.get(name, "")
        if not isinstance(value, str):
            raise _wrong(name, "String")
        return value

    def integer(self, name: str) -> int | None:
        value: int | None = self.values.get(name)
        return value

    def flag(self, name: str) -> bool:
        return bool(self.values.get(name))

    def record(self, name: str) -> JsonObject | None:
        value: JsonObject | None = self.values.get(name)
        return value

    def array(self, name: str) -> list[object] | None:
        value: list[object] | None = self.values.get(name)
        return value

    def chat(self) -> int | str:
        """`chat_id`: a number or an @username; Refusal where it is missing."""
        value = self.values.get("chat_id")
        if value is None or value == "":
            raise bad_request("chat_id is empty")
        if not isinstance(value, int | str):
            raise _wrong("chat_id", "Integer or String")
        return value

    def file(self, name: str) -> Upload | None:
        """A file sent along, by its own field or as `attach://field`; None for a name or URL."""
        value = self.values.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            value = self.values.get(value.removeprefix("attach://"))
        return value if isinstance(value, Upload) else None
