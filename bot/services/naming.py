"""Whom texts name in full, by all names that the database knows."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.mentions import full_names, named_in
from storage.database import Transaction
from storage.model import Link


async def names_in(tx: Transaction, texts: Sequence[str]) -> list[tuple[Link, ...]]:
    """The entities that each text names in full, each once, in the text's order: an article
    about each, and the words of the text. All texts are looked up together."""
    names = [list(full_names(text)) for text in texts]
    asked = {name.folded for each in names for name in each}
    bearers = await tx.entities.by_names(asked)
    return [named_in(each, bearers) for each in names]
