"""What the bot shows: a text with buttons, sent anew or in place of what a message showed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.telegram.buttons import Rows, keyboard
from bot.telegram.markup import Rich, clip, is_web_address
from storage.model import Call

LONGEST_TOAST = 200  # UTF-16 units


@dataclass(frozen=True)
class Screen:
    """A message's content. ``preview`` is the URL whose picture is shown, if any."""

    body: Rich
    rows: Rows = ()
    preview: str | None = None

    def sent(self) -> Call:
        """As a message of its own."""
        return Call("sendMessage", self._params())

    def in_place(self, message_id: int) -> Call:
        """In place of what a message of the bot's showed."""
        return Call("editMessageText", {**self._params(), "message_id": message_id})

    def buttons_in_place(self, message_id: int) -> Call:
        """Its buttons only, under what a message of the bot's shows."""
        markup = keyboard(self.rows)
        return Call("editMessageReplyMarkup", {"message_id": message_id, "reply_markup": markup})

    def _params(self) -> dict[str, Any]:
        params: dict[str, Any] = {
            "text": self.body.html,
            "parse_mode": "HTML",
            "link_preview_options": _preview(self.preview),
        }
        return {**params, "reply_markup": keyboard(self.rows)} if self.rows else params


def _preview(url: str | None) -> dict[str, Any]:
    if url is None or not is_web_address(url):
        return {"is_disabled": True}
    return {"url": url, "prefer_large_media": True}


def toast(query_id: str, text: str = "", *, alert: bool = False) -> Call:
    """The answer to a button: a short plain text over the chat, or (``alert``) a box."""
    params: dict[str, Any] = {"callback_query_id": query_id}
    if text:
        params["text"] = clip(text, LONGEST_TOAST)
    if alert:
        params["show_alert"] = True
    return Call("answerCallbackQuery", params)
