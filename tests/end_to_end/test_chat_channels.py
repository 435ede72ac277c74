"""Channels: commands are posts, and administrators may stay in their private chats."""

from __future__ import annotations

import pytest

from bot.standin.model import Chat, Status, User
from bot.telegram import texts
from bot.telegram.wording import Wording
from storage.database import Database
from storage.model import ChatKind, ChatState, Telling
from tests.support.story import Story, account
from tests.support.talk import Talk, answer, labels

MEETING = account("2017-11-23", "[[Omar al-Bashir]] meets [[Vladimir Putin]] in Sochi.")
MEMORIAL = account("2017-11-24", "[[Vladimir Putin]] opens a memorial in [[Moscow]].")


@pytest.fixture
def bob(talk: Talk) -> User:
    """A subscriber without rights."""
    return talk.world.add_user("Bob", started=True)


@pytest.fixture
def channel(talk: Talk, bob: User) -> Chat:
    """The reader's own channel."""
    channel = talk.world.add_channel("The News", talk.reader, "the_news")
    talk.world.join(channel, bob)
    return channel


async def follows_of(database: Database, telegram_id: int) -> list[str]:
    async with database.reading() as tx:
        chats = await tx.chats.topics(telegram_id)
        return [f.entity.label for chat in chats for f in await tx.chats.follows(chat.id)]


async def posted(talk: Talk, channel: Chat, text: str) -> list[str]:
    """What the bot answers to a post."""
    before = len(talk.world.sent(channel))
    talk.world.post(channel, text)
    await talk.work()
    return [message.text for message in talk.world.sent(channel)[before:]]


# --- posts


async def test_commands_are_posts(
    talk: Talk, story: Story, database: Database, channel: Chat
) -> None:
    await story.tell(MEETING)
    (told,) = await posted(talk, channel, "/follow Vladimir Putin")
    assert "Vladimir Putin is followed from now on." in told
    assert await follows_of(database, channel.id) == ["Vladimir Putin"]
    assert len(await posted(talk, channel, "/following@dateline_bot")) == 1
    await story.tell(MEMORIAL, telling=Telling.PUSH)
    await talk.send()
    alert = talk.world.sent(channel)[-1]
    assert alert.text.startswith("Vladimir Putin\n")
    assert texts.labels.BUTTON_RELATED in labels(alert)
    assert texts.follows.BUTTON_SHARE not in labels(alert)  # Telegram would refuse the whole post
    async with database.reading() as tx:
        (chat,) = await tx.chats.topics(channel.id)
    assert (chat.kind, chat.title) == (ChatKind.CHANNEL, "The News")


@pytest.mark.parametrize("text", ["Vladimir Putin", "/nothing", "/today@other_bot", "news!"])
async def test_other_posts_are_left_alone(talk: Talk, channel: Chat, text: str) -> None:
    assert await posted(talk, channel, text) == []


async def test_subscribers_change_nothing_by_button(
    talk: Talk, story: Story, database: Database, channel: Chat, bob: User
) -> None:
    await story.tell(MEETING)
    await posted(talk, channel, "/follow Vladimir Putin")
    before = talk.world.sent(channel)
    confirmed = before[-1]
    press = await talk.press("Unfollow", confirmed, by=bob)
    assert answer(press) == (texts.groups.NOT_ADMIN, True)
    assert talk.world.sent(channel) == before
    assert await follows_of(database, channel.id) == ["Vladimir Putin"]
    assert "no longer" in answer(await talk.press("Unfollow", confirmed))[0]


# --- coming and going


async def test_added_to_a_channel_it_says_how_to_begin_there_and_in_private(talk: Talk) -> None:
    channel = talk.world.add_group("Mine", talk.reader, kind="channel", bot="left")
    talk.world.invite(channel, talk.reader, "administrator")
    await talk.work()
    (told,) = talk.world.sent(channel)
    assert told.text.startswith(texts.groups.CHANNEL_HELLO)
    assert told.text.endswith(texts.groups.CHANNEL_BEGIN_POST)
    assert str(channel.id) not in told.text


async def test_a_channel_with_a_name_is_told_how_to_begin_unseen(talk: Talk) -> None:
    channel = talk.world.add_group(
        "Mine", talk.reader, kind="channel", username="my_channel", bot="left"
    )
    talk.world.invite(channel, talk.reader, "administrator")
    await talk.work()
    (told,) = talk.world.sent(channel)
    assert told.text.endswith("/follow NAME @my_channel")


