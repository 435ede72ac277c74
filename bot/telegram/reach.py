"""What the bot may do in a chat, from what it is there (Bot API: ChatMember)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import ChatMember

from storage.model import ChatKind

OUTSIDE = (ChatMember.LEFT, ChatMember.BANNED)
_RULES = (ChatMember.OWNER, ChatMember.ADMINISTRATOR)


def is_inside(member: Mapping[str, Any]) -> bool:
    """Whether it is in the chat at all."""
    if member["status"] == ChatMember.RESTRICTED:
        return bool(member.get("is_member"))
    return member["status"] not in OUTSIDE


def may_write(member: Mapping[str, Any], kind: ChatKind) -> bool:
    """Whether it may write there: in a channel that takes an administrator's right."""
    if not is_inside(member):
        return False
    if member["status"] == ChatMember.RESTRICTED:
        return bool(member.get("can_send_messages"))
    if kind is ChatKind.CHANNEL:
        return member["status"] in _RULES and member.get("can_post_messages") is not False
    return True
