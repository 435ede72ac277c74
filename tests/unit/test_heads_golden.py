"""Whole heads of pages beside what is read from them."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from bot.errors import SourceUnreadable
from bot.sources.pages import read_head
from tests.support.golden import GoldenCheck, golden
from tests.support.heads import URL

__all__ = ["golden"]  # a fixture

_FOLDER = Path(__file__).parent / "golden" / "heads"
_PAGES = sorted(_FOLDER.glob("*.html"))


@pytest.mark.parametrize("path", _PAGES, ids=lambda path: path.stem)
def test_head_reads_as_reviewed(path: Path, golden: GoldenCheck) -> None:
    golden(path.with_suffix(".json"), _json(path.read_bytes()))


def test_every_golden_file_has_its_page() -> None:
    assert {path.stem for path in _FOLDER.glob("*.json")} == {path.stem for path in _PAGES}


def _json(body: bytes) -> str:
    try:
        said: dict[str, object] = asdict(read_head(body, URL, content_type="text/html"))
    except SourceUnreadable as refusal:
        said = {"refused": str(refusal)}
    return json.dumps(said, indent=1, ensure_ascii=False) + "\n"
