"""What must come to a reader, reckoned from bare facts: for comparison with what the bot sends.

None of the bot's code is used. Local times are found by walking through every minute of the
year and looking at the clock on the wall; everything else is kept in plain lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.support.weighing import by_publishers, by_weight
from tests.support.year import Fact, Reader

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
RETRY = timedelta(minutes=10)
PER_PART = 12
SINGLE = 3


class WallClock:
    """The clock on a wall of a zone, from one time to another."""

    def __init__(self, zone: str, start: datetime, end: datetime) -> None:
        self.midnights: dict[date, datetime] = {}
        self._first: dict[tuple[date, int], datetime] = {}
        local = ZoneInfo(zone)
        at = start.replace(second=0, microsecond=0)
        while at <= end:
            wall = at.astimezone(local)
            self.midnights.setdefault(wall.date(), at)
            self._first.setdefault((wall.date(), wall.hour * 60 + wall.minute), at)
            at += MINUTE

    def shows(self, day: date, minute: int) -> datetime:
        """When it first shows that minute of the day; where it never does, so many minutes
        after the day has begun."""
        return self._first.get((day, minute)) or self.midnights[day] + minute * MINUTE


@dataclass
class Waiting:
    """A message in the queue: an alert, alerts as one, or a digest's part."""

    due: datetime
    order: int
    kind: str
    events: list[int]
    made: datetime
    told: list[int] = field(default_factory=list)
    others: list[int] = field(default_factory=list)
    title: str = ""


