"""Where a reader is: the time zone of a city, a country, a zone's name or a position."""

from bot.services.places.cities import Cities
from bot.services.places.finding import Place, Places
from bot.services.places.offering import common_zones
from bot.services.places.zones import offset_name, zone_at

__all__ = ["Cities", "Place", "Places", "common_zones", "offset_name", "zone_at"]
