"""How well reports are grouped by event, measured on labelled news; the best thresholds."""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.core.likeness import RecentReports, Thresholds, Told
from bot.core.sentences import split_first
from bot.errors import InputError

TEXTS = ("lead", "full")
LEAST = 20  # texts or pairs: what is found on fewer is chance
_SAME = frozenset({"ok", "same", "true", "yes", "1"})
_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)  # of documents without a time
_GRID = tuple(round(0.09 + 0.03 * step, 2) for step in range(14))  # to 0.48
_PRECISION_FIRST = 0.8  # its share in the weighted mean: 1 / (1 + beta²)
_STEPS = (-0.02, -0.01, 0.01, 0.02)
TRIED = 2 * (len(_GRID) + len(_STEPS))  # thresholds


@dataclass(frozen=True)
class Document:
    """A text and the event that it tells of, as people labelled it; ``at`` in UTC."""

    event: str
    text: str
    at: datetime
    language: str


@dataclass(frozen=True)
class Pair:
    """Two texts, and whether people say that they tell of the same event."""

    first: Document
    second: Document
    same: bool


Labelled = Sequence[Document] | Sequence[Pair]


@dataclass(frozen=True)
class Quality:
    """Precision, recall and F1 in percent on ``items`` ``of`` a kind, and what it took."""

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


def read_labelled(content: str, text: str) -> Labelled:
    """Lines of ``{id, event, text[, time]}``, or of ``{first, second, label}``.

    ``text``: "full", or "lead" for the first two sentences (of a document with a title:
    the title and two sentences). Raises InputError.
    """
    lines = [line for line in content.splitlines() if line.strip()]
    if not lines:
        raise InputError("There is no labelled news: each line has to be a JSON object.")
    documents: list[Document] = []
    pairs: list[Pair] = []
    for number, line in enumerate(lines, 1):
        try:
            _read_line(json.loads(line), text, documents, pairs)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(
                f"Line {number} is no JSON object of {{id, event, text[, time]}} or of"
                " {first, second, label}: see README, “What an operator can do”."
            ) from error
    if documents and pairs:
        raise InputError("Documents and pairs do not go into one file.")
    return pairs or documents


def _read_line(
    line: Mapping[str, object], text: str, documents: list[Document], pairs: list[Pair]
) -> None:
    if "label" not in line:
        if line["event"] in ("", None):
            raise ValueError("no event")
        documents.append(_document(line, text))
        return
    first, second = (_document(_side(line[key]), text) for key in ("first", "second"))
    pairs.append(Pair(first, second, str(line["label"]).casefold() in _SAME))


def _side(value: object) -> Mapping[str, object]:
    return {"text": value} if isinstance(value, str) else dict(value)  # type: ignore[call-overload]  # else the line is refused


def _document(line: Mapping[str, object], text: str) -> Document:
    title, body = str(line.get("title") or ""), str(line["text"])
    shown = lead(body) if text == "lead" else body
    said_at = line.get("time")
    return Document(
        event=str(line.get("event", "")),
        text="\n".join(part for part in (title, shown) if part),
        at=_MOMENT if said_at is None else _time(said_at),
        language=str(line.get("language") or "en"),
    )


def check_enough(labelled: Labelled) -> None:
    """Raises InputError where thresholds found on this would prove nothing."""
    if len(labelled) < LEAST:
        raise InputError(
            f"Too little labelled news: {len(labelled)} of the {LEAST} lines that it takes."
        )
    sizes = Counter(each.event for each in labelled if isinstance(each, Document))
    judged = {each.same for each in labelled if isinstance(each, Pair)}
    if len(judged) < 2 and (len(sizes) < 2 or max(sizes.values()) < 2):
        raise InputError(
            "The labelled news proves nothing: it takes two texts of one event, and two of"
            " different ones."
        )


def lead(text: str) -> str:
    """The first two sentences of a text."""
    first, rest = split_first(text)
    second, _ = split_first(rest)
    return f"{first} {second}".strip()


def _time(value: object) -> datetime:
    if isinstance(value, int | float):
        return datetime.fromtimestamp(value, UTC)
    at = datetime.fromisoformat(str(value))
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def measure_quality(labelled: Labelled, thresholds: Thresholds = Thresholds()) -> Quality:  # noqa: B008  # frozen
    """How well the product groups labelled news: B³ over documents, or "same" over pairs.

    Documents are taken one by one, in their order; each pair alone in an empty store.
    """
    started = time.monotonic()
    pairs = [each for each in labelled if isinstance(each, Pair)]
    if pairs:
        precision, recall = _judged([_same(pair, thresholds) for pair in pairs], pairs)
    else:
        documents = [each for each in labelled if isinstance(each, Document)]
        precision, recall = b_cubed(
            [document.event for document in documents], grouped(documents, thresholds)
        )
    taken = time.monotonic() - started
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


def _told(number: int, document: Document) -> Told:
    return Told(number, 0, number, document.at, document.text, document.language)


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


def calibrate(
    labelled: Labelled, progress: Callable[[], None] = lambda: None
) -> tuple[Thresholds, Quality]:
    """The thresholds that group labelled news best, and what they reach there.

    Precision counts twice (F0.5): a wrong merge hides news, a split only repeats it.
    Joining is searched first, then merging, then both around the best; ``progress`` hears of
    each that is TRIED. Documents without times are judged in several orders, whose mean counts:
    one alone misleads by a point or two.
    """
    orders = list(orders_of(labelled))
    best = Thresholds(), _mean_quality(orders, Thresholds())
    for tried in (_joins, _merges, _joins_around, _merges_around):
        for thresholds in tried(best[0]):
            best = max(best, (thresholds, _mean_quality(orders, thresholds)), key=_merit)
            progress()
    return best


def typical_quality(labelled: Labelled) -> Quality:
    """What the thresholds that are the default reach, judged as `calibrate` judges others."""
    return _mean_quality(list(orders_of(labelled)), Thresholds())


def orders_of(labelled: Labelled) -> Iterator[Labelled]:
    """The order given, and others where that says nothing."""
    yield labelled
    documents = [each for each in labelled if isinstance(each, Document)]
    if documents and all(document.at == _MOMENT for document in documents):
        for seed in range(2):
            yield random.Random(seed).sample(documents, len(documents))  # noqa: S311  # no secret


def _mean_quality(orders: Sequence[Labelled], thresholds: Thresholds) -> Quality:
    found = [measure_quality(labelled, thresholds) for labelled in orders]
    return replace(
        found[0],
        precision=sum(quality.precision for quality in found) / len(found),
        recall=sum(quality.recall for quality in found) / len(found),
    )


def _merit(found: tuple[Thresholds, Quality]) -> tuple[float, float]:
    """The weighted F-measure; among equals the one that merges less wrongly.

    van Rijsbergen, C. J. (1979), Information Retrieval: beta of one half.
    """
    precision, recall = found[1].precision, found[1].recall
    total = precision + _PRECISION_FIRST * (recall - precision)
    merit = precision * recall / total if total else 0.0
    return round(merit, 6), precision


def _joins(best: Thresholds) -> Iterator[Thresholds]:
    return (replace(best, join=value) for value in _GRID)


def _merges(best: Thresholds) -> Iterator[Thresholds]:
    return (replace(best, merge=value) for value in _GRID)


def _joins_around(best: Thresholds) -> Iterator[Thresholds]:
    return (replace(best, join=round(best.join + step, 2)) for step in _STEPS)


def _merges_around(best: Thresholds) -> Iterator[Thresholds]:
    return (replace(best, merge=round(best.merge + step, 2)) for step in _STEPS)