async def test_it_greets_a_channel_only_where_it_may_post(talk: Talk, database: Database) -> None:
    channel = talk.world.add_group("Mine", talk.reader, kind="channel", bot="administrator")
    mute = {"status": "administrator", "can_post_messages": False}
    able = {"status": "administrator", "can_post_messages": True}
    await talk.member_changes(channel, talk.reader, {"status": "left"}, mute)
    assert talk.world.sent(channel) == []
    for before, after in ((mute, able), (able, mute), (mute, able)):
        await talk.member_changes(channel, talk.reader, before, after)
    assert len(talk.world.sent(channel)) == 1
    await talk.member_changes(channel, talk.reader, able, mute)
    async with database.reading() as tx:
        (chat,) = await tx.chats.topics(channel.id)
    assert chat.state is ChatState.UNREACHABLE


@pytest.mark.parametrize("how", ["kicked", "demoted"])
async def test_a_channel_that_cannot_be_posted_to_any_more_falls_quiet(
    talk: Talk, story: Story, database: Database, channel: Chat, how: str
) -> None:
    await story.tell(MEETING)
    await posted(talk, channel, "/follow Vladimir Putin")
    status: Status = "kicked" if how == "kicked" else "member"
    talk.world.roster.set_status(channel.id, talk.world.bot.id, status)  # and nobody tells
    before = len(talk.world.sent(channel))
    await story.tell(MEMORIAL, telling=Telling.PUSH)
    await talk.send()
    assert len(talk.world.sent(channel)) == before
    async with database.reading() as tx:
        (chat,) = await tx.chats.topics(channel.id)
    assert chat.state is ChatState.UNREACHABLE
    assert await follows_of(database, channel.id) == ["Vladimir Putin"]
    talk.forgive("sendMessage")


# --- from a private chat


@pytest.mark.parametrize("named", ["@the_news", "@The_News", "id"])
async def test_an_administrator_does_it_in_private(
    talk: Talk, story: Story, database: Database, channel: Chat, named: str
) -> None:
    await story.tell(MEETING)
    name = str(channel.id) if named == "id" else named
    told = await talk.say(f"/follow Vladimir Putin {name}")
    assert told.text.startswith("For The News:\nVladimir Putin is followed from now on.")
    assert await follows_of(database, channel.id) == ["Vladimir Putin"]
    assert await follows_of(database, talk.reader.id) == []
    listed = await talk.say(f"/following {name}")
    assert listed.text.startswith("For The News:")
    assert any("Vladimir Putin" in label for label in labels(listed))
    assert talk.world.sent(channel) == []
    await story.tell(MEMORIAL, telling=Telling.PUSH)
    await talk.send()
    assert len(talk.world.sent(channel)) == 1
    told = await talk.say(f"/unfollow Vladimir Putin {name}")
    assert "Vladimir Putin is no longer followed." in told.text
    assert await follows_of(database, channel.id) == []


async def test_buttons_under_such_answers_act_for_the_channel(
    talk: Talk, story: Story, database: Database, channel: Chat, bob: User
) -> None:
    await story.tell(MEETING)
    told = await talk.say("/follow Vladimir Putin @the_news")
    data = [b["callback_data"] for row in told.buttons for b in row if "callback_data" in b]
    assert data
    assert all(each.endswith(f"@{channel.id}") for each in data)
    await talk.press("Unfollow", told)
    assert await follows_of(database, channel.id) == []
    shown = talk.newest()
    assert shown.text.startswith("For The News:")
    await talk.press("Follow again", shown)
    assert await follows_of(database, channel.id) == ["Vladimir Putin"]
    assert await follows_of(database, talk.reader.id) == []


async def test_a_button_is_checked_again_when_it_is_pressed(
    talk: Talk, story: Story, database: Database, channel: Chat
) -> None:
    await story.tell(MEETING)
    told = await talk.say("/follow Vladimir Putin @the_news")
    talk.world.set_status(channel, talk.reader, "member")
    talk.clock.pass_by(minutes=2)
    text, alert = answer(await talk.press("Unfollow", told))
    assert (text, alert) == (texts.groups.TARGET_NOT_ADMIN.format(name=channel.id), True)
    assert await follows_of(database, channel.id) == ["Vladimir Putin"]


