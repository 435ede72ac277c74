"""Addresses as documents name them: made absolute, and told whether readers can open them."""

from __future__ import annotations

from urllib.parse import urljoin

from bot.core.links import article_url
from bot.sources.http import same_origin
from bot.sources.http.networks import is_internal

MAX_URL = 2_000  # characters


def resolved(base: str, address: str) -> str:
    """``address`` made absolute where it starts from ``base``; "" for none, or a broken one."""
    try:
        return urljoin(base, address) if address else ""
    except ValueError:
        return ""


def is_open_beside(picture: str, page: str) -> bool:
    """Whether readers can open a picture if they can open the ``page`` that it is of."""
    if len(picture) > MAX_URL or not article_url(picture):
        return False
    return not is_internal(picture) or same_origin(picture, page)
