"""What is kept of feeds' last versions."""

from __future__ import annotations

from bot.services.feeding.readings import Readings
from bot.sources.feeds import LastVersion
from tests.support.feed_versions import feed, read
from tests.support.feeds import ITEM


def _known(count: int) -> LastVersion:
    now = read(feed(*(ITEM.format(n=n) for n in range(count))))
    assert now is not None
    assert now.known is not None
    return now.known


def test_the_last_version_of_each_feed_is_known() -> None:
    readings = Readings()
    one, two = _known(1), _known(2)
    readings.keep(1, one)
    readings.keep(2, two)
    readings.keep(1, two)
    assert (readings.of(1), readings.of(2), readings.of(3)) == (two, two, None)
    readings.keep(2, None)
    readings.forget(1)
    readings.forget(3)
    assert (readings.of(1), readings.of(2)) == (None, None)


def test_what_was_read_the_longest_ago_makes_room() -> None:
    readings = Readings(most=5)
    two, three = _known(2), _known(3)
    readings.keep(1, two)
    readings.keep(2, three)
    readings.keep(1, two)
    readings.keep(3, two)
    assert (readings.of(1), readings.of(2), readings.of(3)) == (two, None, two)
    readings.keep(4, _known(6))
    assert [readings.of(feed) for feed in range(5)] == [None] * 5
    readings.keep(1, three)
    readings.keep(2, two)
    assert (readings.of(1), readings.of(2)) == (three, two)
