"""A reader gets digests over HTTP, turns their pages, and comes back after a while."""

from __future__ import annotations

from datetime import timedelta

from bot.services.digesting import Digesting
from bot.services.planning import replan
from bot.telegram import texts
from storage.database import Database, Transaction
from storage.model import Chat, FollowMode, Telling
from tests.support.post import no_weekly
from tests.support.story import NOON, Story, account
from tests.support.talk import Talk, answer, labels

EVENING = 20 * 60
# Unlike each other, so that each is an event of its own.
THINGS = (
    "bridge harbour election flood orchestra glacier market stadium parliament comet vaccine "
    "railway museum volcano treaty drought satellite festival strike lighthouse verdict "
    "earthquake marathon pipeline library eclipse summit ferry wildfire census"
).split()


async def chat_of(tx: Transaction, talk: Talk) -> Chat:
    """The reader's chat."""
    return await tx.chats.chat(talk.reader.id, talk.clock())


async def choose(
    talk: Talk, database: Database, *, digest: bool = False, quiet: bool = False
) -> None:
    """Have all follows told in a digest at 20:00, or quiet hours from 6:00 to 18:00."""
    async with database.transaction() as tx:
        chat = await chat_of(tx, talk)
        if digest:
            for follow in await tx.chats.follows(chat.id):
                await tx.chats.set_mode(chat.id, follow.entity.id, FollowMode.DIGEST)
            await tx.chats.choose_digest(chat.id, EVENING, talk.clock())
        if quiet:
            await tx.chats.choose_quiet(chat.id, (6 * 60, 18 * 60))
        await replan(tx, chat.id, talk.clock())


async def tell(story: Story, count: int, category: str = "Sports") -> list[int]:
    """So many things happen that are about Russia."""
    return [
        await story.tell(
            account("2017-11-24", f"A {thing} delights people of [[Russia]].", category=category),
            telling=Telling.PUSH,
        )
        for thing in THINGS[:count]
    ]


async def at_hour(talk: Talk, database: Database, hour: int) -> None:
    """Let that hour of the story's day come, with all that is due then."""
    talk.clock.now = NOON.replace(hour=hour)
    await Digesting(database, clock=talk.clock, weekly=no_weekly).tick()
    await talk.work()


async def test_a_digest_comes_at_its_hour_in_the_readers_form(
    talk: Talk, story: Story, database: Database
) -> None:
    await story.tell(account("2017-11-05", "[[Russia]] is named."))
    await talk.say("/follow Russia")
    await choose(talk, database, digest=True)
    story.at = talk.clock()
    (number,) = await tell(story, 1)
    match = account(
        "2017-11-23",
        "A comet passes over [[Moscow]].",
        category="Science and technology",
        sources=[("Wire", "https://wire.example/1"), ("Post", "https://post.example/1")],
    )
    other = await story.tell(match, telling=Telling.PUSH)
    await talk.work()
    before = talk.newest()
    await at_hour(talk, database, 20)
    digest = talk.newest()
    assert digest != before
    assert digest.text == (
        "Your digest · Friday 24 November\n\n"
        "Sports\n"
        f"• A bridge delights people of Russia. — Reuters · /event_{number}\n\n"
        "Also in the news\n"
        f"• A comet passes over Moscow. — Wire, Post · /event_{other}\n\n"
        "Wikipedia’s Current events: 24 Nov 2017, 23 Nov 2017, CC BY-SA"
    )
    await at_hour(talk, database, 21)
    assert talk.newest() == digest


async def test_alerts_that_quiet_hours_held_are_one_message_with_pages(
    talk: Talk, story: Story, database: Database
) -> None:
    await story.tell(account("2017-11-05", "[[Russia]] is named."))
    await talk.say("/follow Russia")
    await choose(talk, database, quiet=True)
    numbers = await tell(story, 27)
    await talk.work()
    said = len(talk.messages())
    await at_hour(talk, database, 18)
    assert len(talk.messages()) == said + 1
    bundle = talk.newest()
    assert bundle.text.startswith("While it was quiet\n\nSports\n")
    assert labels(bundle) == ["Next page ›"]
    seen = named(bundle.text)
    for buttons in (["‹ Earlier page", "Next page ›"], ["‹ Earlier page"]):
        press = await talk.press("Next page ›")
        assert answer(press)[0] in (None, "")
        assert talk.newest().id == bundle.id  # in its place
        assert labels(talk.newest()) == buttons
        seen += named(talk.newest().text)
    assert sorted(seen) == sorted(numbers)
    await talk.press("‹ Earlier page")
    assert "Page 2 of 3" in talk.newest().text


def named(text: str) -> list[int]:
    """The events that a text names."""
    return [int(word.removeprefix("/event_")) for word in text.split() if "/event_" in word]


async def test_pages_of_others_and_of_nothing_are_refused_with_a_sentence(
    talk: Talk, story: Story, database: Database
) -> None:
    await story.tell(account("2017-11-05", "[[Russia]] is named."))
    await talk.say("/follow Russia")
    await choose(talk, database, quiet=True)
    await tell(story, 14)
    await talk.work()
    await at_hour(talk, database, 18)
    bundle = talk.newest()
    data = bundle.buttons[0][0]["callback_data"]
    number = int(data.split(":")[1])
    for forged in (f"c:{number + 1}:1", "c:9223372036854775807:1", f"c:{number - 1}:1"):
        press = await talk.forge(bundle, forged)
        assert answer(press) == (texts.digests.GONE_BUNDLE, True)
    for stale in (f"c:{number}:0", f"c:{number}:x", "c:0:1", f"c:{number}"):
        press = await talk.forge(bundle, stale)
        assert answer(press) == (texts.reading.STALE, True)
    eve = talk.world.add_user("Eve", started=True)
    press = await talk.forge(talk.world.say(eve, "Hello"), data, eve)
    assert answer(press) == (texts.digests.GONE_BUNDLE, True)
    press = await talk.forge(bundle, f"c:{number}:99")
    assert "Page 2 of 2" in talk.newest().text


async def test_who_was_away_gets_one_message_of_what_was_missed(
    talk: Talk, story: Story, database: Database
) -> None:
    await story.tell(account("2017-11-05", "[[Russia]] is named."))
    await talk.say("/follow Russia")
    talk.world.block(talk.reader)
    await talk.work()
    talk.clock.now += timedelta(hours=1)
    story.at = talk.clock.now
    numbers = await tell(story, 8)
    await talk.work()
    talk.clock.now += timedelta(hours=1)
    talk.world.unblock(talk.reader)
    said = len(talk.messages())
    await talk.work()
    assert len(talk.messages()) == said + 1
    assert talk.newest().text.startswith("What you missed\n\nSports\n")
    assert sorted(named(talk.newest().text)) == numbers
