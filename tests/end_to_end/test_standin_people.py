"""What people do in the stand-in, and what the bot gets to know of it."""

from typing import Any

import pytest

from bot.standin import World
from bot.standin.entities import Entity
from bot.standin.model import Call


@pytest.fixture
def world() -> World:
    return World(first_id=100)


def updates(world: World) -> list[dict[str, Any]]:
    """What the bot has been told since the last look, without ids."""
    told = [
        {name: one[name] for name in one if name != "update_id"} for one in world.updates.pending
    ]
    world.updates.pending.clear()
    return told


def texts(world: World) -> list[str]:
    return [one["message"]["text"] for one in updates(world)]


def test_writing_to_the_bot_opens_the_chat(world: World) -> None:
    ann = world.add_user("Ann", username="ann")
    assert world.roster.status(ann.id, world.bot.id) == "left"
    message = world.say(ann, "  see example.com, @channel  ")
    assert world.roster.status(ann.id, world.bot.id) == "member"
    assert world.messages(ann) == [message]
    (update,) = updates(world)
    assert update["message"]["chat"] == {
        "id": ann.id,
        "type": "private",
        "first_name": "Ann",
        "username": "ann",
    }
    assert update["message"]["text"] == "see example.com, @channel"
    assert [one["type"] for one in update["message"]["entities"]] == ["url", "mention"]


def test_an_app_formats_what_is_typed(world: World) -> None:
    ann = world.add_user("Ann")
    world.say(ann, "/search Syria war", entities=[Entity("bold", 0, 17)])
    (update,) = updates(world)
    found = [(one["type"], one["length"]) for one in update["message"]["entities"]]
    assert found == [("bold", 17), ("bot_command", 7)]  # the longer one first


def test_each_photo_of_an_album_is_a_message(world: World) -> None:
    ann = world.add_user("Ann")
    world.send_photos(ann, "see @channel", count=3)
    told = [update["message"] for update in updates(world)]
    assert [one.get("caption") for one in told] == ["see @channel", None, None]
    assert [one["type"] for one in told[0]["caption_entities"]] == ["mention"]
    assert len({one["media_group_id"] for one in told}) == 1
    assert len({one["photo"][0]["file_id"] for one in told}) == 3
    (single,) = world.send_photos(ann)
    assert "media_group_id" not in single.as_json()


def test_what_no_app_sends(world: World) -> None:
    ann = world.add_user("Ann")
    for text in (" ", "x" * 4097):
        with pytest.raises(ValueError, match="no app sends"):
            world.say(ann, text)


def test_ids_are_taken_once(world: World) -> None:
    ann = world.add_user("Ann", 7)
    with pytest.raises(ValueError, match="taken"):
        world.add_user("Eve", ann.id)
    group = world.add_group("Group", id=-5)
    with pytest.raises(ValueError, match="taken"):
        world.add_group("Other", id=group.id)


def test_replying_and_editing(world: World) -> None:
    ann = world.add_user("Ann")
    first = world.say(ann, "first")
    second = world.say(ann, "second", reply_to=first)
    third = world.say(ann, "third", reply_to=second.id)
    world.edit(first, "first, but better")
    told = updates(world)
    assert told[2]["message"]["reply_to_message"]["text"] == "second"
    assert "reply_to_message" not in told[2]["message"]["reply_to_message"]
    assert told[3]["edited_message"]["text"] == "first, but better"
    assert "edit_date" in told[3]["edited_message"]
    assert [one.text for one in world.messages(ann.id)] == ["first, but better", "second", "third"]
    assert third.id == second.id + 1
    with pytest.raises(LookupError, match="no chat shows"):
        world.say(ann, "x", reply_to=4711)


