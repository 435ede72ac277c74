"""The reports of the window, and which event a new one tells of."""

from __future__ import annotations

from array import array
from collections import OrderedDict, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import compress

from bot.core.likeness.articles import as_terms, parts_of
from bot.core.likeness.bounding import at_most, at_most_with
from bot.core.likeness.evidence import Worth, cosine, verdict
from bot.core.likeness.kept import Kept, Postings, Reports
from bot.core.likeness.profile import Profile
from bot.core.likeness.terms import Terms, take_apart
from bot.core.likeness.told import ComparedReport, Thresholds
from bot.core.likeness.vocabulary import Vocabulary

# Only a text's weightiest terms are looked up, each in its newest reports: enough to meet
# whatever is alike (more of either changes no result on labelled news), and bounded however
# many reports are kept.
LOOKED_UP, NEWEST, SCORED = 12, 24, 8
ENTITY_WEIGHT = 0.05  # of a cosine, for each article that both name
WORTH_SCORING = 0.25  # of what the best candidate shares
PROFILES = 4096  # kept at hand
PROFILED = 64  # of an event's reports, its newest
_ROUNDING = 1e-3  # of vectors, whose weights have single precision


class RecentReports:
    """The reports of the window by their rare terms; in memory, rebuilt from storage.

    Vectors are weighted when a report is kept and stay so: a rarity that drifts over the
    window's three days changes little (the background steadies it), and comparing is then
    one multiplication a shared term.
    """

    def __init__(self, thresholds: Thresholds = Thresholds()) -> None:  # noqa: B008  # frozen
        self._thresholds = thresholds
        self._reports = Reports()
        self._terms, self._entities = Vocabulary(), Vocabulary()
        self._worth = Worth(self._terms.rarity, self._entities.rarity, self._terms.is_telling)
        self._by_term, self._by_entity = Postings(), Postings()
        self._events: dict[int, dict[int, None]] = {}  # the slots of each, in their order
        self._profiles: OrderedDict[int, Profile] = OrderedDict()
        self._apart: defaultdict[int, set[int]] = defaultdict(set)
        self._weights: tuple[Terms, int, list[float]] | None = None

    def join(self, told: ComparedReport) -> int | None:
        """The event that a report tells of; None for a new one. Keeps nothing."""
        kept = self._weighed(told, slot=0)
        return self._likest(Profile.of([kept]), kept, 0, self._thresholds.join)

    def keep(self, told: ComparedReport) -> None:
        """Take a report in, with its event; one that is there already is replaced."""
        old = self._reports.get(told.report_id)
        if old is not None:
            self._by_term.leave_out(old.terms, old.slot)
            self._by_entity.leave_out(old.entities, old.slot)
            self._drop(old)
        kept = self._weighed(told, slot=self._reports.next_slot())
        self._reports.add(kept)
        self._by_term.add(kept.terms, kept.slot)
        self._by_entity.add(kept.entities, kept.slot)
        self._events.setdefault(kept.event_id, {})[kept.slot] = None
        if kept.event_id in self._profiles:
            self._profiles[kept.event_id].add(kept)

    def twin(self, event_id: int) -> int | None:
        """Another event that turns out to be the same one; mostly None.

        To be asked when a report has joined ``event_id``: what its last report shares
        with others is looked at.
        """
        slots = self._events.get(event_id)
        if not slots:
            return None
        last = self._reports.by_slot[next(reversed(slots))]
        return self._likest(self._profile(event_id), last, event_id, self._thresholds.merge)

    def move(self, gone: int, kept: int) -> None:
        """Two events were merged: the reports of ``gone`` are ``kept``'s."""
        slots = self._events.pop(gone, {})
        for slot in slots:
            self._reports.by_slot[slot].event_id = kept
        own = self._events.setdefault(kept, {})
        own.update(slots)
        if not own:
            del self._events[kept]
        for event_id in (gone, kept):
            self._profiles.pop(event_id, None)
        for other in self._apart.pop(gone, set()):
            self._apart[other].discard(gone)
            self.apart(kept, other)

    def apart(self, one: int, other: int) -> None:
        """An operator undid the merging of two events: they never become one again."""
        if one != other:
            self._apart[one].add(other)
            self._apart[other].add(one)

    def forget(self, before: datetime) -> None:
        """Drop the reports from before a time."""
        for kept in self._reports.before(before.timestamp()):
            self._drop(kept)
            if kept.event_id not in self._events:
                for other in self._apart.pop(kept.event_id, set()):
                    self._apart[other].discard(kept.event_id)

    def nearest(
        self, told: ComparedReport, source_id: int, least: float = 0.0
    ) -> tuple[int, float] | None:
        """The likest other report of a source in the same language: its id and cosine; None
        where none shares a word. Less alike than ``least`` is as good as none."""
        terms = take_apart(told.text, told.language)
        numbers = self._terms.numbers(terms)
        weights = self._weights_of(terms, numbers, is_kept=False)
        others = [
            other
            for other in map(self._reports.by_slot.get, self._sharing(numbers, weights, least))
            if other is not None
            and other.source_id == source_id
            and other.language == terms.language
            and other.report_id != told.report_id
        ]
        if not others:  # as for most
            return None
        vector = dict(zip(numbers, weights, strict=True))
        likeness, report_id = max((cosine(vector, other), other.report_id) for other in others)
        return report_id, likeness

    # --- Taking reports in and out ----------------------------------------------------

    def _weighed(self, told: ComparedReport, *, slot: int) -> Kept:
        """A report with its vector: counted if it has a slot, else only compared."""
        terms = take_apart(told.text, told.language)
        entities = as_terms(told.entities)
        if slot:
            numbers, articles = self._terms.add(terms), self._entities.add(entities)
        else:
            numbers, articles = self._terms.numbers(terms), self._entities.numbers(entities)
        weights = self._weights_of(terms, numbers, is_kept=slot > 0)
        return Kept(
            slot=slot,
            report_id=told.report_id,
            event_id=told.event_id,
            source_id=told.source_id,
            at=told.at.timestamp(),
            language=terms.language,
            listed=told.listed,
            terms=array("i", numbers),
            weights=array("f", weights),
            names=_those_in(terms.names, terms, numbers),
            capitals=_those_in(terms.capitals, terms, numbers),
            entities=array("i", articles),
            parts=parts_of(entities, articles, terms, numbers),
            facts=terms.facts,
            headline=terms.headline,
        )

    def _weights_of(self, terms: Terms, numbers: list[int], *, is_kept: bool) -> list[float]:
        """A text's vector, reckoned once for `join` and `keep`."""
        others = self._terms.reports - is_kept
        if self._weights is None or self._weights[0] is not terms or self._weights[1] != others:
            weights = self._terms.weigh(terms, numbers, is_kept=is_kept)
            self._weights = terms, others, weights
        return self._weights[2]

    def _drop(self, kept: Kept) -> None:
        self._reports.drop(kept)
        self._terms.drop(kept.terms)
        self._entities.drop(kept.entities)
        oldest = self._reports.oldest_slot
        self._by_term.trim(kept.terms, oldest)
        self._by_entity.trim(kept.entities, oldest)
        slots = self._events[kept.event_id]
        del slots[kept.slot]
        self._profiles.pop(kept.event_id, None)
        if not slots:
            del self._events[kept.event_id]

    # --- Finding -----------------------------------------------------------------------

    def _likest(self, profile: Profile, kept: Kept, own: int, least: float) -> int | None:
        """The event most like a profile, from ``least`` on; the older among equals."""
        best: tuple[float, int] | None = None
        for event_id in self._candidates(kept, own):
            if not self._may_reach(profile, event_id, best[0] if best else least):
                continue
            likeness = verdict(profile, self._profile(event_id), self._worth)
            if likeness >= least:
                best = max(best or (likeness, -event_id), (likeness, -event_id))
        return -best[1] if best else None

    def _may_reach(self, profile: Profile, event_id: int, least: float) -> bool:
        """Whether the verdict on a profile and an event can be ``least`` or more."""
        slots = self._events[event_id]
        if len(slots) > 1 or event_id in self._profiles:
            return at_most(profile, self._profile(event_id)) >= least
        # Most events have one report, whose profile would take longer than all else here.
        return at_most_with(profile, self._reports.by_slot[next(iter(slots))]) >= least

    def _candidates(self, kept: Kept, own: int) -> list[int]:
        """The events whose reports share most with one, those kept apart left out."""
        shared = self._met(kept)
        met: dict[int, float] = {}
        by_slot = self._reports.by_slot
        barred = (own, *self._apart.get(own, ()))
        least = last = 0.0
        for slot in sorted(shared, key=shared.__getitem__, reverse=True):
            weight = shared[slot]
            if weight < least or (len(met) >= SCORED and weight < last):
                break
            other = by_slot.get(slot)  # None: forgotten since
            if other is None or other.event_id in met or other.event_id in barred:
                continue
            least = least or WORTH_SCORING * weight
            met[other.event_id] = last = weight
        return sorted(met, key=lambda event: (-met[event], event))[:SCORED]

    def _met(self, kept: Kept) -> Mapping[int, float]:
        """The reports met under the weightiest terms and under the articles named; and how
        much they share: what each adds to the cosine, and as much as a term for an article."""
        found: dict[int, float] = {}
        for weight, term in _weightiest(kept.terms, kept.weights):
            worth = weight * weight
            for slot in self._by_term.newest(term, NEWEST):
                found[slot] = found.get(slot, 0.0) + worth
        rarest = sorted(kept.entities, key=self._entities.rarity, reverse=True)
        for entity in rarest[:LOOKED_UP]:
            for slot in self._by_entity.newest(entity, NEWEST):
                found[slot] = found.get(slot, 0.0) + ENTITY_WEIGHT
        return found

    def _sharing(self, terms: Sequence[int], weights: Sequence[float], least: float) -> set[int]:
        """The reports met under the weightiest terms, as many of these as may make a cosine of
        ``least``: who shares none of them shares what is left of the vector at most."""
        found: set[int] = set()
        left = 1.0 + _ROUNDING
        for weight, term in _weightiest(terms, weights):
            slots = self._by_term.newest(term, NEWEST)
            found.update(slots)
            if len(slots) < NEWEST:  # else there may be others
                left -= weight * weight
            if left < least * least:
                break
        return found

    def _profile(self, event_id: int) -> Profile:
        profile = self._profiles.get(event_id)
        if profile is None:
            profile = Profile.of(self._told_by(event_id))
            self._profiles[event_id] = profile
            if len(self._profiles) > PROFILES:
                self._profiles.popitem(last=False)
        return profile

    def _told_by(self, event_id: int) -> Iterator[Kept]:
        """An event's newest reports, and those that their source lists apart."""
        slots = self._events[event_id]
        newest = len(slots) - PROFILED
        for place, slot in enumerate(slots):
            kept = self._reports.by_slot[slot]
            if place >= newest or kept.listed:
                yield kept


def _those_in(chosen: Collection[str], terms: Terms, numbers: Sequence[int]) -> array[int]:
    """The numbers of a text's terms that are among the ``chosen`` ones."""
    return array("i", [*compress(numbers, map(chosen.__contains__, terms.counts))])


def _weightiest(terms: Sequence[int], weights: Sequence[float]) -> list[tuple[float, int]]:
    """A report's terms to look up, each behind its weight."""
    return sorted(zip(weights, terms, strict=True), reverse=True)[:LOOKED_UP]
