"""Who stands behind an event's links."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.publishers import by_publisher, independent, site_of
from storage.model import Citation


def cited(*urls: str, publisher: str = "") -> list[Citation]:
    """Links, all with this publisher's name."""
    return [Citation(publisher, url) for url in urls]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("https://www.bbc.com/news/1", "http://news.bbc.co.uk/2"),
        ("https://www.theguardian.com/1", "http://www.guardian.co.uk/2"),
        ("https://www.dw.com/en/1", "http://www.dw.de/2"),
        ("https://www.reuters.com/1", "https://uk.reuters.com/2"),
        ("https://www.reuters.com/1", "https://www.reuters.co.uk/2"),
        ("https://arabic.rt.com/1", "https://www.rt.com/2"),
        ("https://abcnews.go.com/1", "https://abcnews.com/2"),
        ("https://news.sina.com.cn/1", "https://finance.sina.com.cn/2"),
        ("https://web.archive.org/web/20171123/http://www.bbc.com/news/1", "https://bbc.co.uk/1"),
    ],
)
def test_one_owner_counts_once_whatever_its_sites_are_called(first: str, second: str) -> None:
    assert independent([Citation("One", first), Citation("Another", second)]) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("https://www.bbc.co.uk/1", "https://www.independent.co.uk/1"),
        ("https://one.blogspot.com/1", "https://another.blogspot.com/1"),
        ("https://www.abc.net.au/1", "https://abcnews.go.com/1"),
        ("https://espn.go.com/1", "https://abcnews.go.com/1"),
        ("https://news.yahoo.com/1", "https://news.yahoo.com/2"),  # copies of two others' news
        ("http://192.0.2.1/1", "http://198.51.2.1/1"),
        ("http://[::1", "javascript:alert(1)"),
        ("https://пример.рф/1", "https://другой.рф/1"),
    ],
)
def test_owners_of_their_own_count_each(first: str, second: str) -> None:
    assert independent([Citation("One", first), Citation("Another", second)]) == 2
    assert independent([*cited(first), *cited(second)]) == 2


def test_equal_names_are_one_publisher() -> None:
    names = ("The Associated Press", "associated  PRESS", "Assóciated Press.")
    found = [Citation(name, f"https://{n}.example/1") for n, name in enumerate(names)]
    assert independent(found) == 1
    assert independent(cited("https://a.example/1", "https://b.example/1")) == 2  # nameless


def test_a_link_between_two_publishers_makes_them_one() -> None:
    agency = Citation("Wire", "https://wire.example/1")
    paper = Citation("Paper", "https://paper.example/1")
    assert independent([agency, paper]) == 2
    assert independent([agency, paper, Citation("Wire", "https://paper.example/2")]) == 1


def test_publishers_come_in_order_each_once_with_all_its_links() -> None:
    citations = (
        Citation("BBC News", "https://www.bbc.com/1", "en"),
        Citation("Le Monde", "https://www.lemonde.fr/1", "fr"),
        Citation("BBC", "https://www.bbc.co.uk/mundo/2", "es"),
        Citation("bbc news", "https://www.bbc.co.uk/3", "en"),
        Citation("", "https://www.example.org/1"),
        Citation(" ", "nonsense"),
    )
    found = by_publisher(citations)
    assert [(each.name, each.language, len(each.citations)) for each in found] == [
        ("BBC", "en", 3),
        ("Le Monde", "fr", 1),
        ("example.org", "", 1),
        ("", "", 1),
    ]
    assert found[0].citations == (citations[0], citations[2], citations[3])


def test_the_feeds_of_one_owner_are_one_source_under_its_own_name() -> None:
    section = Citation("BBC News – World", "https://www.bbc.co.uk/1")
    other = Citation("BBC News – Europe", "https://www.bbc.com/2")
    links = (section, other, Citation("BBC", "https://bbc.com/3"))
    assert [(each.name, each.citations) for each in by_publisher(links)] == [("BBC", links)]


