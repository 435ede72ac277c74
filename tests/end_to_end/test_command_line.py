"""The command line as a whole: help, exit codes, settings, ``doctor`` and ``migrate``."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import pytest
from typer.main import get_command

from bot.__main__ import cli
from bot.standin import TOKEN, StandInServer, World
from tests.support import children
from tests.support.commands import Commands, closed_port, dateline
from tests.support.day_pages import page_text, title_of
from tests.support.wiki import Wiki, wiki

__all__ = ["closed_port", "dateline", "wiki"]  # fixtures

COMMANDS = [
    "run",
    "ask",
    "replay",
    "backfill",
    "doctor",
    "calibrate",
    "migrate",
    "sources",
    "events",
]


def test_there_are_these_commands() -> None:
    assert list(get_command(cli).commands) == COMMANDS  # type: ignore[attr-defined]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(dateline: Commands, command: str) -> None:
    ran = dateline(command, "--help")
    assert ran.code == 0
    assert ran.out.startswith(f"Usage: dateline {command}")
    assert dateline("--help").out.count(f"\n  {command} ") == 1


@pytest.mark.parametrize("command", [*COMMANDS, "sources add", "sources import"])
def test_help_names_what_an_option_takes(dateline: Commands, command: str) -> None:
    told = dateline(*command.split(), "--help").out
    assert not re.search(r"-[a-z]+ <|\{[a-z]+\}\n", told)


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing"],
        ["run", "--only", "sing"],
        ["run", "--only", ","],
        ["run", "--only", "poll"],
        ["ask"],
        ["ask", " "],
        ["ask", "/help", "--loud"],
        ["doctor", "now"],
        ["backfill"],
        ["replay"],
        ["calibrate", ".env.example", "--text", "foo"],
        ["events", "merge", "a", "b"],
    ],
    ids=" ".join,
)
def test_wrong_arguments_end_with_2_and_a_sentence(
    dateline: Commands, arguments: list[str]
) -> None:
    ran = dateline(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.strip()
    assert not re.search(r"Traceback|Value error|valid integer", ran.err)


@pytest.mark.parametrize("command", [one for one in COMMANDS if one != "calibrate"])  # needs none
def test_wrong_settings_are_all_named_at_once(dateline: Commands, command: str) -> None:
    dateline.set(
        BOT_TOKEN="123456:short_secret",
        POLL_INTERVAL="often",
        SEND_RATE="0",
        LISTEN="everywhere",
        LOG_LEVEL="loud",
    )
    more = {"ask": ["/help"], "replay": ["x", "--follow", "y"], "backfill": ["--archive", "x"]}
    more["sources"] = ["check", "https://example.org/feed.xml"]
    more["events"] = ["unmerge", "1"]
    ran = dateline(command, *more.get(command, []))
    assert (ran.code, ran.out) == (2, "")
    named = {line.partition(":")[0] for line in ran.err.splitlines()}
    assert named == {"BOT_TOKEN", "POLL_INTERVAL", "SEND_RATE", "LISTEN", "LOG_LEVEL"}
    assert "short_secret" not in ran.err


@pytest.mark.parametrize("arguments", [["ask", "/help"], ["doctor"], ["migrate"]], ids=" ".join)
def test_a_database_out_of_reach_is_named_without_its_password(
    dateline: Commands, closed_port: int, arguments: list[str]
) -> None:
    dateline.set(DATABASE_URL=f"postgresql://ann:sesame@127.0.0.1:{closed_port}/news")
    ran = dateline(*arguments)
    assert ran.code == 1
    said = ran.out + ran.err
    assert f"127.0.0.1:{closed_port}/news" in said
    assert "Check DATABASE_URL" in said
    assert "sesame" not in said
    assert "Traceback" not in said


@pytest.mark.parametrize("address", ["mysql://x/y", "dateline.db", "sqlite", ""])
def test_an_address_of_no_database_is_told_how_to_look(dateline: Commands, address: str) -> None:
    dateline.set(DATABASE_URL=address)
    ran = dateline("migrate")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("DATABASE_URL: should begin with sqlite:")


def test_the_version_is_told(dateline: Commands) -> None:
    ran = dateline("--version")
    assert (ran.code, ran.out, ran.err) == (0, f"Dateline {version('dateline-bot')}\n", "")


def test_migrate_works_again_and_again(dateline: Commands, tmp_path: Path) -> None:
    for _ in range(2):
        ran = dateline("migrate")
        assert (ran.code, ran.err) == (0, "")
        assert ran.out == "The database has the newest schema.\n"
    assert (tmp_path / "dateline.db").is_file()


# --- doctor


async def test_doctor_finds_all_well(dateline: Commands, wiki: Wiki) -> None:
    wiki.set_page(title_of(datetime.now(UTC).date()), page_text(datetime.now(UTC).date(), []))
    dateline.set(
        WIKIPEDIA_API_URL=wiki.api_url,
        WIKIDATA_API_URL=wiki.api_url,
        WIKIMEDIA_CONTACT="ann@example.org",
        BOT_TOKEN=TOKEN,
    )
    async with StandInServer(World()) as server:
        dateline.set(TELEGRAM_API_URL=server.url)
        plain, documents = (
            await dateline.beside("doctor"),
            await dateline.beside("doctor", "--json"),
        )
    assert plain.code == 0, plain.out
    assert [line[:4] for line in plain.out.splitlines()] == ["ok  "] * 6
    assert TOKEN not in plain.out + plain.err
    parts = ["settings", "database", "feeds", "telegram", "wikipedia", "contact"]
    assert [(each["part"], each["ok"], each["state"]) for each in documents.documents] == [
        (part, True, "ok") for part in parts
    ]
    assert "@dateline_bot" in documents.documents[3]["says"]


async def test_doctor_looks_at_the_list_of_feeds(dateline: Commands, tmp_path: Path) -> None:
    mine = tmp_path / "mine.opml"
    dateline.set(FEEDS=str(mine))
    missing = await dateline.beside("doctor")
    assert missing.code == 2
    assert missing.err == f"FEEDS: can't be read: No such file or directory (it is '{mine}')\n"
    mine.write_text(
        '<opml version="2.0"><body><outline xmlUrl="https://a.example/rss"/>\n'
        '<outline text="Bad" xmlUrl="javascript:alert(1)"/></body></opml>'
    )
    found = await dateline.beside("doctor")
    assert (
        f"hint feeds      1 in FEEDS={mine}; left out: line 2: Bad: 'javascript:alert(1)' is no "
        "web address; nobody is told when one fails: ADMIN_CHATS names no chat (the bot says a "
        "chat's number where you send it /sources)\n"
    ) in found.out
    dateline.set(FEEDS="off")
    off = "ok   feeds      none from a list: FEEDS is off"
    assert f"{off}\n" in (await dateline.beside("doctor")).out
    await dateline.beside("sources", "add", "--unchecked", "https://b.example/rss")
    assert f"{off}; 1 feed added by hand\n" in (await dateline.beside("doctor")).out


async def test_doctor_says_what_to_mend(dateline: Commands, closed_port: int) -> None:
    async with StandInServer(World()) as server:
        dateline.set(BOT_TOKEN="1:" + "x" * 35, TELEGRAM_API_URL=server.url)
        ran = await dateline.beside("doctor")
    assert ran.code == 1
    ill = {line.split()[1]: line for line in ran.out.splitlines() if line.startswith("MEND")}
    assert set(ill) == {"telegram", "wikipedia"}
    assert "BOT_TOKEN" in ill["telegram"]
    assert "x" * 35 not in ran.out + ran.err
    assert "127.0.0.1" in ill["wikipedia"]


async def test_doctor_says_that_inline_mode_is_off(dateline: Commands) -> None:
    async with StandInServer(World(inline=False)) as server:
        dateline.set(BOT_TOKEN=TOKEN, TELEGRAM_API_URL=server.url)
        ran = await dateline.beside("doctor")
    assert ran.code == 1
    (ill,) = [line for line in ran.out.splitlines() if line.startswith("MEND telegram")]
    assert "inline mode is off" in ill
    assert "Send /setinline to @BotFather, choose @dateline_bot" in ill


def test_doctor_names_a_telegram_out_of_reach(dateline: Commands, closed_port: int) -> None:
    dateline.set(BOT_TOKEN=TOKEN, TELEGRAM_API_URL=f"http://127.0.0.1:{closed_port}")
    ran = dateline("doctor")
    assert ran.code == 1
    assert "Telegram cannot be reached" in ran.out
    assert TOKEN not in ran.out + ran.err


# --- run


async def test_run_waits_for_a_telegram_out_of_reach(tmp_path: Path, wiki: Wiki) -> None:
    world = World()
    world.faults.add("reset_before", "getMe", times=3)  # once for what watches the token
    async with StandInServer(world) as server:
        settings = {
            "BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": server.url,
            "WIKIPEDIA_API_URL": wiki.api_url,
            "WIKIMEDIA_CONTACT": "tests@example.org",
        }
        async with children.dateline("run", folder=tmp_path, settings=settings) as child:
            await world.until(lambda: bool(world.calls_to("getUpdates")), within=60)
            assert await child.stop() == 0
    log = child.log.read_text()
    assert log.count("next try in") == 2
    assert TOKEN not in log
    assert "Traceback" not in log


async def test_run_ends_with_2_where_telegram_refuses_the_token(tmp_path: Path, wiki: Wiki) -> None:
    async with StandInServer(World()) as server:
        settings = {
            "BOT_TOKEN": "1:" + "x" * 35,
            "TELEGRAM_API_URL": server.url,
            "WIKIPEDIA_API_URL": wiki.api_url,
            "WIKIMEDIA_CONTACT": "tests@example.org",
        }
        async with children.dateline("run", folder=tmp_path, settings=settings) as child:
            assert await child.code() == 2
    log = child.log.read_text()
    assert "Telegram does not accept BOT_TOKEN" in log
    assert "x" * 35 not in log
    assert "Traceback" not in log


@pytest.mark.parametrize("parts", ["poll", "send", "chat", "poll,chat"])
def test_without_a_token_the_page_is_not_parted_from_who_answers(
    dateline: Commands, parts: str
) -> None:
    ran = dateline("run", "--only", parts)
    assert ran.code == 2
    assert ran.err.startswith("Without BOT_TOKEN --only needs both chat and send: ")


async def test_run_without_a_token_serves_its_readers(tmp_path: Path, wiki: Wiki) -> None:
    wiki.set_page(title_of(datetime.now(UTC).date()), "")
    settings = {
        "LISTEN": "127.0.0.1:0",
        "WIKIPEDIA_API_URL": wiki.api_url,
        "WIKIMEDIA_CONTACT": "tests@example.org",
    }
    async with children.dateline("run", folder=tmp_path, settings=settings) as child:
        assert b"No BOT_TOKEN" in await child.line()
        assert b"http://127.0.0.1:" in await child.line()
        assert await child.stop() == 0, child.log.read_text()
    assert f"beginning a new database: {tmp_path}/dateline.db\n" in child.log.read_text()


def test_a_mistyped_name_of_a_setting_is_told(dateline: Commands, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("BOT_TOKN=x\n")
    told = "BOT_TOKN in .env is no setting: is BOT_TOKEN meant?"
    assert f"MEND settings   {told}\n" in dateline("doctor").out
    dateline.set(DATABASE_URL=f"sqlite:///{tmp_path / '.env' / 'news.db'}")  # no folder
    ran = dateline("run")
    assert ran.code == 2
    assert ran.err.count(told) == 1


async def test_a_terminal_without_our_letters_gets_what_it_can(tmp_path: Path) -> None:
    plain = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    async with children.dateline("ask", "/help", folder=tmp_path, settings=plain) as asked:
        said = [line async for line in asked.lines()]
        assert await asked.code() == 0, asked.log.read_text()
    assert said[0] == b"What I can do\n"
    assert b"Wikipedia?s contributors" in b"".join(said)
    assert "Traceback" not in asked.log.read_text()
