"""Groups: what the bot answers there, and for whom."""

from __future__ import annotations

import re

import pytest

from bot.standin.model import Chat, User
from bot.telegram import texts
from bot.telegram.wording import Wording
from storage.database import Database
from storage.model import ChatState
from tests.support.groups import MEETING, bob, follows_of, group, states_of
from tests.support.story import Story, account
from tests.support.talk import Talk, answer, labels

__all__ = ["bob", "group"]  # fixtures


# --- what is answered


@pytest.mark.parametrize(
    "text",
    [
        "hello", "Vladimir Putin", "/nothing", "/follow@other_bot Putin", "/event_1@other_bot",
        "/today@other_bot", "see /today", "@dateline_bot", "/today_", "42", "🎉", "/", "/event_",
    ],
)  # fmt: skip
async def test_what_is_not_meant_for_the_bot_gets_no_answer(
    talk: Talk, story: Story, group: Chat, text: str
) -> None:
    await story.tell(MEETING)
    assert await talk.told(group, text) == []


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("/today", texts.days.NOTHING_YET),
        ("/today@dateline_bot 2017-11-23", "23 November 2017"),
        ("/Search@Dateline_Bot Sochi", "Events with"),
        ("/event_1", "Omar al-Bashir"),
        ("/event_1@dateline_bot", "Omar al-Bashir"),
        ("/event 1", "Omar al-Bashir"),
        ("/related 1", ""),
        ("/following", ""),
        ("/help", texts.groups.HELP_ALL),
    ],
)
async def test_everybody_may_ask(
    talk: Talk, story: Story, group: Chat, bob: User, text: str, begins: str
) -> None:
    await story.tell(MEETING)
    (told,) = await talk.told(group, text, by=bob)
    assert told.text.startswith(begins)
    assert told.text not in (texts.groups.NOT_ADMIN, texts.reading.BROKEN)
    assert told.reply_to is not None
    assert told.reply_to.text == text


async def test_an_unknown_command_of_its_own_gets_a_sentence(talk: Talk, group: Chat) -> None:
    (told,) = await talk.told(group, "/nothing@dateline_bot")
    assert "/nothing@dateline_bot" in told.text


async def test_a_reply_with_a_name_is_looked_up(
    talk: Talk, story: Story, group: Chat, bob: User
) -> None:
    await story.tell(MEETING)
    (told,) = await talk.told(group, "/help", by=bob)
    (card,) = await talk.told(group, "Vladimir Putin", by=bob, reply_to=told)
    assert card.text.startswith("Vladimir Putin")
    (sentence,) = await talk.told(group, "?!", by=bob, reply_to=told)
    assert sentence.text == texts.reading.NO_WORDS
    assert await talk.told(group, "/stranger", by=bob, reply_to=told) == []
    other = talk.world.say(bob, "Who?", chat=group)
    assert await talk.told(group, "Vladimir Putin", reply_to=other) == []


async def test_an_edited_message_is_left_alone(talk: Talk, group: Chat) -> None:
    said = talk.world.say(talk.reader, "/today", chat=group)
    await talk.work()
    before = len(talk.world.sent(group))
    talk.world.edit(said, "/help")
    await talk.work()
    assert len(talk.world.sent(group)) == before


async def test_what_a_channel_forwards_or_the_bot_has_made_is_no_command(
    talk: Talk, group: Chat
) -> None:
    for more in ({"is_automatic_forward": True}, {"via_bot": talk.world.bot.as_json()}):
        said = talk.world.say(talk.reader, "/today", chat=group)
        update = talk.world.updates.take_all()[-1]
        talk.world.updates.put("message", {**update["message"], **more})
        await talk.work()
        assert talk.world.sent(group) == [], (said, more)


