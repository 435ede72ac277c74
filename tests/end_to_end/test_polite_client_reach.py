"""Where the polite client goes for strangers, and where not: the public internet only."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from bot.errors import PrivateAddress, SourceUnreachable, SourceUnreadable
from bot.sources.http import PoliteClient, same_origin
from bot.sources.http.network import resolve
from tests.support.hostile import (
    AGENT,
    HOME,
    Names,
    Server,
    Streets,
    client_for,
    leads_to,
    says,
    server,
)

__all__ = ["server"]  # a fixture

REFUSED = "is a private address, not one of the internet: to allow such, set ALLOW_PRIVATE_ADDR"
FEED = "http://news.example/feed"
PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "0.0.0.1", "255.255.255.255", "224.0.0.1", "::1", "::", "fe80::1", "fd00::1", "ff02::1",
    "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "fe80::1%eth0",
]  # fmt: skip
HOSTS = [
    "127.0.0.1", "127.1", "2130706433", "0x7f000001", "017700000001", "127.0.0.1.", "0x7f.1",
    "10.0.0.1", "169.254.169.254", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
    "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1%25eth0]", "localhost", "LOCALHOST.",
    "a.localhost", "0", "127。0。0。1", "user:word@127.0.0.1",
]  # fmt: skip
IMPOSSIBLE = [
    "1.2.3.4.5",
    "08",
    "a.1",
    "%31%32%37.0.0.1",
    "a,b.example",
    "a" * 64 + ".1",
    "a." * 127 + "a",
]


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    yield


# --- What a name leads to


async def test_a_name_is_resolved_once_and_its_server_is_told_the_name(server: Server) -> None:
    server.plays("/feed", says(200, b"news"))
    names = Names()
    streets = Streets(server)
    async with PoliteClient(AGENT, public_only=True, resolve=names, dial=streets) as client:
        answer = await client.get(FEED)
    assert (answer.body, answer.url) == (b"news", FEED)
    assert (names.asked, streets.dialled) == (["news.example"], [HOME])
    assert server.requests[0].headers["host"] == "news.example"


@pytest.mark.parametrize("address", PRIVATE)
async def test_a_name_of_a_private_address_is_refused(server: Server, address: str) -> None:
    for found in ([address], [HOME, address]):  # one of several is enough
        async with client_for(server, Names({"news.example": [found]})) as client:
            with pytest.raises(SourceUnreadable, match=rf"^news\.example {REFUSED}"):
                await client.get(FEED)
    assert server.requests == []


async def test_an_answer_that_changes_leads_nowhere_else(server: Server) -> None:
    server.plays("/feed", says(200))
    names = Names({"news.example": [[HOME], ["127.0.0.1"]]})
    streets = Streets(server)
    async with PoliteClient(AGENT, public_only=True, resolve=names, dial=streets) as client:
        assert (await client.get(FEED)).status == 200
        assert (names.asked, streets.dialled) == (["news.example"], [HOME])
        with pytest.raises(SourceUnreadable, match=REFUSED):
            await client.get(FEED)  # asks for the name again
    assert streets.dialled == [HOME]


async def test_the_next_address_is_tried(server: Server) -> None:
    server.plays("/feed", says(200))
    found = ["2606:2800:220:1::1", "1.1.1.1", HOME]
    names = Names({"news.example": [found]})
    async with client_for(server, names, closed=found[:2]) as client:
        assert (await client.get(FEED)).status == 200
    async with client_for(server, names, closed=found) as client:
        with pytest.raises(
            SourceUnreachable, match=r"news\.example cannot be reached: no connection"
        ):
            await client.get(FEED)


async def test_a_name_that_nobody_knows(server: Server) -> None:
    async with client_for(server, Names(all_others=())) as client:
        with pytest.raises(
            SourceUnreachable, match=r"news\.example cannot be reached: no connection"
        ):
            await client.get(FEED)


async def test_a_resolver_without_an_answer_is_given_up(server: Server) -> None:
    async def silence(host: str, port: int) -> list[str]:
        await asyncio.Event().wait()
        return []

    async with PoliteClient(
        AGENT, public_only=True, resolve=silence, dial=Streets(server)
    ) as client:
        with pytest.raises(SourceUnreachable, match="took more than"):
            await client.get(FEED, timeout=0.05)


async def test_the_systems_own_resolver(server: Server) -> None:
    assert "127.0.0.1" in await resolve("127.0.0.1", 80)
    async with PoliteClient(AGENT, public_only=True, dial=Streets(server)) as client:
        with pytest.raises(SourceUnreadable, match="impossible host name"):
            await client.get("http://" + "a" * 64 + ".example/")


async def test_encrypted_connections_are_for_the_name(server: Server) -> None:
    async with client_for(server) as client:
        with pytest.raises(SourceUnreachable, match=r"news\.example cannot be reached"):
            await client.get("https://news.example/feed")
    assert b"news.example" in server.first_bytes[0]
    assert server.requests == []


# --- Hosts that are addresses


@pytest.mark.parametrize("host", HOSTS)
async def test_a_private_address_is_refused_however_it_is_written(
    server: Server, host: str
) -> None:
    names = Names()
    async with client_for(server, names) as client:
        with pytest.raises(SourceUnreadable, match=REFUSED) as raised:
            await client.get(f"http://{host}/feed")
    assert (names.asked, server.requests) == ([], [])
    assert "word" not in str(raised.value)


async def test_a_public_address_needs_no_name(server: Server) -> None:
    server.plays("/feed", says(200))
    names = Names()
    async with client_for(server, names) as client:
        assert (await client.get(f"http://{HOME}/feed")).status == 200
        assert (await client.get("http://[2606:2800:220:1::1]:8080/feed")).status == 200
    assert names.asked == []


@pytest.mark.parametrize("host", IMPOSSIBLE)
async def test_a_host_that_is_neither_name_nor_address(server: Server, host: str) -> None:
    async with client_for(server) as client:
        with pytest.raises(SourceUnreadable, match="impossible host name"):
            await client.get(f"http://{host}/feed")
    assert server.requests == []


@pytest.mark.parametrize(
    "url",
    ["file:///etc/hosts", "ftp://news.example/", "gopher://news.example/", "javascript:alert(1)",
     "http://news.example:0/", "http://news.example:99999/", "//news.example/", "", "http://[::1",
     "http://xn--/", "unix:/run/a.sock", "http://news.example/\x00", "HTTP:news.example"],
)  # fmt: skip
async def test_what_is_no_web_address(server: Server, url: str) -> None:
    async with client_for(server) as client:
        with pytest.raises((SourceUnreadable, SourceUnreachable)):
            await client.get(url)
    assert server.requests == []


# --- Redirects


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "169.254.169.254", "2130706433", "in.lan"])
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_to_a_private_address_is_refused(
    server: Server, host: str, status: int
) -> None:
    server.plays("/feed", leads_to(f"http://{host}/secret", status))
    server.plays("/secret", says(200))
    names = Names({"in.lan": [["192.168.1.1"]]})
    for public_only, own in ((True, False), (True, True), (False, False)):
        async with client_for(server, names, public_only=public_only) as client:
            with pytest.raises(PrivateAddress, match=REFUSED) as refused:
                await client.get(FEED, own=own)  # nor from where the operator trusts
            assert not refused.value.is_given
    assert server.targets == ["/feed"] * 3


async def test_not_even_to_another_private_address_of_the_operators(server: Server) -> None:
    url = server.plays("/feed", leads_to(f"http://localhost:{server.port}/feed"))
    async with PoliteClient(AGENT, public_only=True) as client:
        with pytest.raises(PrivateAddress, match=f"^localhost {REFUSED}"):
            await client.get(url, own=True)


@pytest.mark.parametrize(
    ("location", "told"),
    [
        ("file:///etc/hosts", "leads to something that is no http or https address"),
        ("javascript:alert(1)", "leads to something that is no http or https address"),
        ("data:text/xml,<rss/>", "leads to something that is no http or https address"),
        ("http://other.example:99999/", "leads to something that is no http or https address"),
        ("http://other.example:0/", "leads to something that is no http or https address"),
        ("http://xn--/", "leads to an impossible host name"),
        ("http://[::1", "leads to an impossible address"),
        ("http://[v1.a]/", "leads to an impossible address"),
        ("//\xa0/", "leads to an impossible address"),
    ],
)
async def test_a_redirect_to_what_is_no_web_address_is_refused(
    server: Server, location: str, told: str
) -> None:
    server.plays("/feed", leads_to(location))
    async with client_for(server) as client:
        with pytest.raises(SourceUnreadable, match=rf"^news\.example {told}$"):
            await client.get(FEED)
    assert server.targets == ["/feed"]


# --- What the operator trusts


async def test_what_the_operator_wrote_may_be_private(server: Server) -> None:
    home = server.plays("/feed", leads_to("/there"))
    server.plays("/there", says(200))
    async with PoliteClient(AGENT, public_only=True) as client:
        assert (await client.get(home, own=True)).url == f"{server.url}/there"
        with pytest.raises(PrivateAddress, match=REFUSED) as refused:
            await client.get(home)  # the same, by a stranger's word
        assert refused.value.is_given
    assert server.targets == ["/feed", "/there"]


async def test_private_addresses_may_be_allowed(server: Server) -> None:
    url = server.plays("/feed", leads_to(f"http://localhost:{server.port}/there"))
    server.plays("/there", says(200))
    async with PoliteClient(AGENT, public_only=True, allow_private=True) as client:
        assert (await client.get(url)).status == 200


async def test_what_is_asked_for_is_trusted_where_nobody_says_otherwise(server: Server) -> None:
    url = server.plays("/feed", says(200), leads_to(f"http://localhost:{server.port}/feed"))
    async with PoliteClient(AGENT) as client:
        assert (await client.get(url)).status == 200
        with pytest.raises(SourceUnreadable, match=f"^localhost {REFUSED}"):
            await client.get(url)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("http://news.example/", True),
        ("HTTP://News.Example:80/other?x=1", True),
        ("http://news.example.:80", True),
        ("https://news.example/feed", False),
        ("http://news.example:8080/feed", False),
        ("http://example/feed", False),
        ("http://[::1", False),
        ("", False),
    ],
)
def test_what_one_origin_is(other: str, same: bool) -> None:
    assert same_origin(FEED, other) is same
    assert same_origin(other, FEED) is same


# --- Proxies


async def test_a_proxy_gets_names_but_no_private_addresses(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.plays(FEED, says(200, b"by proxy"))
    monkeypatch.setenv("http_proxy", server.url.removeprefix("http://"))
    monkeypatch.setenv("no_proxy", "near.example")
    names = Names(all_others=["10.0.0.1"])
    async with PoliteClient(AGENT, public_only=True, resolve=names) as client:
        assert (await client.get(FEED)).body == b"by proxy"
        for host in ("127.1", "[::1]", "localhost", "169.254.169.254"):
            with pytest.raises(SourceUnreadable, match=REFUSED):
                await client.get(f"http://{host}/feed")
        assert names.asked == []
        with pytest.raises(SourceUnreadable, match=REFUSED):
            await client.get("http://near.example/feed")
    assert server.targets == [FEED]
