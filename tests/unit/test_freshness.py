"""For how long servers say that an answer will not change, and what not to believe."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.http.freshness import MOST, fresh_for

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


def date(**later: float) -> str:
    return format_datetime(NOW + timedelta(**later), usegmt=True)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"cache-control": "max-age=600"}, 600),
        ({"cache-control": "public, MAX-AGE = 600, must-revalidate"}, 600),
        ({"cache-control": 'max-age="600"'}, 600),
        ({"cache-control": "max-age=600, max-age=60"}, 600),
        ({"cache-control": "s-maxage=9, max-age=600; x"}, 600),
        ({"cache-control": 'ext="max-age=7, no-cache", max-age=600'}, 600),
        ({"cache-control": "max-age=600", "age": "200"}, 400),
        ({"cache-control": "max-age=600", "age": "long"}, 600),
        ({"cache-control": "max-age=600", "expires": date(hours=5)}, 600),
        ({"cache-control": "max-age=86400"}, 86_400),
        ({"expires": date(minutes=30)}, 1800),
        ({"expires": date(minutes=30), "date": date(minutes=20)}, 600),
        ({"expires": date(minutes=30), "age": "60"}, 1740),
        ({"expires": date(minutes=30), "date": "yesterday"}, 1800),
        ({"expires": "Sun, 22 Nov 2026 09:00:00 +0000", "cache-control": "public"}, 3600),
    ],
)
def test_how_long_an_answer_is_fresh(headers: dict[str, str], seconds: int) -> None:
    assert fresh_for(headers, NOW) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"cache-control": ""},
        {"cache-control": "max-age"},
        {"cache-control": "max-age=0"},
        {"cache-control": "max-age=-600"},
        {"cache-control": "max-age=1e3"},
        {"cache-control": "max-age=6.5"},
        {"cache-control": "max-age=٦٠٠"},
        {"cache-control": "max-age=soon", "expires": date(hours=1)},
        {"cache-control": "max-age=86401"},
        {"cache-control": f"max-age={'9' * 4000}"},
        {"cache-control": "no-cache, max-age=600"},
        {"cache-control": "max-age=600, No-Store"},
        {"cache-control": 'private, no-cache="set-cookie", max-age=600'},
        {"cache-control": "x-max-age=600, max-ages=600"},
        {"cache-control": "max-age=600", "age": "600"},
        {"cache-control": "max-age=600", "age": "4000000000"},
        {"expires": "0"},
        {"expires": "-1"},
        {"expires": "Thu, 01 Jan 1970 00:00:00 GMT"},
        {"expires": date(days=40)},
        {"expires": "Fri, 31 Dec 9999 23:59:59 -2359"},
        {"expires": date(hours=1), "date": date(hours=2)},
        {"expires": date(hours=1), "cache-control": "no-cache"},
    ],
)
def test_what_says_nothing_of_use(headers: dict[str, str]) -> None:
    assert fresh_for(headers, NOW) is None


directive = st.one_of(
    st.sampled_from(["max-age=60", "max-age=", "no-cache", "max-age=99999999999", '"', "=,="]),
    st.text(max_size=20),
)


@given(
    st.lists(directive, max_size=5).map(", ".join),
    st.text(max_size=40),
    st.text(max_size=12),
    st.text(max_size=40),
)
def test_whatever_a_server_sends(cache: str, expires: str, age: str, date: str) -> None:
    headers = {"cache-control": cache, "expires": expires, "age": age, "date": date}
    found = fresh_for(headers, NOW)
    assert found is None or timedelta() < found <= MOST
