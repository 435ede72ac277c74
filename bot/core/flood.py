"""How many commands one may send in a minute. Pure; no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

MOST = 20
MINUTE = timedelta(minutes=1)


class Verdict(Enum):
    """What becomes of a command."""

    TAKEN = auto()
    TOLD = auto()  # over the limit: that is said, once where everybody sees it
    SILENT = auto()  # over the limit, and told already


@dataclass(frozen=True)
class Flow:
    """What one has sent of late to a chat: the numbers and times of the commands that were
    taken in the last minute, and the one that was answered with the limit: from then on nothing
    is listened to for a minute. ``by_toast``: that answer was a toast, which is soon gone and
    only one person sees; the first message is answered with the limit again.

    A command that comes again under its number (it could not be kept) counts once.
    """

    taken: tuple[tuple[int, datetime], ...] = ()
    told: tuple[int, datetime] | None = None
    by_toast: bool = False

    def next(self, number: int, at: datetime, *, is_press: bool = False) -> tuple[Verdict, Flow]:
        """What becomes of command ``number``, which came at ``at``, and the flow after it."""
        if any(number == earlier for earlier, _ in self.taken):
            return Verdict.TAKEN, self
        if self.told is not None and at - self.told[1] < MINUTE:
            if self.by_toast and not is_press:
                return Verdict.TOLD, Flow(self.taken, (number, self.told[1]))
            return (Verdict.TOLD if self.told[0] == number else Verdict.SILENT), self
        taken = tuple(one for one in self.taken if at - one[1] < MINUTE)
        if len(taken) < MOST:
            return Verdict.TAKEN, Flow((*taken, (number, at)))
        return Verdict.TOLD, Flow(taken, (number, at), by_toast=is_press)

    def is_over(self, at: datetime) -> bool:
        """Whether nothing of it counts any more."""
        times = [when for _, when in self.taken] + ([self.told[1]] if self.told else [])
        return all(at - when >= MINUTE for when in times)
