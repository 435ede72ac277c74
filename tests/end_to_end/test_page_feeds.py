"""What feeds make of the chat page: an alert of several publishers, and the operator's sources.

With ``--update-golden`` the README's pictures of them are taken.
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bot.services.looking import Looking
from bot.sources.http import Response, Validators
from bot.standin.local import reader_id
from bot.telegram.texts import sources as texts
from storage.database import Database
from storage.model import Feed, FeedState, Telling
from tests.support.browser import PHONE, PICTURES, Picture, fits, opened_browser, picture, say
from tests.support.polled_feeds import FeedEntry, PolledFeeds
from tests.support.story import NOON, account
from tests.support.town import Town, newest, opened_town

__all__ = ["picture"]  # a fixture

OPERATOR = frozenset({reader_id("reader")})
COURIER, TAGEBLATT, GAZETTE = (
    "https://courier.example/world.xml",
    "https://tageblatt.example/welt.xml",
    "https://gazette.example/monde.xml",
)
SWORN_IN = FeedEntry(
    "Emmerson Mnangagwa takes the oath as president of Zimbabwe",
    "https://courier.example/harare-oath",
    "Before a full stadium in Harare he promises elections next year, and work for those who have"
    " none. Robert Mugabe, whom he follows after 37 years, does not come.",
    NOON + timedelta(minutes=10),
)
VEREIDIGT = FeedEntry(
    "Simbabwe: Mnangagwa als Präsident vereidigt",
    "https://tageblatt.example/simbabwe",
    "Im Stadion von Harare verspricht er Wahlen.",
    NOON + timedelta(minutes=40),
)
INVESTI = FeedEntry(
    "Zimbabwe : Mnangagwa prête serment devant des dizaines de milliers de personnes",
    "https://gazette.example/zimbabwe",
    "Le nouveau président promet des élections.",
    NOON + timedelta(minutes=50),
)
OLD = FeedEntry("The cup final is drawn", "https://{}.example/cup", "A goal each.", NOON)
LANGUAGES = {VEREIDIGT.link: "de", INVESTI.link: "fr"}
# The portal, later: it links all three.
BULLET = account(
    "2017-11-24",
    "[[Emmerson Mnangagwa]] is sworn in as [[President of Zimbabwe|president of Zimbabwe]] in"
    " [[Harare]], three days after [[Robert Mugabe]] resigned.",
    sources=[
        ("The Courier", SWORN_IN.link),
        ("Das Tageblatt", VEREIDIGT.link),
        ("La Gazette", INVESTI.link),
    ],
)


@pytest.fixture
def database_url(tmp_path: Path, migrated_file: Path) -> str:
    """One engine is enough here: the services' own tests run on both."""
    shutil.copy(migrated_file, tmp_path / "dateline.db")
    return f"sqlite:///{tmp_path}/dateline.db"


@pytest_asyncio.fixture
async def town(database: Database) -> AsyncIterator[Town]:
    """The page's reader is the operator."""
    async with (
        opened_browser() as browser,
        opened_town(database, browser, operators=OPERATOR) as opened,
    ):
        yield opened


async def stand_of(database: Database) -> PolledFeeds:
    """All papers, their feeds read once."""
    stand = PolledFeeds(database, now=NOON)
    for url, title, language in (
        (COURIER, "The Courier", "en"),
        (TAGEBLATT, "Das Tageblatt", "de"),
        (GAZETTE, "La Gazette", "fr"),
    ):
        stand.publish(url, OLD)
        async with database.transaction() as tx:
            await tx.feeds.add(Feed(0, url, url, title=title, language=language, due_at=NOON))
    await stand.poll_due()
    return stand


async def fetch(url: str) -> Response:
    """A linked article, of which only the language is of use."""
    language = next((code for link, code in LANGUAGES.items() if link == url), "en")
    head = f"<!doctype html><html lang={language}><head></head></html>".encode()
    return Response(200, url, {"content-type": "text/html"}, head, Validators())


async def pass_by(town: Town, stand: PolledFeeds, minutes: int, url: str, *news: FeedEntry) -> None:
    """Let time pass, a feed have its news, and what is due be sent."""
    stand.publish(url, *news, OLD)
    async with town.busy:
        await stand.poll(minutes)
        town.talk.clock.now = town.story.at = stand.now
        await town.talk.send()


async def shows(pages: list[Page], text: str) -> None:
    """The bot's newest message says so in all windows, and nothing is too wide for them."""
    for page in pages:
        await expect(newest(page)).to_contain_text(text)
        assert await fits(page)


async def test_an_alert_has_all_sources_with_their_languages(
    town: Town, database: Database, picture: Picture
) -> None:
    await town.story.use_words("Emmerson Mnangagwa", "Emmerson Mnangagwa", 5)
    phone, desk = await town.visit(PHONE, "light"), await town.visit()
    await say(phone, "/follow Emmerson Mnangagwa")
    await shows([phone, desk], "You follow Emmerson Mnangagwa now.")
    stand = await stand_of(database)
    await pass_by(town, stand, 15, COURIER, SWORN_IN)
    await shows([phone, desk], "Sources: The Courier")
    count = await phone.locator(".message").count()

    await town.story.tell(BULLET, telling=Telling.PUSH)
    await Looking(database, fetch, clock=town.talk.clock, holder="here").look()
    await pass_by(town, stand, 30, TAGEBLATT, VEREIDIGT)
    await pass_by(town, stand, 15, GAZETTE, INVESTI)
    sources = "3 sources: The Courier, Das Tageblatt (de), La Gazette (fr)"
    await shows([phone, desk], sources)
    await shows([phone, desk], "Before a full stadium in Harare")
    await expect(newest(phone).locator(".edited")).to_be_visible()
    assert await phone.locator(".message").count() == count
    await picture(phone, "feeds")


async def test_the_operator_sees_what_fails_first(
    town: Town, database: Database, picture: Picture
) -> None:
    stand = await stand_of(database)
    async with database.transaction() as tx:
        _, tageblatt, gazette = await tx.feeds.all()
        await tx.feeds.manage(tageblatt, replace(tageblatt, state=FeedState.PAUSED))
        since, why = NOON - timedelta(hours=3), "gazette.example answers with status 503"
        await tx.feeds.save([replace(gazette, failing_since=since, failure=why)])
    phone, desk = await town.visit(PHONE, "dark"), await town.visit()
    await say(phone, "/sources")
    await shows([phone, desk], "1 of them can’t be read.")
    text = await newest(phone).locator(".text").inner_text()
    places = [text.index(name) for name in ("La Gazette", "The Courier", "Das Tageblatt")]
    assert places == sorted(places)
    await picture(phone, "sources")
    await newest(phone).get_by_role("button", name="Das Tageblatt").click()
    await expect(phone.locator("#toast")).to_contain_text("Das Tageblatt is read from now on.")
    await expect(newest(desk).get_by_role("button", name="⏸ Das Tageblatt")).to_be_visible()
    assert stand.asked
    assert texts.SOURCE_PAUSED not in await newest(desk).locator(".text").inner_text()


@pytest.mark.parametrize("name", ["feeds", "sources"])
def test_the_picture_is_there(name: str) -> None:
    assert (PICTURES / f"{name}.png").is_file()
