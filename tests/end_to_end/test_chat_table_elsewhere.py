"""The table goes on: buttons pressed too late or forged, groups, channels, limits; in two
languages each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.flood import MOST
from bot.standin.model import Chat, Message, Status
from bot.telegram import texts
from bot.telegram.rights import PRIVATE, changes, takes_target
from bot.telegram.wording import Words
from storage.database import Database
from tests.support.groups import MEETING, follows_of
from tests.support.intended import (
    Sentence,
    begins,
    counts,
    day,
    month,
    quote,
    says,
    this,
    typed,
)
from tests.support.languages import several, words
from tests.support.story import Story
from tests.support.talk import Talk, answer, labels

__all__ = ["words"]  # a fixture

PUTIN, NOBODY = "2", "999"  # numbers of entities; there is none of the latter


# --- buttons

WHO = this("Vladimir Putin")
NOT_FOLLOWED = says(texts.follows.NOT_FOLLOWED_TOAST, who=WHO)
NOT_ANY_MORE = says(texts.follows.UNFOLLOWED_NOT, who=WHO)
UNKNOWN_ONE = says(texts.reading.GONE_ENTITY)
STALE = says(texts.reading.STALE)

# What a button sends, and what pops up; the follow of Vladimir Putin has ended meanwhile.
PRESSES: dict[str, Sentence] = {
    # the follow is gone
    **dict.fromkeys(
        (f"o:{PUTIN}:1", f"m:{PUTIN}:d:1", f"m:{PUTIN}:a:9", f"fl:{PUTIN}:1",
         f"fc:{PUTIN}:00000000:1", f"fx:{PUTIN}:1", f"fw:{PUTIN}"),
        NOT_FOLLOWED,
    ),
    **dict.fromkeys((f"u:{PUTIN}", f"u:{PUTIN}:1", f"x:{PUTIN}:1", f"yu:{PUTIN}"), NOT_ANY_MORE),
    # there is no such one
    **dict.fromkeys(
        (f"f:{NOBODY}", f"s:{NOBODY}", f"f:{NOBODY}:1", f"u:{NOBODY}", f"u:{NOBODY}:1",
         f"x:{NOBODY}:1", f"w:{NOBODY}", f"o:{NOBODY}:1", f"m:{NOBODY}:m:1", f"fl:{NOBODY}:1",
         f"fw:{NOBODY}", f"fx:{NOBODY}:1", f"y:{NOBODY}", f"yf:{NOBODY}", f"wc:{NOBODY}"),
        UNKNOWN_ONE,
    ),
    "r:999": says(texts.reading.GONE_EVENT),
    "c:999:1": says(texts.digests.GONE_BUNDLE),
    "k:-": says(texts.days.NO_DAY_TOAST),
    # no button of today's sends it
    **dict.fromkeys(
        ("f:0", "f:-1", "f:1x", "f:" + "9" * 40, "o:1", "m:1:z:1", "u:1:0", "c:0:1", "r:", "😀",
         "t:2017-02-30:1", "n:9999-12-31:1", "k:2017-13:t:2017-11-23:1", "wk:1:2017-02-30",
         "wk:2:2017-11-23", "set:digest:1440", "set:digest:9e9", "set:quiet:600-600",
         "set:quiet:0-1440", "set:zone:Mars/Base", "set:zone:../etc/passwd", "set:until:1440",
         "set:language:xx", "set:weekly:7", "fg:0", "fg:999", "go:nowhere", "nonsense", "u:1@",
         "u:1@12", "u:1@-1"),
        STALE,
    ),
    "u:1@-1009999999999": says(texts.groups.TARGET_UNKNOWN, name=this("-1009999999999")),
}  # fmt: skip


async def test_a_button_too_late_or_forged_says_so(
    talk: Talk, story: Story, database: Database, words: Words
) -> None:
    await story.tell(MEETING)
    await talk.say("/follow Omar al-Bashir")
    await talk.say("/follow Vladimir Putin")
    await talk.say("/unfollow Vladimir Putin")
    shown, wrong = await talk.say("/about"), []
    for data, intended in PRESSES.items():
        talk.clock.pass_by(minutes=1)
        text, _ = answer(await talk.forge(shown, data))
        if text != intended(words, ""):
            wrong.append(f"{data}: {text!r} instead of {intended(words, '')!r}")
    assert wrong == []
    assert await follows_of(database, talk.reader.id) == ["Omar al-Bashir"]
    talk.forgive("getChat", "editMessageText")  # what several presses make of it is the same


async def test_a_group_that_moved_between_question_and_press(
    talk: Talk, story: Story, database: Database, words: Words
) -> None:
    await story.tell(MEETING)
    group = talk.world.add_group("Friends", talk.reader)
    (told,) = await talk.told(group, "/follow Vladimir Putin")
    moved = talk.world.keep(replace(told, chat=talk.world.migrate(group)))
    press = await talk.press(words(texts.labels.BUTTON_UNFOLLOW), moved)
    assert answer(press)[0] == says(texts.follows.UNFOLLOWED, who=WHO)(several(words), "")
    assert await follows_of(database, moved.chat.id) == []


# --- groups

# What a command says without anything behind it, to who may use it there.
ASKED: dict[str, Sentence] = {
    "follow": says(texts.follows.FOLLOW_WHOM),
    "unfollow": says(texts.follows.FOLLOWING_NONE),
    "following": says(texts.follows.FOLLOWING_NONE),
    "filter": says(texts.follows.FOLLOWING_NONE),
    "today": says(texts.days.NOTHING_YET),
    "related": says(texts.events.NOTHING_ALERTED),
    "event": says(texts.events.WHICH_EVENT),
    "search": says(texts.events.SEARCH_WHAT),
    "week": says(texts.follows.FOLLOWING_NONE),
    "timeline": says(texts.charts.TIMELINE_WHOM),
    "digest": says(texts.settings.DIGEST_NONE),
    "timezone": begins(texts.settings.ZONE_NOT_CHOSEN),
    "quiet": says(texts.settings.QUIET_NONE),
    "language": begins(texts.settings.LANGUAGE_NOW),
    "settings": says(texts.settings.SETTINGS_HEAD),
    "stop": says(texts.settings.PAUSE),
    "export": begins(texts.groups.ONLY_PRIVATE_DATA),
    "forget": begins(texts.groups.ONLY_PRIVATE_DATA),
    "about": begins(texts.privacy.ABOUT_ME),
    "help": says(texts.groups.HELP_ALL),
    "start": says(texts.groups.GROUP_HELLO),
}


def to_member(command: str) -> Sentence:
    """What a member without rights hears."""
    if not changes(command):
        return ASKED[command]
    about_follows = command in ("follow", "unfollow", "filter")
    return says(texts.groups.NOT_ADMIN_FOLLOWS if about_follows else texts.groups.NOT_ADMIN)


def to_administrator(command: str) -> Sentence:
    """What an administrator hears who sends one after the other: /stop comes before /start."""
    return says(texts.settings.BACK_NOTHING) if command == "start" else ASKED[command]


def unlike(command: str, told: list[Message], intended: str) -> str | None:
    """What is wrong with the answers to a message, if anything."""
    if len(told) == 1 and told[0].text.startswith(intended):
        return None
    return f"{command}: {[each.text[:200] for each in told]} instead of {intended!r}"


@pytest.mark.parametrize("who", ["member", "anonymous", "wrong bot"])
async def test_every_command_in_a_group(talk: Talk, story: Story, words: Words, who: str) -> None:
    await story.tell(MEETING)
    member = talk.world.add_user("Bob", language_code=words.language)
    group = talk.world.add_group("Friends", talk.reader, [member], bot="left")
    talk.world.invite(group, talk.reader)
    await talk.work()
    wrong = []
    for command in texts.commands.COMMANDS:
        talk.clock.pass_by(minutes=1)
        match who:
            case "member":
                told = await talk.told(group, f"/{command}", by=member)
                wrong.append(unlike(command, told, to_member(command)(several(words), "")))
            case "anonymous":
                told = await talk.told(group, f"/{command}", anonymously=True)
                wrong.append(unlike(command, told, to_administrator(command)(several(words), "")))
            case _:
                told = await talk.told(group, f"/{command}@other_bot 25:00")
                wrong.append(f"/{command} was answered" if told else None)
    assert [line for line in wrong if line] == []


# What an administrator sends in a group, and hears there.
BAD: dict[str, Sentence] = {
    "/follow 😀": says(texts.reading.NO_WORDS),
    "/follow Qwrtz": says(texts.follows.UNKNOWN, name=typed),
    "/unfollow Qwrtz": says(texts.follows.FOLLOWING_NONE),
    "/filter Qwrtz: war": says(texts.follows.FOLLOWING_NONE),
    "/today 2017-02-30": says(texts.days.NOT_IN_MONTH, month=month("2017-02-01"), day=this("30")),
    "/today 32 Foo": says(texts.days.UNCLEAR_DAY, typed=typed),
    "/event 999": says(texts.reading.GONE_EVENT),
    "/event_0": says(texts.events.BAD_NUMBER, typed=quote("/event_0")),
    "/related 9e99": says(texts.events.BAD_NUMBER, typed=typed),
    "/search *": says(texts.events.SEARCH_WHAT),
    "/timeline Qwrtz": says(texts.follows.UNKNOWN, name=typed),
    "/digest 25:00": says(texts.settings.DIGEST_UNREAD, typed=typed),
    "/quiet 22-22": says(texts.settings.QUIET_UNREAD, typed=typed),
    "/timezone Qwrtz": says(texts.settings.ZONE_UNKNOWN, name=typed),
    "/language klingon": says(texts.settings.LANGUAGE_UNREAD, typed=typed),
    "/zzzz@dateline_bot": says(texts.reading.UNKNOWN_COMMAND, typed=quote("/zzzz@dateline_bot")),
}


async def test_bad_input_in_a_group(talk: Talk, story: Story, words: Words) -> None:
    await story.tell(MEETING)
    group = talk.world.add_group("Friends", talk.reader)
    wrong = []
    for text, intended in BAD.items():
        talk.clock.pass_by(minutes=1)
        told = await talk.told(group, text)
        wrong.append(unlike(text, told, intended(several(words), text.partition(" ")[2])))
    assert [line for line in wrong if line] == []


def test_every_command_is_in_the_table() -> None:
    assert set(ASKED) == set(texts.commands.COMMANDS)
    private = begins(texts.groups.ONLY_PRIVATE_DATA)(Words("en"), "")
    assert all(ASKED[command](Words("en"), "") == private for command in PRIVATE)


# --- channels

# A channel's name, what the bot is in it, and what its administrator hears in private.
CHANNELS: dict[str, tuple[Status | None, str]] = {
    "@nobody_there": (None, texts.groups.TARGET_UNKNOWN),
    "@left_it": ("left", texts.groups.TARGET_NOT_THERE),
    "@thrown_out": ("kicked", texts.groups.TARGET_NOT_THERE),
    "@no_right": ("member", texts.groups.TARGET_MAY_NOT_POST),
    "@not_mine": ("administrator", texts.groups.TARGET_NOT_ADMIN),
}


async def test_every_command_for_a_channel(
    talk: Talk, story: Story, database: Database, words: Words
) -> None:
    await story.tell(MEETING)
    for name, (status, _) in CHANNELS.items():
        owner = None if name == "@not_mine" else talk.reader
        if status:
            world, title = talk.world, name.removeprefix("@")
            world.add_group(title, owner, kind="channel", username=title, bot=status)
    wrong = []
    for name, (status, text) in CHANNELS.items():
        for command in filter(takes_target, texts.commands.COMMANDS):
            talk.clock.pass_by(minutes=1)
            told = await talk.say(f"/{command} Vladimir Putin {name}")
            intended = says(text, name=this(name))(words, "")
            adding = words(texts.groups.BUTTON_ADD_TO_CHANNEL) in labels(told)
            leads_on = adding == (status in (None, "left", "kicked"))
            if told.text != intended or not leads_on:
                wrong.append(f"/{command} {name}: {told.text!r}, {labels(told)}")
    assert wrong == []
    assert await follows_of(database, talk.reader.id) == []
    talk.forgive("getChat", "getChatMember", "getChatAdministrators")


# --- limits


async def test_the_twenty_first_command_of_a_minute(talk: Talk, words: Words) -> None:
    for _ in range(MOST + 5):
        talk.world.say(talk.reader, "/about")
    await talk.work()
    told = [message.text for message in talk.world.sent(talk.reader)]
    assert len(told) == MOST + 1
    assert told[MOST] == counts(texts.groups.TOO_FAST, MOST)(words, "")
    talk.clock.pass_by(minutes=1)
    assert (await talk.say("/follow")).text == words(texts.follows.FOLLOW_WHOM)


async def test_an_export_larger_than_one_file(talk: Talk, words: Words) -> None:
    for _ in range(MOST):
        talk.world.say(talk.reader, "/help")
    await talk.work()
    talk.clock.pass_by(minutes=1)
    before = len(talk.world.sent(talk.reader))
    await talk.say("/export")
    parts = talk.world.sent(talk.reader)[before:]
    assert len(parts) > 1
    for number, part in enumerate(parts, 1):
        places = {"day": day("2017-11-24"), "part": this(str(number)),
                  "parts": this(str(len(parts)))}  # fmt: skip
        assert part.text == says(texts.privacy.EXPORT_PART, **places)(words, "")
        assert part.media is not None


# --- chats of which nobody knows


async def test_a_press_by_a_stranger_in_a_private_answer_of_another_chat(
    talk: Talk, story: Story, database: Database, words: Words
) -> None:
    await story.tell(MEETING)
    channel = talk.world.add_channel("The News", talk.reader, "the_news")
    told = await talk.say("/follow Vladimir Putin @the_news")
    stranger = talk.world.add_user("Eve", language_code=words.language)
    elsewhere: Chat = talk.world.add_group("Theirs", stranger)
    forged = talk.world.keep(replace(told, chat=elsewhere))
    press = await talk.forge(forged, f"u:{PUTIN}@{channel.id}", by=stranger)
    assert answer(press) == (words(texts.reading.STALE), True)
    assert await follows_of(database, channel.id) == ["Vladimir Putin"]
