"""The polite client over real HTTP: its limits, and what it tells of failures."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx
import pytest

from bot.errors import SourceBusy, SourceError, SourceUnreachable, SourceUnreadable
from bot.sources.http import PoliteClient, Response, Validators
from bot.sources.http.retrying import retry_seconds
from tests.support import faults
from tests.support.forward import Forward, forward
from tests.support.wiki import Wiki, wiki

__all__ = ["forward", "wiki"]  # fixtures

AGENT = "Dateline/0 (tests@example.org)"
NOW = datetime(2017, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
async def client() -> AsyncIterator[PoliteClient]:
    async with PoliteClient(AGENT, now=lambda: NOW) as opened:
        yield opened


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7),
        ("0", 1),
        ("172800", 2 * 86_400),
        ("999999999", 7 * 86_400),
        ("Thu, 23 Nov 2017 12:00:30 GMT", 30),
        ("Sat, 25 Nov 2017 12:00:00 GMT", 2 * 86_400),
        ("Thu, 23 Nov 2017 11:00:00 GMT", 1),
        ("soon", 60),
        ("-5", 60),
        ("", 60),
        (None, 60),
    ],
)
def test_retry_after_in_seconds_or_as_a_date(header: str | None, seconds: float) -> None:
    assert retry_seconds(header, NOW) == seconds


async def test_a_host_that_asks_for_days_is_named_in_the_log(
    wiki: Wiki, client: PoliteClient, caplog: pytest.LogCaptureFixture
) -> None:
    wiki.faults.append(faults.status(429, retry_after=str(3 * 86_400)))
    with pytest.raises(SourceBusy, match="wait 3 d") as busy:
        await client.get(wiki.url)
    assert busy.value.retry_after == 3 * 86_400
    assert "asks us to wait 3 d, and is not asked until then" in caplog.text


async def test_slow_answer_is_given_up_and_others_go_on(
    wiki: Wiki, client: PoliteClient, forward: Forward
) -> None:
    release = asyncio.Event()
    wiki.faults.append(faults.slow(release))
    asking = asyncio.create_task(client.get(wiki.api_url, timeout=100))
    async with wiki.arrival:
        await wiki.arrival.wait_for(lambda: wiki.requests)
    forward.pass_by(100)
    with pytest.raises(SourceUnreachable, match="took more than 100 s"):
        await asking
    release.set()
    assert (await client.get(wiki.api_url)).json()["error"]


async def test_a_redirect_to_an_impossible_host_is_unreadable(
    wiki: Wiki, client: PoliteClient
) -> None:
    wiki.faults.append(faults.Fault(302, b"", {"location": "http://xn--/"}))
    with pytest.raises(SourceUnreadable, match="impossible host"):
        await client.get(wiki.api_url)


async def test_no_server_is_unreachable(client: PoliteClient) -> None:
    with pytest.raises(SourceUnreachable, match=r"127\.0\.0\.1"):
        await client.get("http://127.0.0.1:1/w/api.php")


@pytest.mark.parametrize("address", ["ftp://example.org/", "not an address", "http://"])
async def test_address_that_is_none_is_unreadable(client: PoliteClient, address: str) -> None:
    with pytest.raises(SourceUnreadable):
        await client.get(address)


async def test_client_without_contact_is_refused(wiki: Wiki) -> None:
    async with PoliteClient("python") as client:
        with pytest.raises(SourceUnreadable, match="403"):
            await client.get(wiki.api_url)


async def test_errors_name_no_secret_of_the_address(wiki: Wiki, client: PoliteClient) -> None:
    for fault in (faults.status(500), faults.status(404), faults.cut_off(), faults.huge(11)):
        wiki.faults.append(fault)
        with pytest.raises(SourceError) as raised:
            await client.get(wiki.url + "/hidden-path", {"token": "hidden"})
        assert "hidden" not in str(raised.value)


async def test_three_requests_go_at_once_and_no_more(wiki: Wiki, client: PoliteClient) -> None:
    release = asyncio.Event()
    wiki.faults.extend([faults.slow(release)] * 8)
    asked = [asyncio.create_task(client.get(wiki.api_url)) for _ in range(8)]
    answers = asyncio.gather(*asked)
    async with wiki.arrival:
        await wiki.arrival.wait_for(lambda: wiki.at_once == 3)
    release.set()
    assert [answer.status for answer in await answers] == [200] * 8
    assert wiki.most_at_once == 3


async def test_conditions_and_limits_are_the_callers(wiki: Wiki, client: PoliteClient) -> None:
    wiki.faults.append(faults.Fault(304, b"", {"etag": '"x"'}))
    answer = await client.get(wiki.api_url, validators=Validators('"x"'))
    assert (answer.status, answer.headers["etag"], answer.body) == (304, '"x"', b"")
    wiki.faults.append(faults.raw(b"12345"))
    with pytest.raises(SourceUnreadable, match="more than 4 bytes"):
        await client.get(wiki.api_url, max_bytes=4)
    wiki.faults.append(faults.raw(b"1234"))
    assert (await client.get(wiki.api_url, max_bytes=4)).body == b"1234"


class _Echo(httpx.AsyncBaseTransport):
    """Answers with the host that it was asked for."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        body = httpx.ByteStream(json.dumps({"host": request.url.host}).encode())
        return httpx.Response(200, headers={"content-type": "application/json"}, stream=body)


async def test_transport_can_be_given() -> None:
    async with PoliteClient(AGENT, transport=_Echo()) as client:
        assert (await client.get("http://wiki.invalid/")).json() == {"host": "wiki.invalid"}


@pytest.mark.parametrize(
    ("content_type", "charset", "text"),
    [
        ("text/plain; charset=ISO-8859-1", "iso-8859-1", "é"),
        ("text/plain; Charset='utf-8'", "utf-8", None),
        ("text/plain; charset=undefined", "undefined", None),  # Python's own, which never decodes
        ("", "utf-8", None),
    ],
)
def test_response_knows_its_charset(content_type: str, charset: str, text: str | None) -> None:
    response = Response(200, "http://a.example.org/", {"content-type": content_type}, b"\xe9")
    assert response.charset.strip("'") == charset
    if text is None:
        with pytest.raises(SourceUnreadable):
            response.text()
    else:
        assert response.text() == text
