"""Wikipedia's and Wikidata's API asked over real HTTP, and all that may go wrong outside."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.pace import Budget
from bot.errors import SourceBusy, SourceError, SourceUnreachable, SourceUnreadable
from bot.sources.http import Pace, PoliteClient
from bot.sources.mediawiki import FoundArticle, Item, PageVersion, Resolved, Wikidata, Wikipedia
from tests.support import faults
from tests.support.hostile import Clock
from tests.support.wiki import Wiki, wiki

__all__ = ["wiki"]  # a fixture

AGENT = "Dateline/0 (tests@example.org)"
NOW = datetime(2017, 11, 23, 12, tzinfo=UTC)
TITLE = "Portal:Current_events/2017_November_23"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def client(clock: Clock) -> AsyncIterator[PoliteClient]:
    pace = clock.pace()
    async with PoliteClient(AGENT, per_host=pace, in_turn=False, now=lambda: NOW) as opened:
        yield opened


@pytest.fixture
def wikipedia(wiki: Wiki, client: PoliteClient) -> Wikipedia:
    return Wikipedia(client, wiki.api_url)


@pytest.fixture
def wikidata(wiki: Wiki, client: PoliteClient) -> Wikidata:
    return Wikidata(client, wiki.api_url)


# --- Pages --------------------------------------------------------------------------


async def test_newest_version_of_each_page_comes_back(wiki: Wiki, wikipedia: Wikipedia) -> None:
    wiki.set_page(TITLE, "old")
    revision = wiki.set_page(TITLE, "new – ü", at=NOW)
    wiki.set_page("Hidden", None, at=NOW)
    versions = await wikipedia.pages([TITLE, "Missing", "Hidden", TITLE])
    assert versions == [
        PageVersion(TITLE, revision, "new – ü"),
        PageVersion("Missing"),
        PageVersion("Hidden", revision + 1, None),
    ]
    assert len(wiki.requests) == 1
    assert wiki.requests[0].user_agent == AGENT


async def test_many_pages_go_in_batches_of_fifty(wiki: Wiki, wikipedia: Wikipedia) -> None:
    names = [f"Page {number}" for number in range(120)]
    for name in names:
        wiki.set_page(name, f"text of {name}")
    versions = await wikipedia.pages(names)
    assert [version.text for version in versions] == [f"text of {name}" for name in names]
    assert [len(asked.params["titles"].split("|")) for asked in wiki.requests] == [50, 50, 20]


async def test_continued_answer_is_read_to_its_end(wiki: Wiki, wikipedia: Wikipedia) -> None:
    wiki.per_answer = 2
    for number in range(5):
        wiki.set_page(f"Page {number}", str(number))
    versions = await wikipedia.pages([f"Page {number}" for number in range(5)])
    assert [version.text for version in versions] == ["0", "1", "2", "3", "4"]
    assert len(wiki.requests) == 3


async def test_answer_continued_without_end_is_given_up(wiki: Wiki, wikipedia: Wikipedia) -> None:
    endless = b'{"query": {"pages": []}, "continue": {"rvcontinue": "1", "continue": "||"}}'
    wiki.faults.extend([faults.raw(endless)] * 200)
    with pytest.raises(SourceUnreadable, match="without end"):
        await wikipedia.pages(["A"])


async def test_no_pages_need_no_request(wiki: Wiki, wikipedia: Wikipedia) -> None:
    assert await wikipedia.pages([]) == []
    assert await wikipedia.pages(["A|B"]) == [PageVersion("A|B")]
    assert wiki.requests == []


# --- Titles -------------------------------------------------------------------------


async def test_titles_resolve_through_spelling_and_redirects(
    wiki: Wiki, wikipedia: Wikipedia
) -> None:
    wiki.set_article("Ann Sample", qid="Q1", description="politician")
    wiki.set_article("A. Sample", redirect_to="Ann Sample")
    wiki.set_article("Old Sample", redirect_to="A. Sample")
    wiki.set_article("Sample", qid="Q2", is_disambiguation=True)
    wiki.set_article("No item")
    asked = ["old_Sample", "Ann Sample", "Sample", "No item", "Nobody", "Bad<title"]
    assert await wikipedia.resolve(asked) == [
        Resolved("old_Sample", "Ann Sample", "Q1", "politician"),
        Resolved("Ann Sample", "Ann Sample", "Q1", "politician"),
        Resolved("Sample", "Sample", "Q2"),
        Resolved("No item", "No item"),
        Resolved("Nobody"),
        Resolved("Bad<title"),
    ]
    assert len(wiki.requests) == 1


async def test_titles_of_another_wiki_are_no_articles(wiki: Wiki, wikipedia: Wikipedia) -> None:
    wiki.set_article("Ann Sample", qid="Q1")
    alone, mixed = ["Bew:Foo", "bew:Bar"], ["Bew:Foo", "Ann Sample"]
    assert await wikipedia.resolve(alone) == [Resolved("Bew:Foo"), Resolved("bew:Bar")]
    assert await wikipedia.pages(alone) == [PageVersion("Bew:Foo"), PageVersion("bew:Bar")]
    resolved = await wikipedia.resolve(mixed)
    assert resolved == [Resolved("Bew:Foo"), Resolved("Ann Sample", "Ann Sample", "Q1")]


async def test_titles_that_point_at_each_other_end(wiki: Wiki, wikipedia: Wikipedia) -> None:
    loop = (
        b'{"query": {"redirects": [{"from": "A", "to": "B"}, {"from": "B", "to": "A"}],'
        b' "pages": []}}'
    )
    wiki.faults.append(faults.raw(loop))
    assert await wikipedia.resolve(["A"]) == [Resolved("A")]


async def test_long_titles_make_smaller_batches(wiki: Wiki, wikipedia: Wikipedia) -> None:
    titles = [f"{'見本' * 20} {number}" for number in range(50)]
    for number, title in enumerate(titles, start=1):
        wiki.set_article(title, qid=f"Q{number}")
    resolved = await wikipedia.resolve(titles)
    assert [found.qid for found in resolved] == [f"Q{number}" for number in range(1, 51)]
    assert all(len(asked.params["titles"].encode()) < 8000 for asked in wiki.requests)
    assert len(wiki.requests) > 1


async def test_search_finds_articles_best_first(wiki: Wiki, wikipedia: Wikipedia) -> None:
    wiki.set_article("Ann Sample", qid="Q1", description="politician")
    wiki.set_article("Sample, Ohio", qid="Q2")
    wiki.set_article("Samples", redirect_to="Sample, Ohio")
    assert await wikipedia.search("sample", limit=2) == [
        FoundArticle("Ann Sample", "politician", "Q1"),
        FoundArticle("Sample, Ohio", None, "Q2"),
    ]
    assert await wikipedia.search("nothing of the kind") == []
    assert await wikipedia.search("  ") == []
    assert len(wiki.requests) == 2


async def test_items_have_their_texts_by_language(wiki: Wiki, wikidata: Wikidata) -> None:
    wiki.set_article(
        "Ann Sample",
        qid="Q1",
        labels={"en": "Ann Sample", "de": "Anna Muster", "fr": "Anne Exemple"},
        descriptions={"en": "politician"},
        aliases={"de": ("A. Muster", "Muster")},
    )
    wiki.merged["Q7"] = "Q1"
    items = await wikidata.entities(["Q7", "Q9", "not an id"], ["en", "de"])
    assert items == [
        Item(
            "Q7",
            "Q1",
            {"en": "Ann Sample", "de": "Anna Muster"},
            {"en": "politician"},
            {"de": ("A. Muster", "Muster")},
        )
    ]
    empty = b'{"entities": {"Q1": {"id": "Q1", "labels": [], "aliases": []}}}'
    wiki.faults.append(faults.raw(empty))
    assert await wikidata.entities(["Q1"], ["en"]) == [Item("Q1", "Q1")]


# --- What goes wrong ----------------------------------------------------------------

_FAULTS: list[tuple[str, Callable[[], faults.Fault], type[SourceError]]] = [
    ("500", lambda: faults.status(500), SourceUnreachable),
    ("502", lambda: faults.status(502), SourceUnreachable),
    ("503", lambda: faults.status(503), SourceUnreachable),
    ("503 with Retry-After", lambda: faults.status(503, retry_after="7"), SourceBusy),
    ("429", lambda: faults.status(429), SourceBusy),
    ("403", lambda: faults.status(403), SourceUnreadable),
    ("404", lambda: faults.status(404), SourceUnreadable),
    ("304 unasked", lambda: faults.Fault(304, b""), SourceUnreadable),
    ("redirect to itself", lambda: faults.status(302, location="/w/api.php"), SourceUnreadable),
    ("cut off", faults.cut_off, SourceUnreachable),
    ("huge", lambda: faults.huge(11), SourceUnreadable),
    ("huge once unpacked", lambda: faults.bomb(64), SourceUnreadable),
    ("packed by half", faults.half_packed, SourceUnreachable),
    ("not packed", faults.not_packed, SourceUnreadable),
    ("packed otherwise", lambda: faults.packed_as("compress"), SourceUnreadable),
    ("HTML", lambda: faults.typed("text/html"), SourceUnreadable),
    ("no type", lambda: faults.typed(""), SourceUnreadable),
    ("unknown charset", lambda: faults.typed("application/json; charset=x-no"), SourceUnreadable),
    ("no UTF-8", lambda: faults.raw(b'{"query": "\xe9"}'), SourceUnreadable),
    ("no JSON", lambda: faults.raw(b'{"query": '), SourceUnreadable),
    ("no end of JSON", lambda: faults.raw(b"[" * 200_000), SourceUnreadable),
    ("a list", lambda: faults.raw(b"[]"), SourceUnreadable),
    ("no query", lambda: faults.raw(b"{}"), SourceUnreadable),
    ("odd pages", lambda: faults.raw(b'{"query": {"pages": {"1": {}}}}'), SourceUnreadable),
    ("page untitled", lambda: faults.raw(b'{"query": {"pages": [{}]}}'), SourceUnreadable),
    ("asks too often", lambda: faults.raw(b'{"error": {"code": "ratelimited"}}'), SourceBusy),
    ("lags", lambda: faults.raw(b'{"error": {"code": "maxlag", "lag": 9}}'), SourceBusy),
    ("refuses", lambda: faults.raw(b'{"error": {"code": "badvalue"}}'), SourceUnreadable),
    ("odd error", lambda: faults.raw(b'{"error": "no"}'), SourceUnreadable),
    (
        "fails inside",
        lambda: faults.raw(b'{"error": {"code": "internal_api_error_DBQueryError"}}'),
        SourceUnreachable,
    ),
]


@pytest.mark.parametrize(("fault", "error"), [x[1:] for x in _FAULTS], ids=[x[0] for x in _FAULTS])
async def test_fault_is_told_by_its_kind_and_then_forgotten(
    wiki: Wiki,
    wikipedia: Wikipedia,
    clock: Clock,
    fault: Callable[[], faults.Fault],
    error: type[SourceError],
) -> None:
    wiki.set_page(TITLE, "text")
    wiki.faults.extend([fault()] * 10)
    with pytest.raises(SourceError) as raised:
        await wikipedia.pages([TITLE])
    assert type(raised.value) is error
    wiki.faults.clear()
    clock.now += 60
    (version,) = await wikipedia.pages([TITLE])
    assert version.text == "text"


async def test_busy_server_says_how_long_to_wait(wiki: Wiki, wikipedia: Wikipedia) -> None:
    until = (NOW + timedelta(seconds=90)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    wiki.faults.append(faults.status(429, retry_after=until))
    with pytest.raises(SourceBusy) as busy:
        await wikipedia.pages([TITLE])
    assert busy.value.retry_after == 90


async def test_requests_wait_for_their_budgets(wiki: Wiki, client: PoliteClient) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    wikipedia = Wikipedia(
        client,
        wiki.api_url,
        limiter=Pace(Budget.of(120, 3600, burst=1), monotonic=lambda: 0.0, sleep=sleep),
        search_limiter=Pace(
            Budget.of(30, 60, burst=1), max_wait=3, monotonic=lambda: 0.0, sleep=sleep
        ),
    )
    await wikipedia.pages(["A"])
    await wikipedia.resolve(["A"])
    assert slept == [30]
    await wikipedia.search("a")
    await wikipedia.search("b")
    assert slept == [30, 2]
    with pytest.raises(SourceBusy):
        await wikipedia.search("a")
