"""A sample week, for a first try where Wikipedia cannot be reached.

Written for this project from the facts of 17 to 23 November 2017, with their real source
links. ``pages/`` holds it as the portal would, held-back events included; ``entities.toml``
holds what Wikidata would say of those whom it names.
"""

from bot.services.sample.entities import SampleEntity, sample_entities
from bot.services.sample.portal import SAMPLE_KEY, SAMPLE_NOW, sample_length, sample_portal
from bot.services.sample.week import SamplePage, sample_week

__all__ = [
    "SAMPLE_KEY",
    "SAMPLE_NOW",
    "SampleEntity",
    "SamplePage",
    "sample_entities",
    "sample_length",
    "sample_portal",
    "sample_week",
]
