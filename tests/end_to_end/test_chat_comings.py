"""The bot comes into groups and goes, topics close and open, groups move."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.standin.model import Chat, Message, User
from bot.telegram.texts import groups as texts
from bot.telegram.wording import Wording
from storage.database import Database
from storage.model import ChatState, Telling
from tests.support.groups import MEETING, MEMORIAL, bob, follows_of, forum, group, states_of
from tests.support.story import Story
from tests.support.talk import Talk, answer, labels

__all__ = ["bob", "forum", "group"]  # fixtures


# --- coming and going


async def test_added_it_says_once_how_to_begin(talk: Talk, bob: User) -> None:
    group = talk.world.add_group("New", bob, bot="left")
    talk.world.invite(group, bob, announced=True)
    await talk.work()
    (told,) = talk.world.sent(group)
    assert told.text.startswith(texts.GROUP_HELLO)
    assert texts.GROUP_TOPICS not in told.text
    talk.world.invite(group, bob, "administrator")
    talk.world.invite(group, bob, "member")
    await talk.work()
    assert talk.world.sent(group) == [told]


@pytest.mark.parametrize(("code", "language"), [("de", "de"), ("pt-br", "en"), (None, "en")])
async def test_a_group_speaks_as_whoever_added_the_bot(
    talk: Talk, database: Database, code: str | None, language: str
) -> None:
    adder = talk.world.add_user("Dora", language_code=code)
    group = talk.world.add_group("Gruppe", adder, [talk.reader], bot="left", forum=True)
    topic = talk.world.add_topic(group, "Politik")
    talk.world.invite(group, adder)
    await talk.work()
    talk.world.set_language(talk.reader, "fr")
    words = Wording().of(language)
    assert talk.world.sent(group)[0].text.startswith(words(texts.GROUP_HELLO))
    assert words(texts.GROUP_TOPICS) in talk.world.sent(group)[0].text
    for thread in (None, topic):
        (told,) = await talk.told(group, "/help", thread=thread)
        assert told.text.startswith(words(texts.HELP_ALL))


async def test_a_muted_bot_greets_once_it_may_write(talk: Talk, bob: User) -> None:
    group = talk.world.add_supergroup("Quiet", bob)
    muted = {"status": "restricted", "is_member": True, "can_send_messages": False}
    await talk.member_changes(group, bob, {"status": "left"}, muted)
    assert talk.world.sent(group) == []
    for _ in range(2):
        await talk.member_changes(group, bob, muted, {"status": "member"})
    assert len(talk.world.sent(group)) == 1


async def test_removed_it_goes_quiet_and_a_return_revives_what_was_followed(
    talk: Talk, story: Story, database: Database, group: Chat
) -> None:
    await story.tell(MEETING)
    await talk.told(group, "/follow Vladimir Putin")
    talk.world.kick(group, talk.reader)
    await talk.work()
    assert await states_of(database, group.id) == {0: ChatState.UNREACHABLE}
    before = len(talk.world.sent(group))
    await story.tell(MEMORIAL, telling=Telling.PUSH)
    await talk.send()
    assert len(talk.world.sent(group)) == before
    talk.clock.pass_by(days=1)
    talk.world.invite(group, talk.reader)
    await talk.work()
    assert await states_of(database, group.id) == {0: ChatState.ACTIVE}
    assert await follows_of(database, group.id) == ["Vladimir Putin"]
    assert talk.world.sent(group)[before].text.startswith(texts.GROUP_HELLO)


# --- topics


async def test_each_topic_follows_its_own_and_gets_its_own_alerts(
    talk: Talk, story: Story, database: Database, forum: Chat
) -> None:
    await story.tell(MEETING)
    russia, sudan = (talk.world.add_topic(forum, name) for name in ("Russia", "Sudan"))
    await talk.told(forum, "/follow Vladimir Putin", thread=russia)
    await talk.told(forum, "/follow Omar al-Bashir", thread=sudan)
    await talk.told(forum, "/follow Moscow")
    assert await follows_of(database, forum.id, russia) == ["Vladimir Putin"]
    assert await follows_of(database, forum.id, sudan) == ["Omar al-Bashir"]
    topics = {m.thread_id if m.in_topic else None for m in talk.world.sent(forum)}
    assert topics == {russia, sudan, None}
    before = len(talk.world.sent(forum))
    await story.tell(MEMORIAL, telling=Telling.PUSH)
    await talk.send()
    (alert,) = talk.world.sent(forum)[before:]
    assert alert.thread_id == russia
    text, _ = answer(await talk.press("Unfollow", by_label(talk, forum, "Unfollow", russia)))
    assert "no longer follow" in text
    assert await follows_of(database, forum.id, russia) == []
    assert await follows_of(database, forum.id, sudan) == ["Omar al-Bashir"]


def by_label(talk: Talk, chat: Chat, label: str, thread: int | None) -> Message:
    """The newest message of a topic with such a button."""
    return next(
        m for m in reversed(talk.world.sent(chat)) if m.thread_id == thread and label in labels(m)
    )


@pytest.mark.parametrize("loss", ["closed", "deleted", "told"])
async def test_a_lost_topic_falls_silent_alone(
    talk: Talk, story: Story, database: Database, forum: Chat, loss: str
) -> None:
    await story.tell(MEETING)
    lost, other = (talk.world.add_topic(forum, name) for name in ("Lost", "Other"))
    for thread in (lost, other):
        await talk.told(forum, "/follow Vladimir Putin", thread=thread)
    if loss == "deleted":
        talk.world.delete_topic(forum, lost)
    else:
        talk.world.close_topic(forum, lost, by=talk.reader if loss == "told" else None)
    if loss == "told":
        await talk.work()
    else:
        await story.tell(MEMORIAL, telling=Telling.PUSH)
        await talk.send()
        assert talk.world.sent(forum)[-1].thread_id == other
        talk.forgive("sendMessage")
    assert await states_of(database, forum.id) == {
        lost: ChatState.UNREACHABLE,
        other: ChatState.ACTIVE,
    }
    await talk.told(forum, "/today", thread=other)
    assert (await states_of(database, forum.id))[lost] is ChatState.UNREACHABLE


@pytest.mark.parametrize("way", ["service", "command"])
async def test_a_topic_that_opens_again_is_served_again(
    talk: Talk, story: Story, database: Database, forum: Chat, way: str
) -> None:
    await story.tell(MEETING)
    topic = talk.world.add_topic(forum, "Russia")
    await talk.told(forum, "/follow Vladimir Putin", thread=topic)
    talk.world.close_topic(forum, topic, by=talk.reader)
    await talk.work()
    talk.world.close_topic(forum, topic, False, by=talk.reader if way == "service" else None)
    await talk.work()
    if way == "command":
        await talk.told(forum, "/help", thread=topic)
    assert await states_of(database, forum.id) == {topic: ChatState.ACTIVE}
    await story.tell(MEMORIAL, telling=Telling.PUSH)
    await talk.send()
    assert talk.world.sent(forum)[-1].text.startswith("Vladimir Putin\n")


async def test_a_return_wakes_what_fell_silent_with_it_and_no_closed_topic(
    talk: Talk, database: Database, forum: Chat
) -> None:
    closed, other = (talk.world.add_topic(forum, name) for name in ("Closed", "Other"))
    for thread in (closed, other, None):
        await talk.told(forum, "/following", thread=thread)
    talk.world.close_topic(forum, closed, by=talk.reader)
    await talk.work()
    talk.clock.pass_by(hours=1)
    talk.world.kick(forum, talk.reader)
    await talk.work()
    assert set((await states_of(database, forum.id)).values()) == {ChatState.UNREACHABLE}
    talk.world.invite(forum, talk.reader)
    await talk.work()
    assert await states_of(database, forum.id) == {
        closed: ChatState.UNREACHABLE,
        other: ChatState.ACTIVE,
        0: ChatState.ACTIVE,
    }


# --- a group becomes a supergroup


@pytest.mark.parametrize("order", [(0, 1), (1, 0), (0,), (1,), (0, 1, 0, 1)])
async def test_a_group_that_becomes_a_supergroup_keeps_all(
    talk: Talk, story: Story, database: Database, group: Chat, order: tuple[int, ...]
) -> None:
    await story.tell(MEETING)
    await talk.told(group, "/follow Vladimir Putin")
    new = talk.world.migrate(group)
    told = talk.world.updates.take_all()[-2:]
    for index in order:
        talk.world.updates.put("message", told[index]["message"])
    await talk.work()
    assert await states_of(database, group.id) == {}
    assert await follows_of(database, new.id) == ["Vladimir Putin"]
    assert [m.text for m in talk.world.sent(new)] == []
    await story.tell(MEMORIAL, telling=Telling.PUSH)
    await talk.send()
    assert len(talk.world.sent(new)) == 1


async def test_a_press_after_the_move_works_on_what_moved(
    talk: Talk, story: Story, database: Database, group: Chat
) -> None:
    await story.tell(MEETING)
    (told,) = await talk.told(group, "/follow Vladimir Putin")
    new = talk.world.migrate(group)
    kept = talk.world.keep(replaced(told, new))
    text, _ = answer(await talk.press("Unfollow", kept))
    assert "no longer follow" in text
    assert await follows_of(database, new.id) == []
    assert await states_of(database, group.id) == {}


async def test_an_answer_that_was_queued_before_the_move_arrives_after_it(
    talk: Talk, group: Chat
) -> None:
    talk.world.say(talk.reader, "/help", chat=group)
    asked = talk.world.updates.take_all()[-1:]
    new = talk.world.migrate(group)
    talk.world.updates.take_all()
    for update in asked:
        talk.world.updates.put("message", update["message"])
    await talk.work()
    (told,) = talk.world.sent(new)
    assert told.text.startswith(texts.HELP_ALL)
    talk.forgive("sendMessage")


def replaced(message: Message, chat: Chat) -> Message:
    """The message as another chat has it."""
    return replace(message, chat=chat)
