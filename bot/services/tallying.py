"""What the log says of the messages about events: a line an event, once its round is over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.services.outcomes import (
    Busy,
    Delivered,
    Failed,
    Moved,
    Outcome,
    Refused,
    Unchanged,
    Unreachable,
)

QUIET = 10.0  # seconds without a message about an event that end its round
LONGEST = 600.0  # seconds after which a round is told of, though it goes on


@dataclass
class _Round:
    """Messages about an event, as the log counts them, and since when."""

    began: float
    last: float
    counts: Counter[str] = field(default_factory=Counter)


class Tally:
    """Counts what comes of messages by their event. Times are seconds by any one clock."""

    def __init__(self) -> None:
        self._rounds: dict[int, _Round] = {}

    def note(self, event_id: int, outcome: Outcome | None, now: float, *, is_edit: bool) -> None:
        """A message about an event is done with."""
        found = self._rounds.setdefault(event_id, _Round(now, now))
        found.last = now
        found.counts[_said(outcome, is_edit=is_edit)] += 1

    def over(self, now: float) -> Iterator[str]:
        """A line for each event whose round is over by now, or has lasted long: "event 56: sent
        120, edited 3"."""
        for event_id, each in list(self._rounds.items()):
            if now - each.last >= QUIET or now - each.began >= LONGEST:
                del self._rounds[event_id]
                counts = (f"{said} {count}" for said, count in each.counts.items())
                yield f"event {event_id}: {', '.join(counts)}"

    def rest(self) -> Iterator[str]:
        """The same for all that is left, when sending ends."""
        return self.over(float("inf"))


def _said(outcome: Outcome | None, *, is_edit: bool) -> str:
    """What came of a message, in words that many share."""
    match outcome:
        case None:
            return "not sent"
        case Delivered():
            return "edited" if is_edit else "sent"
        case Unchanged():
            return "as they were"
        case Busy() | Failed():
            return "to be tried again"
        case Moved():
            return "moved"
        case Unreachable():
            return "out of reach"
        case Refused():
            return "refused"
