"""What stands below a picture is nothing that its entry says."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.sources.feeds import read_feed
from tests.support.feeds import URL, rss

_CAPTION = "<media:description>File photo: Ann Sample at a summit in 2019</media:description>"
_PICTURE = "<media:content url='https://example.org/a.jpg' medium='image'"
_VIDEO = "<media:content url='https://example.org/v/1' type='application/x-shockwave-flash'/>"


def _summary(inner: str) -> str:
    body = rss(f"<item><title>Court frees editor</title>{inner}</item>")
    (entry,) = read_feed(body, URL, content_type=None, at=datetime(2026, 1, 1, tzinfo=UTC)).entries
    return entry.summary


@pytest.mark.parametrize(
    "inner",
    [
        f"{_PICTURE}>{_CAPTION}</media:content>",
        f"{_PICTURE}/>{_CAPTION}",
        f"<media:content url='https://example.org/a?id=1'>{_CAPTION}</media:content>",
        f"<media:group>{_PICTURE}>{_CAPTION}</media:content></media:group>",
        f"<media:group><media:content url='https://example.org/a.jpg'/>{_CAPTION}</media:group>",
        f"<description/>{_PICTURE}/>{_CAPTION}",
        f"<description><![CDATA[]]></description><media:group>{_CAPTION}{_PICTURE}/></media:group>",
    ],
)
def test_a_caption_is_no_summary(inner: str) -> None:
    assert _summary(inner) == ""
    assert _summary(f"{inner}<description>Charges were void.</description>") == "Charges were void."


def test_what_a_video_shows_is_the_summary() -> None:
    inner = f"<media:group><media:title>Court</media:title>{_VIDEO}{_CAPTION}</media:group>"
    assert _summary(inner) == "File photo: Ann Sample at a summit in 2019"
