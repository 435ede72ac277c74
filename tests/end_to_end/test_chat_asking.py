"""``dateline ask`` where something is wrong with what it is told."""

from __future__ import annotations

import json

import pytest

from bot.services.overview import EMPTY
from bot.standin.local import LOCAL, reader_id
from tests.support.commands import Commands, closed_port, dateline

__all__ = ["closed_port", "dateline"]  # fixtures


def test_a_wrong_press_is_told_after_the_answers(dateline: Commands) -> None:
    ran = dateline("ask", "/help", "--press", "Dance")
    assert ran.code == 2
    assert ran.out.startswith("What I can do\n")
    assert "'Dance'" in ran.err
    assert "What I can do" not in ran.err


def test_as_json_too(dateline: Commands) -> None:
    ran = dateline("ask", "/help", "--json", "--press", "Dance", "--press", "Sing")
    assert ran.code == 2
    (answer,) = json.loads(ran.out)
    assert answer["text"].startswith("<b>What I can do</b>")
    assert "'Dance'" in ran.err
    assert "'Sing'" not in ran.err


def test_a_reader_may_be_any_word(dateline: Commands) -> None:
    ran = dateline("ask", "/help", "--as", "9" * 5000)
    assert (ran.code, ran.err) == (0, f"({EMPTY})\n")
    assert ran.out.startswith("What I can do\n")


@pytest.mark.parametrize("name", ["0", "9" * 16, "1" * 17, "9" * 5000, "Ada", "-5", "²"])
def test_what_is_no_id_is_a_name(name: str) -> None:
    assert reader_id(name) >= LOCAL


def test_an_id_is_itself() -> None:
    assert reader_id("4711") == 4711
    assert reader_id(str(LOCAL - 1)) == LOCAL - 1
