"""Which texts of a publisher may be two wordings of one."""

from __future__ import annotations

import pytest

from bot.core.rewording import may_be_reworded


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        (
            "en",
            "Germany: Bundestag debates pension package",
            "German parliament passes pension reform",
        ),
        ("en", "Breaking", "Breaking"),
        ("en", "\U0001f30a", "\U0001f30a"),  # no term at all
        ("en", "Bomb kills 12 in Kabul", "At least 15 killed by bomb in Kabul"),
        (
            "de",
            "Zug entgleist bei Riedlingen",
            "Nach dem Zugunglück in Riedlingen: Ermittler bergen die Datenschreiber",
        ),
        ("ru", "В Сочи начались переговоры", "Переговоры в Сочи завершились без итога"),
        ("zh", "四川省发生5.0级地震", "四川发生5.0级地震，暂无伤亡报告"),
    ],
)
def test_wordings_of_one(language: str, one: str, other: str) -> None:
    assert may_be_reworded(one, other, language)
    assert may_be_reworded(other, one, language)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "Minister resigns over the expenses of the year", "The end of the rain of the year"),
        ("en", "Bomb kills 12 people in Kabul", "Bomb kills 12 people in Peshawar"),
        ("de", "Der Minister ist nach dem Streit zurückgetreten", "Nach dem Regen ist der Zug da"),
        ("zh", "四川省发生5.0级地震", "中国央行宣布降准"),
        ("en", "\U0001f30a", "\U0001f525"),
        ("en", "", "Rain"),
    ],
)
def test_others(language: str, one: str, other: str) -> None:
    assert not may_be_reworded(one, other, language)
    assert not may_be_reworded(other, one, language)
