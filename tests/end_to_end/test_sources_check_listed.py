"""``dateline sources check`` of feeds that are listed: by number, or by title."""

from __future__ import annotations

import pytest

from tests.end_to_end.test_sources_managing import listed, refused, told
from tests.support.checked_site import Site, feed
from tests.support.commands import Commands, closed_port, dateline
from tests.support.serving import serving

__all__ = ["closed_port", "dateline", "listed"]  # fixtures


@pytest.mark.parametrize("which", ["1", "01", "example news", "exam"])
async def test_a_listed_feed_is_checked_by_its_number_or_its_title(
    dateline: Commands, which: str
) -> None:
    async with serving(Site({"/feed": feed()})) as root:
        await dateline.beside("sources", "add", f"{root}/feed")
        ran = await dateline.beside("sources", "check", which)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("title             Example News\n")
    assert "listed            as number 1\n" in ran.out


def test_who_is_checked_must_be_clear_too(listed: Commands) -> None:
    assert refused(listed, "check", "news").startswith("'news' may mean several. Name one by its ")
    assert refused(listed, "check", "9") == (
        "No feed is called '9'. See them all: dateline sources list\n"
    )
    assert refused(listed, "check", "Alpha Newz").startswith("No feed is called 'Alpha Newz'. Is ")
    assert refused(listed, "check", "ftp://a.example/").startswith("'ftp://a.example/' is no web ")
    told(listed, "remove", "1")
    assert refused(listed, "check", "1").startswith("Alpha News has been removed. Bring it back: ")
