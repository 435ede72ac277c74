"""What is left of an alert whose event is told by another one."""

from __future__ import annotations

import pytest

from bot.services.alerts import Merged
from bot.telegram.views.merged import merged
from bot.telegram.wording import Wording
from storage.model import Chat, ChatState
from tests.unit.test_views import ENGLISH, EVENT


def said(telegram_id: int, thread_id: int = 0, message_id: int | None = 42) -> str:
    """Its text in a chat."""
    chat = Chat(1, telegram_id, thread_id, ChatState.ACTIVE)
    call = merged(ENGLISH, chat, Merged(EVENT, message_id, 1))
    assert call.params["link_preview_options"] == {"is_disabled": True}
    assert "reply_markup" not in call.params
    return str(call.params["text"])


@pytest.mark.parametrize(
    ("telegram_id", "thread_id", "leads_to"),
    [
        (-1001234567890, 0, "https://t.me/c/1234567890/42"),
        (-1001234567890, 7, "https://t.me/c/1234567890/7/42"),
        (-1000000000001, 0, "https://t.me/c/1/42"),
    ],
)
def test_messages_of_supergroups_and_channels_are_linked(
    telegram_id: int, thread_id: int, leads_to: str
) -> None:
    linked = f'<a href="{leads_to}">Same event as above</a> · /event_{EVENT.id}'
    assert said(telegram_id, thread_id) == linked


@pytest.mark.parametrize(
    ("telegram_id", "message_id"),
    [(77, 42), (-77, 42), (-999999999999, 42), (-1001234567890, None)],
)
def test_others_have_no_links(telegram_id: int, message_id: int | None) -> None:
    assert said(telegram_id, 0, message_id) == f"Same event as above · /event_{EVENT.id}"


def test_it_is_in_the_readers_language() -> None:
    chat = Chat(1, 77, 0, ChatState.ACTIVE)
    text = merged(Wording().of("de"), chat, Merged(EVENT, None, 1)).params["text"]
    assert text.startswith("Dasselbe Ereignis wie oben")
