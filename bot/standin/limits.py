"""Telegram's limits, each refused with Telegram's own text. Text counts in UTF-16 units."""

from __future__ import annotations

import re
from typing import Any

from bot.standin.entities import Formatted, utf16_length
from bot.standin.refusal import Refusal, bad_request
from bot.standin.urls import checked_url

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_CALLBACK_DATA = 64
MAX_BUTTONS = 100
MAX_ROW = 8
MAX_COPY_TEXT = 256
MAX_ANSWER = 200
MAX_COMMANDS = 100
MAX_COMMAND = 32
MAX_COMMAND_DESCRIPTION = 256
MAX_DESCRIPTION = 512
MAX_SHORT_DESCRIPTION = 120

_DEEP_LINK = re.compile(r"[A-Za-z0-9_-]{1,64}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_COMMAND = re.compile(rf"[a-z0-9_]{{1,{MAX_COMMAND}}}")
_TEXT_BUTTON = "Text buttons are not allowed in the inline keyboard"
# Exactly one of these makes a button do something (Bot API: InlineKeyboardButton).
_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)


def check_text(content: Formatted) -> None:
    """Bot API: sendMessage, 1-4096 characters after entities parsing."""
    if not content.text:
        raise bad_request("message text is empty")
    if content.length > MAX_TEXT:
        raise bad_request("message is too long")


def check_caption(content: Formatted) -> None:
    """Bot API: sendPhoto, 0-1024 characters after entities parsing."""
    if content.length > MAX_CAPTION:
        raise bad_request("message caption is too long")


def is_deep_link(payload: str) -> bool:
    """Whether the payload may stand behind `?start=`: up to 64 of `[A-Za-z0-9_-]`."""
    return _DEEP_LINK.fullmatch(payload) is not None


def check_keyboard(rows: object) -> list[list[dict[str, Any]]]:
    """The `inline_keyboard` of a markup, checked button by button; empty rows vanish."""
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise _unparsed('Field "inline_keyboard" must be of type Array', "inline keyboard")
    if any(len(row) > MAX_ROW for row in rows) or sum(map(len, rows)) > MAX_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    for row in rows:
        for button in row:
            _check_button(button)
    return [row for row in rows if row]


def _unparsed(problem: str, what: str = "InlineKeyboardButton") -> Refusal:
    return bad_request(f"can't parse {what}: {problem}")


def _check_button(button: object) -> None:
    if not isinstance(button, dict):
        raise _unparsed("InlineKeyboardButton must be an Object")
    for name in ("text", "url", "callback_data"):
        if name in button and not isinstance(button[name], str):
            raise _unparsed(f'Field "{name}" must be of type String')
    if "text" not in button:
        raise _unparsed('Can\'t find field "text"')
    if not button["text"].strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    actions = [name for name in _ACTIONS if name in button]
    if not actions or button.get("callback_data") == "":
        raise _unparsed(_TEXT_BUTTON)
    if len(actions) > 1:
        raise bad_request("BUTTON_TYPE_INVALID")
    _check_action(button)


def _check_action(button: dict[str, Any]) -> None:
    if len(button.get("callback_data", "").encode()) > MAX_CALLBACK_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and not checked_url(url):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    if "copy_text" in button:
        _check_copy_text(button["copy_text"])


def _check_copy_text(copy: object) -> None:
    text = copy.get("text") if isinstance(copy, dict) else None
    if not isinstance(text, str):
        raise _unparsed('Field "copy_text" must be of type Object with a "text"')
    if not 1 <= utf16_length(text) <= MAX_COPY_TEXT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def check_answer(text: str) -> None:
    """Bot API: answerCallbackQuery, 0-200 characters."""
    if utf16_length(text) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")


def check_commands(commands: list[Any]) -> list[dict[str, str]]:
    """Bot API: setMyCommands; names without slashes, lower case."""
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_command(one) for one in commands]


def _command(one: object) -> dict[str, str]:
    if not isinstance(one, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    for name in ("command", "description"):
        if not isinstance(one.get(name), str):
            raise bad_request(f"can't parse BotCommand: Can't find field \"{name}\"")
    command = one["command"].removeprefix("/")
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= utf16_length(one["description"]) <= MAX_COMMAND_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": one["description"]}


def check_descriptions(text: str, limit: int, what: str) -> None:
    """Bot API: setMyDescription (512), setMyShortDescription (120 characters)."""
    if utf16_length(text) > limit:
        raise bad_request(f"{what} is too long")


def check_secret(secret: str) -> None:
    """Bot API: setWebhook, `secret_token` 1-256 of `[A-Za-z0-9_-]`; "" is none."""
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
