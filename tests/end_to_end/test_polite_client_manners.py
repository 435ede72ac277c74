"""Manners of the polite client: conditional requests, waiting as asked, one by one to a host."""

from __future__ import annotations

import asyncio
import gc
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SourceBusy, SourceUnreachable, SourceUnreadable
from bot.sources.http import HostPace, Validators
from bot.sources.http.retrying import DEFAULT_RETRY, retry_seconds
from tests.support.chat_page import HANGING
from tests.support.forward import Forward, forward
from tests.support.hostile import (
    NOW,
    Clock,
    Script,
    Server,
    client_for,
    is_silent,
    leads_to,
    says,
    server,
    waits_for,
)

__all__ = ["forward", "server"]  # fixtures

A, B = "http://a.example/feed", "http://b.example/feed"
MODIFIED = "Thu, 23 Nov 2017 11:00:00 GMT"


# --- Only what has changed


@pytest.mark.parametrize("etag", ['"abc"', 'W/"abc"', "unquoted", '"it\'s;--"'])
async def test_an_unchanged_feed_is_not_sent_again(server: Server, etag: str) -> None:
    server.plays("/feed", says(200, b"news", etag=etag, last_modified=MODIFIED), says(304))
    async with client_for(server) as client:
        first = await client.get(A)
        second = await client.get(A, validators=first.validators)
    assert first.validators == second.validators == Validators(etag, MODIFIED)
    assert (first.not_modified, first.body) == (False, b"news")
    assert (second.not_modified, second.body) == (True, b"")
    assert "if-none-match" not in server.requests[0].headers
    asked = server.requests[1].headers
    assert (asked["if-none-match"], asked["if-modified-since"]) == (etag, MODIFIED)


async def test_new_validators_take_the_place_of_the_old(server: Server) -> None:
    server.plays("/feed", says(304, etag='"new"'), says(200, b"news"))
    async with client_for(server) as client:
        old = Validators('"old"', MODIFIED)
        assert (await client.get(A, validators=old)).validators == Validators('"new"', MODIFIED)
        assert (await client.get(A, validators=old)).validators == Validators()


async def test_one_of_them_is_enough(server: Server) -> None:
    server.plays("/feed", says(304))
    async with client_for(server) as client:
        assert (await client.get(A, validators=Validators(modified=MODIFIED))).not_modified
    assert "if-none-match" not in server.requests[0].headers


async def test_not_modified_needs_a_condition(server: Server) -> None:
    server.plays("/feed", says(304))
    server.plays("/other", leads_to(B))
    async with client_for(server) as client:
        with pytest.raises(SourceUnreadable, match="a first request with status 304"):
            await client.get(A)
        with pytest.raises(SourceUnreadable, match="a first request with status 304"):
            await client.get("http://a.example/other", validators=Validators('"x"'))


async def test_how_long_a_server_says_that_nothing_changes(server: Server) -> None:
    server.plays(
        "/feed",
        says(200, b"news", etag='"x"', cache_control="max-age=600", age="60"),
        says(304, expires="Thu, 01 Jan 1970 00:00:00 GMT"),
        says(304, cache_control="max-age=1200"),
    )
    async with client_for(server) as client:
        first = await client.get(A)
        answers = [first, *[await client.get(A, validators=first.validators) for _ in range(2)]]
    minutes = [answer.fresh_for and answer.fresh_for / timedelta(minutes=1) for answer in answers]
    assert minutes == [9, None, 20]


@pytest.mark.parametrize("value", ["x" * 501, "\xe9tag", "tab\there", ""])
async def test_validators_that_are_unfit_are_left_out(server: Server, value: str) -> None:
    server.plays("/feed", says(200, etag=value, last_modified=value), says(200))
    async with client_for(server) as client:
        assert (await client.get(A)).validators == Validators()
        await client.get(A, validators=Validators(value + "\r\nx-evil: 1", value))
    sent = server.requests[1].headers
    assert not {"if-none-match", "if-modified-since", "x-evil"} & sent.keys()


