"""Reading what the page sends: JSON objects with fields of known types."""

from __future__ import annotations

import json

from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.standin.model import JsonObject

LONGEST_BODY = 65_536  # bytes


class Fields:
    """A request's fields, each of the type that is asked for; HTTPException 400 otherwise."""

    def __init__(self, values: JsonObject) -> None:
        self._values = values

    def string(self, name: str) -> str:
        value = self._values.get(name)
        if not isinstance(value, str) or _is_broken(value):
            raise HTTPException(400, f"{name} should be a text")
        return value

    def name(self, name: str, longest: int) -> str:
        """A short text for people to read: white space collapsed, nothing invisible."""
        text = " ".join(self.string(name).split())
        if not text.isprintable() or not 0 < len(text) <= longest:
            raise HTTPException(400, f"A name has 1 to {longest} characters.")
        return text

    def one_of(self, name: str, choice: frozenset[str]) -> str:
        value = self.string(name)
        if value not in choice:
            raise HTTPException(400, f"{name} should be one of {', '.join(sorted(choice))}")
        return value

    def integer(self, name: str) -> int:
        value = self.optional(name)
        if value is None:
            raise HTTPException(400, f"{name} should be a number")
        return value

    def optional(self, name: str) -> int | None:
        value = self._values.get(name)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            raise HTTPException(400, f"{name} should be a number")
        return value

    def decimal(self, name: str) -> float:
        value = self._values.get(name)
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise HTTPException(400, f"{name} should be a number")
        return float(value)

    def flag(self, name: str) -> bool:
        """True or false; false where it is missing."""
        value = self._values.get(name, False)
        if not isinstance(value, bool):
            raise HTTPException(400, f"{name} should be true or false")
        return value


def _is_broken(text: str) -> bool:
    """Whether there is half a character in it, which JSON can write and UTF-8 cannot."""
    return any("\ud800" <= char <= "\udfff" for char in text)


def query_of(request: Request) -> Fields:
    """The fields in a request's address; what looks like a number is one."""
    return Fields({name: _number(text) for name, text in request.query_params.items()})


def _number(text: str) -> int | str:
    try:
        return int(text)
    except ValueError:
        return text


async def body_of(request: Request) -> Fields:
    """The JSON object in a request's body. No form of a foreign page can send this type."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise HTTPException(415, "The body should be application/json")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_BODY:
            raise HTTPException(413, "That is too much for one message.")
    try:
        values = json.loads(body)
    except ValueError as error:
        raise HTTPException(400, "The body should be JSON") from error
    if not isinstance(values, dict):
        raise HTTPException(400, "The body should be a JSON object")
    return Fields(values)
