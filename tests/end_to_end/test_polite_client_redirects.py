"""Redirects: how far they are followed, what is remembered of them, and what goes along."""

from __future__ import annotations

import httpx
import pytest

from bot.errors import SourceGone, SourceUnreadable
from bot.sources.http import PoliteClient, Validators
from bot.sources.http.redirects import Way
from tests.support.hostile import Names, Script, Server, client_for, leads_to, says, server

__all__ = ["server"]  # a fixture

A, B, C = "http://a.example/a", "http://b.example/b", "http://c.example/c"


# --- What is remembered


@pytest.mark.parametrize(
    ("statuses", "moved_to"),
    [
        ((), None),
        ((301,), "/1"),
        ((308,), "/1"),
        ((302,), None),
        ((303,), None),
        ((307,), None),
        ((301, 308, 301), "/3"),
        ((301, 302), "/1"),
        ((302, 301), None),
        ((301, 307, 301), "/1"),
        ((301,) * 5, "/5"),
    ],
)
async def test_the_permanent_part_of_a_way_is_remembered(
    server: Server, statuses: tuple[int, ...], moved_to: str | None
) -> None:
    hosts = [f"http://h{place}.example" for place in range(len(statuses) + 1)]
    for place, status in enumerate(statuses):
        server.plays(f"/{place}", leads_to(f"{hosts[place + 1]}/{place + 1}", status))
    server.plays(f"/{len(statuses)}", says(200, b"news"))
    async with client_for(server) as client:
        answer = await client.get(f"{hosts[0]}/0")
    assert (answer.body, answer.url) == (b"news", f"{hosts[-1]}/{len(statuses)}")
    assert answer.moved_to == (moved_to and f"{hosts[int(moved_to[1:])]}{moved_to}")


@pytest.mark.parametrize(
    ("location", "moved_to"),
    [
        ("b", "http://a.example/b"),
        ("?page=2#top", "http://a.example/a?page=2"),
        ("//b.example/b", "http://b.example/b"),
        ("http://ann:word@b.example/b", "http://b.example/b"),
        ("/ä b", "http://a.example/%C3%A4%20b"),
        ("/" + "b" * 2000, None),
    ],
)
async def test_where_it_leads_is_made_a_whole_address(
    server: Server, location: str, moved_to: str | None
) -> None:
    server.plays("/a", leads_to(location.encode().decode("latin-1"), 301), says(200))
    for target in ("/b", "/%C3%A4%20b", "/" + "b" * 2000):
        server.plays(target, says(200))
    async with client_for(server) as client:
        assert (await client.get(A)).moved_to == moved_to


async def test_what_leads_back_has_not_moved(server: Server) -> None:
    server.plays("/a", leads_to(B, 301), says(200))
    server.plays("/b", leads_to(A, 301))
    async with client_for(server) as client:
        answer = await client.get(A)
    assert (answer.url, answer.moved_to) == (A, None)


async def test_parameters_are_part_of_the_address(server: Server) -> None:
    server.plays("/a", leads_to("/b?q=1", 301))
    server.plays("/b", says(200))
    async with client_for(server) as client:
        answer = await client.get(A, {"q": "1"})
    assert server.targets == ["/a?q=1", "/b?q=1"]
    assert answer.moved_to == "http://a.example/b?q=1"


async def test_not_modified_also_tells_of_a_move(server: Server) -> None:
    server.plays("/a", leads_to("/b", 301))
    server.plays("/b", says(304))
    async with client_for(server) as client:
        answer = await client.get(A, validators=Validators(etag='"x"'))
    assert (answer.not_modified, answer.moved_to) == (True, "http://a.example/b")


# --- Where it ends


async def test_five_redirects_and_no_more(server: Server) -> None:
    for place in range(6):
        server.plays(f"/{place}", leads_to(f"/{place + 1}", 301))
    async with client_for(server) as client:
        with pytest.raises(SourceUnreadable, match=r"^a\.example redirects too often$"):
            await client.get("http://a.example/0")
    assert len(server.requests) == 6


async def test_a_circle_ends(server: Server) -> None:
    server.plays("/a", leads_to(B))
    server.plays("/b", leads_to(A))
    async with client_for(server) as client:
        with pytest.raises(SourceUnreadable, match="redirects too often"):
            await client.get(A)


async def test_who_hands_out_cookies_and_leads_on_may_want_them_back(server: Server) -> None:
    server.plays("/a", says(302, location="/a", set_cookie="consent=asked; Path=/"))
    async with client_for(server) as client:
        with pytest.raises(SourceUnreadable) as raised:
            await client.get(A)
    said = "a.example redirects too often: perhaps it wants cookies, and we keep none"
    assert str(raised.value) == said