async def test_headers_are_fit_to_be_told(server: Server) -> None:
    server.plays("/feed", says(200, server="a\t b", x_long="x" * 5000, x_odd="a\x9bb"))
    async with client_for(server) as client:
        headers = (await client.get(A)).headers
    assert headers["server"] == "a b"
    assert not {"x-long", "x-odd"} & headers.keys()


# --- Waiting as asked


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("header", "wait", "said"),
    [
        ("120", 120, "2 min"),
        ("Thu, 23 Nov 2017 12:05:00 GMT", 300, "5 min"),
        ("3600", 3600, "1 h"),
        ("after lunch", 60, "60 s"),
        ("1e9", 60, "60 s"),
    ],
)
async def test_a_busy_host_is_left_alone_as_long_as_it_asks(
    server: Server, status: int, header: str, wait: float, said: str
) -> None:
    server.plays("/feed", says(status, retry_after=header), says(200))
    clock = Clock()
    async with client_for(server, per_host=clock.pace()) as client:
        with pytest.raises(SourceBusy, match=f"asks us to wait {said} ") as busy:
            await client.get(A)
        assert busy.value.retry_after == wait
        for passed in (0.0, 1.0, wait - 1.5):
            clock.now += passed
            with pytest.raises(
                SourceBusy, match=r"^a\.example asked us to wait, \d+ (s|min|h) more$"
            ):
                await client.get("http://a.example/other")
        assert len(server.requests) == 1
        clock.now += 0.5
        assert (await client.get(A)).status == 200
    assert clock.slept == []


async def test_the_wait_left_is_told_and_for_that_host_only(server: Server) -> None:
    server.plays("/feed", says(429, retry_after="100"), says(200))
    server.plays("/other", leads_to(A))
    clock = Clock()
    async with client_for(server, per_host=clock.pace()) as client:
        with pytest.raises(SourceBusy):
            await client.get(A)
        clock.now += 40
        with pytest.raises(SourceBusy, match="60 s more") as busy:
            await client.get("http://A.EXAMPLE.:80/feed")
        assert busy.value.retry_after == 60
        assert (await client.get(B)).status == 200
        with pytest.raises(SourceBusy, match="59 s more"):  # a second went by for b.example
            await client.get("http://b.example/other")  # leads to the busy host
    assert server.targets == ["/feed", "/feed", "/other"]


async def test_who_waits_for_a_turn_learns_of_it(server: Server) -> None:
    release = asyncio.Event()
    server.plays("/feed", waits_for(release, 429))
    async with client_for(server, per_host=Clock().pace()) as client:
        asked = [asyncio.create_task(client.get(A)) for _ in range(5)]
        answers = asyncio.gather(*asked, return_exceptions=True)
        async with server.arrival:
            await server.arrival.wait_for(lambda: server.requests)
        release.set()
        errors = await answers
    assert all(isinstance(error, SourceBusy) for error in errors)
    assert len(server.requests) == 1


async def test_without_a_time_503_is_a_failure_and_429_a_minute(server: Server) -> None:
    server.plays("/feed", says(503), says(500), says(429))
    async with client_for(server, per_host=Clock().pace()) as client:
        for _ in range(2):
            with pytest.raises(SourceUnreachable, match=r"answers with status 50[03]\Z"):
                await client.get(A)
        with pytest.raises(SourceBusy) as busy:
            await client.get(A)
    assert busy.value.retry_after == DEFAULT_RETRY


_dates = st.from_regex(r"\w{3}, \d+ (Jan|Nov) \d+ \d+:\d+:\d+ [-+]?\w+", fullmatch=True)


@given(st.text(max_size=40) | _dates)
def test_any_wait_is_between_a_second_and_a_week(header: str) -> None:
    assert 1 <= retry_seconds(header, NOW) <= 7 * 86_400


# --- One by one


async def test_a_host_is_asked_one_by_one_with_a_rest_between(server: Server) -> None:
    server.plays("/feed", says(200))
    clock = Clock()
    async with client_for(server, per_host=clock.pace()) as client:
        await asyncio.gather(*(client.get(f"{A}?{n}") for n in range(10)))
    assert clock.slept == [1.0] * 9
    assert server.most_at_once == 1


