"""Groups that pause: what /start says there, and to whom."""

from __future__ import annotations

from bot.standin.model import Chat, User
from bot.telegram import texts
from bot.telegram.texts.shared import SHARED
from storage.database import Database
from storage.model import ChatState, Telling
from tests.support.groups import MEETING, MEMORIAL, bob, group, states_of
from tests.support.story import Story
from tests.support.talk import Talk

__all__ = ["bob", "group"]  # fixtures


async def test_start_of_who_is_no_administrator_says_until_when_the_bot_pauses(
    talk: Talk, group: Chat, bob: User
) -> None:
    assert (await talk.told(group, "/stop 2h", by=bob))[0].text == texts.groups.NOT_ADMIN
    await talk.told(group, "/stop 2h")
    (told,) = await talk.told(group, "/start", by=bob)
    assert told.text.startswith("Paused until Friday, 24 November 2017, 14:00.")


async def test_start_of_an_administrator_ends_a_pause_and_says_what_was_missed(
    talk: Talk, story: Story, database: Database, group: Chat
) -> None:
    await story.tell(MEETING)
    await talk.told(group, "/follow Vladimir Putin")
    await talk.told(group, "/stop 2h")
    (told,) = await talk.told(group, "/start")
    assert told.text == SHARED[texts.settings.BACK_NOTHING]
    assert await states_of(database, group.id) == {0: ChatState.ACTIVE}
    await talk.told(group, "/stop")
    story.at = talk.clock.now
    await story.tell(MEMORIAL, telling=Telling.PUSH)
    await talk.work()
    told, *missed = await talk.told(group, "/start")
    assert told.text == SHARED[texts.settings.BACK_MISSED]
    assert [message.text.splitlines()[0] for message in missed] == [
        SHARED[texts.digests.CATCH_UP_HEAD]
    ]
    (told,) = await talk.told(group, "/start")
    assert told.text.startswith(texts.groups.GROUP_HELLO)
