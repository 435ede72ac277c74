"""``dateline sources check``: a feed from a local server, read once."""

from __future__ import annotations

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from rich.text import Text

from bot.app.sources.checking import check_feed
from bot.config import load
from bot.services.managing import Managing
from bot.sources.opml import ListedFeed
from bot.standin import TOKEN, StandInServer, World
from storage.database import Database
from tests.support.checked_site import LINK, RSS, Site, check, feed
from tests.support.commands import Commands, closed_port, dateline
from tests.support.day_pages import bullet, page_text
from tests.support.faults import Fault
from tests.support.feeds import items, rss
from tests.support.rows import everything
from tests.support.serving import serving
from tests.support.story import NOON

__all__ = ["closed_port", "dateline"]  # fixtures

VISIT = bullet("[[Omar al-Bashir]] meets [[Vladimir Putin]].", ("Wire", LINK))

SHOWN = """\
title             Example News
site              https://example.org/
language          en
listed            no: dateline sources add lists it
wants to be read  every 1 hour and 30 minutes at most
would be read     every 1 hour and 30 minutes, then as often as it changes
if unchanged      it is sent whole again (no ETag, no Last-Modified)
entries           3: 1 with a summary, 1 with a picture, 2 with a time
dropped           2 × link that opens no web page (javascript:alert(1))
                  1 × entry without a text (https://example.org/nothing)
                  1 × entry that the feed has twice (Undated)

newest            3 of 3: 1 of a known event, 2 new (times in UTC)

2017-11-23 10:30  Omar al-Bashir’s talks with Vladimir Putin go on in the Black
                  Sea resort of Sochi for a second day
                  names Omar al-Bashir, Vladimir Putin
                  joins /event_1 “Omar al-Bashir meets Vladimir Putin.”

2017-11-20 09:00  Old and bold
                  Sports · summary · picture
                  new event

no time           Undated
                  new event
"""


async def know_the_visit(dateline: Commands, folder: Path) -> None:
    day = date(2017, 11, 23)
    (folder / "days").mkdir()
    (folder / "days" / "2017_November_23.txt").write_text(page_text(day, [VISIT]), "utf-8")
    assert (await dateline.beside("backfill", "--archive", str(folder / "days"))).code == 0


# --- What it shows


async def test_it_shows_what_would_come_of_a_feed(dateline: Commands, tmp_path: Path) -> None:
    await know_the_visit(dateline, tmp_path)
    ran = await check(dateline, feed())
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == SHOWN


async def test_as_a_document_it_says_the_same(dateline: Commands, tmp_path: Path) -> None:
    await know_the_visit(dateline, tmp_path)
    ran = await check(dateline, feed(), "--json")
    (document,) = ran.documents
    newest = document.pop("newest")
    assert document.pop("url").endswith("/feed")
    dropped = {each["reason"]: each["count"] for each in document.pop("dropped")}
    assert sorted(dropped.values()) == [1, 1, 2]
    assert document == {
        "title": "Example News",
        "site": "https://example.org/",
        "language": "en",
        "ttl_seconds": 5400,
        "fresh_seconds": None,
        "interval_seconds": 5400,
        "conditional": {"etag": False, "last_modified": False},
        "source": None,
        "entries": 3,
    }
    assert [each["at"] for each in newest] == [
        "2017-11-23T10:30:00+00:00",
        "2017-11-20T09:00:00+00:00",
        None,
    ]
    assert [one["label"] for one in newest[0]["entities"]] == ["Omar al-Bashir", "Vladimir Putin"]
    joins = {"event": 1, "title": "Omar al-Bashir meets Vladimir Putin."}
    assert [each["joins"] for each in newest] == [joins, None, None]
    assert newest[0]["url"] == LINK
    old = {key: newest[1][key] for key in ("summary", "picture", "category")}
    assert old == {
        "summary": "More of it.", "picture": "https://example.org/old.jpg", "category": "Sports",
    }  # fmt: skip


async def test_it_asks_once_keeps_nothing_and_leaves_telegram_alone(
    dateline: Commands, tmp_path: Path
) -> None:
    await know_the_visit(dateline, tmp_path)
    database = await Database.open(f"sqlite:///{tmp_path}/dateline.db")
    before = await everything(database)
    site, world = Site({"/feed": feed()}), World()
    async with StandInServer(world) as server, serving(site) as root:
        dateline.set(BOT_TOKEN=TOKEN, TELEGRAM_API_URL=server.url)
        assert (await dateline.beside("sources", "check", f"{root}/feed")).code == 0
    assert site.asked == ["/feed"]
    assert world.calls == []
    assert await everything(database) == before
    await database.close()


async def test_it_asks_for_as_long_as_its_server_says_that_nothing_changes(
    dateline: Commands,
) -> None:
    for said, every in (("max-age=7000", "1 hour and 57 minutes"), ("no-cache", "8 minutes")):
        answer = Fault(body=rss(*items(2)), content_type=RSS, headers={"cache-control": said})
        ran = await check(dateline, answer)
        assert ran.code == 0
        assert f"would be read     every {every}, then as often as it changes\n" in ran.out
        assert (f"wants to be read  every {every} at most\n" in ran.out) is (said != "no-cache")


