"""How the stand-in says no: every method raises `Refusal`, the app turns it into an answer."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """An answer with `ok: false`.

    `code` is both the HTTP status and `error_code`; `description` is Telegram's own text with
    its prefix; `parameters` becomes `ResponseParameters` (`retry_after` in seconds,
    `migrate_to_chat_id`).
    """

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_json(self) -> dict[str, Any]:
        """The body of the answer, as the Bot API describes under "Making requests"."""
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(text: str) -> Refusal:
    """400: the request itself is wrong."""
    return Refusal(400, f"Bad Request: {text}")


def forbidden(text: str) -> Refusal:
    """403: the bot may not write there."""
    return Refusal(403, f"Forbidden: {text}")


def conflict(text: str) -> Refusal:
    """409: two ways of getting updates at once."""
    return Refusal(409, f"Conflict: {text}")


def too_many(retry_after: int) -> Refusal:
    """429: wait `retry_after` seconds."""
    return Refusal(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def migrated(to: int) -> Refusal:
    """400 of a group that has become the supergroup `to`."""
    text = "Bad Request: group chat was upgraded to a supergroup chat"
    return Refusal(400, text, migrate_to_chat_id=to)
