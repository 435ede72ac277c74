"""``dateline sources check`` as an operator sees it in a terminal of 80 columns.

With ``--update-golden`` the README's picture of it is taken.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from io import StringIO
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect
from rich.console import Console

from bot.app.sources.checking import check_feed
from bot.config import load
from storage.database import Database
from tests.support.browser import LARGEST_PICTURE, PICTURES, opened_browser
from tests.support.checked_site import RSS, Site
from tests.support.commands import closed_port, dateline
from tests.support.faults import Fault
from tests.support.feeds import rss
from tests.support.serving import serving
from tests.support.story import Story, account

__all__ = ["closed_port", "dateline"]  # fixtures

COMMAND = "dateline sources check http://127.0.0.1:8000/world.xml"
WIDTH = 80
_FAR_FONT = re.compile(r"@font-face \{.*?\}", re.S)  # rich would have them loaded from afar
_UNIQUE = "dateline"  # instead of a number that changes with each run
_ENTRIES = (
    (
        "Sudan’s leader asks Putin for protection from the United States",
        "Omar al-Bashir met Vladimir Putin in Sochi, the first visit of the Sudanese president "
        "to Russia, and asked for protection from the United States.",
        "Politics", 1,
    ),
    (
        "Emmerson Mnangagwa returns to Zimbabwe to be sworn in",
        "He is to follow Robert Mugabe, who resigned on Tuesday.",
        "Africa", 3,
    ),
    ("Rivers rise after a week of rain", "Hundreds have left their homes.", "Floods", 5),
)  # fmt: skip
_HEAD = (
    "<title>Example World News</title><link>https://example.org/world</link>"
    "<language>en</language><ttl>10</ttl>"
)


@pytest_asyncio.fixture
async def browser() -> AsyncIterator[Browser]:
    async with opened_browser() as opened:
        yield opened


def feed(now: datetime) -> Fault:
    """A publisher's feed with news of the last hours, and one entry that says nothing."""
    made = (
        f"<item><title>{title}</title><link>https://example.org/world/{hours}-story</link>"
        f"<description>{summary}</description><category>{category}</category>"
        f"<pubDate>{format_datetime(now - timedelta(hours=hours))}</pubDate>"
        f'<enclosure url="https://example.org/{hours}.jpg" type="image/jpeg"/></item>'
        for title, summary, category, hours in _ENTRIES
    )
    body = rss(*made, "<item><link>https://example.org/empty</link></item>", head=_HEAD)
    return Fault(body=body, content_type=RSS, headers={"etag": '"4711"'})


async def know_the_visit(database: Database, now: datetime) -> None:
    """Let the portal have told of it, and of whom else the feed names."""
    story = Story(database, at=now)
    for name in ("Emmerson Mnangagwa", "Robert Mugabe"):
        await story.use_words(name, name, 9)
    text = (
        "[[Sudan]]ese President [[Omar al-Bashir]] meets [[Vladimir Putin]] in [[Sochi]] and asks"
        " [[Russia]] for protection from the [[United States]]."
    )
    await story.tell(account(now.date().isoformat(), text))


@pytest.mark.usefixtures("dateline")
async def test_it_is_pleasant_to_read(
    browser: Browser, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    now = datetime.now(UTC)
    database = await Database.open(f"sqlite:///{tmp_path}/dateline.db")
    await know_the_visit(database, now)
    await database.close()
    screen = Console(record=True, width=WIDTH, force_terminal=True, file=StringIO())
    async with serving(Site({"/world.xml": feed(now)})) as root:
        await check_feed(load(), f"{root}/world.xml", as_json=False, console=screen)
    lines = screen.export_text(clear=False).splitlines()
    assert max(map(len, lines)) <= WIDTH
    drawn = _FAR_FONT.sub("", screen.export_svg(title=COMMAND, unique_id=_UNIQUE))

    page = await browser.new_page(viewport={"width": 1000, "height": 900})
    await page.set_content(f"<body style='margin:0;width:820px'>{drawn}</body>")
    shown = page.locator("svg").first
    for told in ("Omar al-Bashir", "joins /event_1", "(ETag)"):
        await expect(shown).to_contain_text(told)
    if request.config.getoption("--update-golden", default=False):
        path = PICTURES / "check.png"
        await shown.screenshot(path=path, omit_background=True)
        assert path.stat().st_size < LARGEST_PICTURE


def test_the_picture_is_there() -> None:
    assert (PICTURES / "check.png").is_file()
