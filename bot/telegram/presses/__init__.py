"""What readers press, from button to service to view: by theme.

A new button is a pattern and a maker of its data in ``buttons``, a method in a theme and its
line in the theme's ``presses``.
"""

from __future__ import annotations

from bot.telegram.acting import UseCases
from bot.telegram.presses.charts import Charts
from bot.telegram.presses.days import Days
from bot.telegram.presses.digests import Digests
from bot.telegram.presses.events import Events
from bot.telegram.presses.filters import Filters
from bot.telegram.presses.follows import Follows
from bot.telegram.presses.pressed import Act, Pressed, Presses
from bot.telegram.presses.privacy import Privacy
from bot.telegram.presses.settings import Settings
from bot.telegram.presses.sources import Sources
from bot.telegram.presses.starting import Starting
from bot.telegram.wording import Wording

__all__ = ["THEMES", "Act", "Pressed", "Presses", "known_presses"]

THEMES: tuple[type[Presses], ...] = (
    Follows,
    Filters,
    Days,
    Digests,
    Events,
    Charts,
    Settings,
    Starting,
    Privacy,
    Sources,
)


def known_presses(use_cases: UseCases, wording: Wording) -> dict[str, Act]:
    """How each button is answered, by the pattern of its data."""
    themes = [theme(use_cases, wording) for theme in THEMES]
    return {pattern: act for theme in themes for pattern, act in theme.presses.items()}
