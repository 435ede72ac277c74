"""Lists of names, followed and unfollowed, on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from bot.services.finding import Finder, Several, Unknown
from bot.services.following import (
    Followed,
    FollowedListed,
    NotFollowed,
    TooMany,
    Unfollowed,
    UnfollowedListed,
)
from bot.sources.mediawiki import FoundArticle
from storage.database import Database
from storage.model import Entity
from tests.support.statements import asked
from tests.support.story import Story
from tests.support.using import Encyclopedia, follow, follows, service, unfollow

SYRIA, IRAQ, RUSSIA, BOSNIA = "Syria", "Iraq", "Russia", "Bosnia and Herzegovina"
BIDEN = FoundArticle("Joe Biden", "American politician", "Q6279")


@pytest.fixture
async def story(database: Database) -> Story:
    """Some are well known, and a Georgia of two."""
    told = Story(database)
    for title in (SYRIA, IRAQ, RUSSIA, BOSNIA):
        await told.use_words(title, title, 9)
    await told.use_words("Georgia (country)", "Georgia", 155)
    await told.use_words("Georgia (U.S. state)", "Georgia", 60)
    return told


def labels(entities: Sequence[Entity]) -> list[str]:
    return [entity.label for entity in entities]


async def listed(database: Database, typed: str, *articles: FoundArticle) -> FollowedListed:
    """What is answered to a list, with a search that knows these articles by their titles."""

    async def search(words: str) -> Sequence[FoundArticle]:
        return [article for article in articles if article.title == words]

    answer = await follow(service(database, Finder(database, search)), typed)
    assert isinstance(answer, FollowedListed), answer
    return answer


@pytest.mark.parametrize(
    "typed",
    ["Syria, Russia", "syria; Russia,", "Syria、Russia", "Syria and Russia", "Syria\nRussia"],
)
async def test_all_of_a_list_are_followed(database: Database, story: Story, typed: str) -> None:
    answer = await listed(database, typed)
    assert (labels(answer.new), answer.old, answer.unclear) == ([SYRIA, RUSSIA], (), ())
    assert await follows(service(database)) == [RUSSIA, SYRIA]


async def test_who_of_a_list_is_followed_already_is_told_apart(
    database: Database, story: Story
) -> None:
    await follow(service(database), "Syria")
    answer = await listed(database, "Syria, Iraq and Russia")
    assert (labels(answer.new), labels(answer.old)) == ([IRAQ, RUSSIA], [SYRIA])
    again = await listed(database, "Iraq, Syria, Iraq")
    assert (again.new, labels(again.old)) == ((), [IRAQ, SYRIA])


async def test_a_part_that_is_not_known_is_looked_up(database: Database, story: Story) -> None:
    await follow(service(database), "Syria")
    answer = await listed(database, "Syria and Joe Biden", BIDEN)
    assert (labels(answer.new), labels(answer.old)) == (["Joe Biden"], [SYRIA])
    assert await follows(service(database)) == ["Joe Biden", SYRIA]


async def test_parts_that_are_unclear_are_named_and_the_others_followed(
    database: Database, story: Story
) -> None:
    answer = await listed(database, "Georgia, Syria, Atlantis")
    assert labels(answer.new) == [SYRIA]
    georgia, atlantis = answer.unclear
    assert isinstance(georgia, Several)
    assert (georgia.name, len(georgia.entities)) == ("Georgia", 2)
    assert atlantis == Unknown("Atlantis")
    assert await follows(service(database)) == [SYRIA]


async def test_a_list_of_names_of_several_asks_about_each(database: Database, story: Story) -> None:
    await story.use_words("Omar al-Bashir", "Bashir", 9)
    await story.use_words("Martin Bashir", "Bashir", 9)
    answer = await listed(database, "Georgia, Bashir")
    assert [each.name for each in answer.unclear] == ["Georgia", "Bashir"]
    assert await follows(service(database)) == []


async def test_the_parts_are_looked_up_at_the_same_time(database: Database, story: Story) -> None:
    """Each waits for the others: one after the other they would never be done."""
    begun, all_begun = 0, asyncio.Event()

    async def search(words: str) -> Sequence[FoundArticle]:
        nonlocal begun
        begun += 1
        if begun == 4:  # the text and three names
            all_begun.set()
        await all_begun.wait()
        return [FoundArticle(words, None, None)]

    following = service(database, Finder(database, search, patience=30))
    answer = await follow(following, "Ann One, Bob Two, Cy Three")
    assert isinstance(answer, Followed | FollowedListed)


async def test_without_an_answer_from_outside_what_is_known_is_followed(
    database: Database, story: Story
) -> None:
    async def silent(words: str) -> Sequence[FoundArticle]:
        await asyncio.Event().wait()
        return ()

    answer = await follow(service(database, Finder(database, silent, patience=0.01)), "Syria, Joe")
    assert isinstance(answer, FollowedListed)
    assert labels(answer.new) == [SYRIA]
    assert answer.unclear == (Unknown("Joe", is_certain=False),)


async def test_only_few_names_of_a_list_are_looked_up(database: Database, story: Story) -> None:
    search = Encyclopedia()
    names = [f"Nobody Number{n}" for n in range(19)]
    answer = await follow(service(database, Finder(database, search)), ", ".join(["Syria", *names]))
    assert isinstance(answer, FollowedListed)
    assert search.asked[1:] == names[:5]
    assert [isinstance(each, Unknown) and each.is_certain for each in answer.unclear] == (
        [True] * 5 + [False] * 14
    )


async def test_a_name_with_an_and_is_taken_whole(database: Database, story: Story) -> None:
    answer = await follow(service(database), BOSNIA)
    assert isinstance(answer, Followed)
    assert answer.entity.label == BOSNIA
    both = await listed(database, "Bosnia and Herzegovina and Syria")
    assert (labels(both.new), labels(both.old)) == ([SYRIA], [BOSNIA])
    duo = FoundArticle("Simon and Garfunkel", None, None)
    third = await listed(database, "Simon and Garfunkel, Syria, Iraq", duo)
    assert labels(third.new) == [duo.title, IRAQ]


async def test_a_name_with_an_and_that_nobody_knows_is_asked_about_as_one(
    database: Database, story: Story
) -> None:
    answer = await listed(database, "Syria, Rosencrantz and Guildenstern")
    assert answer.unclear == (Unknown("Rosencrantz and Guildenstern"),)
    other = await listed(database, "Atlantis and Iraq, Syria")
    assert (labels(other.new), other.unclear) == ([IRAQ], (Unknown("Atlantis"),))


async def test_parts_of_one_name_are_no_list(database: Database, story: Story) -> None:
    await story.use_words("Vladimir Putin", "Vladimir Putin", 9)
    await story.use_words("Vladimir", "Vladimir", 9)
    answer = await follow(service(database), "Putin, Vladimir")
    assert isinstance(answer, Several)
    assert labels(answer.entities) == ["Vladimir Putin"]
    assert await follows(service(database)) == []


async def test_a_list_that_is_too_long_adds_nobody(database: Database, story: Story) -> None:
    following = service(database, most_follows=2)
    assert await follow(following, "Syria, Russia, Iraq") == TooMany(2, room=2)
    assert await follows(following) == []
    await follow(following, "Syria, Russia")
    assert await follow(following, "Syria, Iraq") == TooMany(2)
    assert isinstance(await follow(following, "Syria, Russia"), FollowedListed)
    assert await follows(following) == [RUSSIA, SYRIA]


async def test_a_list_asks_for_no_more_than_it_needs(database: Database, story: Story) -> None:
    names = [f"Place {n}" for n in range(20)]
    for name in names:
        await story.use_words(name, name, 9)
    with asked(database) as statements:
        answer = await listed(database, ", ".join(names))
    assert len(answer.new) == 20
    assert len(statements) < 8 * len(names)


# --- unfollowing


@pytest.mark.parametrize(
    "typed", ["Iraq, Syria", "Syria and Iraq", "Syria\nIraq", "syria, IRAQ, Syria"]
)
async def test_all_of_a_list_are_unfollowed(database: Database, story: Story, typed: str) -> None:
    following = service(database)
    await follow(following, "Syria, Iraq, Russia")
    answer = await unfollow(following, typed)
    assert isinstance(answer, UnfollowedListed)
    assert (sorted(labels(answer.ended)), answer.unclear) == ([IRAQ, SYRIA], ())
    assert await follows(following) == [RUSSIA]


async def test_what_is_unclear_of_a_list_to_unfollow_is_named(
    database: Database, story: Story
) -> None:
    following = service(database)
    await follow(following, "Syria, Iraq")
    answer = await unfollow(following, "Iraq, Atlantis")
    assert isinstance(answer, UnfollowedListed)
    assert labels(answer.ended) == [IRAQ]
    assert answer.unclear == (NotFollowed("Atlantis", (), any=True),)
    assert isinstance(await unfollow(following, "Atlantis, Peru"), NotFollowed)
    assert await follows(following) == [SYRIA]


async def test_a_follow_with_an_and_is_unfollowed_as_one(database: Database, story: Story) -> None:
    await story.use_words("Bosnia", "Bosnia", 9)
    await story.use_words("Syria and Iraq", "Syria and Iraq", 9)
    following = service(database)
    for name in (BOSNIA, "Bosnia", "Syria", "Iraq", "Syria and Iraq"):
        await follow(following, name)
    one = await unfollow(following, BOSNIA)
    assert isinstance(one, Unfollowed)
    assert one.entity.label == BOSNIA
    assert isinstance(await unfollow(following, "Syria, Iraq"), UnfollowedListed)
    assert await follows(following) == ["Bosnia", "Syria and Iraq"]


async def test_follows_that_some_words_name_are_offered(database: Database, story: Story) -> None:
    following = service(database)
    await follow(following, "Syria, Iraq")
    answer = await unfollow(following, "the war in Syria")
    assert isinstance(answer, NotFollowed)
    assert labels(answer.nearest) == [SYRIA]
