"""Reply threads in the stand-in, and presses under messages that are too old."""

from __future__ import annotations

import pytest

from bot.standin import World
from bot.standin.model import ChatKind, Message


@pytest.fixture
def world() -> World:
    return World(first_id=100)


def told(message: Message) -> tuple[int | None, bool]:
    """The thread that the bot is told of, and whether that is a topic."""
    body = message.as_json()
    return body.get("message_thread_id"), "is_topic_message" in body


def test_replies_in_a_supergroup_have_the_number_of_what_began_them(world: World) -> None:
    ann = world.add_user("Ann")
    group = world.add_supergroup("Group", ann)
    first = world.say(ann, "first", group)
    second = world.say(ann, "second", group, reply_to=first)
    third = world.say(ann, "third", group, reply_to=second)
    assert [told(one) for one in (first, second, third)] == [
        (None, False),
        (first.id, False),
        (first.id, False),
    ]


@pytest.mark.parametrize("kind", ["group", "channel"])
def test_replies_elsewhere_have_none(world: World, kind: ChatKind) -> None:
    ann = world.add_user("Ann")
    place = world.add_group("Place", ann, kind=kind)
    assert told(world.say(ann, "x", place, reply_to=world.say(ann, "y", place))) == (None, False)
    assert told(world.say(ann, "x", reply_to=world.say(ann, "y"))) == (None, False)


def test_a_reply_stands_in_the_topic_of_what_it_replies_to(world: World) -> None:
    ann = world.add_user("Ann")
    forum = world.add_supergroup("Forum", ann, forum=True)
    topic = world.add_topic(forum, "News", by=ann)
    first = world.say(ann, "first", forum, thread=topic)
    assert first.reply_to == world.find_message(forum.id, topic)
    second = world.say(ann, "second", forum, reply_to=first)
    assert told(second) == (topic, True)
    assert second.reply_to is not None
    assert second.reply_to.id == first.id


def test_a_press_under_an_old_message_tells_its_number_alone(world: World) -> None:
    ann = world.add_user("Ann")
    button = {"text": "Press", "callback_data": "p"}
    said = world.say(ann, "x")
    markup = {"inline_keyboard": [[button]]}
    world.keep(Message(200, said.chat, world.now(), world.bot, "y", reply_markup=markup))
    world.press(ann, 200, "p", said.chat, too_old=True)
    assert world.updates.pending[-1]["callback_query"]["message"] == {
        "chat": said.chat.as_json(),
        "message_id": 200,
        "date": 0,
    }
