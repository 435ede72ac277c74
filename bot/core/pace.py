"""Budgets: how many requests may go in a time. Pure; no clock.

The rule is the token bucket: tokens flow in steadily up to a burst, a request takes one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Budget:
    """A token bucket at one moment. Times are seconds of any clock that never goes back.

    ``tokens`` below zero are requests that wait for their turn already.
    """

    per_second: float
    burst: float
    tokens: float
    since: float = 0.0

    @classmethod
    def of(cls, count: float, seconds: float, *, burst: float | None = None) -> Budget:
        """``count`` requests in ``seconds``, at most ``burst`` of them at once; starts full."""
        full = max(1.0, count if burst is None else burst)
        return cls(per_second=count / seconds, burst=full, tokens=full)

    def wait(self, now: float) -> float:
        """For how many seconds a request that comes ``now`` has to wait."""
        lacking = 1.0 - self._at(now)
        return max(0.0, lacking / self.per_second)

    def spent(self, now: float) -> Budget:
        """The budget once a request that came ``now`` has its place."""
        return replace(self, tokens=self._at(now) - 1.0, since=max(now, self.since))

    def _at(self, now: float) -> float:
        gained = max(0.0, now - self.since) * self.per_second
        return min(self.burst, self.tokens + gained)
