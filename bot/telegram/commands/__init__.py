"""What readers write, from message to service to view: commands by theme, and plain text.

A new command is a method in a theme, its line in the theme's ``commands``, its texts (see
``texts.COMMANDS``: the menu and /help come from there) and a view.
"""

from __future__ import annotations

from bot.telegram.acting import UseCases
from bot.telegram.commands.charts import Charts
from bot.telegram.commands.days import Days
from bot.telegram.commands.events import Events
from bot.telegram.commands.filters import Filters
from bot.telegram.commands.follows import Follows
from bot.telegram.commands.others import Others
from bot.telegram.commands.privacy import Privacy
from bot.telegram.commands.said import Act, Commands, Said
from bot.telegram.commands.settings import Settings
from bot.telegram.commands.sources import Sources
from bot.telegram.commands.starting import Starting
from bot.telegram.wording import Wording

__all__ = ["THEMES", "Act", "Others", "Said", "known_commands"]

THEMES: tuple[type[Commands], ...] = (
    Starting,
    Follows,
    Filters,
    Days,
    Events,
    Charts,
    Settings,
    Privacy,
    Sources,
)


def known_commands(use_cases: UseCases, wording: Wording) -> dict[str, Act]:
    """How each command is answered, by its name."""
    themes = [theme(use_cases, wording) for theme in THEMES]
    return {name: act for theme in themes for name, act in theme.commands.items()}
