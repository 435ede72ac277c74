"""Japanese: known by a few kana among kanji, and names by katakana."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.likeness import ComparedReport, RecentReports
from bot.core.likeness.scripts import language_by_script

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def are_one(known: str, new: str, language: str = "ja", hours: int = 3) -> bool:
    recent = RecentReports()
    recent.keep(ComparedReport(1, 1, 1, NOON, known, language))
    told = ComparedReport(2, 0, 2, NOON + timedelta(hours=hours), new, language)
    return recent.join(told) == 1


@pytest.mark.parametrize("said", ["", "en"])
def test_a_few_kana_among_kanji_make_japanese(said: str) -> None:
    for text in (
        "東京で洪水が発生",
        "首相、臨時国会で補正予算案を提出へ",
        "中央区の住宅火災、男性死亡",
    ):
        assert language_by_script(text, said) == "ja"
        assert language_by_script(text, "ja") == "ja"
    assert language_by_script("アップル新製品", said) == "ja"
    assert language_by_script("東京発生洪水", said) == "zh"


def test_chinese_with_a_dot_in_a_name_or_a_quoted_title_stays_chinese() -> None:
    assert language_by_script("美國總統唐納德・川普與澤倫斯基・弗拉基米爾會談", "") == "zh"
    quoted = "日本动画电影《君の名は》昨日在北京重新上映，吸引了众多影迷前往观看，票房再创新高"
    assert language_by_script(quoted, "zh") == "zh"
    assert language_by_script(quoted + "。" + quoted.replace("の名は", "的名字") * 3, "") == "zh"
    assert language_by_script("Sample Games announces サンプル for autumn", "en") == "en"


def test_a_headline_and_its_sentence_meet_without_a_stated_language() -> None:
    headline = "中央区の住宅火災、男性死亡"
    assert are_one(headline, "中央区の住宅で火災があり、男性が死亡した。", "en")


PAIRS = [
    ("トランプ氏、オハイオ州で勝利", "トランプ氏、アイオワ州で勝利"),
    ("ゼレンスキー氏が訪米へ", "ネタニヤフ氏が訪米へ"),
    ("フロリダ州にハリケーン上陸", "ルイジアナ州にハリケーン上陸"),
    ("アップル、過去最高益を発表", "ボーイング、過去最高益を発表"),
]


@pytest.mark.parametrize("hours", [1, 20])
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_other_words_in_katakana_are_other_names(one: str, other: str, hours: int) -> None:
    assert not are_one(one, other, hours=hours)
    assert not are_one(other, one, hours=hours)
    assert are_one(one, one, hours=hours)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("トランプ氏、オハイオ州で勝利", "オハイオ州でトランプ氏が勝利"),
        ("ゼレンスキー氏が訪米へ", "ゼレンスキー大統領が訪米へ"),
        ("市場で爆発、12人死亡 カブール", "市場で爆発、15人死亡 カブール"),
    ],
)
def test_one_name_in_katakana_keeps_reports_together(one: str, other: str) -> None:
    assert are_one(one, other)
