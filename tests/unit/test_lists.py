"""Lists of names as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.lists import parts_of, row


def names(text: str) -> list[str]:
    return [row(text, part, part) for part in parts_of(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Syria, Iraq",
        "Syria; Iraq;",
        "Syria\nIraq",
        "Syria\r\n\r\nIraq",
        "Syria and Iraq",
        "Syria AND  Iraq",
        "Syria, and Iraq",
        "Syria und Iraq",
        "Syria et Iraq",
        "Syria y Iraq",
        "Syria e Iraq",
        "Syria и Iraq",
        "Syria و Iraq",
        "Syria وIraq",
        "Syria & Iraq",
        "Syria، Iraq",
        "Syria，Iraq",
        "Syria、Iraq",
        "“Syria”, Iraq 🇮🇶",
    ],
)
def test_a_list_falls_into_its_names(text: str) -> None:
    assert names(text) == ["Syria", "Iraq"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("叙利亚和伊拉克与中国", ["叙利亚", "伊拉克", "中国"]),
        ("سوريا والعراق", ["سوريا", "العراق"]),
        ("Iceland, Anders, Yves", ["Iceland", "Anders", "Yves"]),
        ("Bosnia and Herzegovina, Peru", ["Bosnia", "Herzegovina", "Peru"]),
        ("Omar al-Bashir", ["Omar al-Bashir"]),
        ("Andorra", ["Andorra"]),
        ("واشنطن", ["واشنطن"]),
        (", and ;", []),
        ("", []),
    ],
)
def test_names_are_taken_as_they_stand(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_parts_make_a_name_together_and_know_what_joins_them() -> None:
    text = "Bosnia and Herzegovina, Peru"
    parts = parts_of(text)
    assert row(text, parts[0], parts[1]) == "Bosnia and Herzegovina"
    assert [part.is_joined for part in parts] == [False, True, False]


@given(st.text(alphabet="ab ,;\nandو和、&", max_size=40))
def test_parts_of_any_text_stand_in_it_in_order(text: str) -> None:
    parts = parts_of(text)
    edges = [edge for part in parts for edge in (part.start, part.end)]
    assert edges == sorted(edges)
    assert all(any(map(str.isalnum, text[part.start : part.end])) for part in parts)
