"""What guards the bot's answers, put together: who is let in, how much in a minute, who
administers which chat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from telegram import Bot

from bot.core.flood import MINUTE, Flow, Verdict
from bot.telegram.administrators import Administrators
from bot.telegram.doors import Doors
from bot.telegram.targets import Targets
from bot.telegram.wording import Wording


class Floods:
    """Counts each chat's commands."""

    def __init__(self) -> None:
        self._flows: dict[int, Flow] = {}
        self._swept: datetime | None = None

    def verdict(
        self, telegram_id: int, update_id: int, at: datetime, *, is_press: bool = False
    ) -> Verdict:
        """What becomes of a chat's command, which came ``at`` by this update."""
        self._sweep(at)
        before = self._flows.get(telegram_id, Flow())
        verdict, flow = before.next(update_id, at, is_press=is_press)
        self._flows[telegram_id] = flow
        return verdict

    def _sweep(self, at: datetime) -> None:
        """Forget, once a minute, the chats that have been calm."""
        if self._swept is None or at - self._swept >= MINUTE:
            self._flows = {one: flow for one, flow in self._flows.items() if not flow.is_over(at)}
            self._swept = at


@dataclass(frozen=True)
class Guards:
    """All that guards the answers of ``bot``."""

    bot: Bot
    doors: Doors
    floods: Floods
    administrators: Administrators
    targets: Targets


def make_guards(
    bot: Bot,
    wording: Wording,
    clock: Callable[[], datetime],
    allowed: frozenset[int | str] = frozenset(),
) -> Guards:
    """The guards of a bot that talks to the ``allowed`` chats (none: to everybody)."""
    administrators = Administrators(bot, clock)
    return Guards(
        bot=bot,
        doors=Doors(bot, wording, clock, allowed),
        floods=Floods(),
        administrators=administrators,
        targets=Targets(bot, administrators, clock),
    )
