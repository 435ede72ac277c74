"""In which language an entry tells what it does, and of which day it is."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.sources.feeds import account_of, read_feed
from tests.support.feeds import URL, rss

_AT = datetime(2017, 11, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    ("title", "said", "language"),
    [
        ("Путин встретился с Асадом в Сочи", "", "ru"),
        ("Путин встретился с Асадом в Сочи", "en-us", "ru"),
        ("Путін зустрівся з Асадом у Сочі", "uk", "uk"),
        ("日本近海发生6.1级地震", "", "zh"),
        ("日本近海发生6.1级地震", "ja", "ja"),
        ("Erdbeben vor Japan", "", "en"),  # of a script's languages none can be told
        ("Erdbeben vor Japan", "de", "de"),
    ],
)
def test_the_script_tells_a_language_that_the_feed_does_not(
    title: str, said: str, language: str
) -> None:
    item = f"<item><title>{title}</title><link>https://example.org/1</link></item>"
    head = f"<language>{said}</language>" if said else ""
    (entry,) = read_feed(rss(item, head=head), URL, content_type=None, at=_AT).entries
    account = account_of(entry, "Example", _AT)
    assert (account.language, account.citations[0].language) == (language, language)


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("Fri, 24 Nov 2017 08:00:00 GMT", 23),  # who is ahead of UTC, and writes GMT
        ("Fri, 24 Nov 2017 00:30:00 +0900", 23),
        ("Thu, 23 Nov 2017 11:00:00 GMT", 23),
        ("Wed, 22 Nov 2017 23:30:00 GMT", 22),
        ("", 23),
    ],
)
def test_no_entry_is_of_a_day_to_come(told: str, day: int) -> None:
    item = (
        "<item><title>Ferry sinks off Lombok</title><link>https://example.org/1</link>"
        f"<pubDate>{told}</pubDate></item>"
    )
    read_at = datetime(2017, 11, 23, 12, 15, tzinfo=UTC)
    (entry,) = read_feed(rss(item), URL, content_type=None, at=read_at).entries
    assert account_of(entry, "Example", read_at).day == date(2017, 11, day)
