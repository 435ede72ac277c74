"""Whole pages beside what is read from them."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from bot.sources.wikipedia import read_page
from storage.model import PageReading
from tests.support.golden import GoldenCheck, golden

__all__ = ["golden"]  # a fixture

_FOLDER = Path(__file__).parent / "golden" / "portal"
_PAGES = sorted(_FOLDER.glob("*.wikitext"))


@pytest.mark.parametrize("path", _PAGES, ids=lambda path: path.stem)
def test_page_reads_as_reviewed(path: Path, golden: GoldenCheck) -> None:
    reading = read_page("2017_November_23", path.read_text(encoding="utf-8"))
    golden(path.with_suffix(".json"), _json(reading))


def test_every_golden_file_has_its_page() -> None:
    assert {path.stem for path in _FOLDER.glob("*.json")} == {path.stem for path in _PAGES}


def _json(reading: PageReading) -> str:
    text = json.dumps(asdict(reading), indent=1, ensure_ascii=False, default=str)
    return text + "\n"
