"""What comes back: an answer, and what makes the next question conditional."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.message import Message
from typing import Any, Self

import httpx

from bot.errors import SourceUnreadable

_MAX_HEADER = 4096  # characters that are kept of a header
_MAX_VALIDATOR = 500


@dataclass(frozen=True)
class Validators:
    """The ETag and Last-Modified of an answer, as the server sent them; None where it sent none.

    Given with the next request, they let the server answer "not modified" (RFC 9110, 13.1).
    """

    etag: str | None = None
    modified: str | None = None

    @classmethod
    def of(cls, headers: Mapping[str, str]) -> Self:
        """Those among headers, without any that is too long or not plain ASCII."""
        return cls(_sound(headers.get("etag")), _sound(headers.get("last-modified")))

    def as_headers(self) -> dict[str, str]:
        """The headers of a conditional request."""
        asked = {"if-none-match": _sound(self.etag), "if-modified-since": _sound(self.modified)}
        return {name: value for name, value in asked.items() if value}

    def or_else(self, others: Validators) -> Validators:
        """These, with those of ``others`` in the place of any that is missing."""
        return Validators(self.etag or others.etag, self.modified or others.modified)


@dataclass(frozen=True)
class Response:
    """What a server answered: ``headers`` by lower-case name, ``body`` unpacked.

    ``validators`` go with the next request for the same address. ``moved_to`` is the address
    to remember in place of the one asked for: where the redirects lead as long as each is
    permanent (301, 308) and none goes from https to http; None where the first is not. It is
    to be remembered only once the body has proved to be what was wanted, not a login page.
    ``fresh_for`` is how long the server says that nothing will change; None where it does not,
    or claims more than a day.
    """

    status: int
    url: str  # after redirects
    headers: Mapping[str, str]
    body: bytes
    validators: Validators = Validators()
    moved_to: str | None = None
    fresh_for: timedelta | None = None

    @property
    def not_modified(self) -> bool:
        """Whether nothing has changed since the answer whose validators were given."""
        return self.status == httpx.codes.NOT_MODIFIED

    @property
    def content_type(self) -> str:
        """The media type in lower case, without its parameters; "" if none is given."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        """The encoding that the server names; UTF-8 if none."""
        header = Message()
        header["content-type"] = self.headers.get("content-type", "")
        return header.get_content_charset("utf-8")

    def text(self) -> str:
        """The body as text. Raises SourceUnreadable where it is not in its charset."""
        try:
            return self.body.decode(self.charset)
        except (UnicodeError, LookupError):
            raise SourceUnreadable(f"the answer is not {self.charset} text") from None

    def json(self) -> dict[str, Any]:
        """The body as a JSON object. Raises SourceUnreadable where it is none."""
        if not (self.content_type == "application/json" or self.content_type.endswith("+json")):
            raise SourceUnreadable(f"expected JSON, the answer is {self.content_type or 'untyped'}")
        try:
            value = json.loads(self.text())
        except (ValueError, RecursionError):
            raise SourceUnreadable("the answer is no valid JSON") from None
        if not isinstance(value, dict):
            raise SourceUnreadable("the answer is no JSON object")
        return value


def headers_of(answer: httpx.Response) -> dict[str, str]:
    """The headers of an answer by lower-case name, on one line each, without unprintable and
    overlong ones."""
    named = {name.lower(): " ".join(value.split()) for name, value in answer.headers.items()}
    return {
        name: value
        for name, value in named.items()
        if value.isprintable() and len(value) <= _MAX_HEADER
    }


def _sound(value: str | None) -> str | None:
    """A value that may go back into a header as it is."""
    is_sound = value and value.isascii() and value.isprintable() and len(value) <= _MAX_VALIDATOR
    return value if is_sound else None
