"""``dateline ask`` for what comes as a file."""

from __future__ import annotations

import re

from bot.services.overview import EMPTY
from tests.support.commands import Commands, closed_port, dateline

__all__ = ["closed_port", "dateline"]  # fixtures


def test_a_file_is_named_with_its_size_above_its_caption(dateline: Commands) -> None:
    ran = dateline("ask", "/export")
    assert (ran.code, ran.err) == (0, f"({EMPTY})\n")
    first, second, *_ = ran.out.splitlines()
    assert re.fullmatch(r"\(dateline-export-\d{4}-\d\d-\d\d\.json, \d+ bytes\)", first)
    assert second.startswith("All that I know of this chat, as of ")


def test_a_file_in_json(dateline: Commands) -> None:
    (call,) = dateline("ask", "/export", "--json").calls
    assert call["method"] == "sendDocument"
    assert call["text"].startswith("All that I know of this chat")
    assert call["document"]["name"].endswith(".json")
    assert call["document"]["bytes"] > 100