class Reckoning:
    """One reader's messages. Feed it ``step`` in the order of time."""

    def __init__(self, reader: Reader, ids: dict[str, int], start: datetime, end: datetime) -> None:
        clock = WallClock(reader.zone, start - 2 * DAY, end + 2 * DAY)
        days = sorted(clock.midnights)[1:-1]
        from_, until = (_minute(text) for text in reader.quiet)
        over = DAY if until <= from_ else timedelta()
        self._quiet = [
            (clock.shows(day, from_), clock.shows(day + over, until))
            for day in days
            if day + over <= days[-1]
        ]
        hour = _minute(reader.digest_at)
        self.digests = {clock.shows(day, hour): day for day in days}
        self._names = {
            mode: {ids[title] for title in titles}
            for mode, titles in (
                ("at once", reader.at_once),
                ("digest", reader.digest),
                ("any", tuple(reader.follows)),
            )
        }
        self._categories = {ids[title]: name for title, name in reader.digest_from.items()}
        self._digested_at = start
        self._events: dict[int, Fact] = {}
        self._shown: dict[int, datetime] = {}
        self._named: dict[tuple[int, int], datetime] = {}
        self._alerts: dict[int, str] = {}
        self._expired: list[int] = []
        self._listed: set[int] = set()
        self._sent: list[tuple[datetime, int]] = []
        self._queue: list[Waiting] = []
        self._count = 0
        self._at = start
        self.messages: list[tuple[datetime, str]] = []

    @property
    def turns(self) -> list[datetime]:
        """When quiet hours begin or end."""
        return [at for span in self._quiet for at in span]

    def step(self, at: datetime, facts: Iterable[Fact], *, polled: bool) -> None:
        """What happens at a time: facts become known, then what is due is done."""
        new = [(fact, self._learn(fact)) for fact in facts]
        if polled:
            self._expire(at)
        for fact, names in new:
            self._announce(fact, names)
        if any(end == at for _, end in self._quiet):
            self._end_quiet(at)
        if at in self.digests and at > self._digested_at:
            self._sum_up(at, self.digests[at])
        self._send(at)

    # --- facts

    def _learn(self, fact: Fact) -> set[int]:
        """Whom an event names for the first time."""
        before = self._events.get(fact.event)
        self._events[fact.event] = fact
        self._shown.setdefault(fact.event, fact.at)
        if fact.day < (fact.at - WEEK).date():
            return set()
        appeared = fact.names - (before.names if before else frozenset())
        new = {name for name in appeared if (fact.event, name) not in self._named}
        self._named |= {(fact.event, name): fact.at for name in new}
        return new

    def _announce(self, fact: Fact, new: set[int]) -> None:
        """An alert, the first time that somebody is named who is followed so."""
        if new & self._names["at once"] and fact.event not in self._alerts:
            self._alerts[fact.event] = "waiting"
            self._put(Waiting(fact.at, 0, "alert", [fact.event], fact.at))

    def _put(self, waiting: Waiting) -> None:
        self._count += 1
        waiting.order = self._count
        self._queue.append(waiting)

    def _stands(self, event: int) -> bool:
        return not self._events[event].withdrawn

    # --- quiet hours

    def _is_quiet(self, at: datetime) -> bool:
        return any(start <= at < end for start, end in self._quiet)

    def _end_quiet(self, at: datetime) -> None:
        held = [
            each
            for each in self._queue
            if each.kind == "alert" and each.due <= at and self._stands(each.events[0])
        ]
        if len(held) > SINGLE:
            events = [each.events[0] for each in held]
            self._queue = [each for each in self._queue if each not in held]
            self._alerts |= dict.fromkeys(events, "bundled")
            self._put(Waiting(at, 0, "quiet", events, at))

    def _expire(self, at: datetime) -> None:
        for each in [one for one in self._queue if one.kind == "alert" and one.made < at - DAY]:
            self._queue.remove(each)
            self._alerts[each.events[0]] = "expired"
            self._expired.append(each.events[0])

    # --- digests

    def _sum_up(self, at: datetime, day: date) -> None:
        since, self._digested_at = self._digested_at, at
        mine = self._mine(since, at)
        others = self._others(since, at, mine)
        told = [event for sent, event in self._sent if since < sent <= at]
        parts = [mine[n : n + PER_PART] for n in range(0, len(mine), PER_PART)]
        if others and (not parts or len(parts[-1]) + len(others) > PER_PART):
            parts.append([])
        for number, part in enumerate(parts, 1):
            is_last = number == len(parts)
            of = f" {number}/{len(parts)}" if len(parts) > 1 else ""
            self._put(
                Waiting(at, 0, "daily", part, at, told if is_last else [],
                        others if is_last else [], f"daily{of} {day}")
            )  # fmt: skip
        self._listed |= {*mine, *others}

    def _mine(self, since: datetime, at: datetime) -> list[int]:
        found = {
            event
            for (event, name), named in self._named.items()
            if since < named <= at
            and self._is_wanted(event, name)
            and event not in self._alerts
            and event not in self._listed
        }
        found |= set(self._expired)
        standing = [event for event in found if self._stands(event)]
        self._expired = [event for event in self._expired if event not in standing]
        return self._by_category(standing)

    def _by_category(self, events: Iterable[int]) -> list[int]:
        groups: dict[str, list[int]] = {}
        for fact in by_weight(self._events[event] for event in events):
            groups.setdefault(fact.category, []).append(fact.event)
        return [event for group in groups.values() for event in group]

    def _is_wanted(self, event: int, name: int) -> bool:
        if name in self._categories:
            return self._events[event].category == self._categories[name]
        return name in self._names["digest"] or name in self._names["at once"]

    def _others(self, since: datetime, at: datetime, mine: Sequence[int]) -> list[int]:
        news = [
            self._events[event]
            for event, shown in self._shown.items()
            if since <= shown < at
            and self._stands(event)
            and self._events[event].day >= (since - WEEK).date()
        ]
        return [
            fact.event
            for fact in by_publishers(news)
            if not fact.names & self._names["any"]
            and fact.event not in mine
            and fact.event not in self._listed
            and self._alerts.get(fact.event) in (None, "expired")
        ][:3]

    # --- sending

    def _send(self, at: datetime) -> None:
        """One message a second, the oldest first."""
        now = self._at = at
        while (each := self._next(now)) is not None:
            self._queue.remove(each)
            if self._goes(each, now):
                now += SECOND

    def _next(self, now: datetime) -> Waiting | None:
        ready = [
            each
            for each in self._queue
            if each.due <= now and (each.kind != "alert" or self._stands(each.events[0]))
        ]
        if self._is_quiet(now):
            return None
        return min(ready, key=lambda each: (each.due, each.order), default=None)

    def _goes(self, each: Waiting, now: datetime) -> bool:
        """Whether there is anything to send of it; if not now, it looks again later."""
        text = self._text(each)
        if text is None:
            if each.kind != "daily":
                each.due = now + RETRY
                self._queue.append(each)
            return False
        self.messages.append((self._at, text))
        if each.kind == "alert":
            self._alerts[each.events[0]] = "sent"
            self._sent.append((now, each.events[0]))
        return True

    def _text(self, each: Waiting) -> str | None:
        events = [event for event in each.events if self._stands(event)]
        others = [event for event in each.others if self._stands(event)]
        if each.kind == "daily":
            if not events and not others:
                return None
            return f"{each.title}: {_list(events)} | {_list(each.told)} | {_list(others)}"
        if each.kind == "alert":
            is_about = self._events[each.events[0]].names & self._names["any"]
            return f"alert: {each.events[0]}" if is_about else None
        return f"quiet: {_list(self._by_category(events))}" if events else None


def _list(events: Iterable[int]) -> str:
    return " ".join(map(str, events)) or "-"


def _minute(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])


def reckon(
    readers: Sequence[Reader],
    ids: dict[str, int],
    facts: Iterable[Fact],
    polls: Iterable[datetime],
    start: datetime,
    end: datetime,
) -> list[list[tuple[datetime, str]]]:
    """Each reader's messages: when (UTC) and what."""
    reckonings = [Reckoning(reader, ids, start, end) for reader in readers]
    by_time: dict[datetime, list[Fact]] = {}
    for fact in facts:
        by_time.setdefault(fact.at, []).append(fact)
    polled = set(polls)
    times = polled.union(*({*each.digests, *each.turns} for each in reckonings))
    for at in sorted(at for at in times if start < at < end or at in by_time):
        for each in reckonings:
            each.step(at, by_time.get(at, []), polled=at in polled)
    return [each.messages for each in reckonings]
