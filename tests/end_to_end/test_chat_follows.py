"""A reader follows and unfollows over HTTP, by words and by buttons."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.services.finding import Found as Article
from bot.telegram import texts
from storage.database import Database
from storage.model import Telling
from tests.support.story import NOON, Story, account
from tests.support.talk import Talk, answer, labels, talking

MEETING = account(
    "2017-11-23",
    "[[Omar al-Bashir]], President of [[Sudan]], meets [[Vladimir Putin]]. He asks for help.",
    topics=["[[Foreign relations of Russia]]"],
    sources=[("Al Jazeera", "https://aljazeera.example/a"), ("RT", "https://rt.example/b")],
)
MEMORIAL = account("2017-11-05", "[[Vladimir Putin]] opens a memorial in [[Moscow]].")


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """One engine is enough here: the services' own tests run on both."""
    return f"sqlite:///{tmp_path}/dateline.db"


async def follow(talk: Talk, name: str) -> None:
    """Follow a clear name."""
    assert (await talk.say(f"/follow {name}")).text.startswith(f"You follow {name} now.")


# --- starting


async def test_the_welcome_lets_one_follow_the_busiest(talk: Talk, story: Story) -> None:
    await story.tell(MEETING)
    welcome = await talk.say("/start")
    assert labels(welcome) == ["Omar al-Bashir", "Sudan", "Vladimir Putin"]
    press = await talk.press("Vladimir Putin")
    assert answer(press) == ("You follow Vladimir Putin now. /unfollow ends it.", False)
    assert labels(talk.newest()) == ["Omar al-Bashir", "Sudan"]
    assert talk.newest().text == welcome.text


async def test_a_deep_link_follows(talk: Talk, story: Story) -> None:
    putin = await story.use_words("Vladimir Putin", "Putin", 1)
    talk.world.start(talk.reader, f"f_{putin}")
    await talk.work()
    assert talk.newest().text.startswith("You follow Vladimir Putin now.")
    talk.world.start(talk.reader, "f_999")
    await talk.work()
    assert talk.newest().text == texts.GONE_ENTITY
    talk.world.start(talk.reader, "other")
    await talk.work()
    assert talk.newest().text.startswith(texts.WELCOME)


async def test_a_block_silences_and_a_return_revives(talk: Talk, story: Story) -> None:
    await story.use_words("Vladimir Putin", "Vladimir Putin", 9)
    await follow(talk, "Vladimir Putin")
    talk.world.block(talk.reader)
    await talk.work()
    before = len(talk.messages())
    await story.tell(MEETING, telling=Telling.PUSH)
    await talk.work()
    assert len(talk.messages()) == before
    talk.world.unblock(talk.reader)
    await talk.work()
    assert "Vladimir Putin" in (await talk.say("/following")).text


# --- following


async def test_of_several_the_pressed_one_is_followed_in_place(talk: Talk, story: Story) -> None:
    country = await story.use_words("Georgia (country)", "Georgia", 155)
    await story.describe(country, "Georgia", "Q230", "country in the Caucasus")
    await story.use_words("Georgia (U.S. state)", "Georgia", 60)
    question = await talk.say("/follow Georgia")
    assert labels(question) == ["Georgia · country in the Caucasus", "Georgia (U.S. state)"]
    press = await talk.press("Georgia · country in the Caucasus")
    assert answer(press)[0] == "You follow Georgia now. /unfollow ends it."
    assert talk.newest().id == question.id
    assert talk.newest().text.startswith("You follow Georgia now.")
    assert labels(talk.newest()) == ["Unfollow"]


async def test_unfollow_and_follow_again_by_button(talk: Talk, story: Story) -> None:
    await story.tell(MEETING)
    await follow(talk, "Vladimir Putin")
    await talk.press("Unfollow")
    assert talk.newest().text == "You no longer follow Vladimir Putin."
    await talk.press("Follow again")
    assert talk.newest().text.startswith("You follow Vladimir Putin now.")


async def test_the_list_of_follows_turns_pages_and_loses_what_is_pressed(
    talk: Talk, story: Story
) -> None:
    people = [f"Person Number {number}" for number in range(10, 33)]
    numbers = [await story.use_words(person, person, 9) for person in people]
    async with story.database.transaction() as tx:
        chat = await tx.chats.chat(talk.reader.id, NOON)
        for number in numbers:
            await tx.chats.follow(chat.id, number, NOON)
    first = await talk.say("/following")
    assert first.text.startswith("Whom you follow (23).")
    assert len(labels(first)) == 21
    await talk.press("Next page ›")
    assert labels(talk.newest()) == [f"Person Number {n}" for n in (30, 31, 32)] + [
        "‹ Earlier page"
    ]
    press = await talk.press("Person Number 31")
    assert answer(press)[0] == "You no longer follow Person Number 31."
    assert labels(talk.newest())[:-1] == ["Person Number 30", "Person Number 32"]
    await talk.press("‹ Earlier page")
    assert talk.newest().id == first.id


async def test_a_name_is_looked_up_and_followed_from_its_card(talk: Talk, story: Story) -> None:
    await story.tell(MEETING)
    card = await talk.say("Putin")
    assert labels(card) == ["Vladimir Putin"]
    await talk.press("Vladimir Putin")
    assert labels(talk.newest()) == ["Follow Vladimir Putin"]
    assert "/event_1" in talk.newest().text
    await talk.press("Follow Vladimir Putin")
    followed = await talk.say("Vladimir Putin")
    assert labels(followed) == ["Unfollow"]
    assert followed.text.startswith("Vladimir Putin\nYou follow Vladimir Putin.\n")


async def test_a_search_outside_answers_unknown_names(database: Database) -> None:
    class Zidane:
        title, description, qid = "Zinedine Zidane", "French footballer", "Q1835"

    async def search(words: str) -> list[Article]:
        return [Zidane()]

    async with talking(database, search) as talk:
        told = await talk.say("/follow Zinedine Zidane")
        assert told.text == (
            "You follow Zinedine Zidane now. The next event comes to you by itself.\n"
            "French footballer\n\nI have no such event yet."
        )
