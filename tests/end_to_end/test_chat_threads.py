"""Where a message stands: replies are no topics, a topic's beginning is no message that one
replies to, and of old messages it can't be told."""

from __future__ import annotations

from bot.standin.model import Chat, Message, Press, User
from bot.telegram import texts
from storage.database import Database
from tests.support.groups import MEETING, bob, follows_of, forum, states_of
from tests.support.story import Story
from tests.support.talk import Talk, answer

__all__ = ["bob", "forum"]  # fixtures


async def press_late(talk: Talk, message: Message, data: str) -> Press:
    """Press a button of a message that is too old for Telegram to tell of."""
    press = talk.world.press(talk.reader, message, data, message.chat, too_old=True)
    await talk.work()
    return talk.world.presses[press.id]


async def test_a_reply_in_a_supergroup_is_for_the_whole_group(
    talk: Talk, story: Story, database: Database
) -> None:
    await story.tell(MEETING)
    group = talk.world.add_supergroup("Friends", talk.reader)
    (helped,) = await talk.told(group, "/help")
    (told,) = await talk.told(group, "/follow Vladimir Putin", reply_to=helped)
    assert "Vladimir Putin is followed" in told.text
    assert await follows_of(database, group.id) == ["Vladimir Putin"]
    await talk.press("Unfollow", told)  # which is a reply itself
    assert await follows_of(database, group.id) == []
    assert set(await states_of(database, group.id)) == {0}


async def test_what_stands_in_a_topic_replies_to_no_event(
    talk: Talk, story: Story, forum: Chat, bob: User
) -> None:
    await story.tell(MEETING)
    topic = talk.world.add_topic(forum, "Russia", by=bob)
    (told,) = await talk.told(forum, "/event", by=bob, thread=topic)
    assert told.text == texts.events.WHICH_EVENT
    assert await talk.told(forum, "Vladimir Putin", by=bob, thread=topic) == []
    (shown,) = await talk.told(forum, "/event 1", by=bob, thread=topic)
    (related,) = await talk.told(forum, "/event", by=bob, reply_to=shown)
    assert related.text == shown.text
    assert related.thread_id == topic


async def test_an_old_button_of_a_forum_does_nothing(
    talk: Talk, story: Story, database: Database, forum: Chat
) -> None:
    await story.tell(MEETING)
    topic = talk.world.add_topic(forum, "Russia")
    (told,) = await talk.told(forum, "/follow Vladimir Putin", thread=topic)
    data = told.buttons[0][0]["callback_data"]
    before = talk.world.sent(forum)
    assert answer(await press_late(talk, told, data)) == (texts.reading.STALE, True)
    assert talk.world.sent(forum) == before
    assert await follows_of(database, forum.id, topic) == ["Vladimir Putin"]


async def test_an_old_button_elsewhere_does_what_it_says(
    talk: Talk, story: Story, database: Database
) -> None:
    await story.tell(MEETING)
    group = talk.world.add_group("Friends", talk.reader)
    told = [await talk.say("/follow Vladimir Putin")]
    told += await talk.told(group, "/follow Vladimir Putin")
    for message in told:
        assert await follows_of(database, message.chat.id) == ["Vladimir Putin"]
        await press_late(talk, message, "Unfollow")
        assert await follows_of(database, message.chat.id) == []
        now = talk.world.find_message(message.chat.id, message.id)
        assert now is not None
        assert now.text != message.text
