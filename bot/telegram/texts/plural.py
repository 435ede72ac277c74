"""Sentences that depend on a number."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Plural:
    """A sentence for one and for any other number, written ``{count}`` in it. Other languages
    have as many forms as they need."""

    one: str
    other: str
