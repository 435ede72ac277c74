"""Every command and button: for whom it is in groups, and for which chat it counts."""

from __future__ import annotations

import json
import re

import pytest

from bot.standin.model import Chat, User
from bot.telegram import choices, texts
from bot.telegram.commands import known_commands
from bot.telegram.menus import menus
from bot.telegram.presses import known_presses
from bot.telegram.rights import ASKING, PRIVATE, changes, takes_target
from bot.telegram.wording import LANGUAGES, Wording
from storage.database import Database
from storage.model import Chat as KeptChat
from storage.model import ChatState, Filter, FollowMode
from tests.end_to_end.test_chat_files import document_of
from tests.support.groups import press_data
from tests.support.story import Story, account
from tests.support.talk import Talk, answer, labels, use_cases_of

MEETING = account("2017-11-23", "[[Omar al-Bashir]] meets [[Vladimir Putin]] in Sochi.")
COMMANDS = [*texts.commands.COMMANDS]


@pytest.fixture
def bob(talk: Talk) -> User:
    """A member without rights."""
    return talk.world.add_user("Bob", started=True)


@pytest.fixture
def group(talk: Talk, bob: User) -> Chat:
    """The reader's own group, with one more member."""
    return talk.world.add_supergroup("Friends", talk.reader)


@pytest.fixture
def channel(talk: Talk) -> Chat:
    """The reader's own channel."""
    return talk.world.add_channel("The News", talk.reader, "the_news")


async def kept(database: Database, telegram_id: int) -> KeptChat | None:
    async with database.reading() as tx:
        return next(iter(await tx.chats.topics(telegram_id)), None)


async def follows(database: Database, telegram_id: int) -> dict[str, tuple[FollowMode, Filter]]:
    chat = await kept(database, telegram_id)
    async with database.reading() as tx:
        found = await tx.chats.follows(chat.id) if chat else []
    return {follow.entity.label: (follow.mode, follow.filter) for follow in found}


def test_every_command_is_listed_and_known(database: Database) -> None:
    known = known_commands(use_cases_of(database), Wording())
    assert set(known) == {*COMMANDS, *texts.sources.OPERATOR_COMMANDS}
    assert set(known) >= ASKING | PRIVATE


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("command", COMMANDS)
async def test_in_groups_members_ask_and_administrators_choose(
    talk: Talk, story: Story, database: Database, group: Chat, command: str, language: str
) -> None:
    await story.tell(MEETING)
    words = Wording().of(language)
    talk.world.set_language(talk.reader, language)
    member = talk.world.add_user("Cem", language_code=language)
    (told,) = await talk.told(group, f"/{command}", by=member)
    refusals = {words(text) for text in (texts.groups.NOT_ADMIN, texts.groups.NOT_ADMIN_FOLLOWS)}
    only_private = words(texts.groups.ONLY_PRIVATE_DATA).format(command=f"/{command} {group.id}")
    if command in PRIVATE:
        assert told.text == only_private
    else:
        assert (told.text in refusals) == changes(command)
    (told,) = await talk.told(group, f"/{command}")
    assert (told.text == only_private) == (command in PRIVATE)
    assert told.text not in {*refusals, words(texts.reading.BROKEN)}


@pytest.mark.parametrize("command", [one for one in COMMANDS if takes_target(one)])
async def test_each_command_for_a_channel_is_checked_and_answered_in_private(
    talk: Talk, story: Story, database: Database, channel: Chat, bob: User, command: str
) -> None:
    await story.tell(MEETING)
    told = await talk.say(f"/{command} @the_news")
    if told.text:
        assert told.text.startswith("For The News:\n")
    assert talk.world.sent(channel) == []
    for row in told.buttons:
        for button in row:
            assert button.get("callback_data", "").endswith((f"@{channel.id}", "")), button
    talk.world.say(bob, f"/{command} @the_news")
    await talk.work()
    refused = talk.world.sent(bob)[-1]
    assert refused.text == texts.groups.TARGET_NOT_ADMIN.format(name="@the_news")


async def test_settings_of_a_channel_are_the_channels(
    talk: Talk, story: Story, database: Database, channel: Chat
) -> None:
    await story.tell(MEETING)
    for text in ("/digest 08:30", "/quiet 22:00-07:00", "/timezone Berlin", "/language Deutsch"):
        await talk.say(f"{text} @the_news")
    chat, mine = await kept(database, channel.id), await kept(database, talk.reader.id)
    assert chat is not None
    assert mine is not None
    assert (chat.digest_at, mine.digest_at) == (510, None)
    assert (chat.quiet_from, mine.quiet_from) == (1320, None)
    assert (chat.timezone, mine.timezone) == ("Europe/Berlin", "UTC")
    assert (chat.language, mine.language) == ("de", "en")
    await talk.say("/follow Vladimir Putin @the_news")
    await talk.say(f"/filter Vladimir Putin: Sochi {channel.id}")
    assert (await follows(database, channel.id))["Vladimir Putin"][1].must == ("Sochi",)
    await talk.say("/stop @the_news")
    chat, mine = await kept(database, channel.id), await kept(database, talk.reader.id)
    assert chat is not None
    assert mine is not None
    assert (chat.state, mine.state) == (ChatState.PAUSED, ChatState.ACTIVE)


