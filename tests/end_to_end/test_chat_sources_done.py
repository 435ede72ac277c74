"""What the operator's chats do with sources over HTTP."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.app.sources.looking import make_look
from bot.config import load
from bot.services.managing import Managing
from bot.sources.opml import ListedFeed
from bot.standin.model import Message
from bot.telegram.wording import Words
from storage.database import Database
from storage.model import FeedState
from tests.support.checked_site import Site, feed
from tests.support.faults import Fault
from tests.support.languages import words
from tests.support.operator_talk import (
    AWAY,
    EXAMPLE,
    NEW,
    OPERATOR,
    SLOW,
    Publishers,
    feeds_of,
    keep,
    poll,
    publishers,
    talk,
)
from tests.support.serving import serving
from tests.support.story import NOON, Story, account
from tests.support.talk import Talk, answer, labels, talking

__all__ = ["publishers", "talk", "words"]  # fixtures


# --- what it does


async def test_the_list_says_how_each_fares_and_pauses_by_button(
    talk: Talk, database: Database
) -> None:
    assert (await talk.say("/sources")).text == (
        f"There is no source yet. Send me a feed’s address like this: /sources add {EXAMPLE}"
    )
    feeds = await keep(database, 11)
    await poll(database, feeds[0], last_success_at=NOON - timedelta(minutes=5))
    await poll(database, feeds[1], failing_since=NOON, failure="status 500")
    await poll(database, feeds[2], state=FeedState.ENDED, failure="410")
    shown = await talk.say("/sources")
    day = Words("en").short_day(NOON.date())
    assert shown.text.split("\n\n")[:5] == [
        "11 sources. Press one to pause it or to go on reading it.\n2 of them can’t be read.",
        f"2. Feed 2 · English\nhas failed since {day}, {NOON:%H:%M} (UTC): status 500",
        "3. Feed 3 · English\nended: its publisher says that it is gone",
        f"1. Feed 1 · English\nread on {day}, {(NOON - timedelta(minutes=5)):%H:%M} (UTC)",
        "4. Feed 4 · English\nnot read yet",
    ]
    assert labels(shown)[:3] == ["⏸ Feed 2", "▶️ Feed 3", "⏸ Feed 1"]
    await talk.press("Next page ›")
    assert labels(talk.newest()) == ["⏸ Feed 9", "⏸ Feed 10", "⏸ Feed 11", "‹ Earlier page"]
    press = await talk.press("⏸ Feed 10")
    assert answer(press) == ("Feed 10 is paused.", False)
    assert "10. Feed 10 · English\npaused" in talk.newest().text
    assert (await feeds_of(database))[9].state is FeedState.PAUSED
    press = await talk.press("▶️ Feed 10")
    assert answer(press) == ("Feed 10 is read from now on.", False)
    assert (await feeds_of(database))[9].state is FeedState.ACTIVE


async def test_one_is_shown_by_its_number_with_what_it_has_told(
    talk: Talk, database: Database, story: Story
) -> None:
    await keep(database, 2)
    await story.tell(account("2017-11-23", "A river rises."))
    shown = await talk.say("/sources 2")
    assert shown.text.splitlines()[:4] == [
        "2. Feed 2 · English",
        "not read yet",
        "https://f2.example/rss",
        "Interval: 15 minutes",
    ]
    assert "0 reports so far" in shown.text
    assert labels(shown) == ["⏸ Feed 2", "‹ Back"]
    await talk.press("‹ Back")
    assert talk.newest().text.startswith("2 sources.")
    assert (await talk.say("/sources 9")).text.startswith("No source is called “9”.")


async def test_a_feed_is_added_by_its_own_name(
    talk: Talk, database: Database, publishers: Publishers
) -> None:
    told = await talk.say(f"/sources add {NEW}")
    assert told.text == "New Wire is a source from now on, number 1. /sources lists all."
    (feed,) = await feeds_of(database)
    assert (feed.title, feed.language, feed.due_at) == ("New Wire", "pt", NOON)
    assert publishers.asked == [NEW]


@pytest.mark.parametrize("url", [AWAY, SLOW])
async def test_a_feed_that_does_not_answer_now_is_added_all_the_same(
    talk: Talk, database: Database, url: str
) -> None:
    told = await talk.say(f"/sources add {url}")
    assert "I couldn’t read it just now and try again soon" in told.text
    assert [feed.url for feed in await feeds_of(database)] == [url]


async def test_a_feed_is_checked_and_nothing_kept(
    talk: Talk, database: Database, story: Story
) -> None:
    await story.tell(account("2017-11-23", "[[Omar al-Bashir]] meets [[Vladimir Putin]]."))
    told = await talk.say(f"/sources check {NEW}")
    lines = told.text.split("\n\n")
    assert lines[0].splitlines() == ["New Wire", "Language: Portuguese", "2 entries"]
    assert lines[1] == "The newest, and what would come of them:"
    assert lines[2].endswith("\na new event")
    assert lines[-1] == f"To list it, send /sources add {NEW}"
    assert await feeds_of(database) == []


async def test_a_feed_that_is_listed_is_not_offered_again(talk: Talk, database: Database) -> None:
    await talk.say(f"/sources add {NEW}")
    told = await talk.say(f"/sources check {NEW}")
    assert told.text.split("\n\n")[-1] == (
        "New Wire is a source already, number 1. /sources lists all."
    )
    await talk.say("/sources remove 1")
    await talk.press("Remove it")
    told = await talk.say(f"/sources check {NEW}")
    assert told.text.endswith(f"To list it, send /sources add {NEW}")


async def test_an_address_that_leads_to_a_listed_feed_is_that_feed(
    talk: Talk, database: Database, publishers: Publishers
) -> None:
    await keep(database)
    moved, lent = (f"https://{name}.example/rss" for name in ("moved", "lent"))
    there = "https://f2.example/rss"
    publishers.led_to |= {moved: (there, "https://elsewhere.example/"), lent: (there,)}
    for url in (moved, lent):
        told = await talk.say(f"/sources add {url}")
        assert told.text == (
            f"{url} leads to {there}, and that is a source already: Feed 2, number 2. /sources "
            "lists all."
        )
        looked = await talk.say(f"/sources check {url}")
        assert looked.text.endswith(told.text)
    assert len(await feeds_of(database)) == 2
    await talk.say("/sources remove 2")
    await talk.press("Remove it")
    assert "is a source from now on, number 3." in (await talk.say(f"/sources add {moved}")).text


async def test_a_listed_feed_is_checked_by_its_number_or_its_title(
    talk: Talk, database: Database, publishers: Publishers
) -> None:
    await keep(database)
    for which in ("2", "feed 2"):
        told = await talk.say(f"/sources check {which}")
        assert told.text.endswith("Feed 2 is a source already, number 2. /sources lists all.")
    assert publishers.asked == ["https://f2.example/rss"] * 2
    several = await talk.say("/sources check feed")
    assert several.text.startswith("Which one do you mean by “feed”?")
    assert (await talk.say("/sources check 9")).text.startswith("“9” is no feed’s address.")
    await talk.say("/sources remove 2")
    await talk.press("Remove it")
    assert (await talk.say("/sources check 2")).text.startswith("Feed 2 has been removed.")


async def test_a_look_tells_where_redirects_have_led() -> None:
    moved, lent = (Fault(status, b"", {"location": "/feed"}) for status in (308, 307))
    look = make_look(load(None, allow_private_addresses=True))
    async with serving(Site({"/feed": feed(), "/moved": moved, "/lent": lent})) as root:
        assert (await look(f"{root}/moved")).led_to == (f"{root}/feed", f"{root}/feed")
        assert (await look(f"{root}/lent")).led_to == (f"{root}/feed",)


async def test_two_feeds_of_a_host_without_titles_are_told_apart(
    talk: Talk, database: Database
) -> None:
    for path in ("world", "sport"):
        given = ListedFeed(f"https://www.f.example/{path}")
        await Managing(database, lambda: NOON).add(given)
    assert labels(await talk.say("/sources")) == ["⏸ f.example/world", "⏸ f.example/sport"]


async def test_removing_asks_first(talk: Talk, database: Database) -> None:
    await keep(database)
    asked = await talk.say("/sources remove feed 2")
    assert asked.text == "Remove Feed 2? What it has told so far stays."
    await talk.press("Keep it")
    assert talk.newest().text == "Feed 2 stays. /sources lists all."
    await talk.say("/sources remove 2")
    await talk.press("Remove it")
    back = "This brings it back: /sources add https://f2.example/rss"
    assert talk.newest().text == f"Feed 2 is removed. {back}"
    assert [feed.state for feed in await feeds_of(database)] == ["active", "removed"]
    assert (await talk.say("/sources resume 2")).text == f"Feed 2 has been removed. {back}"
    told = await talk.say("/sources add https://f2.example/rss")
    assert told.text.startswith("New Wire is a source from now on, number 2.")


async def test_pausing_and_resuming_by_name(talk: Talk, database: Database) -> None:
    await keep(database)
    told = await talk.say("/sources pause feed 1")
    assert told.text == "Feed 1 is paused. It goes on with /sources resume 1"
    assert (await talk.say("/sources resume 1")).text.startswith("Feed 1 is read from now on.")


async def test_the_same_update_twice_asks_nobody_again(talk: Talk, publishers: Publishers) -> None:
    talk.world.say(talk.reader, f"/sources add {NEW}")
    before, talk.offset = talk.offset, talk.offset
    await talk.work()
    sent = len(talk.world.sent(talk.reader))
    talk.offset = before
    await talk.work()
    assert publishers.asked == [NEW]
    assert len(talk.world.sent(talk.reader)) == sent


async def test_a_private_address_is_not_reached(database: Database) -> None:
    look = make_look(load(None))
    async with talking(database, operators=frozenset({OPERATOR}), look=look) as talk:
        talk.reader = talk.world.add_user("Ada", username=OPERATOR.removeprefix("@"))
        for url in ("http://127.0.0.1:9/feed", "http://[::1]/feed", "http://10.0.0.1/feed"):
            told: Message = await talk.say(f"/sources add {url}")
            assert told.text.startswith(f"{url} lies in a private network,")
            assert told.text.endswith(f"dateline sources add {url}")
            checked: Message = await talk.say(f"/sources check {url}")
            assert checked.text == told.text.replace(" add ", " check ")
        assert await feeds_of(database) == []


async def test_the_operators_name_is_remembered_to_write_to_them(
    talk: Talk, database: Database
) -> None:
    await talk.say("/sources")
    async with database.reading() as tx:
        assert [chat.telegram_id for chat in await tx.chats.named([OPERATOR])] == [talk.reader.id]
