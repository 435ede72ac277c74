"""The thresholds that group labelled news best."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot.core.likeness.labelled import Labelled, orders_of
from bot.core.likeness.measuring import Clock, Quality, measure_quality, no_clock
from bot.core.likeness.told import Thresholds

_GRID = tuple(round(0.09 + 0.03 * step, 2) for step in range(14))  # to 0.48
_PRECISION_FIRST = 0.8  # its share in the weighted mean: 1 / (1 + beta²)
_STEPS = (-0.02, -0.01, 0.01, 0.02)
TRIED = 2 * (len(_GRID) + len(_STEPS))  # thresholds


def calibrate(
    labelled: Labelled, progress: Callable[[], None] = lambda: None, clock: Clock = no_clock
) -> tuple[Thresholds, Quality]:
    """The thresholds that group labelled news best, and what they reach there.

    Precision counts twice (F0.5): a wrong merge hides news, a split only repeats it.
    Joining is searched first, then merging, then both around the best; ``progress`` hears of
    each that is TRIED. Documents without times are judged in several orders, whose mean counts:
    one alone misleads by a point or two.
    """
    orders = list(orders_of(labelled))
    best = Thresholds(), _mean_quality(orders, Thresholds(), clock)
    for tried in (_joins, _merges, _joins_around, _merges_around):
        for thresholds in tried(best[0]):
            found = thresholds, _mean_quality(orders, thresholds, clock)
            best = max(best, found, key=_merit)
            progress()
    return best


def typical_quality(labelled: Labelled) -> Quality:
    """What the thresholds that are the default reach, judged as `calibrate` judges others."""
    return _mean_quality(list(orders_of(labelled)), Thresholds())


def _mean_quality(
    orders: Sequence[Labelled], thresholds: Thresholds, clock: Clock = no_clock
) -> Quality:
    found = [measure_quality(labelled, thresholds, clock) for labelled in orders]
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
