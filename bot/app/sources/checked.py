"""What one look at a feed brings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from bot.core.feed_addresses import feed_key
from bot.core.intervals import FIRST, longest, next_interval
from bot.services.previewing import Preview
from bot.sources.feeds import FeedReading
from bot.sources.http import Validators
from bot.sources.texts import one_line, shortened
from storage.model import Feed

_EXAMPLE = 60  # characters


@dataclass(frozen=True)
class Checked:
    """A feed as ``url`` (after redirects) served it, what would come of its newest entries, and
    by which feed of the database it is known already, if it is. ``knows_names``: whether the
    database has any that entries could name. ``led_to``: where redirects have led."""

    asked: str
    url: str
    reading: FeedReading
    newest: Sequence[Preview]
    validators: Validators
    known: Feed | None
    fresh_for: timedelta | None
    knows_names: bool
    led_to: tuple[str, ...] = ()

    @property
    def is_redirected(self) -> bool:
        """Whether it was not served at the address that was asked, however that is written."""
        to, asked = self.url, self.asked
        schemes = urlsplit(to).scheme, urlsplit(asked).scheme
        return feed_key(to) != feed_key(asked) or len(set(schemes)) > 1

    @property
    def asks_for(self) -> timedelta | None:
        """How long it asks to be left alone, by the longest of its own words and its server's."""
        return longest(self.reading.ttl, self.fresh_for)

    @property
    def interval(self) -> timedelta:
        """How long its next poll would wait: for a feed that is known as it was last chosen."""
        if self.known:
            return self.known.interval
        return next_interval(FIRST, changed=True, asked=self.asks_for)


@dataclass(frozen=True)
class Reason:
    """Why something was dropped, how often, and the first such text."""

    reason: str
    count: int
    example: str


def reasons(reading: FeedReading) -> list[Reason]:
    """What was dropped, by reason, the most frequent first."""
    counts: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for each in reading.dropped:
        head = each.reason.partition(": ")[0]
        # "time that cannot be meant: 2099-01-01" is one reason, "entry: no text" is another.
        reason = one_line(head if " " in head else each.reason)
        counts[reason] += 1
        examples.setdefault(reason, shortened(one_line(each.text), _EXAMPLE))
    return [Reason(reason, count, examples[reason]) for reason, count in counts.most_common()]
