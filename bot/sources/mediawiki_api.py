"""How MediaWiki's API is asked, and its answers taken apart without trusting their shape.

https://www.mediawiki.org/wiki/API:Errors_and_warnings, https://www.mediawiki.org/wiki/API:Etiquette
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from bot.errors import SourceBusy, SourceUnreachable, SourceUnreadable
from bot.sources.http import Limiter, PoliteClient

SEPARATOR = "|"
MAX_VALUES = 50  # API: limit of values for clients without higher limits
_MAX_ENCODED = 6_000  # bytes of values in an address; servers take about 8 KB
_BUSY = frozenset({"ratelimited", "maxlag", "readonly"})

Json = dict[str, Any]


async def ask(
    client: PoliteClient, url: str, asked: Mapping[str, str], limiter: Limiter | None
) -> Json:
    """One answer of the API.

    Raises SourceBusy, SourceUnreachable or SourceUnreadable by the code of an error in it.
    """
    params = {**asked, "format": "json", "formatversion": "2"}
    response = await client.get(url, params, limiter=limiter)
    answer = response.json()
    if "error" not in answer:
        return answer
    error = a_dict(answer, "error")
    code = str(error.get("code", "unknown"))[:80]
    if code in _BUSY:
        wait = client.leave_alone(response)
        raise SourceBusy(f"the API asks us to wait {wait:g} s ({code})", wait)
    if code.startswith("internal_api_error"):
        raise SourceUnreachable(f"the API failed inside ({code})")
    raise SourceUnreadable(f"the API refuses the request ({code})")


def batches(values: Iterable[str]) -> Iterator[list[str]]:
    """``values``, each once, in parts that fit into one request."""
    batch: list[str] = []
    size = 0
    for value in dict.fromkeys(values):
        if not value.strip() or SEPARATOR in value or "\x1f" in value:
            continue  # no title: the API would take it for several
        encoded = len(quote(value, errors="replace")) + len("%7C")
        if batch and (len(batch) == MAX_VALUES or size + encoded > _MAX_ENCODED):
            yield batch
            batch, size = [], 0
        batch.append(value)
        size += encoded
    if batch:
        yield batch


def a_dict(holder: Json, name: str, *, default: Json | None = None) -> Json:
    """The object ``name``. Raises SourceUnreadable where it is none, or missing."""
    value = holder.get(name, default)
    if not isinstance(value, dict):
        raise SourceUnreadable(f"the API's answer has no object {name!r}")
    return value


def a_list(holder: Json, name: str, *, default: list[Json] | None = None) -> list[Json]:
    """The list of objects ``name``. Raises SourceUnreadable where it is none, or missing."""
    value = holder.get(name, default)
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise SourceUnreadable(f"the API's answer has no list {name!r}")
    return value


def a_text(holder: Json, name: str) -> str:
    """The text ``name``. Raises SourceUnreadable where it is none, or missing."""
    value = holder.get(name)
    if not isinstance(value, str):
        raise SourceUnreadable(f"the API's answer has no text {name!r}")
    return value


def a_number(holder: Json, name: str) -> int:
    """The number ``name``. Raises SourceUnreadable where it is none, or missing."""
    value = holder.get(name)
    if not isinstance(value, int):
        raise SourceUnreadable(f"the API's answer has no number {name!r}")
    return value
