"""What Wikidata would say of those whom the sample week names, for a try without it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class SampleEntity:
    """An entity by its article's title; ``labels`` are its names by language ("de", …).

    ``qid`` is its Wikidata id, None where it was not sure.
    """

    title: str
    qid: str | None
    description: str
    labels: Mapping[str, str]


def sample_entities() -> list[SampleEntity]:
    """Those that the week names most, persons first."""
    text = (files("bot.services.sample") / "entities.toml").read_text(encoding="utf-8")
    return [_entity(table) for table in tomllib.loads(text)["entity"]]


def _entity(table: Mapping[str, Any]) -> SampleEntity:
    return SampleEntity(
        title=table["title"],
        qid=table.get("qid"),
        description=table["description"],
        labels=dict(table["labels"]),
    )
