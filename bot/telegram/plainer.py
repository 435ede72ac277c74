"""A call in a plainer form, for where Telegram refuses it as it was made."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import Any

from storage.model import Call

_TAG = re.compile(r"<[^<>]*>")
_SWITCH = "switch_inline_query"


def plainer(call: Call, refusal: str) -> Call | None:
    """What may yet be taken in place of a call that was refused so; None where nothing is."""
    reason = refusal.lower()
    if "can't parse entities" in reason:  # our own mistake: the reader still gets the words
        return _as_plain_text(call)
    if "button" in reason:  # such as of a bot whose inline mode is off
        params = without_switches(call.params)
        return replace(call, params=params) if params != call.params else None
    return None


def without_switches(params: dict[str, Any]) -> dict[str, Any]:
    """Parameters without the buttons that begin an inline query. In channels they make
    Telegram refuse the whole post (Bot API 3.0)."""
    rows = params.get("reply_markup", {}).get("inline_keyboard")
    if not rows:
        return params
    kept = [[button for button in row if _SWITCH not in button] for row in rows]
    return {**params, "reply_markup": {"inline_keyboard": [row for row in kept if row]}}


def _as_plain_text(call: Call) -> Call:
    params = {name: value for name, value in call.params.items() if name != "parse_mode"}
    for name in params.keys() & {"text", "caption"}:
        params[name] = unescape(_TAG.sub("", str(params[name])))
    return replace(call, params=params)
