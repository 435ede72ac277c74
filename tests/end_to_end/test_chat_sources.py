"""The operator's chats manage the sources over HTTP; nobody else's do."""

from __future__ import annotations

from dataclasses import replace

from bot.telegram import texts
from bot.telegram.menus import menus
from bot.telegram.wording import LANGUAGES, Wording, Words
from storage.database import Database
from storage.model import FeedState
from tests.support.intended import Sentence, counts, quote, says, this, typed
from tests.support.languages import words
from tests.support.operator_talk import (
    AWAY,
    EXAMPLE,
    PAGE,
    SLOW,
    Publishers,
    feeds_of,
    keep,
    publishers,
    talk,
)
from tests.support.talk import Talk, answer, labels, talking

__all__ = ["publishers", "talk", "words"]  # fixtures


# --- who may


async def test_everybody_else_is_told_that_it_is_not_theirs(
    talk: Talk, database: Database, words: Words, publishers: Publishers
) -> None:
    await keep(database)
    asked = await talk.say("/sources")
    eve = talk.world.add_user("Eve", language_code=words.language)
    for text in ("", " add https://new.example/rss", " check x", " pause 1", " remove 1", " what"):
        talk.world.say(eve, f"/sources{text}")
        await talk.work()
        told = talk.world.sent(eve)[-1]
        assert told.text == (
            f"{words(texts.sources.SOURCES_NOT_HERE)}\n\n"
            f"{words.plain(texts.sources.SOURCES_CHAT_NUMBER, number=str(eve.id))}"
        )
        assert labels(told) == [words(texts.labels.BUTTON_HELP)]
    chat = told.chat
    for data in ("sl:1", "st:p:1:1", "sx:1", "sk:1"):
        press = await talk.forge(replace(asked, chat=chat), data, by=eve)
        assert answer(press) == (words(texts.sources.SOURCES_NOT_HERE), True)
    assert publishers.asked == []
    assert {feed.state for feed in await feeds_of(database)} == {FeedState.ACTIVE}


async def test_in_a_listed_group_its_administrators_may(database: Database) -> None:
    (one, _) = await keep(database)
    async with talking(database, operators=frozenset({"@the_desk"})) as talk:
        bob = talk.world.add_user("Bob")
        desk = talk.world.add_group("Desk", talk.reader, [bob], username="the_desk")
        other = talk.world.add_group("Other", talk.reader, [bob])
        (told,) = await talk.told(desk, "/sources")
        assert told.text.startswith("2 sources.")
        (refused,) = await talk.told(desk, "/sources pause 1", by=bob)
        assert refused.text.startswith(Wording().of("en")(texts.groups.NOT_ADMIN)[:20])
        press = await talk.press("⏸ Feed 1", told, by=bob)
        assert press.answer is not None
        assert press.answer.show_alert
        assert (await feeds_of(database))[0].state is FeedState.ACTIVE
        await talk.press("⏸ Feed 1", told)
        assert (await feeds_of(database))[0] == replace(one, state=FeedState.PAUSED)
        (elsewhere,) = await talk.told(other, "/sources")
        assert elsewhere.text.startswith(texts.sources.SOURCES_NOT_HERE.split(".")[0])
        assert elsewhere.text.endswith(f"ADMIN_CHATS, is {other.id}")
        assert other.id < 0


# --- every command, every bad input

