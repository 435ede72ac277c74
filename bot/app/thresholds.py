"""How much alike reports of one event have to be."""

from __future__ import annotations

from bot.config import Settings
from bot.core.likeness import Thresholds


def thresholds_of(settings: Settings) -> Thresholds:
    """From when on reports are one event: as the operator says, else as calibrated."""
    calibrated, join, merge = Thresholds(), settings.event_likeness, settings.event_merge
    return Thresholds(
        window=settings.event_window,
        join=calibrated.join if join is None else join,
        merge=calibrated.merge if merge is None else merge,
    )