def test_an_agencys_words_on_a_papers_site_do_not_make_the_paper_the_agency() -> None:
    own = Citation("The Guardian", "https://www.theguardian.com/1")
    taken = Citation("AFP", "https://www.theguardian.com/2")
    agency = Citation("AFP", "https://www.afp.com/3")
    found = by_publisher((taken, own, agency))
    assert [(each.name, each.citations) for each in found] == [
        ("The Guardian", (taken, own)),
        ("AFP", (agency,)),
    ]


@pytest.mark.parametrize("mark", ["—", "***", "²"])
def test_a_mark_is_no_name_of_a_site(mark: str) -> None:
    named, marked = (
        Citation("Reuters", "https://reuters.com/1"),
        Citation(mark, "https://reuters.com/2"),
    )
    assert [each.name for each in by_publisher((named, marked))] == ["Reuters"]
    assert [each.name for each in by_publisher((marked, named))] == ["Reuters"]


def test_of_names_that_a_site_bears_the_shortest_stands_for_it() -> None:
    names = ("Daily Sample", "Sample", "The Daily Sample")
    found = by_publisher([Citation(name, "https://dailysample.example/1") for name in names])
    assert [each.name for each in found] == ["Sample"]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("New York times", "The New York Times"),
        ("the Guardian", "The Guardian"),
        ("Al-Jazeera", "Al Jazeera"),
        ("AFP via FRANCE24", "AFP via France 24"),
        ("Reuters²", "Reuters"),
        ("AP² via CBS News", "AP via CBS News"),
        ("The Wire of a Town", "The Wire of a Town"),
        ("Times", "Times"),  # of which there are many
    ],
)
def test_a_name_stands_as_its_bearer_writes_it(written: str, name: str) -> None:
    assert [each.name for each in by_publisher(cited("https://a.b/", publisher=written))] == [name]


def test_spellings_of_one_name_are_one_publisher() -> None:
    links = (
        Citation("Aljazeera", "http://10.0.0.1/"),
        Citation("Al-Jazeera²", "http://10.0.0.2/"),
        Citation("Town Wire", "http://10.0.0.3/"),
        Citation("The TownWire", "http://10.0.0.4/"),
    )
    assert [each.name for each in by_publisher(links)] == ["Al Jazeera", "Town Wire"]
    assert independent(links) == 2


def test_an_address_by_numbers_is_nobodys() -> None:
    links = (Citation("Wire Ann", "http://10.0.0.7/1"), Citation("Wire Cid", "http://10.0.0.7/2"))
    assert [each.name for each in by_publisher(links)] == ["Wire Ann", "Wire Cid"]
    assert independent(links) == 2


def test_a_name_comes_from_whichever_link_has_one() -> None:
    links = (Citation("", "https://bbc.com/1"), Citation("BBC", "https://bbc.co.uk/2"))
    assert [each.name for each in by_publisher(links)] == ["BBC"]


def test_no_links_have_no_publishers() -> None:
    assert independent([]) == 0
    assert by_publisher(()) == ()
    assert site_of("http://[bad") == ""


_HOSTS = ("www.bbc.com", "bbc.co.uk", "reuters.com", "a.example", "b.example", "", "youtube.com")
_CITATIONS = st.lists(
    st.builds(
        Citation,
        st.one_of(st.sampled_from(("BBC", "the bbc", "Reuters", "")), st.text(max_size=8)),
        st.one_of(st.sampled_from([f"https://{host}/1" for host in _HOSTS]), st.text(max_size=30)),
        st.sampled_from(("", "en", "fr")),
    ),
    max_size=12,
)


@given(_CITATIONS.flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_the_order_of_links_changes_no_count(
    orders: tuple[list[Citation], list[Citation]],
) -> None:
    found, mixed = orders
    assert independent(mixed) == independent(found)


@given(_CITATIONS)
def test_every_link_stands_with_one_publisher(found: list[Citation]) -> None:
    groups = by_publisher(found)
    listed = [citation for group in groups for citation in group.citations]
    assert sorted(listed) == sorted(found)
    assert bool(found) <= independent(found) <= len(groups)
    assert independent(found) <= len({(each.url, each.publisher) for each in found})


@given(_CITATIONS, _CITATIONS)
def test_more_links_never_add_more_publishers_than_theirs(
    some: list[Citation], others: list[Citation]
) -> None:
    assert independent([*some, *others]) <= independent(some) + independent(others)
