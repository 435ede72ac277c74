"""Countries, whose names are nobody else's, however little is known of them yet."""

from __future__ import annotations

from bot.core.mentions.countries import country_names
from bot.core.names import fold
from bot.services.finding import Choice, Several
from storage.model import Entity


def country_of(choice: Choice) -> Entity | None:
    """The country that a name means where it would have to be asked about. A single word may
    name many who are not known yet, so that it is asked about the only one who is; the name of
    a country may not, unless it means as much else ("Georgia", "Jordan")."""
    if not isinstance(choice, Several) or choice.is_within:
        return None
    named = [each for each in choice.entities if _is_country(choice.name, each)]
    return named[0] if len(named) == 1 else None


def _is_country(name: str, entity: Entity) -> bool:
    known = (found.folded for found in country_names(entity.label, "en"))
    return fold(name) == fold(entity.label) and fold(name) in known
