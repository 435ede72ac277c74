"""``calibrate``: the thresholds that group labelled news best, as settings."""

from __future__ import annotations

import json
import time
from functools import partial
from pathlib import Path

from bot.app.progress import Progress
from bot.core.counting import counted
from bot.core.likeness import Thresholds
from bot.core.likeness.calibrating import TRIED, calibrate, typical_quality
from bot.core.likeness.labelled import Labelled, check_enough, read_labelled
from bot.core.likeness.measuring import Quality
from bot.errors import InputError


def calibrate_on(
    path: Path, progress: Progress, *, text: str = "full", as_json: bool = False
) -> str:
    """Search the thresholds on a file of labelled news; what to print of them, for `.env`.

    ``text`` is "lead" or "full". Raises InputError for a file that cannot be used.
    """
    labelled = read_file(path, text)
    check_enough(labelled)
    before = typical_quality(labelled)
    progress.begin(TRIED)
    thresholds, quality = calibrate(labelled, partial(progress.advance, 1), time.monotonic)
    return _as_json(thresholds, quality) if as_json else _said(before, thresholds, quality)


def read_file(path: Path, text: str) -> Labelled:
    """A file of labelled news, its texts as ``text`` says. Raises InputError."""
    try:
        content = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 text.") from error
    return read_labelled(content, text)


def _as_json(thresholds: Thresholds, quality: Quality) -> str:
    settings = {"EVENT_LIKENESS": thresholds.join, "EVENT_MERGE": thresholds.merge}
    return json.dumps({**settings, **quality.rounded()})


def _said(before: Quality, thresholds: Thresholds, quality: Quality) -> str:
    return "\n".join(
        (
            f"# On {_items(quality)}: {_numbers(quality)}",
            f"# With the defaults: {_numbers(before)}",
            f"EVENT_LIKENESS={thresholds.join:.2f}",
            f"EVENT_MERGE={thresholds.merge:.2f}",
        )
    )


def _items(quality: Quality) -> str:
    return counted(quality.items, quality.of.removesuffix("s"), quality.of)


def _numbers(quality: Quality) -> str:
    return f"precision {quality.precision:.1f}, recall {quality.recall:.1f}, F1 {quality.f1:.1f}"
