"""A sentence under every entry is no summary of any of them."""

from __future__ import annotations

import pytest

from tests.support.feed_versions import feed, read

_WARNING = "A warning has been issued. Stay indoors, and keep away from windows."


def _item(title: str, place: str, summary: str = _WARNING) -> str:
    return (
        f"<item><title>{title}</title><link>https://example.org/{place}</link>"
        f"<guid>{place}-{title}</guid><description>{summary}</description></item>"
    )


def _summaries(*items: str) -> list[str]:
    now = read(feed(*items))
    assert now is not None
    return [entry.summary for entry in now.reading.entries]


_DADE, _POLK = _item("Storm in Dade County", "a1"), _item("Storm in Polk County", "a2")
_OWN = _item("River floods Springfield", "a3", "Hundreds leave their homes.")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (_DADE, _POLK),
        (_item("Arsenal 2-1 Chelsea", "a1"), _item("Everton 0-0 Fulham", "a2")),
        (_item("Live: Arsenal", "live"), _item("Live: Everton", "live")),
    ],
    ids=["places", "names", "one live page"],
)
def test_unlike_entries_share_no_summary(one: str, other: str) -> None:
    assert _summaries(one, _OWN, other) == ["", "Hundreds leave their homes.", ""]


@pytest.mark.parametrize(
    "twin",
    [
        _item("Storm in Dade County", "a9"),
        _item("STORM in Dade County", "a9"),
        _item("Storm hits Dade County", "a1"),
        _item("Storm hits Dade County", "a1?utm_source=rss"),
    ],
    ids=["one title", "its case", "one link", "its twin"],
)
def test_an_entry_that_is_listed_twice_keeps_its_summary(twin: str) -> None:
    assert set(_summaries(_DADE, twin, _OWN)) == {_WARNING, "Hundreds leave their homes."}


def test_a_summary_is_told_again_when_nobody_shares_it_any_more() -> None:
    one = read(feed(_DADE, _OWN))
    assert one is not None
    both = read(feed(_POLK, _DADE, _OWN), one.known)
    assert both is not None
    alone = read(feed(_DADE, _OWN), both.known)
    assert alone is not None
    assert [version.reading.entries[-2].summary for version in (one, both, alone)] == [
        _WARNING, "", _WARNING,
    ]  # fmt: skip


def test_entries_without_summaries_stay_the_same_objects() -> None:
    items = [_item(f"Thing {n}", f"b{n}", "") for n in range(3)]
    first = read(feed(*items))
    assert first is not None
    again = read(feed(*items), first.known)
    assert again is not None
    pairs = zip(first.reading.entries, again.reading.entries, strict=True)
    assert all(old is new for old, new in pairs)