ROWS: dict[str, Sentence] = {
    "nonsense": says(texts.sources.SOURCES_HOW),
    "😀": says(texts.sources.SOURCES_HOW),
    **{
        verb: says(texts.sources.SOURCE_WHOSE_ADDRESS, example=this(f"/sources {verb} {EXAMPLE}"))
        for verb in ("add", "check")
    },
    **{
        f"{verb} {bad}": says(
            texts.sources.SOURCE_NO_ADDRESS, typed=quote(bad),
            example=this(f"/sources {verb} {EXAMPLE}"),
        )
        for verb in ("add", "check", "ADD")[:2]
        for bad in ("example.org", "x" * 300, "<b>&amp;</b>", "ftp://a.example", "https://a b",
                    "https://me:secret@a.example/")
    },
    **{verb: says(texts.sources.SOURCE_NO_NAME) for verb in ("pause", "resume", "remove", "Pause")},
    **{
        f"{verb} {bad}": says(texts.sources.SOURCE_UNKNOWN, typed=quote(bad))
        for verb in ("pause", "resume", "remove")
        for bad in ("999", "-1", "zzzzz", "😀", "<b>q</b>", "x" * 300, "https://q.example/")
    },
    "pause Feed": says(texts.sources.SOURCE_WHICH, typed=quote("Feed")),
    "pause Fed 1": says(texts.sources.SOURCE_UNKNOWN_NEAR, typed=quote("Fed 1")),
    "resume 1": says(texts.sources.SOURCE_IS_READ, title=this("Feed 1")),
    f"check {PAGE}": says(texts.sources.SOURCE_IS_PAGE, address=this(PAGE)),
    f"check {AWAY}": says(
        texts.sources.SOURCE_NOT_READ, address=this(AWAY),
        why=this("no connection to away.example"),
    ),
    f"check {SLOW}": says(
        texts.sources.SOURCE_SLOW, address=this(SLOW),
        command=this(f"dateline sources check {SLOW}"),
    ),
    f"add {PAGE}": says(texts.sources.SOURCE_IS_PAGE, address=this(PAGE)),
    "add https://f1.example/rss/": says(
        texts.sources.SOURCE_KNOWN, title=this("Feed 1"), number=this("1")
    ),
}  # fmt: skip


async def test_each_gets_the_intended_sentence_and_a_next_step(
    talk: Talk, database: Database, words: Words
) -> None:
    before = await keep(database)
    wrong = []
    for text, intended in ROWS.items():
        talk.clock.pass_by(minutes=1)
        told = await talk.say(f"/sources {text}")
        if not told.text.startswith(intended(words, text)):
            wrong.append(f"{text[:40]!r}: {told.text[:200]!r} not {intended(words, text)!r}")
        if "/sources" not in told.text and "dateline" not in told.text:
            wrong.append(f"{text[:40]!r}: nothing leads on from {told.text!r}")
    assert wrong == []
    assert await feeds_of(database) == before


STALE = {
    "st:p:999:1": None, "st:r:999:9": None, "sx:999": texts.sources.SOURCE_GONE,
    "sk:999": texts.sources.SOURCE_GONE, "st:q:1:1": texts.reading.STALE,
    "st:p:1": texts.reading.STALE, "sl:0": texts.reading.STALE,
    "sx:": texts.reading.STALE, "sx:1@-1": texts.reading.STALE,
}  # fmt: skip


async def test_stale_and_forged_buttons(talk: Talk, database: Database, words: Words) -> None:
    before = await keep(database)
    shown = await talk.say("/sources")
    for data, text in STALE.items():
        talk.clock.pass_by(minutes=1)
        press = await talk.forge(shown, data)
        told, is_alert = answer(press)
        assert told == words(text or texts.sources.SOURCE_GONE), data
        assert is_alert == (text is not None)
    assert await feeds_of(database) == before
    talk.forgive("editMessageText")  # the list is as it was


# --- the menu


def test_only_the_operators_chats_have_the_command_in_their_menu() -> None:
    made = menus(Wording(), [7, -1001234567890])
    having = [m for m in made if "sources" in {one["command"] for one in m["commands"]}]
    scopes = [m["scope"] for m in having]
    assert len(scopes) == 2 * len(LANGUAGES)
    assert scopes[0] == {"type": "chat", "chat_id": 7}
    assert scopes[-1] == {"type": "chat_administrators", "chat_id": -1001234567890}
    listed = [one["command"] for one in having[0]["commands"]]
    assert listed == [*texts.commands.COMMANDS, "sources"]


def test_a_count_has_its_sentence(words: Words) -> None:
    assert counts(texts.sources.SOURCES_HEAD, 2)(words, "").startswith("2 ")
    assert typed(words, "x") == quote("x")(words, "")


async def test_the_subscribers_of_a_channel_are_not_told_its_number(talk: Talk) -> None:
    channel = talk.world.add_channel("Daily", talk.reader)
    (told,) = await talk.told(channel, "/sources")
    assert told.text == texts.sources.SOURCES_NOT_HERE
