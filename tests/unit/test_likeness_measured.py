"""Same-event quality: labelled news is read, grouped by the product itself, and measured."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app.calibrating import calibrate_on
from bot.app.progress import Progress
from bot.core.likeness import Thresholds
from bot.core.likeness.calibrating import TRIED, calibrate
from bot.core.likeness.labelled import Document, Pair, check_enough, lead, orders_of, read_labelled
from bot.core.likeness.measuring import b_cubed, measure_quality
from bot.errors import InputError
from tests.support.data import find_data

LAVA = "Lava from the volcano near Grindavik reaches the Blue Lagoon road."
LAVA_AGAIN = "The Blue Lagoon road near Grindavik is closed by lava from the volcano."
LAVA_LATE = "A volcano shuts the Blue Lagoon."  # little in common, after two days
RATE = "The central bank of Norway raises its rate to four percent."
RATE_AGAIN = "Norway's central bank raises the rate to four percent, Governor Bache says."
LINES = [
    {"id": "a", "event": "lava", "text": LAVA},
    {"id": "b", "event": "rate", "text": RATE},
    {"id": "c", "event": "lava", "text": LAVA_AGAIN},
    {"id": "d", "event": "rate", "text": RATE_AGAIN},
]


def lines(*each: object) -> str:
    return "\n".join(json.dumps(one) for one in each)


def test_b_cubed_is_the_mean_over_items() -> None:
    assert b_cubed(["x", "x", "y"], [1, 1, 2]) == (1.0, 1.0)
    precision, recall = b_cubed(["x", "x", "y", "y"], [1, 1, 1, 2])
    assert precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert recall == pytest.approx((1 + 1 + 1 / 2 + 1 / 2) / 4)
    assert b_cubed(["x", "x"], [1, 2]) == (1.0, 0.5)
    assert b_cubed([], []) == (0.0, 0.0)


def test_documents_are_grouped_in_their_order() -> None:
    seconds = iter((100, 102.54))
    quality = measure_quality(read_labelled(lines(*LINES), "full"), clock=lambda: next(seconds))
    assert quality.rounded() == {
        "precision": 100.0, "recall": 100.0, "f1": 100.0, "items": 4, "seconds": 2.5,
    }  # fmt: skip


def test_without_joining_each_document_is_alone() -> None:
    never = Thresholds(join=9, merge=9)
    quality = measure_quality(read_labelled(lines(*LINES), "full"), never)
    assert (quality.precision, quality.recall) == (100, 50)


def test_documents_outside_the_window_do_not_meet() -> None:
    later = [{**LINES[0], "time": "2026-11-01T00:00"}, {**LINES[2], "time": "2026-11-08T00:00Z"}]
    quality = measure_quality(read_labelled(lines(*later), "full"))
    assert quality.recall == 50


def test_each_pair_is_judged_alone() -> None:
    pairs = [
        {"first": {"title": "Iceland", "text": LAVA}, "second": LAVA_AGAIN, "label": "OK"},
        {"first": {"text": LAVA}, "second": {"text": RATE}, "label": "BAD"},
        {"first": LAVA, "second": RATE_AGAIN, "label": True},
    ]
    labelled = read_labelled(lines(*pairs), "full")
    assert [pair.same for pair in labelled if isinstance(pair, Pair)] == [True, False, True]
    quality = measure_quality(labelled)
    assert (quality.precision, quality.recall, quality.items) == (100, 50, 3)
    assert quality.f1 == pytest.approx(200 / 3)


def test_the_lead_is_the_first_two_sentences_beside_a_title() -> None:
    assert lead("One. Two! Three.") == "One. Two!"
    assert lead("One") == "One"
    text = {"id": 1, "event": 2, "title": "Title", "text": "One. Two. Three."}
    (document,) = read_labelled(lines(text), "lead")
    assert document == Document("2", "Title\nOne. Two.", datetime(2000, 1, 1, tzinfo=UTC), "en")
    (document,) = read_labelled(lines({**text, "time": 0}), "lead")
    assert document == Document("2", "Title\nOne. Two.", datetime(1970, 1, 1, tzinfo=UTC), "en")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "no labelled news"),
        ("{", "Line 1"),
        ('{"id": 1}', "Line 1"),
        ('{"id": 1, "text": "Of no event"}', "Line 1"),
        ('{"id": 1, "event": "", "text": "Of no event"}', "Line 1"),
        ('{"id": 1, "event": null, "text": "Of no event"}', "Line 1"),
        ("[]", "Line 1"),
        (lines(LINES[0], {"first": LAVA, "second": 3, "label": "OK"}), "Line 2"),
        (lines({**LINES[0], "time": "yesterday"}), "Line 1"),
        (lines(LINES[0], {"first": LAVA, "second": RATE, "label": "BAD"}), "one file"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(content: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read_labelled(content, "full")


@pytest.mark.parametrize(
    ("listed", "says"),
    [
        (LINES * 4, "16 of the 20 lines"),
        (LINES[:1] * 20, "two texts of one event, and two of different ones"),
        ([{**LINES[0], "event": each} for each in range(20)], "two texts of one event"),
        ([{"first": LAVA, "second": RATE, "label": "BAD"}] * 20, "proves nothing"),
        ([{"first": LAVA, "second": LAVA_AGAIN, "label": "OK"}] * 19, "19 of the 20"),
    ],
)
def test_what_proves_nothing_is_refused(listed: list[dict[str, object]], says: str) -> None:
    with pytest.raises(InputError, match=says):
        check_enough(read_labelled(lines(*listed), "full"))


def test_calibrating_finds_thresholds_that_group_better() -> None:
    days = ({**LINES[0], "time": 0}, {**LINES[2], "time": 172_800, "text": LAVA_LATE})
    labelled = read_labelled(lines(*days, {**LINES[1], "time": 172_800}), "full")
    tried: list[None] = []
    thresholds, quality = calibrate(labelled, lambda: tried.append(None))
    assert measure_quality(labelled).f1 == pytest.approx(80)
    assert quality.f1 == measure_quality(labelled, thresholds).f1 == pytest.approx(100)
    assert thresholds.join < Thresholds().join
    assert len(tried) == TRIED


def test_calibrating_judges_several_orders_unless_times_give_one() -> None:
    untimed = read_labelled(lines(*LINES), "full")
    timed = read_labelled(lines(*({**line, "time": 60} for line in LINES)), "full")
    assert [sorted(map(repr, order)) for order in orders_of(untimed)] == [
        sorted(map(repr, untimed))
    ] * 3
    assert len({tuple(map(repr, order)) for order in orders_of(untimed)}) > 1
    assert list(orders_of(untimed)) == list(orders_of(untimed))
    assert list(orders_of(timed)) == [timed]


class Steps(Progress):
    """How far a bar would be, of how many."""

    done, total = 0, 0

    def begin(self, total: int) -> None:
        self.total = total

    def advance(self, steps: int) -> None:
        self.done += steps


def test_the_command_prints_settings(tmp_path: Path) -> None:
    path, steps = tmp_path / "labelled.jsonl", Steps()
    path.write_text(lines(*LINES), encoding="utf-8")
    with pytest.raises(InputError, match="4 of the 20 lines"):
        calibrate_on(path, steps)
    path.write_text(lines(*LINES * 5), encoding="utf-8")
    printed = calibrate_on(path, steps)
    assert steps.done == steps.total == 36
    assert "F1 100.0" in printed
    settings = dict(line.split("=") for line in printed.splitlines() if "=" in line)
    assert settings.keys() == {"EVENT_LIKENESS", "EVENT_MERGE"}
    found = json.loads(calibrate_on(path, steps, text="lead", as_json=True))
    assert found["EVENT_LIKENESS"] == float(settings["EVENT_LIKENESS"])
    assert found["f1"] == 100.0
    with pytest.raises(InputError, match="cannot be read"):
        calibrate_on(tmp_path / "missing", steps)


@pytest.mark.parametrize("text", ["lead", "full"])
def test_quality_on_the_recorded_training_part(text: str) -> None:
    data = find_data()
    if data is None:
        pytest.skip("no recorded data")
    path = data / "clustering" / "ecbplus_train.jsonl"
    quality = measure_quality(read_labelled(path.read_text(encoding="utf-8"), text))
    assert quality.precision > 90
    assert quality.f1 > 90
