"""Filters of follows by what is typed, on both databases."""

from __future__ import annotations

import pytest

from bot.services.conversation import Conversation
from bot.services.filtering import (
    Filtered,
    Filtering,
    NamedFilter,
    Removed,
)
from bot.services.finding import Several
from bot.services.following import NotFollowed
from storage.database import Database
from storage.model import Filter
from tests.support.filtering import by_name, filters, follow
from tests.support.requests import Kept, request, undressed
from tests.support.story import POLITICS, Story, account

TALKS = account("2017-11-23", "[[Vladimir Putin]] talks of a ceasefire.", category=POLITICS)


@pytest.mark.parametrize(
    ("text", "must"),
    [
        ("putin: ceasefire", ("ceasefire",)),
        ("Vladimir Putin：停火", ("停火",)),
        ("Putin: at 12:30", ("at", "12:30")),
        ("putin", ()),
        ('Putin: "off"', ("off",)),
        ("Putin: offshore", ("offshore",)),
    ],
)
async def test_a_follow_is_named_and_words_stand_behind_a_colon(
    database: Database, story: Story, text: str, must: tuple[str, ...]
) -> None:
    await follow(database, story, "Vladimir Putin")
    answer = await by_name(database, text)
    assert isinstance(answer, Filtered)
    assert answer.entry.follow.filter == Filter(must=must)
    assert await filters(database) == [Filter(must=must)]


@pytest.mark.parametrize("typed", ["off", "OFF.", "aus", "нет", "关闭", "-", "–", ""])
async def test_a_filter_is_removed_by_words_that_say_so(
    database: Database, story: Story, typed: str
) -> None:
    await story.tell(TALKS)
    await follow(database, story, "Vladimir Putin")
    await by_name(database, "Putin: football")
    for was in (True, False):
        answer = await by_name(database, f"Putin: {typed}".rstrip())
        assert isinstance(answer, Removed)
        assert (answer.was, answer.now.passing, answer.now.total) == (was, 1, 1)
        assert await filters(database) == [Filter()]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("sports", Filter(("Sports",), ("peace",))),
        ("Deporte", Filter(("Sports",), ("peace",))),  # as called elsewhere
        ("politics and elections, Sports", Filter((POLITICS, "Sports"), ("peace",))),
        ("chess", Filter(("Chess",), ("peace",))),  # one that the week's events have
        ("Sports ceasefire", Filter((), ("Sports", "ceasefire"))),
        ("sports, war", Filter((), ("sports", "war"))),
        ('"sports"', Filter((), ("sports",))),
        ("-sports", Filter((), (), ("sports",))),
    ],
)
async def test_categories_are_named_as_they_are_pressed(
    database: Database, story: Story, typed: str, wanted: Filter
) -> None:
    await story.tell(account("2017-11-22", "[[Magnus Carlsen]] plays.", category="Chess"))
    await follow(database, story, "Vladimir Putin")
    await by_name(database, "Putin: peace")
    kept: Kept[NamedFilter] = Kept()
    filtering = Filtering(Conversation(database, dress=undressed))
    called = {"sports": "Sports", "Sports": "Sports", "Deporte": "Sports"}
    called["politics and elections"] = POLITICS
    await filtering.by_name(request(), f"Putin: {typed}", kept, called.get)
    assert await filters(database) == [wanted]


async def test_a_name_may_have_a_colon_itself(database: Database, story: Story) -> None:
    await follow(database, story, "Star Wars", "Star Wars: The Last Jedi")
    assert isinstance(await by_name(database, "Star Wars: The Last Jedi"), Filtered)
    await by_name(database, "Star Wars: The Last Jedi: trailer")
    assert await filters(database) == [Filter(), Filter(must=("trailer",))]


async def test_names_of_several_and_of_nobody_are_answered_as_for_unfollow(
    database: Database, story: Story
) -> None:
    assert await by_name(database, "Putin: war") == NotFollowed("Putin", (), any=False)
    await follow(database, story, "Omar al-Bashir", "Martin Bashir")
    several = await by_name(database, "Bashir: war")
    assert isinstance(several, Several)
    assert (several.name, len(several.entities)) == ("Bashir", 2)
    nobody = await by_name(database, "Omar al Basheer: war")
    assert isinstance(nobody, NotFollowed)
    assert (nobody.name, [e.label for e in nobody.nearest]) == (
        "Omar al Basheer",
        ["Omar al-Bashir"],
    )
    assert await filters(database) == [Filter(), Filter()]