async def test_the_newest_ten_of_a_long_feed(dateline: Commands) -> None:
    ran = await check(dateline, feed(rss(*items(40))))
    assert "newest            10 of 40: 10 new (times in UTC)\n" in ran.out
    assert ran.out.count("\n2017-11-23 10:00  Thing ") == 10
    assert "wants to be read  as often as one likes (it does not say)\n" in ran.out
    assert "would be read     every 8 minutes, then as often as it changes\n" in ran.out
    assert (
        "entries           40: 40 with a summary, none with a picture, 40 with a time\n" in ran.out
    )
    assert "dropped           nothing\n" in ran.out


async def test_a_feed_without_entries(dateline: Commands) -> None:
    ran = await check(dateline, feed(rss()))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith("\nThere is no entry that can be used.\n")


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        ({"etag": '"1"'}, "it need not be sent again (ETag)"),
        (
            {"etag": '"1"', "last-modified": "Thu, 23 Nov 2017 10:00:00 GMT"},
            "it need not be sent again (ETag and Last-Modified)",
        ),
    ],
)
async def test_whether_an_unchanged_feed_is_sent_again(
    dateline: Commands, headers: dict[str, str], told: str
) -> None:
    answer = Fault(body=rss(*items(1)), content_type=RSS, headers=headers)
    ran = await check(dateline, answer)
    assert f"if unchanged      {told}\n" in ran.out
    [document] = (await check(dateline, answer, "--json")).documents
    assert document["conditional"] == {"etag": True, "last_modified": len(headers) == 2}


async def test_a_feed_that_is_listed_is_told_as_it_is(dateline: Commands, tmp_path: Path) -> None:
    async with serving(Site({"/feed": feed(), "/feed/": feed()})) as root:
        database = await Database.open(f"sqlite:///{tmp_path}/dateline.db")
        manage = Managing(database, lambda: NOON)
        added = await manage.add(ListedFeed(f"{root}/feed", "My news"))
        await database.close()
        ran = await dateline.beside("sources", "check", f"{root}/feed")
        assert f"listed            as number {added.feed.id}\n" in ran.out
        assert "would be read     every 15 minutes, then as often as it changes\n" in ran.out
        assert (await dateline.beside("sources", "pause", str(added.feed.id))).code == 0
        ran = await dateline.beside("sources", "check", f"{root}/feed/")
        assert f"listed            as number {added.feed.id}, paused\n" in ran.out
        ran = await dateline.beside("sources", "check", "--json", f"{root}/feed")
        [document] = ran.documents
        state = {"id": added.feed.id, "title": "My news", "state": "paused", "listed": True}
        assert document["source"] == state


async def test_where_no_name_is_known_it_says_so(dateline: Commands, tmp_path: Path) -> None:
    told = "names             none known yet; they come with the first events or a backfill\n"
    assert told in (await check(dateline, feed())).out
    await know_the_visit(dateline, tmp_path)
    assert told not in (await check(dateline, feed())).out


async def test_another_way_to_write_an_address_is_no_redirect(dateline: Commands) -> None:
    async with serving(Site({"/feed": feed()})) as root:
        typed = f"{root.replace('http:', 'HTTP:')}/feed#top"
        ran = await dateline.beside("sources", "check", typed)
    assert ran.code == 0
    assert "leads to" not in ran.out


async def test_it_has_colours_on_a_terminal_only(dateline: Commands) -> None:
    async with serving(Site({"/feed": feed()})) as root:
        screen = Console(file=StringIO(), force_terminal=True, width=60, color_system="standard")
        await check_feed(load(), f"{root}/feed", as_json=False, console=screen)
        shown = screen.file.getvalue()  # type: ignore[attr-defined]  # it is the StringIO
        assert "\x1b[1mOld and bold\x1b[0m" in shown
        plain = Text.from_ansi(shown).plain
        assert max(map(len, plain.splitlines())) <= 60
        assert "\x1b" not in (await dateline.beside("sources", "check", f"{root}/feed")).out


async def test_impossible_times_are_one_reason(dateline: Commands) -> None:
    years = (f"<pubDate>Mon, 02 Nov {year} 10:00:00 GMT</pubDate>" for year in (2098, 2099))
    made = (f"<item><title>Thing {time[21:25]}</title>{time}</item>" for time in years)
    ran = await check(dateline, feed(rss(*made)))
    assert "dropped           2 × time that cannot be meant (Thing 2098)\n" in ran.out


async def test_no_line_is_too_wide_and_nothing_unseen_is_printed(dateline: Commands) -> None:
    wide = "中国国家主席习近平会见俄罗斯总统普京" * 5
    evil = "&#27;[31mred &#x202e;turned"
    ran = await check(
        dateline, feed(rss(f"<item><title>{wide}</title></item><item><title>{evil}</title></item>"))
    )
    assert ran.code == 0
    assert all(sum(1 + (sign > "\u2e80") for sign in line) <= 80 for line in ran.out.split("\n"))
    assert all(sign.isprintable() for sign in ran.out.replace("\n", ""))


@pytest.mark.parametrize("content_type", ["text/html", "text/plain", "image/png", ""])
async def test_a_feed_under_a_wrong_type_is_read(dateline: Commands, content_type: str) -> None:
    ran = await check(dateline, feed(content_type=content_type))
    assert ran.out.startswith("title             Example News\n")


async def test_where_an_address_leads_is_told(dateline: Commands) -> None:
    site = Site({"/old": Fault(301, b"", {"location": "/feed"}), "/feed": feed()})
    async with serving(site) as root:
        ran = await dateline.beside("sources", "check", f"{root}/old")
        assert f"\nleads to          {root}/feed\n" in ran.out