@pytest.mark.parametrize("script", [says(301), leads_to("", 302), leads_to("/b", 300)])
async def test_a_redirect_to_nowhere_is_an_answer(server: Server, script: Script) -> None:
    server.plays("/a", script)
    async with client_for(server) as client:
        with pytest.raises(SourceUnreadable, match="answers with status 30"):
            await client.get(A)


async def test_gone_ends_a_source_only_where_all_is_permanent(server: Server) -> None:
    server.plays("/a", says(410), leads_to(B, 301), leads_to(B, 302))
    server.plays("/b", says(410))
    async with client_for(server) as client:
        for _ in range(2):
            with pytest.raises(SourceGone, match="answers with status 410"):
                await client.get(A)
        with pytest.raises(SourceUnreadable, match="answers with status 410") as raised:
            await client.get(A)
    assert type(raised.value) is SourceUnreadable


# --- What goes along


async def _sent(server: Server, client: PoliteClient, url: str) -> list[dict[str, str]]:
    """What each request of one ``get`` carried, of what may be meant for one server only."""
    validators = Validators('"x"', "Thu, 23 Nov 2017 12:00:00 GMT")
    await client.get(url, validators=validators)
    kept = ("authorization", "if-none-match", "if-modified-since", "cookie")
    return [
        {name: asked.headers[name] for name in kept if name in asked.headers}
        for asked in server.requests
    ]


ALL = {"if-none-match": '"x"', "if-modified-since": "Thu, 23 Nov 2017 12:00:00 GMT"}


@pytest.mark.parametrize(
    ("location", "carried"),
    [
        ("/b", ALL),
        ("http://a.example:80/b", ALL),
        ("http://a.example:8080/b", ALL),
        ("http://b.example/b", {}),
        ("http://a.example.evil.example/b", {}),
    ],
)
async def test_another_host_gets_nothing_that_is_meant_for_the_first(
    server: Server, location: str, carried: dict[str, str]
) -> None:
    server.plays("/a", leads_to(location))
    server.plays("/b", says(200))
    async with client_for(server) as client:
        assert await _sent(server, client, A) == [ALL, carried]


async def test_it_is_given_again_to_the_first_host(server: Server) -> None:
    server.plays("/a", leads_to(B))
    server.plays("/b", leads_to("http://a.example/c"))
    server.plays("/c", says(200))
    async with client_for(server) as client:
        assert await _sent(server, client, A) == [ALL, {}, ALL]


async def test_credentials_of_an_address_stay_with_its_origin(server: Server) -> None:
    server.plays("/a", leads_to("/b"))
    server.plays("/b", leads_to("http://a.example/c", 301))
    server.plays("/c", leads_to("http://ann:word@d.example/d"))
    server.plays("/d", says(200))
    async with client_for(server) as client:
        answer = await client.get("http://ann:w%C3%B6rd@a.example/a")
    sent = [asked.headers.get("authorization") for asked in server.requests]
    assert sent == ["Basic YW5uOnfDtnJk"] * 3 + [None]
    assert answer.url == "http://d.example/d"


async def test_no_cookies_are_kept(server: Server) -> None:
    server.plays("/a", says(302, location="/b", set_cookie="a=1; Path=/"))
    server.plays("/b", says(200, set_cookie="b=1; Path=/"))
    async with client_for(server) as client:
        assert "cookie" not in str(await _sent(server, client, A))
        assert "cookie" not in str(await _sent(server, client, A))


def test_encryption_that_is_given_up_is_not_remembered() -> None:
    """Of the rule alone: the server here speaks no TLS."""
    down = httpx.Response(301, headers={"location": "http://a.example/b"})
    up = httpx.Response(301, headers={"location": "https://a.example/c"})
    way = Way.to("https://a.example/a", None).after(down)
    assert way is not None and str(way.at) == "http://a.example/b"
    assert way.to_remember() is None
    further = way.after(up)
    assert further is not None and further.to_remember() is None
    moved = Way.to("http://a.example/a", None).after(up)
    assert moved is not None and moved.to_remember() == "https://a.example/c"


async def test_names_along_the_way_are_each_resolved(server: Server) -> None:
    server.plays("/a", leads_to(B))
    server.plays("/b", leads_to(C))
    server.plays("/c", says(200))
    names = Names()
    async with client_for(server, names) as client:
        await client.get(A)
    assert names.asked == ["a.example", "b.example", "c.example"]
