"""Use cases that answer questions and change nothing that a reader follows or has chosen."""

from __future__ import annotations

from bot.services.answering.days import (
    DayAnswer,
    Days,
    MonthAnswer,
    NoDay,
    TodayAnswer,
    TooEarly,
    TooLate,
)
from bot.services.answering.events import (
    Common,
    EventCard,
    Events,
    FoundEvents,
    FoundNaming,
    NothingAlerted,
    OnlyWithout,
    Pointer,
    RelatedAnswer,
    SearchAnswer,
    Unsearchable,
    pointed_at,
)
from bot.services.answering.people import EntityCard, LookupAnswer, People
from bot.services.answering.starting import Starting

__all__ = [
    "Answering",
    "Common",
    "DayAnswer",
    "EntityCard",
    "EventCard",
    "FoundEvents",
    "FoundNaming",
    "LookupAnswer",
    "MonthAnswer",
    "NoDay",
    "NothingAlerted",
    "OnlyWithout",
    "Pointer",
    "RelatedAnswer",
    "SearchAnswer",
    "TodayAnswer",
    "TooEarly",
    "TooLate",
    "Unsearchable",
    "pointed_at",
]


class Answering(Starting, Days, Events, People):
    """The use cases. Each answers one request in one transaction."""