def test_blocking_and_coming_back(world: World) -> None:
    ann = world.add_user("Ann", started=True)
    world.block(ann)
    world.say(ann.id, "I am back")
    blocked, back, said = updates(world)
    assert blocked["my_chat_member"]["old_chat_member"]["status"] == "member"
    assert blocked["my_chat_member"]["new_chat_member"] == {
        "status": "kicked",
        "user": world.bot.as_json(),
        "until_date": 0,
    }
    assert back["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert said["message"]["text"] == "I am back"


def test_groups(world: World) -> None:
    ann, eve = world.add_user("Ann"), world.add_user("Eve")
    group = world.add_group("Group", ann, [eve], bot="left")
    world.say(eve, "unheard", group)
    world.invite(group, ann, "administrator")
    world.say(eve, "heard", group)
    world.kick(group, ann)
    world.say(eve, "unheard again", group)
    invited, heard, kicked = updates(world)
    assert invited["my_chat_member"]["new_chat_member"]["status"] == "administrator"
    assert invited["my_chat_member"]["new_chat_member"]["can_manage_chat"] is True
    assert heard["message"]["from"]["first_name"] == "Eve"
    assert heard["message"]["chat"] == {"id": group.id, "type": "group", "title": "Group"}
    assert kicked["my_chat_member"]["from"]["first_name"] == "Ann"
    assert len(world.messages(group)) == 3


def test_anonymous_administrators_write_as_the_group(world: World) -> None:
    ann = world.add_user("Ann")
    group = world.add_supergroup("Group", ann)
    world.say(ann, "/follow", group, anonymously=True)
    (update,) = updates(world)
    assert update["message"]["sender_chat"]["id"] == group.id
    assert update["message"]["from"]["username"] == "GroupAnonymousBot"


def test_channels(world: World) -> None:
    channel = world.add_channel("Channel", username="news")
    post = world.post(channel, "/today")
    world.edit(post, "/today 2017-11-23")
    posted, edited = updates(world)
    assert posted["channel_post"]["sender_chat"]["username"] == "news"
    assert "from" not in posted["channel_post"]
    assert edited["edited_channel_post"]["text"] == "/today 2017-11-23"


def test_topics(world: World) -> None:
    forum = world.add_supergroup("Forum", forum=True)
    topic = world.add_topic(forum, "News")
    world.say(world.add_user("Ann"), "hello", forum, thread=topic)
    (update,) = updates(world)
    assert update["message"]["message_thread_id"] == topic
    assert update["message"]["chat"]["is_forum"] is True
    begun = update["message"]["reply_to_message"]
    assert (begun["message_id"], begun["forum_topic_created"]["name"]) == (topic, "News")
    world.delete_topic(forum, topic)
    assert world.messages(forum) == []


def test_migration_tells_both_chats(world: World) -> None:
    old = world.add_group("Group", world.add_user("Ann"))
    new = world.migrate(old)
    gone, come = updates(world)
    assert gone["message"]["migrate_to_chat_id"] == new.id
    assert come["message"]["migrate_from_chat_id"] == old.id
    assert come["message"]["chat"]["type"] == "supergroup"


def test_coming_and_going_is_announced_in_groups(world: World) -> None:
    ann, eve = world.add_user("Ann"), world.add_user("Eve")
    group = world.add_group("Group", ann, bot="left")
    world.invite(group, ann, announced=True)
    world.join(group, eve)
    world.join(group, eve, "administrator")
    world.leave(group, eve)
    world.kick(group, ann, announced=True)
    invited, announced, joined, left, kicked = updates(world)
    assert invited["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert announced["message"]["new_chat_members"] == [world.bot.as_json()]
    assert announced["message"]["from"]["first_name"] == "Ann"
    assert joined["message"]["new_chat_members"][0]["first_name"] == "Eve"
    assert left["message"]["left_chat_member"]["first_name"] == "Eve"
    assert kicked["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    services = [one.service for one in world.messages(group)]
    assert services[-1] == {"left_chat_member": world.bot.as_json()}
    assert world.roster.inside(group.id) == {ann.id: "creator"}


def test_an_administrator_bot_hears_of_members_if_it_asked(world: World) -> None:
    ann, eve = world.add_user("Ann"), world.add_user("Eve")
    group = world.add_group("Group", ann, bot="administrator")
    world.set_status(group, eve, "member")
    assert updates(world) == []
    world.updates.allow(["chat_member"])
    world.set_status(group, eve, "administrator")
    (update,) = updates(world)
    before, now = (update["chat_member"][f"{when}_chat_member"] for when in ("old", "new"))
    assert (before["status"], now["status"]) == ("member", "administrator")
    assert now["user"]["first_name"] == "Eve"


def test_locations_and_languages(world: World) -> None:
    ann = world.add_user("Ann")
    world.set_language(ann, "zh-hans")
    world.send_location(ann, -36.85, 174.76)
    (update,) = updates(world)
    assert update["message"]["location"] == {"latitude": -36.85, "longitude": 174.76}
    assert update["message"]["from"]["language_code"] == "zh-hans"
    assert world.roster.status(ann.id, world.bot.id) == "member"
    for latitude, longitude in ((90.1, 0), (0, -180.1), (float("nan"), 0)):
        with pytest.raises(ValueError, match="no place on Earth"):
            world.send_location(ann, latitude, longitude)


def test_topics_are_announced_by_who_makes_them(world: World) -> None:
    ann = world.add_user("Ann")
    forum = world.make_forum(world.add_supergroup("Forum", ann))
    topic = world.add_topic(forum, "News", ann)
    world.close_topic(forum, topic, by=ann)
    world.close_topic(forum, topic, False, ann)
    created, closed, opened = (one["message"] for one in updates(world))
    assert created["forum_topic_created"]["name"] == "News"
    assert created["message_id"] == created["message_thread_id"] == topic
    assert (closed["forum_topic_closed"], closed["message_thread_id"]) == ({}, topic)
    assert opened["forum_topic_reopened"] == {}
    assert opened["chat"]["is_forum"] is True


def test_privacy_mode() -> None:
    world = World(reads_all=False)
    ann = world.add_user("Ann")
    group = world.add_group("Group", ann)
    first = world.say(ann, "talk", group)
    world.say(ann, "/today", group)
    world.say(ann, "/today@Dateline_Bot", group)
    world.say(ann, "/today@another_bot", group)
    world.say(ann, "reply to a person", group, reply_to=first)
    world.say(ann, "private")
    assert texts(world) == ["/today", "/today@Dateline_Bot", "private"]
    world.set_status(group, world.bot, "administrator")
    updates(world)
    world.say(ann, "talk", group)
    assert texts(world) == ["talk"]


def test_buttons_that_cannot_be_pressed(world: World) -> None:
    ann = world.add_user("Ann")
    message = world.say(ann, "no buttons")
    with pytest.raises(LookupError, match="has no button 'Yes'"):
        world.press(ann, message, "Yes")
    with pytest.raises(LookupError, match="no chat shows message 4711"):
        world.press(ann, 4711, "Yes")


async def test_waiting_for_what_does_not_come(world: World) -> None:
    with pytest.raises(TimeoutError):
        await world.until(lambda: False, within=0.01)


def test_a_log_of_calls_may_be_short() -> None:
    world = World(keep_calls=2)
    first, second, third = (world.record(Call(name, {})) for name in ("a", "b", "c"))
    for number in (third, first, second):
        world.settle(number, True, 200, None)
    assert [(call.method, call.ok) for call in world.calls] == [("b", True), ("c", True)]
