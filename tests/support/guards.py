"""The bot's guards for tests: what they ask of Telegram, they wait for on a busy machine too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from telegram import Bot

from bot.telegram.administrators import Administrators
from bot.telegram.guards import Guards, make_guards
from bot.telegram.targets import Targets
from bot.telegram.wording import Wording
from tests.support.chat_page import HANGING


def patient_guards(
    bot: Bot,
    wording: Wording,
    clock: Callable[[], datetime],
    allowed: frozenset[int | str] = frozenset(),
) -> Guards:
    """Those of ``make_guards``, but for how long they wait."""
    administrators = Administrators(bot, clock, patience=HANGING)
    guards = make_guards(bot, wording, clock, allowed)
    targets = Targets(bot, administrators, guards.doors, clock, patience=HANGING)
    return replace(guards, administrators=administrators, targets=targets)
