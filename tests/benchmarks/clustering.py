"""Same-event quality on labelled news: B³ over a stream of documents, or pairs alone."""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from bot.app.calibrating import read_file
from bot.core.likeness.labelled import TEXTS
from bot.core.likeness.measuring import Quality, measure_quality


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this measurement."""
    parser.add_argument("file", type=Path, help="lines of {id, event, text[, time]} or pairs")
    parser.add_argument("--text", choices=TEXTS, default="full", help="lead: two sentences")
    parser.add_argument("--json", action="store_true", help="a line that a program may read")


async def measure(arguments: argparse.Namespace) -> None:
    """Group the documents, or judge the pairs, and print precision, recall and F1."""
    labelled = read_file(arguments.file, arguments.text)
    quality = measure_quality(labelled, clock=time.monotonic)
    print(json.dumps(quality.rounded()) if arguments.json else _said(quality))


def _said(quality: Quality) -> str:
    return (
        f"precision {quality.precision:.1f}, recall {quality.recall:.1f}, F1 {quality.f1:.1f}"
        f" on {quality.items} {quality.of} in {quality.seconds:.1f} s"
    )
