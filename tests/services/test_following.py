"""Follow, unfollow and list, on both databases."""

from __future__ import annotations

import pytest

from bot.services.finding import Finder, Several
from bot.services.following import (
    FollowAnswer,
    Followed,
    Gone,
    NotFollowed,
    TooMany,
    Unfollowed,
)
from storage.database import Database
from storage.model import ChatState, Entity
from tests.support.requests import READER, Kept, request
from tests.support.story import NOON, Story, account
from tests.support.using import Encyclopedia, follow, follows, service, unfollow


async def test_a_clear_name_is_followed_with_its_latest_events(
    database: Database, story: Story
) -> None:
    told = [
        await story.tell(account(f"2017-11-{day}", f"[[Robert Mugabe]] speaks on day {day}."))
        for day in (15, 18, 21, 19)
    ]
    following = service(database)
    answer = await follow(following, "robert MUGABE")
    assert isinstance(answer, Followed)
    assert answer.new
    assert answer.entity.label == "Robert Mugabe"
    assert [event.id for event in answer.latest] == [told[2], told[3], told[1]]
    assert await follows(following) == ["Robert Mugabe"]


async def test_following_twice_is_one_follow(database: Database, story: Story) -> None:
    await story.tell(account("2017-11-21", "[[Robert Mugabe]] resigns."))
    following = service(database)
    await follow(following, "Robert Mugabe")
    answer = await follow(following, "Robert Mugabe")
    assert isinstance(answer, Followed)
    assert not answer.new
    assert await follows(following) == ["Robert Mugabe"]


async def test_the_same_update_changes_nothing_the_second_time(
    database: Database, story: Story
) -> None:
    await story.tell(account("2017-11-21", "[[Robert Mugabe]] resigns."))
    search = Encyclopedia()
    following = service(database, Finder(database, search))
    once, kept = request(), Kept[FollowAnswer]()
    await following.follow(once, "Nobody Known", kept)
    await following.follow(once, "Robert Mugabe", kept)
    assert len(kept.answers) == 1
    assert search.asked == ["Nobody Known"]
    assert await follows(following) == []


async def test_no_more_follows_than_allowed(database: Database, story: Story) -> None:
    await story.tell(account("2017-11-23", "[[Omar al-Bashir]] visits [[Russia]]."))
    following = service(database, most_follows=1)
    await follow(following, "Russia")
    assert await follow(following, "Omar al-Bashir") == TooMany(1)
    assert isinstance(await follow(following, "Russia"), Followed)
    assert await follows(following) == ["Russia"]


async def test_readers_follow_apart(database: Database, story: Story) -> None:
    await story.tell(account("2017-11-23", "[[Omar al-Bashir]] visits [[Russia]]."))
    following = service(database)
    await follow(following, "Russia", 1)
    await follow(following, "Omar al-Bashir", 2)
    assert await follows(following, 1) == ["Russia"]
    assert await follows(following, 2) == ["Omar al-Bashir"]


async def test_following_by_number_knows_the_event_and_suggests_others(
    database: Database, story: Story
) -> None:
    event = await story.tell(account("2017-11-23", "[[Omar al-Bashir]] visits [[Russia]]."))
    russia = await story.use_words("Russia", "Russia", 1)
    kept: Kept[Followed | TooMany | Gone] = Kept()
    await service(database).follow_entity(request(), russia, kept, event_id=event)
    answer = kept.only
    assert isinstance(answer, Followed)
    assert answer.beside is not None
    assert answer.beside.id == event
    assert answer.follows == {russia}
    assert [e.label for e in answer.suggestions] == ["Omar al-Bashir"]


@pytest.mark.parametrize("number", [0, 77, 2**63, 10**30])
async def test_a_number_that_is_nobody_changes_nothing(database: Database, number: int) -> None:
    following = service(database)
    kept: Kept[Followed | TooMany | Gone] = Kept()
    await following.follow_entity(request(), number, kept)
    left: Kept[Unfollowed | Gone] = Kept()
    await following.unfollow_entity(request(), number, left)
    assert (kept.only, left.only) == (Gone(), Gone())
    assert await follows(following) == []


async def test_a_deep_link_takes_a_chat_back_that_was_unreachable(
    database: Database, story: Story
) -> None:
    russia = await story.use_words("Russia", "Russia", 1)
    async with database.transaction() as tx:
        await tx.chats.chat(READER, NOON)
        await tx.chats.set_state(READER, ChatState.UNREACHABLE, NOON)
    kept: Kept[Followed | TooMany | Gone] = Kept()
    await service(database).follow_entity(request(), russia, kept, starting=True)
    async with database.transaction() as tx:
        assert (await tx.chats.chat(READER, NOON)).state is ChatState.ACTIVE


@pytest.mark.parametrize("name", ["Omar al-Bashir", "omar bashir", "Bashir", "el presidente"])
async def test_unfollow_by_name_among_what_is_followed(
    database: Database, story: Story, name: str
) -> None:
    await story.tell(account("2017-11-23", "[[Omar al-Bashir]] visits [[Russia]]."))
    await story.use_words("Omar al-Bashir", "el Presidente", 1)
    await story.use_words("Martin Bashir", "Bashir", 9)
    following = service(database)
    await follow(following, "Omar al-Bashir")
    await follow(following, "Russia")
    answer = await unfollow(following, name)
    assert isinstance(answer, Unfollowed)
    assert answer.was
    assert [follow.entity.label for follow in answer.left] == ["Russia"]
    assert await follows(following) == ["Russia"]


async def test_unfollow_asks_where_several_are_meant(database: Database, story: Story) -> None:
    await story.tell(account("2017-11-23", "[[Omar al-Bashir]] and [[Martin Bashir]] meet."))
    following = service(database)
    await follow(following, "Omar al-Bashir")
    await follow(following, "Martin Bashir")
    answer = await unfollow(following, "bashir")
    assert isinstance(answer, Several)
    assert len(answer.entities) == 2
    assert len(await follows(following)) == 2


async def test_unfollow_of_what_is_not_followed_names_the_nearest(
    database: Database, story: Story
) -> None:
    await story.tell(account("2017-11-23", "[[Omar al-Bashir]] visits [[Russia]]."))
    following = service(database)
    assert await unfollow(following, "Russia") == NotFollowed("Russia", (), False)
    await follow(following, "Omar al-Bashir")
    assert await unfollow(following, "Russia") == NotFollowed("Russia", (), True)
    answer = await unfollow(following, "Omar al Basheer")
    assert isinstance(answer, NotFollowed)
    assert [e.label for e in answer.nearest] == ["Omar al-Bashir"]


async def test_a_stale_unfollow_button_says_so(database: Database, story: Story) -> None:
    russia = await story.use_words("Russia", "Russia", 1)
    kept: Kept[Unfollowed | Gone] = Kept()
    await service(database).unfollow_entity(request(), russia, kept)
    assert kept.only == Unfollowed(Entity(russia, "Russia"), False)
