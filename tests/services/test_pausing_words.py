"""What is sent with /stop and names no end of a pause, on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.days import NoEnd
from bot.services.pausing import NotPaused
from bot.services.settings import ChatSettings, Preferences
from storage.database import Database
from storage.model import ChatState
from tests.services.test_pausing_until import chat_of, paused, preferences
from tests.support.digest_desk import READER, Desk
from tests.support.requests import Kept, request

__all__ = ["preferences"]  # a fixture


async def refused(desk: Desk, preferences: Preferences, typed: str) -> NotPaused:
    """Why the reader does not pause by what is typed."""
    kept: Kept[ChatSettings | NotPaused] = Kept()
    await preferences.pause(replace(request(READER), at=desk.clock()), kept, typed)
    assert await desk.work() == ["ok"]
    assert isinstance(kept.only, NotPaused)
    return kept.only


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("10000 days", NoEnd.TOO_FAR),
        ("0 days", NoEnd.NO_TIME),
        ("until 2015-01-01", NoEnd.PAST),
        ("for ever and ever", NoEnd.UNREAD),
    ],
)
async def test_what_tells_no_end_that_can_be_changes_nothing(
    database: Database, preferences: Preferences, typed: str, why: NoEnd
) -> None:
    desk = Desk(database)
    chat = await desk.reader("Ann")
    told = await refused(desk, preferences, typed)
    assert (told.typed, told.why, told.followed) == (typed, why, ())
    assert (await chat_of(database, chat)).state is ChatState.ACTIVE
    before = await paused(desk, preferences, "1 day")
    assert (await refused(desk, preferences, typed)).chat.paused_until == before.chat.paused_until


async def test_who_names_whom_they_follow_does_not_pause_but_may_mean_these(
    database: Database, preferences: Preferences
) -> None:
    desk = Desk(database)
    chat = await desk.reader("Ann", "Ann Example", "Ben")
    for typed, names, is_near in (
        ("ben", ["Ben"], False),
        ("Ann!", ["Ann"], False),
        ("telling me of Ben", ["Ben"], True),
        ("Bob", [], False),
    ):
        told = await refused(desk, preferences, typed)
        assert [each.label for each in told.followed] == names, typed
        assert (told.why, told.is_near) == (NoEnd.UNREAD, is_near)
    assert (await chat_of(database, chat)).state is ChatState.ACTIVE
