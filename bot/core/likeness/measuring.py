"""How well reports are grouped by event, measured on labelled news."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.core.likeness.labelled import Document, Labelled, Pair
from bot.core.likeness.recent import RecentReports
from bot.core.likeness.told import ComparedReport, Thresholds

Clock = Callable[[], float]  # seconds, of which differences count


def no_clock() -> float:
    """For whom it does not matter how long it takes."""
    return 0.0


@dataclass(frozen=True)
class Quality:
    """Precision, recall and F1 in percent on ``items`` ``of`` a kind, and the ``seconds`` that it
    took by the clock that was given."""

    precision: float
    recall: float
    items: int
    of: str
    seconds: float

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def rounded(self) -> dict[str, float]:
        """What a program may read, to one decimal."""
        numbers = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        return {
            **{name: round(number, 1) for name, number in numbers.items()},
            "items": self.items,
            "seconds": round(self.seconds, 1),
        }


def measure_quality(
    labelled: Labelled,
    thresholds: Thresholds = Thresholds(),  # noqa: B008  # frozen
    clock: Clock = no_clock,
) -> Quality:
    """How well the product groups labelled news: B³ over documents, or "same" over pairs.

    Documents are taken one by one, in their order; each pair alone in an empty store.
    """
    started = clock()
    pairs = [each for each in labelled if isinstance(each, Pair)]
    if pairs:
        precision, recall = _judged([_same(pair, thresholds) for pair in pairs], pairs)
    else:
        documents = [each for each in labelled if isinstance(each, Document)]
        precision, recall = b_cubed(
            [document.event for document in documents], grouped(documents, thresholds)
        )
    taken = clock() - started
    kind = "pairs" if pairs else "documents"
    return Quality(100 * precision, 100 * recall, len(labelled), kind, taken)


def grouped(documents: Sequence[Document], thresholds: Thresholds) -> list[int]:
    """The event that each document is taken to tell of, as a stream of reports would be."""
    reports = RecentReports(thresholds)
    merged: dict[int, int] = {}
    events: list[int] = []
    for number, document in enumerate(documents, 1):
        reports.forget(document.at - thresholds.window)
        told = _told(number, document)
        event_id = reports.join(told) or number
        reports.keep(replace(told, event_id=event_id))
        events.append(event_id)
        while (twin := reports.twin(event_id)) is not None:
            kept, gone = sorted((event_id, twin))
            reports.move(gone, kept)
            merged[gone] = event_id = kept
    return [_survivor(event_id, merged) for event_id in events]


def _told(number: int, document: Document) -> ComparedReport:
    return ComparedReport(number, 0, number, document.at, document.text, document.language)


def _survivor(event_id: int, merged: Mapping[int, int]) -> int:
    while event_id in merged:
        event_id = merged[event_id]
    return event_id


def _same(pair: Pair, thresholds: Thresholds) -> bool:
    first, second = grouped([pair.first, pair.second], thresholds)
    return first == second


def _judged(found: Sequence[bool], pairs: Sequence[Pair]) -> tuple[float, float]:
    right = sum(one and pair.same for one, pair in zip(found, pairs, strict=True))
    return right / max(1, sum(found)), right / max(1, sum(pair.same for pair in pairs))


def b_cubed(labels: Sequence[str], groups: Sequence[int]) -> tuple[float, float]:
    """Precision and recall of a grouping, the mean over its items.

    Bagga, A. and Baldwin, B. (1998), Entity-based cross-document coreferencing using the
    vector space model.
    """
    both = Counter(zip(labels, groups, strict=True))
    label_sizes, group_sizes = Counter(labels), Counter(groups)
    precision = sum(n * n / group_sizes[group] for (_, group), n in both.items())
    recall = sum(n * n / label_sizes[label] for (label, _), n in both.items())
    return precision / max(1, len(labels)), recall / max(1, len(labels))