async def test_a_channels_data_are_got_and_deleted_by_its_administrator(
    talk: Talk, story: Story, database: Database, channel: Chat
) -> None:
    await story.tell(MEETING)
    await talk.say("/follow Omar al-Bashir")
    await talk.say("/follow Vladimir Putin @the_news")
    sent = await talk.say("/export @the_news")
    assert sent.text.startswith("For The News:")
    export = json.dumps(document_of(talk, sent))
    assert "Vladimir Putin" in export
    assert "Omar al-Bashir" not in export
    question = await talk.say("/forget @the_news")
    yes = next(label for label in labels(question) if label == texts.privacy.BUTTON_FORGET)
    await talk.press(yes, question)
    assert await follows(database, channel.id) == {}
    assert set(await follows(database, talk.reader.id)) == {"Omar al-Bashir"}


PRESSES = [
    "f:1", "u:1", "u:1:1", "s:1", "fb:1", "ua", "f:1:1", "m:1:d:1", "x:1:1", "lu:1", "lf:1",
    "fl:1:1", "fw:1", "fx:1:1",
    "fc:1:00000000:1", "yf:1", "yu:1", "wk:1:2017-11-23", "set:digest:480", "menu:quiet:off",
    "set:main", "set:until:60", "set:places:1", "set:weekly:1",
    "set:zone:Europe/Berlin", "menu:language:de", "set:pause", "set:on", "go:settings",
    "go:start", "sl:1", "st:p:1:1", "sx:1", "sk:1",
]  # fmt: skip


@pytest.mark.parametrize("data", PRESSES)
async def test_what_changes_something_is_pressed_by_administrators_only(
    talk: Talk, story: Story, database: Database, group: Chat, bob: User, data: str
) -> None:
    await story.tell(MEETING)
    await talk.told(group, "/follow Vladimir Putin")
    (shown,) = await talk.told(group, "/help")
    before, state = await follows(database, group.id), await kept(database, group.id)
    told = len(talk.world.sent(group))
    assert answer(await press_data(talk, shown, data, by=bob)) == (texts.groups.NOT_ADMIN, True)
    assert (await follows(database, group.id), await kept(database, group.id)) == (before, state)
    assert len(talk.world.sent(group)) == told
    assert answer(await press_data(talk, shown, data))[0] != texts.groups.NOT_ADMIN


SHOWING = [
    "w:1", "l:1", "o:1:1", "r:1", "t:2017-11-23:1", "n:2017-11-24:1", "y:1", "wc:1", "wt", "k:-",
    "k:2017-11:t:2017-11-23:1", "c:1:1", "go:today", "go:busy", "go:following", "go:help",
]  # fmt: skip


@pytest.mark.parametrize("data", SHOWING)
async def test_what_shows_something_is_pressed_by_everybody(
    talk: Talk, story: Story, group: Chat, bob: User, data: str
) -> None:
    await story.tell(MEETING)
    (shown,) = await talk.told(group, "/help")
    text, _ = answer(await press_data(talk, shown, data, by=bob))
    assert text not in (texts.groups.NOT_ADMIN, texts.reading.STALE, texts.reading.BROKEN)


PRIVATE_DATA = [choices.export(), choices.forget(), "fg:no", "fg:{}"]


@pytest.mark.parametrize("data", PRIVATE_DATA)
async def test_what_is_known_of_a_group_is_no_matter_for_its_members(
    talk: Talk, story: Story, database: Database, group: Chat, data: str
) -> None:
    await story.tell(MEETING)
    await talk.told(group, "/follow Vladimir Putin")
    (shown,) = await talk.told(group, "/help")
    press = await press_data(talk, shown, data.format(group.id))
    assert answer(press) == (texts.groups.ONLY_PRIVATE, True)
    assert await follows(database, group.id)


def test_every_button_is_for_somebody(database: Database) -> None:
    examples = [one.format(7) for one in (*PRESSES, *SHOWING, *PRIVATE_DATA)]
    patterns = known_presses(use_cases_of(database), Wording())
    assert [p for p in patterns if not any(re.match(p, one) for one in examples)] == []


def test_menus_are_for_who_may_use_them() -> None:
    made = {(m["scope"]["type"], m.get("language_code", "en")): m for m in menus(Wording())}
    assert len(made) == 3 * len(LANGUAGES)

    def names(scope: str) -> set[str]:
        return {command["command"] for command in made[scope, "de"]["commands"]}

    assert names("all_private_chats") == set(COMMANDS)
    assert names("all_group_chats") == ASKING - {"start"}
    assert names("all_chat_administrators") == set(COMMANDS) - PRIVATE - {"start"}


async def test_a_member_does_not_end_the_weekly_digest(
    talk: Talk, database: Database, group: Chat
) -> None:
    member = talk.world.add_user("Cem")
    (told,) = await talk.told(group, "/week off", by=member)
    assert told.text == texts.groups.NOT_ADMIN
    (told,) = await talk.told(group, "/week aus")
    assert told.text.startswith("There is no weekly digest here.")
