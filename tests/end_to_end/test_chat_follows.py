"""A reader follows and unfollows over HTTP, by words and by buttons."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from bot.sources.mediawiki import FoundArticle
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


async def follow_many(talk: Talk, story: Story, count: int) -> list[str]:
    """Let the reader follow so many people; their names."""
    people = [f"Person Number {number}" for number in range(10, 10 + count)]
    numbers = [await story.use_words(person, person, 9) for person in people]
    async with story.database.transaction() as tx:
        chat = await tx.chats.chat(talk.reader.id, NOON)
        for number in numbers:
            await tx.chats.follow(chat.id, number, NOON)
    return people


async def follow(talk: Talk, name: str) -> None:
    """Follow a clear name."""
    assert (await talk.say(f"/follow {name}")).text.startswith(f"You follow {name} now.")


# --- starting


async def test_the_welcome_lets_one_follow_the_busiest(talk: Talk, story: Story) -> None:
    await story.tell(MEETING)
    welcome = await talk.say("/start")
    assert labels(welcome)[:3] == ["Omar al-Bashir", "Sudan", "Vladimir Putin"]
    press = await talk.press("Vladimir Putin")
    assert answer(press) == ("You follow Vladimir Putin now. /unfollow ends it.", False)
    assert labels(talk.newest())[:2] == ["Omar al-Bashir", "Sudan"]
    assert "Vladimir Putin" not in labels(talk.newest())
    assert (talk.newest().id, talk.newest().text.splitlines()) == (
        welcome.id,
        [*welcome.text.splitlines()[:2], "You follow: Vladimir Putin",
         *welcome.text.splitlines()[2:]],
    )  # fmt: skip
    await talk.press("Sudan")
    assert "You follow: Vladimir Putin, Sudan\n" in talk.newest().text


async def test_a_deep_link_follows(talk: Talk, story: Story) -> None:
    putin = await story.use_words("Vladimir Putin", "Putin", 1)
    talk.world.start(talk.reader, f"f_{putin}")
    await talk.work()
    assert talk.newest().text.startswith("You follow Vladimir Putin now.")
    talk.world.start(talk.reader, "f_999")
    await talk.work()
    assert talk.newest().text == texts.reading.GONE_ENTITY
    talk.world.start(talk.reader, "other")
    await talk.work()
    assert talk.newest().text.startswith(texts.starting.WELCOME)


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
    assert labels(await talk.say("/following")) == ["🔔 Vladimir Putin"]


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
    async def search(words: str) -> list[FoundArticle]:
        return [FoundArticle("Zinedine Zidane", "French footballer", "Q1835")]

    async with talking(database, search) as talk:
        told = await talk.say("/follow Zinedine Zidane")
        assert told.text == (
            "You follow Zinedine Zidane now. The next event comes to you by itself.\n"
            "French footballer\n\nI know of no event under this name yet."
        )


# --- the list, and each follow by itself


async def test_the_list_turns_pages_and_opens_follows_in_place(talk: Talk, story: Story) -> None:
    people = await follow_many(talk, story, 23)
    first = await talk.say("/following")
    assert first.text.startswith("Whom you follow (23). Press a name")
    assert labels(first) == [f"🔔 {person}" for person in people[:10]] + ["Next page ›"]
    await talk.press("Next page ›")
    await talk.press("Next page ›")
    assert labels(talk.newest()) == [f"🔔 {person}" for person in people[20:]] + ["‹ Earlier page"]
    await talk.press("🔔 Person Number 31")
    card = talk.newest()
    assert card.id == first.id
    assert card.text == (
        "Person Number 31\n\nFollowed since 24 November 2017.\n"
        "Each event comes at once, as a message of its own."
    )
    rows = [[button["text"] for button in row] for row in card.buttons]
    assert rows == [
        ["✓ At once", "In the digest", "Mute"],
        ["Filter…", "Timeline"],
        ["Share", "Stop following"],
        ["‹ Back"],
    ]
    await talk.press("‹ Back")
    assert labels(talk.newest())[0] == "🔔 Person Number 30"


async def test_a_follow_is_told_as_chosen(talk: Talk, story: Story) -> None:
    await story.tell(MEMORIAL)
    await follow(talk, "Vladimir Putin")
    await talk.say("/following")
    await talk.press("🔔 Vladimir Putin")
    assert answer(await talk.press("Mute")) == ("Vladimir Putin: muted.", False)
    assert "Muted: no event comes." in talk.newest().text
    assert "✓ Mute" in labels(talk.newest())
    before = len(talk.messages())
    await story.tell(MEETING, telling=Telling.PUSH)
    await talk.work()
    assert len(talk.messages()) == before
    await talk.press("‹ Back")
    assert labels(talk.newest()) == ["🔕 Vladimir Putin"]
    assert talk.newest().text.endswith("\n\n🔕 muted")
    again = await talk.say("/follow Vladimir Putin")
    assert again.text.startswith("You follow Vladimir Putin already, but it is muted")
    await talk.press("How you are told…")
    assert answer(await talk.press("At once")) == ("Vladimir Putin: at once.", False)


async def test_the_digest_without_an_hour_leads_to_choosing_one(talk: Talk, story: Story) -> None:
    await story.use_words("Vladimir Putin", "Vladimir Putin", 9)
    await follow(talk, "Vladimir Putin")
    await talk.say("/following")
    await talk.press("🔔 Vladimir Putin")
    press = await talk.press("In the digest")
    assert answer(press) == ("Vladimir Putin: in the digest. Now choose its hour.", False)
    assert "no hour is set for it yet" in talk.newest().text
    await talk.press("Choose the hour")
    assert "08:00" in labels(talk.newest())
    await talk.press("08:00")
    await talk.say("/following")
    await talk.press("📰 Vladimir Putin")
    assert "Events come in the daily digest, at 08:00." in talk.newest().text
    assert "Choose the hour" not in labels(talk.newest())


async def test_a_follow_is_ended_where_it_is_shown(talk: Talk, story: Story) -> None:
    await follow_many(talk, story, 2)
    shown = await talk.say("/following")
    await talk.press("🔔 Person Number 10")
    press = await talk.press("Stop following")
    assert answer(press) == ("You no longer follow Person Number 10.", False)
    assert talk.newest().id == shown.id
    assert labels(talk.newest()) == ["🔔 Person Number 11"]


@pytest.mark.parametrize("label", ["Mute", "Filter…", "Stop following", "✓ At once"])
async def test_a_press_after_the_follow_is_gone_shows_the_list_as_it_is(
    talk: Talk, story: Story, label: str
) -> None:
    await follow_many(talk, story, 2)
    await talk.say("/following")
    await talk.press("🔔 Person Number 10")
    card = talk.newest()
    await talk.say("/unfollow Person Number 10")
    text, is_alert = answer(await talk.press(label, card))
    gone = ("You don’t follow Person Number 10 any more.", "You don’t follow Person Number 10.")
    assert text in gone
    assert not is_alert
    (shown,) = [message for message in talk.messages() if message.id == card.id]
    assert labels(shown) == ["🔔 Person Number 11"]


async def test_unfollow_without_a_name_offers_a_list_that_ends_follows(
    talk: Talk, story: Story
) -> None:
    await follow_many(talk, story, 12)
    first = await talk.say("/unfollow")
    assert first.text.startswith("Whom you follow (12). Whom shall I stop following?")
    await talk.press("Next page ›")
    press = await talk.press("🔔 Person Number 20")
    assert answer(press)[0] == "You no longer follow Person Number 20."
    assert labels(talk.newest()) == ["🔔 Person Number 21", "‹ Earlier page"]
    await talk.press("🔔 Person Number 21")
    assert len(labels(talk.newest())) == 10
    assert talk.newest().id == first.id


async def test_who_follows_nobody_is_led_on(talk: Talk, story: Story) -> None:
    await story.tell(MEETING)
    nobody = await talk.say("/following")
    assert nobody.text == texts.follows.FOLLOWING_NONE
    await talk.press("Who is in the news")
    assert "Sudan" in " ".join(labels(talk.newest()))


async def test_a_follow_is_shared_by_a_link_that_follows(talk: Talk, story: Story) -> None:
    await story.tell(MEMORIAL)
    await follow(talk, "Vladimir Putin")
    await talk.say("/following")
    await talk.press("🔔 Vladimir Putin")
    (share,) = [b for row in talk.newest().buttons for b in row if b["text"] == "Share"]
    parts = urlsplit(share["url"])
    assert (parts.netloc, parts.path) == ("t.me", "/share/url")
    shared = parse_qs(parts.query)
    assert shared["text"] == ["What happens to Vladimir Putin, told at once:"]
    address, _, payload = shared["url"][0].partition("?start=")
    assert address == f"https://t.me/{talk.world.bot.username}"
    friend = talk.world.add_user("Bob")
    talk.world.start(friend, payload)
    await talk.work()
    (told,) = talk.world.sent(friend)
    assert told.text.startswith("You follow Vladimir Putin now.")
    assert "/event_1" in told.text


FORGED = ["o:999:1", "m:999:a:1", "m:1:x:1", "o:1:0", "x:999:1", "lu:0", "o:1", "m:1:a"]


@pytest.mark.parametrize("data", FORGED)
async def test_forged_data_of_these_buttons_does_nothing(
    talk: Talk, story: Story, data: str
) -> None:
    await story.tell(MEMORIAL)
    message = await talk.say("/following")
    before = talk.messages()
    assert answer(await talk.forge(message, data))[1]
    assert talk.messages() == before
