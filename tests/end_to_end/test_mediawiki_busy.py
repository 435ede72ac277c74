"""Wikimedia asks to be left alone, and is, by all that would ask the same host."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.app.wikimedia import Wikimedia, wikimedia_of
from bot.config import Settings
from bot.errors import SourceBusy
from bot.sources.http import HostPace, PoliteClient
from tests.support import faults
from tests.support.hostile import Clock
from tests.support.wiki import Wiki, wiki

__all__ = ["wiki"]  # a fixture

AGENT = "Dateline/0 (tests@example.org)"
DAY = "2017_November_23"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def hosts(clock: Clock) -> HostPace:
    return clock.pace()


@pytest.fixture
async def wikimedia(wiki: Wiki, hosts: HostPace) -> AsyncIterator[Wikimedia]:
    """The encyclopedia at 127.0.0.1, Wikidata at localhost."""
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]
        wikipedia_api_url=wiki.api_url,
        wikidata_api_url=wiki.api_url.replace("127.0.0.1", "localhost"),
        wikimedia_contact="tests@example.org",
        wikimedia_rate=100_000,
    )
    async with PoliteClient(AGENT, per_host=hosts, in_turn=False) as client:
        yield wikimedia_of(client, settings)


async def is_refused(wikimedia: Wikimedia) -> None:
    """Nothing of the encyclopedia is to be had."""
    for asked in (wikimedia.pages([DAY]), wikimedia.resolve(["Malta"]), wikimedia.search("Malta")):
        with pytest.raises(SourceBusy):
            await asked


@pytest.mark.parametrize(
    "fault",
    [
        faults.status(429, retry_after="3600"),
        faults.status(503, retry_after="3600"),
        faults.Fault(body=b'{"error": {"code": "maxlag"}}', headers={"retry-after": "3600"}),
    ],
    ids=["429", "503", "maxlag"],
)
async def test_all_that_ask_the_same_host_wait_to_the_second(
    wiki: Wiki, wikimedia: Wikimedia, clock: Clock, fault: faults.Fault
) -> None:
    wiki.set_article("Malta", qid="Q233")
    wiki.faults.append(fault)
    await is_refused(wikimedia)
    clock.now += 3599.5
    await is_refused(wikimedia)
    assert len(wiki.requests) == 1
    clock.now += 0.5
    assert [found.qid for found in await wikimedia.resolve(["Malta"])] == ["Q233"]
    assert len(await wikimedia.pages([DAY])) == 1


async def test_another_host_is_asked_meanwhile(wiki: Wiki, wikimedia: Wikimedia) -> None:
    wiki.faults.append(faults.status(429, retry_after="3600"))
    await is_refused(wikimedia)
    await wikimedia.items(["Q233"])
    assert len(wiki.requests) == 2


async def test_a_week_is_the_longest(wiki: Wiki, wikimedia: Wikimedia, clock: Clock) -> None:
    wiki.faults.append(faults.status(429, retry_after="9999999"))
    await is_refused(wikimedia)
    clock.now += 7 * 86_400
    assert len(await wikimedia.pages([DAY])) == 1


async def test_clients_that_share_their_hosts_are_told_together(
    wiki: Wiki, wikimedia: Wikimedia, hosts: HostPace
) -> None:
    wiki.faults.append(faults.status(429, retry_after="3600"))
    async with PoliteClient(AGENT, per_host=hosts) as web:
        with pytest.raises(SourceBusy):
            await web.get(wiki.url)
    await is_refused(wikimedia)
    assert len(wiki.requests) == 1


async def test_what_is_not_asked_costs_nothing_of_the_budget(wiki: Wiki) -> None:
    spent = 0

    async def limiter() -> None:
        nonlocal spent
        spent += 1

    wiki.faults.append(faults.status(429, retry_after="3600"))
    async with PoliteClient(AGENT) as client:
        for _ in range(3):
            with pytest.raises(SourceBusy):
                await client.get(wiki.url, limiter=limiter)
    assert spent == 1
