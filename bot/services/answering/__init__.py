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
    EventCard,
    Events,
    Found,
    NothingAlerted,
    Pointer,
    RelatedAnswer,
    pointed_at,
)
from bot.services.answering.people import EntityCard, LookupAnswer, People
from bot.services.answering.starting import Starting

__all__ = [
    "Answering",
    "DayAnswer",
    "EntityCard",
    "EventCard",
    "Found",
    "LookupAnswer",
    "MonthAnswer",
    "NoDay",
    "NothingAlerted",
    "Pointer",
    "RelatedAnswer",
    "TodayAnswer",
    "TooEarly",
    "TooLate",
    "pointed_at",
]


class Answering(Starting, Days, Events, People):
    """The use cases. Each answers one request in one transaction."""
