"""Follow, unfollow and list, on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from bot.errors import SourceUnreachable
from bot.services.conversation import Conversation
from bot.services.finding import Finder, Several, Unknown
from bot.services.following import (
    FollowAnswer,
    Followed,
    Following,
    Gone,
    NotFollowed,
    TooMany,
    UnfollowAnswer,
    Unfollowed,
)
from storage.database import Database
from storage.model import ChatState, Entity, Follow
from tests.support.requests import READER, Kept, request
from tests.support.story import NOON, Story, account


@dataclass(frozen=True)
class Article:
    """A search result."""

    title: str
    description: str | None = None
    qid: str | None = None


@dataclass
class Encyclopedia:
    """A search that knows these articles and notes what it was asked."""

    articles: Sequence[Article] = ()
    asked: list[str] = field(default_factory=list)

    async def __call__(self, words: str) -> Sequence[Article]:
        self.asked.append(words)
        return self.articles


async def out_of_reach(words: str) -> Sequence[Article]:
    """A search without a network."""
    raise SourceUnreachable("no route")


async def silent(words: str) -> Sequence[Article]:
    """A search that never answers."""
    await asyncio.Event().wait()
    return ()


ZIDANE = Article("Zinedine Zidane", "French footballer", "Q1835")
FILM = Article("Zidane (film)", "2006 documentary", "Q218888")


@pytest.fixture
def story(database: Database) -> Story:
    return Story(database)


def service(
    database: Database, finder: Finder | None = None, *, most_follows: int = 200
) -> Following:
    """The use cases on this database."""
    return Following(Conversation(database), finder or Finder(database), most_follows=most_follows)


async def follow(following: Following, name: str, reader: int = READER) -> FollowAnswer:
    """What the bot answers to /follow NAME."""
    kept: Kept[FollowAnswer] = Kept()
    await following.follow(request(reader), name, kept)
    return kept.only


async def unfollow(following: Following, name: str) -> UnfollowAnswer:
    """What the bot answers to /unfollow NAME."""
    kept: Kept[UnfollowAnswer] = Kept()
    await following.unfollow(request(), name, kept)
    return kept.only


async def follows(following: Following, reader: int = READER) -> list[str]:
    """The labels of what a reader follows."""
    kept: Kept[tuple[Follow, ...]] = Kept()
    await following.following(request(reader), kept)
    return [follow.entity.label for follow in kept.only]


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


async def test_a_name_of_several_is_asked_about(database: Database, story: Story) -> None:
    await story.use_words("Georgia (country)", "Georgia", 155)
    await story.use_words("Georgia (U.S. state)", "Georgia", 60)
    following = service(database)
    answer = await follow(following, "Georgia")
    assert isinstance(answer, Several)
    assert [e.label for e in answer.entities] == ["Georgia (country)", "Georgia (U.S. state)"]
    assert await follows(following) == []


async def test_a_part_of_names_is_asked_about_most_mentioned_first(
    database: Database, story: Story
) -> None:
    await story.use_words("Martin Bashir", "Martin Bashir", 3)
    await story.tell(account("2017-11-23", "[[Omar al-Bashir]] visits [[Russia]]."))
    answer = await follow(service(database), "Bashir")
    assert isinstance(answer, Several)
    assert [e.label for e in answer.entities] == ["Omar al-Bashir", "Martin Bashir"]


async def test_a_misspelt_name_gets_the_nearest(database: Database, story: Story) -> None:
    await story.tell(account("2017-11-23", "[[Omar al-Bashir]] visits [[Russia]]."))
    answer = await follow(service(database), "Omar al Basheer")
    assert isinstance(answer, Unknown)
    assert [e.label for e in answer.nearest] == ["Omar al-Bashir"]


async def test_an_unknown_name_is_searched_for_and_followed_before_any_event(
    database: Database, story: Story
) -> None:
    following = service(database, Finder(database, Encyclopedia([FILM, ZIDANE])))
    answer = await follow(following, "Zinedine Zidane")
    assert isinstance(answer, Followed)
    assert (answer.entity.qid, answer.entity.description) == ("Q1835", "French footballer")
    event = await story.tell(account("2017-11-24", "[[Zinedine Zidane]] wins a cup."))
    async with database.reading() as tx:
        (named,) = (await tx.events.many([event]))[0].entities
    assert named.id == answer.entity.id


async def test_search_results_are_offered_and_one_can_be_chosen(database: Database) -> None:
    following = service(database, Finder(database, Encyclopedia([FILM, ZIDANE])))
    answer = await follow(following, "Zidane")
    assert isinstance(answer, Unknown)
    assert [e.label for e in answer.nearest] == ["Zidane (film)", "Zinedine Zidane"]
    kept: Kept[Followed | TooMany | Gone] = Kept()
    await following.follow_entity(request(), answer.nearest[1].id, kept)
    assert await follows(following) == ["Zinedine Zidane"]


async def test_what_was_only_offered_once_is_no_clear_name(database: Database) -> None:
    following = service(database, Finder(database, Encyclopedia([FILM, ZIDANE])))
    await follow(following, "Zidane")
    answer = await follow(following, "Zidane")
    assert isinstance(answer, Several)
    assert {e.label for e in answer.entities} == {"Zidane (film)", "Zinedine Zidane"}


async def test_search_finds_an_entity_known_by_its_wikidata_id(
    database: Database, story: Story
) -> None:
    known = await story.use_words("Zizou", "Zizou", 9)
    await story.describe(known, "Zinedine Zidane", "Q1835", "French footballer")
    answer = await follow(
        service(database, Finder(database, Encyclopedia([ZIDANE]))), "Zinedine Zidane"
    )
    assert isinstance(answer, Followed)
    assert answer.entity.id == known


async def test_known_names_are_not_searched_for(database: Database, story: Story) -> None:
    await story.tell(account("2017-11-21", "[[Robert Mugabe]] resigns."))
    search = Encyclopedia([ZIDANE])
    await follow(service(database, Finder(database, search)), "Robert Mugabe")
    assert search.asked == []


@pytest.mark.parametrize("search", [out_of_reach, silent])
async def test_without_an_answer_from_outside_what_is_known_counts(
    database: Database, story: Story, search: Encyclopedia
) -> None:
    await story.tell(account("2017-11-23", "[[Omar al-Bashir]] visits [[Russia]]."))
    following = service(database, Finder(database, search, patience=0.01))
    answer = await follow(following, "Omar al Basheer")
    assert isinstance(answer, Unknown)
    assert [e.label for e in answer.nearest] == ["Omar al-Bashir"]


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
