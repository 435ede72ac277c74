"""Choosing for groups and channels: by their administrators, there or in private."""

from __future__ import annotations

import pytest

from bot.standin.model import Chat
from bot.telegram import texts
from bot.telegram.wording import Words
from storage.database import Database
from tests.support.groups import press_data
from tests.support.languages import chat_of, quoted, several, words
from tests.support.talk import Talk, answer, labels

__all__ = ["words"]  # a fixture


@pytest.fixture
def group(talk: Talk) -> Chat:
    """The reader's own group."""
    return talk.world.add_supergroup("Friends", talk.reader)


@pytest.fixture
def channel(talk: Talk) -> Chat:
    """The reader's own channel."""
    return talk.world.add_channel("The News", talk.reader, "the_news")


async def test_a_group_chooses_by_its_administrators(
    talk: Talk, words: Words, database: Database, group: Chat
) -> None:
    member = talk.world.add_user("Bob")
    talk.world.join(group, member)
    (menu,) = await talk.told(group, "/settings")
    assert words(texts.settings.BUTTON_EXPORT) not in labels(menu)
    refused = await talk.press(labels(menu)[0], menu, by=member)
    assert answer(refused) == (words(texts.groups.NOT_ADMIN), True)
    await talk.press(labels(menu)[0], menu)
    await talk.press("20:00", talk.world.sent(group)[-1])
    assert (await chat_of(database, group.id)).digest_at == 20 * 60


async def test_in_a_group_nobody_is_asked_for_a_location(
    talk: Talk, words: Words, group: Chat
) -> None:
    (zone,) = await talk.told(group, "/timezone")
    assert words(texts.settings.BUTTON_LOCATION) not in labels(zone)
    refused = await press_data(talk, zone, "go:location")
    assert answer(refused) == (words(texts.groups.ONLY_PRIVATE), True)
    talk.world.send_location(talk.reader, 52.5, 13.4, chat=group)
    before = len(talk.world.sent(group))
    await talk.work()
    assert len(talk.world.sent(group)) == before


async def test_a_groups_pause_is_ended_by_start(
    talk: Talk, words: Words, database: Database, group: Chat
) -> None:
    await talk.told(group, "/stop")
    assert (await chat_of(database, group.id)).state.value == "paused"
    await talk.told(group, "/start")
    assert (await chat_of(database, group.id)).state.value == "active"


async def test_a_channel_is_set_up_from_private(
    talk: Talk, words: Words, database: Database, channel: Chat
) -> None:
    words = several(words)
    told = await talk.say("/digest 8 @the_news")
    assert words.plain(texts.settings.DIGEST_DAILY, time="08:00", place="UTC") in told.text
    await talk.press(words(texts.settings.BUTTON_SET_ZONE))
    berlin = next(label for label in labels(talk.newest()) if ":" in label)
    await talk.press(berlin)
    await talk.say("/language fr @the_news")
    there = await chat_of(database, channel.id)
    own = await chat_of(database, talk.reader.id)
    assert (there.digest_at, there.timezone_chosen, there.language) == (8 * 60, True, "fr")
    assert (own.digest_at, own.timezone_chosen, own.language_chosen) == (None, False, False)
    assert (await talk.say("/settings @the_news")).text.endswith("Français")
    assert words(texts.settings.BUTTON_EXPORT) not in labels(talk.newest())


async def test_for_a_group_telegrams_own_language_is_not_taken(
    talk: Talk, words: Words, database: Database, group: Chat
) -> None:
    await talk.say(f"/language fr {group.id}")
    told = await talk.say(f"/language auto {group.id}")
    assert quoted(words, texts.settings.LANGUAGE_UNREAD, "typed", "auto") in told.text
    there = await chat_of(database, group.id)
    assert (there.language, there.language_chosen) == ("fr", True)