@pytest.mark.parametrize("text", ["/stop", "/event_1", "/follow@dateline_bot Putin"])
async def test_what_an_administrator_forwards_is_no_command_of_theirs(
    talk: Talk, story: Story, database: Database, group: Chat, bob: User, text: str
) -> None:
    await story.tell(MEETING)
    await talk.told(group, "/follow Vladimir Putin")
    before = talk.world.sent(group)
    talk.world.say(talk.reader, text, chat=group)
    update = talk.world.updates.take_all()[-1]
    origin = {"type": "user", "date": 1511438300, "sender_user": bob.as_json()}
    talk.world.updates.put("message", {**update["message"], "forward_origin": origin})
    await talk.work()
    assert talk.world.sent(group) == before
    assert await states_of(database, group.id) == {0: ChatState.ACTIVE}


async def test_answers_arrive_though_the_question_is_gone(talk: Talk, group: Chat) -> None:
    said = talk.world.say(talk.reader, "/help", chat=group)
    talk.world.drop_message(said)
    await talk.work()
    assert len(talk.world.sent(group)) == 1


# --- who may do what

CHANGES = ["/follow Vladimir Putin", "/unfollow Vladimir Putin", "/unfollow", "/follow",
           "/timezone Berlin"]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("command", CHANGES)
async def test_only_administrators_change_what_is_followed(
    talk: Talk, story: Story, database: Database, group: Chat, command: str, language: str
) -> None:
    await story.tell(MEETING)
    await talk.told(group, "/follow Omar al-Bashir")
    talk.world.set_language(talk.reader, language)
    member = talk.world.add_user("Cem", language_code=language)
    async with database.transaction() as tx:
        for chat in await tx.chats.topics(group.id):
            await tx.chats.choose_language(chat.id, language)
    (told,) = await talk.told(group, command, by=member)
    words = Wording().of(language)
    about_follows = command.split()[0] in ("/follow", "/unfollow", "/filter")
    refusal = texts.groups.NOT_ADMIN_FOLLOWS if about_follows else texts.groups.NOT_ADMIN
    assert told.text == words(refusal)
    assert labels(told) == ([words(texts.groups.BUTTON_PRIVATE)] if about_follows else [])
    assert await follows_of(database, group.id) == ["Omar al-Bashir"]
    (told,) = await talk.told(group, command)
    assert told.text != words(refusal)


async def test_an_anonymous_administrator_counts_as_one_and_another_channel_does_not(
    talk: Talk, story: Story, database: Database, group: Chat
) -> None:
    await story.tell(MEETING)
    await talk.told(group, "/follow Vladimir Putin", anonymously=True)
    assert await follows_of(database, group.id) == ["Vladimir Putin"]
    news = talk.world.add_channel("News")
    talk.world.say(talk.reader, "/unfollow Vladimir Putin", chat=group, anonymously=True)
    update = talk.world.updates.take_all()[-1]
    talk.world.updates.put("message", {**update["message"], "sender_chat": news.as_json()})
    await talk.work()
    assert talk.world.sent(group)[-1].text == texts.groups.NOT_ADMIN_FOLLOWS
    assert await follows_of(database, group.id) == ["Vladimir Putin"]


async def test_administrators_are_asked_for_once_a_minute(talk: Talk, group: Chat) -> None:
    for _ in range(3):
        await talk.told(group, "/follow")
    assert len(talk.world.calls_to("getChatAdministrators")) == 1
    talk.world.set_status(group, talk.reader, "member")
    assert (await talk.told(group, "/follow"))[0].text == texts.follows.FOLLOW_WHOM
    talk.clock.pass_by(seconds=61)
    assert (await talk.told(group, "/follow"))[0].text == texts.groups.NOT_ADMIN_FOLLOWS
    assert len(talk.world.calls_to("getChatAdministrators")) == 2


async def test_where_administrators_cannot_be_told_the_reader_hears_so(
    talk: Talk, group: Chat
) -> None:
    talk.world.faults.add("server_error", "getChatAdministrators")
    (told,) = await talk.told(group, "/follow Putin")
    assert told.text == texts.groups.CANT_TELL_ADMINS
    (told,) = await talk.told(group, "/follow")
    assert told.text == texts.follows.FOLLOW_WHOM
    talk.forgive("getChatAdministrators")


