"""The table of bad input: each command, each input, two languages, the intended sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.core.filters import LONGEST_WORD, MOST_WORDS
from bot.core.flood import MOST
from bot.standin.model import Message
from bot.telegram import texts
from bot.telegram.commands.events import LONGEST_SEARCH
from bot.telegram.commands.said import LONGEST_NAME
from bot.telegram.wording import Words
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
    word,
)
from tests.support.languages import words
from tests.support.story import Story, account
from tests.support.talk import Talk, labels

__all__ = ["words"]  # a fixture


# What is sent behind every command.
NOTHING = ""
UNSEEN = "\u202e\u2066"  # signs that turn the direction of what follows, and nothing more
EMOJI = "😀🎉"
LONG = "x" * 300
TURNED = "\u202eQwrtz\u2066"
CONTROL = "q\x00\x07wrtz"
MARKUP = "<b>&amp;</b>"
NUMBER = "9e99"
BAD = (NOTHING, UNSEEN, EMOJI, LONG, TURNED, CONTROL, MARKUP, NUMBER)
STRANGE = (TURNED, CONTROL, MARKUP, NUMBER)

Rows = dict[str, Sentence]


def each(inputs: Iterable[str], sentence: Sentence) -> Rows:
    """The same sentence for several inputs."""
    return dict.fromkeys(inputs, sentence)


def ignores(sentence: Sentence) -> Rows:
    """A command that takes nothing behind it."""
    return each(BAD, sentence)


NO_NAME: Rows = {
    EMOJI: says(texts.reading.NO_WORDS),
    LONG: counts(texts.reading.TOO_LONG, LONGEST_NAME),
}
WHOM_LISTED = says(texts.follows.FOLLOWING_HEAD, count=this("3"))
NOT_LISTED = says(texts.follows.NOT_FOLLOWED, name=typed)
UNCLEAR_DAY = says(texts.days.UNCLEAR_DAY, typed=typed)
NO_NUMBER = says(texts.events.BAD_NUMBER, typed=typed)
NO_TIME = says(texts.settings.DIGEST_UNREAD, typed=typed)
NO_PAUSE = says(texts.settings.PAUSE_UNREAD, typed=typed)
NO_SPAN = says(texts.settings.QUIET_UNREAD, typed=typed)
NO_PLACE = says(texts.settings.ZONE_UNKNOWN, name=typed)
NO_LANGUAGE = says(texts.settings.LANGUAGE_UNREAD, typed=typed)
NO_SUCH_EVENT = says(texts.reading.GONE_EVENT)
SEARCH_WHAT = says(texts.events.SEARCH_WHAT)

# --- who follows nobody yet

NEWCOMER: dict[str, Rows] = {
    "export": ignores(says(texts.privacy.EXPORT_ALL, day=day("2017-11-24"))),
    "start": ignores(says(texts.starting.WELCOME))
    | {
        "f_999": says(texts.reading.GONE_ENTITY),  # a shared link to whom nobody knows
        "f_0": says(texts.reading.GONE_ENTITY),
        f"f_{'9' * 30}": says(texts.reading.GONE_ENTITY),
        "f_x": says(texts.starting.WELCOME),
        "f_": says(texts.starting.WELCOME),
    },
    "following": ignores(says(texts.follows.FOLLOWING_NONE)),
    "week": each((NOTHING, UNSEEN), says(texts.follows.FOLLOWING_NONE))
    | each((EMOJI, LONG, *STRANGE), says(texts.charts.WEEK_ALONE, typed=typed)),
    "unfollow": {
        NOTHING: says(texts.follows.FOLLOWING_NONE),
        "Bush": says(texts.follows.FOLLOWING_NONE),
    },
    "filter": {
        NOTHING: says(texts.follows.FOLLOWING_NONE),
        "Bush: war": says(texts.follows.FOLLOWING_NONE),
    },
    "timeline": {NOTHING: says(texts.charts.TIMELINE_WHOM)},
}

# --- who follows Vladimir Putin and two of the name Bush

FOLLOWED = ("Vladimir Putin", "George H. W. Bush", "George W. Bush")
OLDER = "George H. W. Bush"

FOLLOWER: dict[str, Rows] = {
    "follow": NO_NAME
    | each((NOTHING, UNSEEN), says(texts.follows.FOLLOW_WHOM))
    | each(STRANGE, says(texts.follows.UNKNOWN, name=typed))
    | {
        "Vladmir Puti": says(texts.follows.UNKNOWN_NEAR_ONE, name=typed),
        "Bush": says(texts.follows.WHICH, name=typed),
        "Vladimir Putin": says(texts.follows.FOLLOWED_ALREADY, who=this("Vladimir Putin")),
    },
    "unfollow": NO_NAME
    | each((NOTHING, UNSEEN), WHOM_LISTED)
    | each(STRANGE, NOT_LISTED)
    | {
        "Omar al-Bashir": NOT_LISTED,
        "Vladmir Putin": says(texts.follows.NOT_FOLLOWED_NEAR_ONE, name=typed),
        "Bush": says(texts.follows.WHICH_UNFOLLOW, name=typed),
    },
    "following": each((NOTHING, EMOJI), WHOM_LISTED),
    "filter": each((NOTHING, UNSEEN), WHOM_LISTED)
    | each((LONG, *STRANGE), NOT_LISTED)
    | {
        EMOJI: says(texts.reading.NO_WORDS),
        ": war": says(texts.reading.NO_WORDS),
        "Bush": says(texts.follows.WHICH, name=typed),
        "Bush: war": says(texts.follows.WHICH, name=quote("Bush")),
        "Angela: war": says(texts.follows.NOT_FOLLOWED, name=quote("Angela")),
        "Vladmir Putin: war": says(
            texts.follows.NOT_FOLLOWED_NEAR_ONE, name=quote("Vladmir Putin")
        ),
        "Vladimir Putin: 😀": says(
            texts.filters.FILTER_NO_WORDS, example=word(texts.filters.FILTER_EXAMPLE)
        ),
        f"{OLDER}: war -war": says(texts.filters.FILTER_CONTRADICTION, word=quote("war")),
        f"{OLDER}: {' '.join(f'w{n}' for n in range(MOST_WORDS + 1))}": counts(
            texts.filters.FILTER_TOO_MANY, MOST_WORDS
        ),
        f"{OLDER}: {'y' * (LONGEST_WORD + 1)}": counts(
            texts.filters.FILTER_TOO_LONG, LONGEST_WORD, word=quote("y" * (LONGEST_WORD + 1))
        ),
    },
    "today": each((NOTHING, UNSEEN), says(texts.days.NOTHING_YET))
    | each((EMOJI, LONG, *STRANGE), UNCLEAR_DAY)
    | {
        "32 Foo": UNCLEAR_DAY,
        "2017-02-30": says(texts.days.NOT_IN_MONTH, month=month("2017-02-01"), day=this("30")),
        "2017-13-01": says(texts.days.NEVER_WAS, day=this("2017-13-01")),
        "0000-00-00": says(texts.days.NEVER_WAS, day=this("0000-00-00")),
        "1066-10-14": says(
            texts.days.TOO_EARLY,
            day=day("1066-10-14"),
            first=day("2017-11-20"),
            iso=this("2017-11-20"),
        ),
        "2030-01-01": says(texts.days.TOO_LATE, day=day("2030-01-01")),
    },
    "related": each((NOTHING, UNSEEN), says(texts.events.NOTHING_ALERTED))
    | each((EMOJI, LONG, *STRANGE, "0", "-1"), NO_NUMBER)
    | {"999": NO_SUCH_EVENT, "event 999": NO_SUCH_EVENT},
    "event": each((NOTHING, UNSEEN), says(texts.events.WHICH_EVENT))
    | each((EMOJI, LONG, *STRANGE, "0", "-1", "1.5", "1 2", "9" * 30), NO_NUMBER)
    | {"999": NO_SUCH_EVENT, "9" * 18: NO_SUCH_EVENT},
    "search": each((NOTHING, UNSEEN, EMOJI, '"', "*", "-"), SEARCH_WHAT)
    | each((*STRANGE, "NOT", "a OR b"), says(texts.events.FOUND_NONE, words=typed))
    | {LONG: counts(texts.reading.TOO_LONG_SEARCH, LONGEST_SEARCH)},
    "timeline": NO_NAME
    | each((NOTHING, UNSEEN), says(texts.charts.TIMELINE_WHOM))
    | each(STRANGE, says(texts.follows.UNKNOWN, name=typed))
    | {
        "Vladmir Puti": says(texts.follows.UNKNOWN_NEAR_ONE, name=typed),
        "Bush": says(texts.follows.WHICH, name=typed),
    },
    "digest": each((NOTHING, UNSEEN), says(texts.settings.DIGEST_NONE))
    | each((EMOJI, LONG, *STRANGE), NO_TIME)
    | each(("25:00", "24:01", "8:75", "-1", "08:00 09:00", "noonish"), NO_TIME),
    "timezone": each((NOTHING, UNSEEN), begins(texts.settings.ZONE_NOT_CHOSEN))
    | each((EMOJI, LONG, *STRANGE), NO_PLACE)
    | each(("Atlantida del Mar", "Mars/Base", "UTC+99", "../../etc/passwd"), NO_PLACE)
    | {
        "London": says(texts.settings.ZONE_WHICH, name=typed),
        "Atlantis": begins(texts.settings.ZONE_NOW),  # a town in South Africa
    },
    "quiet": each((NOTHING, UNSEEN), says(texts.settings.QUIET_NONE))
    | each((EMOJI, LONG, *STRANGE), NO_SPAN)
    | each(("22-22", "25-7", "22:75-7:00", "22-7-9", "night"), NO_SPAN),
    "language": each((NOTHING, UNSEEN), begins(texts.settings.LANGUAGE_AS_TELEGRAM))
    | each((EMOJI, LONG, *STRANGE, "klingon", "xx", "english and german"), NO_LANGUAGE),
    "settings": ignores(says(texts.settings.SETTINGS_HEAD)),
    "forget": ignores(says(texts.privacy.FORGET_ASK)),
    "about": ignores(
        says(texts.privacy.ABOUT_ME, version=this("1.2.3"), licence=word(texts.privacy.MIT_LICENCE))
    ),
    "help": ignores(says(texts.starting.HELP_HEAD)),
    "stop": each((EMOJI, LONG, *STRANGE), NO_PAUSE)
    | {
        "Omar al-Bashir": NO_PAUSE,
        "Bush": NO_PAUSE,
        "Vladimir Putin": says(texts.settings.STOP_FOLLOWING, who=this("Vladimir Putin")),
        "10000 days": says(texts.settings.PAUSE_TOO_FAR, typed=typed),
        "0 days": says(texts.settings.PAUSE_NO_TIME, typed=typed),
        "until yesterday": says(texts.settings.PAUSE_PAST, typed=typed),
    }
    | each((NOTHING, UNSEEN), says(texts.settings.PAUSE)),
    "start": {NOTHING: says(texts.settings.BACK_NOTHING)},
    "nosuch": {NOTHING: says(texts.reading.UNKNOWN_COMMAND, typed=quote("/nosuch"))},
    "event_0": {NOTHING: says(texts.events.BAD_NUMBER, typed=quote("/event_0"))},
    "event_999": {NOTHING: NO_SUCH_EVENT},
    "event_x": {
        NOTHING: says(
            texts.reading.UNKNOWN_COMMAND_NEAR, typed=quote("/event_x"), command=this("/event")
        )
    },
    "follow@other_bot": {
        "Vladimir Putin": says(
            texts.reading.UNKNOWN_COMMAND_NEAR,
            typed=quote("/follow@other_bot"),
            command=this("/follow"),
        )
    },
}


def test_every_command_gets_every_bad_input() -> None:
    asked = {
        name: {**NEWCOMER.get(name, {}), **FOLLOWER.get(name, {})}
        for name in texts.commands.COMMANDS
    }
    assert {name: [bad for bad in BAD if bad not in asked[name]] for name in asked} == {
        name: [] for name in texts.commands.COMMANDS
    }


async def test_each_gets_the_intended_sentence_and_a_next_step(
    talk: Talk, story: Story, words: Words
) -> None:
    await story.tell(account("2017-11-23", "[[Omar al-Bashir]] meets [[Vladimir Putin]]."))
    await story.tell(account("2017-11-20", f"[[{OLDER}|Bush]] speaks."))
    await story.tell(account("2017-11-21", "[[George W. Bush|Bush]] speaks at home."))
    wrong = [await answered(talk, words, command, rows) for command, rows in NEWCOMER.items()]
    for name in FOLLOWED:
        await talk.say(f"/follow {name}")
    wrong += [await answered(talk, words, command, rows) for command, rows in FOLLOWER.items()]
    assert [line for lines in wrong for line in lines] == []


async def answered(talk: Talk, words: Words, command: str, rows: Rows) -> list[str]:
    """What is wrong with the answers to a command's rows, as many a minute as one may send."""
    before = len(talk.world.sent(talk.reader))
    asked = []
    for number, text in enumerate(rows, 1):
        asked.append(talk.world.say(talk.reader, f"/{command} {text}".strip()))
        if number in (MOST, len(rows)):
            await talk.work()
            talk.clock.pass_by(minutes=1)
    replies = talk.world.sent(talk.reader)[before:]
    if len(replies) != len(rows):
        return [f"/{command}: {len(rows)} messages got {len(replies)} answers"]
    found = zip(asked, replies, rows.values(), strict=True)
    return [line for each in found if (line := unlike(words, *each))]


def unlike(words: Words, asked: Message, reply: Message, intended: Sentence) -> str | None:
    """What is wrong with an answer, if anything."""
    sentence = intended(words, asked.text.partition(" ")[2])
    if not reply.text.startswith(sentence):
        return f"{asked.text[:50]!r}: {reply.text[:200]!r} instead of {sentence!r}"
    if not (labels(reply) or reply.media or re.search(r"/[a-z]+", reply.text)):
        return f"{asked.text[:50]!r}: nothing leads on from {reply.text!r}"
    if foreign := [label for label in labels(reply) if label in ENGLISH and words(label) != label]:
        return f"{asked.text[:50]!r}: buttons in English: {foreign}"
    return None


ENGLISH = {
    text
    for theme in texts.THEMES
    for name, text in vars(theme).items()
    if name.startswith("BUTTON_")
}
