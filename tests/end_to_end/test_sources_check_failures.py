"""``dateline sources check`` where no feed can be read: one helpful sentence, exit code 1 or 2."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.app.sources.checking import check_feed
from bot.config import load
from bot.errors import SourceError
from tests.support import faults
from tests.support.checked_site import Site, check, feed, page
from tests.support.commands import Commands, Ran, closed_port, dateline
from tests.support.faults import Fault
from tests.support.serving import serving

__all__ = ["closed_port", "dateline"]  # fixtures

ELSEWHERE = "Look whether the address is that of a feed, and open to everybody."
LATER = "Look whether the address is right; if it is, check it again later."
ON_THE_SITE = "Look on the site for “RSS”, “Atom” or “feed”, and check that address."
HOST = "127.0.0.1"
NAMED = (
    '<link rel="alternate" type="application/rss+xml" href="https://example.org/a.xml">'
    '<link rel="alternate" type="application/atom+xml" href="https://example.org/b.xml">'
)
FAILURES = {
    "too large": (faults.huge(11), f"{HOST} sends more than 10 MB. {ELSEWHERE}"),
    "a bomb": (faults.bomb(11), f"{HOST} sends more than 10 MB. {ELSEWHERE}"),
    "304": (
        Fault(304, b""),
        f"{HOST} answers a first request with status 304. {ELSEWHERE}",
    ),
    "403": (faults.status(403), f"{HOST} answers with status 403. {ELSEWHERE}"),
    "404": (faults.status(404), f"{HOST} answers with status 404. {ELSEWHERE}"),
    "410": (
        faults.status(410),
        f"{HOST} answers with status 410. It is gone for good: look on the site for another "
        "address.",
    ),
    "429": (
        faults.status(429, retry_after="120"),
        f"{HOST} asks us to wait 2 min (status 429). Check it again after that.",
    ),
    "503": (
        faults.status(503, retry_after="30"),
        f"{HOST} asks us to wait 30 s (status 503). Check it again after that.",
    ),
    "500": (
        faults.status(500),
        f"{HOST} answers with status 500. {LATER}",
    ),
    "a page that names feeds": (
        page(NAMED),
        "This is a web page, not a feed. Check one of the feeds that it names:\n"
        "  https://example.org/a.xml\n  https://example.org/b.xml",
    ),
    "a page that names none": (
        page("<title>Welcome</title>"),
        f"This is a web page (“Welcome”), not a feed, and it names no feed. {ON_THE_SITE}",
    ),
    "a login page": (
        page("<title>In</title></head><body><form><input type=password>"),
        "This is a login page, not a feed: the feed is not open to everybody. " + ON_THE_SITE,
    ),
    "a picture": (
        feed(b"\x89PNG\r\n\x1a\n" + bytes(50), "image/png"),
        f"This is a picture, not a feed. {ON_THE_SITE}",
    ),
    "nothing": (feed(b""), f"The answer is empty. {ON_THE_SITE}"),
    "a circle": (
        Fault(302, b"", {"location": "/feed"}),
        f"{HOST} redirects too often. {ELSEWHERE}",
    ),
    "no host": (
        Fault(302, b"", {"location": "http://xn--/"}),
        f"{HOST} leads to an impossible host name. {ELSEWHERE}",
    ),
}


@pytest.mark.parametrize("name", FAILURES)
@pytest.mark.parametrize("options", [[], ["--json"]], ids=["", "json"])
async def test_a_failure_is_told_and_ends_with_1(
    dateline: Commands, name: str, options: list[str]
) -> None:
    answer, said = FAILURES[name]
    ran = await check(dateline, answer, *options)
    assert (ran.code, ran.out, ran.err) == (1, "", f"{said}\n")


async def test_an_answer_that_is_cut_off(dateline: Commands) -> None:
    ran = await check(dateline, faults.cut_off())
    assert (ran.code, ran.out) == (1, "")
    # Before it the server, in this process too, tells of its own failure.
    assert ran.err.endswith(
        f"\n{HOST} cannot be reached: its answer is cut off, or no HTTP. {LATER}\n"
    )


def test_no_server(dateline: Commands, closed_port: int) -> None:
    ran = dateline("sources", "check", f"http://{HOST}:{closed_port}/feed")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == f"{HOST} cannot be reached: no connection. {LATER}\n"


@pytest.mark.usefixtures("dateline")
async def test_a_server_that_does_not_end(capsys: pytest.CaptureFixture[str]) -> None:
    release = asyncio.Event()
    async with serving(Site({"/feed": faults.slow(release)})) as root:
        with pytest.raises(SourceError, match=rf"took more than 0\.05 s\. {LATER}"):
            await check_feed(load(), f"{root}/feed", as_json=False, patience=0.05)
        release.set()
    assert capsys.readouterr().out == ""


def test_a_database_out_of_reach_is_named(dateline: Commands, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    dateline.set(DATABASE_URL=f"sqlite:///{tmp_path}/folder")

    async def look() -> Ran:
        return await check(dateline, feed())

    ran = asyncio.run(look())
    assert (ran.code, ran.out) == (1, "")
    assert "Check DATABASE_URL" in ran.err


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org/feed",
        "ftp://example.org/feed",
        "file:///etc/hosts",
        "javascript:alert(1)",
        "http://[::1",
        "http://exa mple.org/",
        "http://a..b\x1b/",
    ],
)
def test_what_is_no_web_address_ends_with_2(dateline: Commands, url: str) -> None:
    ran = dateline("sources", "check", url)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith(" is no web address: write it like https://example.org/feed.xml\n")
    assert "\x1b" not in ran.err


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://", "'http://' names no host"),
        ("http:///feed", "'http:///feed' names no host"),
        ("http://example.org:99999/", "'http://example.org:99999/' has a port that there is not"),
        ("http://example.org:0/", "'http://example.org:0/' has a port that there is not"),
        (f"https://a.example/{'x' * 2000}", f"'https://a.example/{'x' * 42}…' has more than 2000"),
        ("https://me:sesame@a.example/", "The address has a name and password in it"),
    ],
)
@pytest.mark.parametrize("command", [["check"], ["add", "--unchecked"]], ids=" ".join)
def test_both_commands_say_what_is_wrong_with_an_address(
    dateline: Commands, command: list[str], url: str, why: str
) -> None:
    ran = dateline("sources", *command, url)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(why)
    assert "sesame" not in ran.err


@pytest.mark.parametrize(
    "arguments",
    [[], ["check"], ["frobnicate"], ["check", "https://x.example", "now"]],
    ids=" ".join,
)
def test_wrong_arguments_end_with_2(dateline: Commands, arguments: list[str]) -> None:
    ran = dateline("sources", *arguments)
    assert ran.code == 2
    assert "Traceback" not in ran.out + ran.err
    assert "sources" in ran.out + ran.err


def test_help_says_what_it_does_and_no_more(dateline: Commands) -> None:
    ran = dateline("sources", "check", "--help")
    assert ran.code == 0
    assert "Fetch a feed once, listed or not, and show what would come of it." in ran.out
    assert "poll" not in ran.out