async def test_everybody_turns_pages_and_only_administrators_follow_by_button(
    talk: Talk, story: Story, database: Database, group: Chat, bob: User
) -> None:
    why = "after a campaign that was longer than most, and fought over everything but bridges"
    towns = [f"[[Town {n}]] elects a [[Mayor {n}]] {why}." for n in range(40)]
    await story.tell_all([account("2017-11-23", text) for text in towns])
    (day,) = await talk.told(group, "/today 2017-11-23", by=bob)
    page = await talk.press(texts.labels.BUTTON_ON, day, by=bob)
    assert answer(page) == ("", False)
    (asked,) = await talk.told(group, "/help", by=bob)
    (card,) = await talk.told(group, "Mayor 7", by=bob, reply_to=asked)
    follow = next(label for label in labels(card) if label.startswith("Follow"))
    assert answer(await talk.press(follow, card, by=bob)) == (texts.groups.NOT_ADMIN, True)
    assert await follows_of(database, group.id) == []
    text, _ = answer(await talk.press(follow, card))
    assert "Mayor 7 is followed from now on" in text
    assert await follows_of(database, group.id) == ["Mayor 7"]
    assert await follows_of(database, talk.reader.id) == []
    talk.clock.pass_by(minutes=2)
    talk.world.faults.add("server_error", "getChatAdministrators")
    confirmed = talk.world.sent(group)[-1]
    press = await talk.press("Unfollow", confirmed)
    assert answer(press) == (texts.groups.CANT_TELL_ADMINS, True)
    talk.forgive("getChatAdministrators")


@pytest.mark.parametrize("text", ["/start f_1", "/export", "/forget"])
async def test_what_belongs_into_a_private_chat_is_sent_there(
    talk: Talk, story: Story, database: Database, group: Chat, text: str
) -> None:
    await story.tell(MEETING)
    (told,) = await talk.told(group, text)
    data = texts.groups.ONLY_PRIVATE_DATA.format(command=f"{text} {group.id}")
    assert told.text == (texts.groups.ONLY_PRIVATE if text.startswith("/start") else data)
    ((button,),) = told.buttons
    payload = "f_1" if text.startswith("/start") else "group"
    assert button["url"] == f"https://t.me/dateline_bot?start={payload}"
    assert await follows_of(database, group.id) == []


async def test_another_chat_is_named_in_private_only(talk: Talk, group: Chat) -> None:
    (told,) = await talk.told(group, "/follow Putin @elsewhere")
    assert told.text == texts.groups.ONLY_PRIVATE_TARGET


@pytest.mark.parametrize("text", ["/start", "/start@dateline_bot new"])
async def test_start_in_a_group_says_how_to_begin(
    talk: Talk, group: Chat, bob: User, text: str
) -> None:
    for user in (talk.reader, bob):
        (told,) = await talk.told(group, text, by=user)
        assert told.text.startswith(texts.groups.GROUP_HELLO)


async def test_what_is_said_speaks_to_nobody_in_particular(
    talk: Talk, story: Story, group: Chat
) -> None:
    await story.tell(MEETING)
    told = [
        message
        for text in (
            "/following", "/follow Vladimir Putin", "/follow Vladimir Putin", "/following",
            "/digest", "/quiet", "/timezone", "/settings", "/week", "/unfollow Vladimir Putin",
        )
        for message in await talk.told(group, text)
    ]  # fmt: skip
    assert len(told) == 10
    for message in told:
        assert not re.search(r"\b(you follow|your|you have)\b", message.text, re.I), message.text
    assert told[1].text.startswith("Vladimir Putin is followed from now on.")


async def test_the_help_by_button_is_that_of_groups(
    talk: Talk, story: Story, group: Chat, bob: User
) -> None:
    await story.tell(MEETING)
    (helped,) = await talk.told(group, "/help", by=bob)
    before = len(talk.world.sent(group))
    (unknown,) = await talk.told(group, "/nothing@dateline_bot")
    await talk.press("go:help", unknown, by=bob)
    again = talk.world.sent(group)[-1]
    assert len(talk.world.sent(group)) == before + 2
    assert (again.text, labels(again)) == (helped.text, labels(helped))