async def test_a_forged_button_reaches_no_other_chat(
    talk: Talk, story: Story, database: Database, channel: Chat, bob: User
) -> None:
    await story.tell(MEETING)
    await talk.say("/follow Vladimir Putin @the_news")
    group = talk.world.add_group("Friends", talk.reader, [bob])
    (shown,) = await talk.told(group, "/today", by=bob)
    for by in (bob, talk.reader):
        press = await talk.forge(shown, f"u:2@{channel.id}", by=by)
        assert answer(press) == (texts.reading.STALE, True)
    own = await talk.say("/today")
    for data in (f"u:2@{channel.id}", f"u:1@{channel.id}", f"l:1@{channel.id}"):
        text, _ = answer(await talk.forge(own, data, by=bob))
        assert text == texts.groups.TARGET_NOT_ADMIN.format(name=channel.id)
    for data in ("u:1@", "u:1@12", "u:1@-1", "u:1@@the_news", f"@{channel.id}"):
        assert answer(await talk.forge(own, data)) == (texts.reading.STALE, True), data
    assert await follows_of(database, channel.id) == ["Vladimir Putin"]


HINDERED = [
    ("@nobody_there", texts.groups.TARGET_UNKNOWN),
    ("-1009999999999", texts.groups.TARGET_UNKNOWN),
    ("@ada_herself", texts.groups.TARGET_UNKNOWN),
    ("@not_mine", texts.groups.TARGET_NOT_ADMIN),
    ("@without_it", texts.groups.TARGET_NOT_THERE),
    ("@thrown_out", texts.groups.TARGET_NOT_THERE),
    ("@no_right", texts.groups.TARGET_MAY_NOT_POST),
    ("@unlucky", texts.groups.TARGET_CANT_TELL),
]


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(("named", "text"), HINDERED, ids=[named for named, _ in HINDERED])
@pytest.mark.parametrize("command", ["/follow Vladimir Putin", "/following"])
async def test_what_stands_in_the_way_is_said(
    talk: Talk, story: Story, database: Database, named: str, text: str, command: str, language: str
) -> None:
    await story.tell(MEETING)
    world = talk.world
    world.set_language(talk.reader, language)
    world.add_user("Ada", username="ada_herself")
    world.add_channel("Theirs", None, "not_mine")
    world.add_channel("Unlucky", talk.reader, "unlucky")
    bot_is: dict[str, Status] = {"without_it": "left", "thrown_out": "kicked", "no_right": "member"}
    for name, status in bot_is.items():
        world.add_group(name, talk.reader, kind="channel", username=name, bot=status)
    if named == "@unlucky":
        world.faults.add("server_error", "getChatAdministrators")
    told = await talk.say(f"{command} {named}")
    words = Wording().of(language)
    assert told.text == words(text).format(name=named)
    assert bool(labels(told)) == (
        text in (texts.groups.TARGET_UNKNOWN, texts.groups.TARGET_NOT_THERE)
    )
    assert await follows_of(database, talk.reader.id) == []
    if named not in ("@ada_herself", "@not_mine"):
        talk.forgive("getChat", "getChatMember", "getChatAdministrators")


async def test_a_bad_name_for_a_channel_gets_the_usual_help(
    talk: Talk, story: Story, channel: Chat
) -> None:
    told = await talk.say("/follow @the_news")
    assert told.text == f"For The News:\n{texts.follows.FOLLOW_WHOM}"
    told = await talk.say("/today @the_news")
    assert "For The News" not in told.text


async def test_an_administrator_of_a_group_does_it_in_private(
    talk: Talk, story: Story, database: Database
) -> None:
    await story.tell(MEETING)
    group = talk.world.add_supergroup("Friends", talk.reader)
    await talk.say(f"/follow Vladimir Putin {group.id}")
    assert await follows_of(database, group.id) == ["Vladimir Putin"]
    moved = talk.world.add_group("Old", talk.reader, id=-123456)
    new = talk.world.migrate(moved)
    told = await talk.say("/follow Vladimir Putin -123456")
    assert told.text.startswith("For Old:")
    assert await follows_of(database, new.id) == ["Vladimir Putin"]
    talk.forgive("getChat")
