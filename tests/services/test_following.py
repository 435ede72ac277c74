"""Follow, unfollow and list, on both databases."""

from __future__ import annotations

import pytest

from bot.services.answering import Answering, EntityCard, LookupAnswer
from bot.services.conversation import Conversation
from bot.services.finding import Finder, Several
from bot.services.following import (
    Ended,
    FollowAnswer,
    FollowCard,
    Followed,
    Gone,
    NotFollowed,
    TooMany,
    Unfollowed,
)
from bot.services.naming import article_of
from storage.database import Database
from storage.model import ChatState, Entity, FollowMode
from tests.support.requests import READER, Kept, request, undressed
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


@pytest.mark.parametrize(
    ("name", "is_sure"),
    [("Iran", True), ("iran", True), ("Georgia", False), ("Jordan", False), ("Damascus", False)],
)
async def test_a_countrys_name_is_nobody_elses(
    database: Database, story: Story, name: str, is_sure: bool
) -> None:
    """A single word that no event has linked may name many who are not known yet, but for a
    country's."""
    async with database.transaction() as tx:
        await article_of(tx, name.capitalize())
    following = service(database)
    assert isinstance(await follow(following, name), Followed if is_sure else Several)
    kept: Kept[LookupAnswer] = Kept()
    answering = Answering(Conversation(database, dress=undressed), Finder(database))
    await answering.lookup(request(), name, kept)
    assert isinstance(kept.only, EntityCard if is_sure else Several)


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


# --- one follow by itself


async def test_a_follow_is_shown_with_how_it_is_told_and_the_digests_hour(
    database: Database, story: Story
) -> None:
    await story.use_words("Russia", "Russia", 9)
    following = service(database)
    answer = await follow(following, "Russia")
    assert isinstance(answer, Followed)
    shown: Kept[FollowCard | Ended] = Kept()
    await following.entry(request(), answer.entity.id, shown)
    async with database.transaction() as tx:
        (chat,) = await tx.chats.topics(READER)
        await tx.chats.choose_digest(chat.id, 480, NOON)
    for mode in (FollowMode.DIGEST, FollowMode.MUTED, FollowMode.AT_ONCE):
        await following.set_mode(request(), answer.entity.id, mode, shown)
    assert [
        isinstance(each, FollowCard) and (each.follow.mode, each.digest_at)
        for each in shown.answers
    ] == [
        (FollowMode.AT_ONCE, None),
        (FollowMode.DIGEST, 480),
        (FollowMode.MUTED, 480),
        (FollowMode.AT_ONCE, 480),
    ]


async def test_following_again_changes_nothing_and_says_how_it_is_told(
    database: Database, story: Story
) -> None:
    russia = await story.use_words("Russia", "Russia", 9)
    following = service(database)
    await follow(following, "Russia")
    await following.set_mode(request(), russia, FollowMode.MUTED, Kept[FollowCard | Ended]())
    again = await follow(following, "Russia")
    assert isinstance(again, Followed)
    assert (again.new, again.mode) == (False, FollowMode.MUTED)


@pytest.mark.parametrize("number", [0, 77, 2**63])
async def test_a_follow_that_is_none_leaves_the_list(
    database: Database, story: Story, number: int
) -> None:
    await story.use_words("Russia", "Russia", 9)
    sudan = await story.use_words("Sudan", "Sudan", 9)
    following = service(database)
    await follow(following, "Russia")
    kept: Kept[FollowCard | Ended] = Kept()
    for entity_id in (number, sudan):
        await following.set_mode(request(), entity_id, FollowMode.MUTED, kept)
        await following.entry(request(), entity_id, kept)
    ended = [each for each in kept.answers if isinstance(each, Ended)]
    assert [each.entity and each.entity.label for each in ended] == [None, None, "Sudan", "Sudan"]
    assert [[left.entity.label for left in each.left] for each in ended] == [["Russia"]] * 4


async def test_a_link_to_an_entity_that_was_merged_follows_the_one_that_stays(
    database: Database, story: Story
) -> None:
    kiev = await story.use_words("Kiev", "Kiev", 9)
    kyiv = await story.use_words("Kyiv", "Kyiv", 9)
    async with database.transaction() as tx:
        await tx.locks.merging()
        stays = await tx.entities.merge(kiev, kyiv, since=NOON)
    latest = await story.tell(account("2017-11-21", "A march is held in [[Kyiv]]."))
    following = service(database)
    kept: Kept[Followed | TooMany | Gone] = Kept()
    for number in (kiev, kyiv):
        await following.follow_entity(request(), number, kept, starting=True)
    first, second = kept.answers
    assert isinstance(first, Followed)
    assert isinstance(second, Followed)
    assert (first.entity.id, second.entity.id) == (stays, stays)
    assert (first.new, second.new) == (True, False)
    assert [event.id for event in first.latest] == [latest]
    assert len(await follows(following)) == 1
