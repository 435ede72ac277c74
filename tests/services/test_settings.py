"""What chats choose, on both databases: it is kept, and planned anew by it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.services.conversation import Conversation, Target
from bot.services.places import Cities, Places
from bot.services.places.cities import City
from bot.services.settings import ChatSettings, Misread, Preferences, Somewhere, Zoned
from storage.chats import Timetable
from storage.database import Database
from storage.model import Chat, ChatKind
from tests.support.digest_desk import minutes, utc
from tests.support.requests import Kept, request, undressed
from tests.support.story import NOON

NIGHT = (22 * 60, 7 * 60)
CITIES = Cities.of(
    [
        (City("Berlin", "DE", "Europe/Berlin", 3_700_000), ["Berlino"]),
        (City("Kathmandu", "NP", "Asia/Kathmandu", 1_400_000), []),
        (City("Springfield", "US", "America/Chicago", 170_000), []),
        (City("Springfield", "US", "America/New_York", 155_000), []),
    ]
)


@pytest.fixture
def preferences(database: Database) -> Preferences:
    return Preferences(Conversation(database, dress=undressed), Places(lambda: CITIES))


Use = Callable[..., Coroutine[Any, Any, None]]


async def chosen(use: Use, *arguments: object) -> Any:
    """The answer to a request for a use case with these arguments."""
    kept: Kept[Any] = Kept()
    await use(request(), *arguments, kept)
    return kept.only


async def chat_of(database: Database) -> tuple[Chat, Timetable]:
    """The chat, and what is due for it."""
    async with database.transaction() as tx:
        chat = await tx.chats.chat(request().telegram_id, NOON)
        return chat, await tx.chats.timetable(chat.id)


# --- the digest


async def test_a_digest_is_planned_by_the_readers_clock(
    preferences: Preferences, database: Database
) -> None:
    await chosen(preferences.choose_zone, "Asia/Kathmandu")
    settings = await chosen(preferences.digest, "8:30 pm")
    assert isinstance(settings, ChatSettings)
    assert settings.chat.digest_at == minutes("20:30")
    assert settings.next_digest is not None
    assert f"{settings.next_digest:%d %H:%M %z}" == "24 20:30 +0545"
    assert f"{settings.now:%d %H:%M}" == "24 17:45"
    _, timetable = await chat_of(database)
    assert timetable.digest_due_at == datetime(2017, 11, 24, 14, 45, tzinfo=UTC)
    assert timetable.digested_at == NOON


@pytest.mark.parametrize("typed", ["off", "aus", "нет", "reset", "none"])
async def test_no_time_zone_is_that_of_who_has_named_none(
    preferences: Preferences, database: Database, typed: str
) -> None:
    await chosen(preferences.zone, "Berlin")
    zoned = await chosen(preferences.zone, typed)
    assert isinstance(zoned, Zoned)
    assert (zoned.settings.chat.timezone, zoned.before) == ("UTC", "Europe/Berlin")
    assert (await chat_of(database))[0].timezone == "UTC"


async def test_another_zone_moves_what_is_planned(
    preferences: Preferences, database: Database
) -> None:
    await chosen(preferences.digest, "20:00")
    await chosen(preferences.quiet, "22-7")
    before = (await chat_of(database))[1]
    await chosen(preferences.zone, "Berlin")
    after = (await chat_of(database))[1]
    assert before.digest_due_at == utc("20:00", "2017-11-24")
    assert after.digest_due_at == utc("19:00", "2017-11-24")
    assert before.quiet_turns_at == utc("22:00", "2017-11-24")
    assert after.quiet_turns_at == utc("21:00", "2017-11-24")


async def test_off_ends_a_digest(preferences: Preferences, database: Database) -> None:
    await chosen(preferences.digest, "8")
    settings = await chosen(preferences.digest, "aus")
    assert (settings.chat.digest_at, settings.next_digest) == (None, None)
    assert (await chat_of(database))[1].digest_due_at is None


@pytest.mark.parametrize("typed", ["25:00", "noonish", "8:75", "24:01", "8-9", "😀", "8" * 400])
async def test_what_is_no_time_changes_nothing(preferences: Preferences, typed: str) -> None:
    await chosen(preferences.digest, "8")
    misread = await chosen(preferences.digest, typed)
    assert isinstance(misread, Misread)
    assert misread.typed == typed
    assert misread.settings.chat.digest_at == minutes("08:00")


async def test_nothing_typed_shows_what_is_chosen(preferences: Preferences) -> None:
    await chosen(preferences.digest, "8")
    for use in (preferences.digest, preferences.quiet):
        assert (await chosen(use, "")).chat.digest_at == minutes("08:00")


async def test_a_digest_in_quiet_hours_comes_at_their_end(preferences: Preferences) -> None:
    await chosen(preferences.choose_quiet, NIGHT)
    settings = await chosen(preferences.digest, "23:00")
    assert f"{settings.next_digest:%d %H:%M}" == "25 07:00"
    apart = await chosen(preferences.digest, "07:00")
    assert f"{apart.next_digest:%d %H:%M}" == "25 07:00"


async def test_a_weekly_digest_goes_with_the_daily_ones_hour(preferences: Preferences) -> None:
    settings = await chosen(preferences.choose_weekly, 6)
    assert (settings.chat.weekly_on, settings.weekly_minute) == (6, minutes("09:00"))
    assert (await chosen(preferences.digest, "20")).weekly_minute == minutes("20:00")
    assert (await chosen(preferences.choose_weekly, None)).chat.weekly_on is None


# --- quiet hours


async def test_quiet_hours_begin_at_once(preferences: Preferences, database: Database) -> None:
    settings = await chosen(preferences.quiet, "11:00 - 13:00")
    assert settings.quiet_until == utc("13:00", "2017-11-24")
    assert (await chat_of(database))[1].is_quiet
    settings = await chosen(preferences.quiet, "off")
    assert (settings.quiet, settings.quiet_until) == (None, None)
    assert not (await chat_of(database))[1].is_quiet


@pytest.mark.parametrize("typed", ["22:00-22:00", "22", "25-7", "10-7 am", "at night", "22-7-9"])
async def test_what_are_no_hours_changes_nothing(preferences: Preferences, typed: str) -> None:
    await chosen(preferences.choose_quiet, NIGHT)
    misread = await chosen(preferences.quiet, typed)
    assert isinstance(misread, Misread)
    assert (misread.settings.chat.quiet_from, misread.settings.chat.quiet_until) == NIGHT


# --- time zones


async def test_the_one_place_is_taken_and_what_was_before_is_told(
    preferences: Preferences,
) -> None:
    zoned = await chosen(preferences.zone, "berlino")
    assert isinstance(zoned, Zoned)
    assert zoned.place is not None
    assert (zoned.place.name, zoned.before) == ("Berlin", None)
    assert zoned.settings.chat.timezone_chosen
    again = await chosen(preferences.zone, "Kathmandu")
    assert (again.settings.chat.timezone, again.before) == ("Asia/Kathmandu", "Europe/Berlin")
    assert (await chosen(preferences.zone, "Kathmandu")).before is None


@pytest.mark.parametrize(
    ("typed", "zones"),
    [
        ("Springfield", ["America/Chicago", "America/New_York"]),
        ("Kathmandou", ["Asia/Kathmandu"]),  # only spelled like it: asked first
        ("Atlantis", []),
        ("../../etc/passwd", []),
    ],
)
async def test_what_may_be_several_places_or_none_changes_nothing(
    preferences: Preferences, database: Database, typed: str, zones: list[str]
) -> None:
    answer = await chosen(preferences.zone, typed)
    assert isinstance(answer, Somewhere)
    assert [place.zone for place in answer.places] == zones
    assert not (await chat_of(database))[0].timezone_chosen


async def test_a_position_has_a_zone_if_it_is_on_earth(preferences: Preferences) -> None:
    zoned = await chosen(preferences.locate, (27.7, 85.3))
    assert zoned.settings.chat.timezone == "Asia/Kathmandu"
    assert isinstance(await chosen(preferences.locate, (91.0, 0.0)), Somewhere)


def test_only_names_of_zones_are_zones(preferences: Preferences) -> None:
    assert preferences.is_zone("Asia/Kathmandu")
    for name in ("Asia/Nowhere", "", "../UTC", "asia/kathmandu"):
        assert not preferences.is_zone(name)


async def test_the_same_update_asks_for_a_place_once(preferences: Preferences) -> None:
    kept: Kept[Zoned | Somewhere] = Kept()
    for _ in range(2):
        await preferences.zone(request(update_id=77_001), "Berlin", kept)
    assert isinstance(kept.only, Zoned)


# --- language


async def test_the_language_is_telegrams_until_another_is_chosen(
    preferences: Preferences,
) -> None:
    async def answer(language: str | None, telegrams: str) -> Chat:
        kept: Kept[ChatSettings] = Kept()
        asked = replace(request(), language=telegrams)
        await preferences.choose_language(asked, language, kept)
        return kept.only.chat

    assert (await answer("ru", "de")).language == "ru"
    settings = await chosen(preferences.show)
    assert (settings.chat.language, settings.chat.language_chosen) == ("ru", True)
    back = await answer(None, "de")
    assert (back.language, back.language_chosen) == ("de", False)


async def test_the_answer_is_already_in_the_language_chosen(
    preferences: Preferences, database: Database
) -> None:
    languages: list[str] = []

    def view(chat: Chat, answer: ChatSettings) -> list[Any]:
        languages.append(chat.language)
        return []

    await preferences.choose_language(request(), "ar", view)
    channel = Target(-100_777_888, ChatKind.CHANNEL, "News")
    await preferences.choose_language(replace(request(), target=channel), "fr", view)
    assert languages == ["ar", "ar"]  # who chooses for a channel is answered in their own
    async with database.reading() as tx:
        (there,) = await tx.chats.topics(channel.telegram_id)
    assert there.language == "fr"