async def test_as_many_hosts_at_once_as_allowed(server: Server) -> None:
    release = asyncio.Event()
    server.plays("/feed", waits_for(release))
    async with client_for(server, per_host=Clock().pace(), at_once=10) as client:
        urls = [f"http://h{n}.example/feed" for n in range(25)]
        asked = [asyncio.create_task(client.get(url)) for url in urls]
        async with server.arrival:
            await server.arrival.wait_for(lambda: server.at_once == 10)
        release.set()
        assert [answer.status for answer in await asyncio.gather(*asked)] == [200] * 25
    assert server.most_at_once == 10


async def test_a_redirect_waits_for_its_turn_too(server: Server) -> None:
    server.plays("/feed", leads_to("/there"))
    server.plays("/there", leads_to(B.replace("feed", "end")))
    server.plays("/end", says(200))
    clock = Clock()
    async with client_for(server, per_host=clock.pace()) as client:
        await client.get(A)
    assert clock.slept == [1.0]  # the other host had no request before


async def test_hosts_that_lead_to_each_other_do_not_wait_for_ever(server: Server) -> None:
    server.plays("/feed", leads_to(B.replace("feed", "end")))
    server.plays("/back", leads_to(A.replace("feed", "end")))
    server.plays("/end", says(200))
    async with client_for(server, per_host=Clock().pace()) as client:
        urls = [A, "http://b.example/back"] * 5
        answers = await asyncio.gather(*map(client.get, urls))
    assert {answer.status for answer in answers} == {200}


async def test_waiting_for_a_turn_takes_nothing_of_the_time(
    server: Server, forward: Forward
) -> None:
    release = asyncio.Event()
    server.plays("/feed", waits_for(release), says(200))
    async with client_for(server, per_host=Clock().pace()) as client:
        first = asyncio.create_task(client.get(A, timeout=1000))
        async with server.arrival:
            await server.arrival.wait_for(lambda: server.requests)
        second = asyncio.create_task(client.get(A, timeout=100))
        await asyncio.sleep(0)  # it begins to wait
        forward.pass_by(200)
        release.set()
        assert [(await first).status, (await second).status] == [200, 200]


async def test_a_failure_gives_the_turn_to_the_next(server: Server) -> None:
    server.plays("/silence", is_silent())
    server.plays("/feed", says(200))
    async with client_for(server, per_host=Clock().pace()) as client:
        with pytest.raises(SourceUnreachable, match="took more than"):
            await client.get("http://a.example/silence", timeout=0.05)
        assert (await client.get(A)).status == 200


async def test_all_redirects_together_have_one_limit_of_time(
    server: Server, forward: Forward
) -> None:
    server.plays("/feed", _is_passed_by(forward, 600, leads_to(B.replace("feed", "slow"))))
    server.plays("/slow", _is_passed_by(forward, 600, is_silent()))
    async with client_for(server) as client, asyncio.timeout(1200 + HANGING):
        with pytest.raises(SourceUnreachable, match=r"^b\.example took more than 1000 s$"):
            await client.get(A, timeout=1000)


def _is_passed_by(forward: Forward, seconds: float, script: Script) -> Script:
    """The same after so many seconds."""

    async def passed_by(writer: asyncio.StreamWriter) -> None:
        forward.pass_by(seconds)
        await script(writer)

    return passed_by


async def test_hosts_are_forgotten_when_they_need_not_be_remembered() -> None:
    clock = Clock()
    pace = HostPace(monotonic=clock, sleep=clock.sleep)
    pace.leave_alone("busy.example", 3600)
    for number in range(3000):
        async with pace.turn(f"h{number}.example"):
            clock.now += 1
    with pytest.raises(SourceBusy):
        async with pace.turn("busy.example"):
            pass
    assert sum(type(each).__name__ == "_Host" for each in gc.get_objects()) < 1100
