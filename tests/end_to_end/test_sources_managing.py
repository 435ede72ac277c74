"""``dateline sources``: what an operator lists, adds, pauses, removes, imports and exports."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app.sources.lists import bundled, sync
from bot.config import load
from bot.errors import SettingsError
from bot.services.sampling import RECORDING
from bot.sources.opml import read_opml
from storage.database import Database
from tests.support.checked_site import Site, feed, page
from tests.support.commands import Commands, closed_port, dateline
from tests.support.faults import Fault, status
from tests.support.serving import serving

__all__ = ["closed_port", "dateline"]  # fixtures

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
A, B = "https://a.example/rss", "https://b.example/rss"


@pytest.fixture
def listed(dateline: Commands, tmp_path: Path) -> Commands:
    """Two feeds are in the database, of a list, and one that was added."""
    path = tmp_path / "my.opml"
    path.write_text(
        f'<opml><body><outline text="Asia"><outline text="Alpha News" xmlUrl="{A}" language="en"/>'
        f'</outline><outline text="Beta News" xmlUrl="{B}"/></body></opml>'
    )

    async def bring_in() -> None:
        database = await Database.open(f"sqlite:///{tmp_path}/dateline.db")
        await sync(load(None, feeds=str(path)), database)
        await database.close()

    asyncio.run(bring_in())
    assert dateline("sources", "add", "--unchecked", "https://c.example/rss").code == 0
    return dateline


def rows(dateline: Commands, *options: str) -> list[str]:
    """The lines of the table, without its head and summary."""
    dateline.set(COLUMNS="80")
    ran = dateline("sources", "list", *options)
    assert (ran.code, ran.err) == (0, "")
    return ran.out.splitlines()[1:-2]


def told(dateline: Commands, *arguments: str) -> str:
    """What a command prints that works."""
    ran = dateline("sources", *arguments)
    assert (ran.code, ran.err) == (0, "")
    return ran.out


def refused(dateline: Commands, *arguments: str) -> str:
    """What a command says that can't be done, and that it is the arguments' fault."""
    ran = dateline("sources", *arguments)
    assert (ran.code, ran.out) == (2, "")
    return ran.err


# --- listing


def test_nothing_is_listed_yet(dateline: Commands) -> None:
    assert told(dateline, "list").startswith("No feed is listed yet.")
    assert told(dateline, "list", "--json") == ""


def test_the_list_reads_in_80_columns_and_in_plain_text(listed: Commands) -> None:
    told(listed, "pause", "Beta")
    assert rows(listed) == [
        "   1  active    Alpha News                   en    never       now        15 min",
        "   2  paused    Beta News                          never       –          15 min",
        "   3  active    c.example/rss                      never       now        15 min",
    ]
    assert told(listed, "list").endswith("\n\n3 feeds: 2 active, 1 paused.\n")
    assert "\x1b" not in told(listed, "list")


def test_the_list_for_programs_says_more(listed: Commands) -> None:
    told(listed, "remove", "1")
    assert [each["id"] for each in listed("sources", "list", "--json").documents] == [2, 3]
    first, *_ = listed("sources", "list", "--json", "--all").documents
    assert first == {
        "id": 1, "title": "Alpha News", "url": A, "listed_as": A, "state": "removed", "failure": "",
        "origin": "list", "language": "en", "region": "Asia", "last_success_at": None,
        "due_at": None, "interval_seconds": 900, "failures": 0, "failing_since": None,
    }  # fmt: skip


async def test_while_the_sample_week_is_served_none_is_due(
    listed: Commands, tmp_path: Path
) -> None:
    database = await Database.open(f"sqlite:///{tmp_path}/dateline.db")
    async with database.transaction() as tx:
        await tx.sources.replayed(RECORDING, NOW)
    await database.close()
    ran = await listed.beside("sources", "list")
    assert " now " not in ran.out
    assert ran.out.endswith(": 3 active. While the sample week is served, none is read.\n")
    assert {each["due_at"] for each in (await listed.beside("sources", "list", "--json")).documents
            } == {None}  # fmt: skip


# --- adding


async def test_a_feed_is_looked_at_before_it_is_added(dateline: Commands) -> None:
    async with serving(Site({"/feed": feed()})) as root:
        ran = await dateline.beside(
            "sources", "add", f"{root}/feed", "--language", "en-GB", "--region", "World"
        )
        again = await dateline.beside("sources", "add", f"{root}/feed/", "--unchecked")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("title             Example News")
    assert "listed   " not in ran.out  # it is just about to be
    assert ran.out.endswith(
        "\nExample News is added, as number 1. It is read by `dateline run` from now on.\n"
    )
    assert again.out == "Example News is listed already, as number 1 (active).\n"
    (found,) = (await dateline.beside("sources", "list", "--json")).documents
    assert (found["language"], found["region"], found["origin"]) == ("en", "World", "added")


@pytest.mark.parametrize("path", ["/page", "/nothing"])
async def test_what_is_no_feed_is_not_added(dateline: Commands, path: str) -> None:
    async with serving(Site({"/page": page(""), "/nothing": status(404)})) as root:
        ran = await dateline.beside("sources", "add", f"{root}{path}")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err
    assert (await dateline.beside("sources", "list", "--json")).out == ""


def test_addresses_and_languages_that_can_not_be(dateline: Commands) -> None:
    for typed in ("example.org", "ftp://a.example/"):
        said = refused(dateline, "add", "--unchecked", typed)
        assert said == f"{typed!r} is no web address: write it like https://example.org/feed.xml\n"
    for typed in ("German?", "xx", "und"):
        said = refused(dateline, "add", "--unchecked", A, "--language", typed)
        assert said == f"--language {typed}: no known language; write it like en or pt-BR.\n"


def test_a_listed_feed_takes_what_is_typed_of_it(listed: Commands) -> None:
    as_told = ("--title", "Beta", "--language", "de-AT", "--region", "Europe")
    said = told(listed, "add", "--unchecked", B, *as_told)
    assert said == (
        "Beta is listed already, as number 2 (active). Changed: title, language, region.\n"
    )
    again = told(listed, "add", "--unchecked", B, "--language", "de")
    assert again == "Beta is listed already, as number 2 (active).\n"
    _, found, _ = listed("sources", "list", "--json").documents
    assert (found["title"], found["language"], found["region"]) == ("Beta", "de", "Europe")


async def test_a_listed_feed_is_not_renamed_by_its_own_title(dateline: Commands) -> None:
    async with serving(Site({"/feed": feed()})) as root:
        add = ("sources", "add", f"{root}/feed")
        await dateline.beside(*add, "--title", "Mine")
        ran = await dateline.beside(*add, "--language", "de")
    assert ran.out.endswith("\nMine is listed already, as number 1 (active). Changed: language.\n")


@pytest.mark.parametrize("status", [301, 308, 302, 307])
async def test_an_address_that_leads_to_a_listed_feed_is_that_feed(
    dateline: Commands, status: int
) -> None:
    leads = Fault(status, b"", {"location": "/feed"})
    async with serving(Site({"/feed": feed(), "/old": leads})) as root:
        await dateline.beside("sources", "add", f"{root}/feed")
        ran = await dateline.beside("sources", "add", f"{root}/old", "--title", "Other")
        looked = await dateline.beside("sources", "check", f"{root}/old")
        await dateline.beside("sources", "remove", "1")
        alone = await dateline.beside("sources", "add", f"{root}/old", "--title", "Other")
    assert ran.out.endswith(
        f"\nExample News is listed already, as number 1 ({root}/old leads to {root}/feed), and "
        "stays as it is.\n"
    )
    assert "listed            as number 1\n" in looked.out
    assert "Other is added, as number 2." in alone.out


# --- pausing, resuming, removing


def test_a_feed_is_paused_resumed_removed_and_brought_back(listed: Commands) -> None:
    assert told(listed, "pause", "alpha") == "Alpha News is paused.\n"
    assert told(listed, "pause", A) == "Alpha News is paused already.\n"
    assert told(listed, "resume", "1") == "Alpha News is read again from now on.\n"
    assert told(listed, "resume", "1") == "Alpha News is not paused.\n"
    back = f"Bring it back: dateline sources add {A}\n"
    assert told(listed, "remove", "1") == f"Alpha News is removed. {back}"
    assert refused(listed, "resume", "Alpha") == f"Alpha News has been removed. {back}"
    assert told(listed, "add", "--unchecked", A).startswith("Alpha News is listed again, as numb")


def test_who_is_meant_must_be_clear(listed: Commands) -> None:
    said = refused(listed, "pause", "news")
    assert said == (
        "'news' may mean several. Name one by its number:\n"
        f"    1  Alpha News  {A}\n    2  Beta News  {B}\n"
    )
    assert refused(listed, "remove", "Alpha Newz") == (
        f"No feed is called 'Alpha Newz'. Is it one of these?\n    1  Alpha News  {A}\n"
    )
    for verb in ("pause", "resume", "remove"):
        assert refused(listed, verb, "zzzzz") == (
            "No feed is called 'zzzzz'. See them all: dateline sources list\n"
        )
    assert [row.split()[1] for row in rows(listed)] == ["active"] * 3


@pytest.mark.parametrize("verb", "list add check pause resume remove import export".split())
def test_each_command_helps(dateline: Commands, verb: str) -> None:
    ran = dateline("sources", verb, "--help")
    assert ran.code == 0
    assert ran.out.startswith(f"Usage: dateline sources {verb} ")


def test_a_command_without_its_argument(dateline: Commands) -> None:
    for verb in ("add", "check", "pause", "resume", "remove", "import"):
        ran = dateline("sources", verb)
        assert ran.code == 2
        assert "Missing argument" in ran.err


# --- files


def test_feeds_go_out_and_come_in_again(listed: Commands, tmp_path: Path) -> None:
    assert told(listed, "export", "out.opml") == "3 feeds written to out.opml.\n"
    printed = told(listed, "export")
    assert printed == (tmp_path / "out.opml").read_text("utf-8")
    found = read_opml(printed.encode()).feeds
    assert [(f.title, f.url, f.language, f.region) for f in found] == [
        ("Beta News", B, "", ""),
        ("", "https://c.example/rss", "", ""),
        ("Alpha News", A, "en", "Asia"),
    ]
    listed.set(DATABASE_URL=f"sqlite:///{tmp_path}/other.db")
    assert told(listed, "import", "out.opml") == (
        "3 feeds in out.opml: 3 new, 0 back, 0 known already.\n"
    )
    assert read_opml(told(listed, "export").encode()).feeds == found


def test_what_a_file_has_that_is_no_feed_is_told(dateline: Commands, tmp_path: Path) -> None:
    lines = "\n".join(f'<outline text="T{n}"/>' for n in range(25))
    (tmp_path / "in.opml").write_text(f'<opml>\n<outline xmlUrl="{A}"/>\n{lines}</opml>')
    said = told(dateline, "import", "in.opml").splitlines()
    assert said[:2] == [
        "1 feed in in.opml: 1 new, 0 back, 0 known already.",
        "left out: line 3: T0: it has no xmlUrl",
    ]
    assert said[-1] == "left out: 5 more"


def test_files_that_can_not_be_used(dateline: Commands, tmp_path: Path) -> None:
    (tmp_path / "bad.opml").write_text("<opml>\n<body>")
    (tmp_path / "folder").mkdir()
    assert refused(dateline, "import", "bad.opml") == (
        "bad.opml is no list of feeds (OPML): line 2: no element found.\n"
    )
    assert refused(dateline, "import", "none.opml") == (
        "none.opml can't be read: No such file or directory.\n"
    )
    assert refused(dateline, "import", "folder") == "folder can't be read: Is a directory.\n"
    assert refused(dateline, "export", "folder") == "folder can't be written: Is a directory.\n"


# --- the list that FEEDS names


async def synced(database: Database, feeds: str) -> list[str]:
    """The titles of what is listed after a start with this setting."""
    await sync(load(None, feeds=feeds), database)
    async with database.reading() as tx:
        return [each.title for each in await tx.feeds.all() if each.listed]


async def test_a_file_replaces_the_bundled_list(tmp_path: Path) -> None:
    database = await Database.open(f"sqlite:///{tmp_path}/dateline.db")
    (tmp_path / "my.opml").write_text(f'<opml><outline text="Mine" xmlUrl="{A}"/></opml>')
    assert await synced(database, "") == [each.title for each in bundled().feeds]
    assert await synced(database, str(tmp_path / "my.opml")) == ["Mine"]
    assert await synced(database, "OFF") == []
    with pytest.raises(SettingsError, match=r"FEEDS: can't be read: No such file"):
        await synced(database, "/nowhere.opml")
    await database.close()
