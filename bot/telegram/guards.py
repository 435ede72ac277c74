"""What guards the bot's answers, put together: who is let in, how much in a minute, who
administers which chat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from telegram import Bot

from bot.core.flood import MINUTE, Flow, Verdict
from bot.services.conversation import Request
from bot.telegram.administrators import Administrators
from bot.telegram.doors import Doors
from bot.telegram.targets import Targets
from bot.telegram.wording import Wording


class Floods:
    """Counts each person's commands in each chat, and those of the chat itself: no member of a
    group takes the bot from the others."""

    def __init__(self) -> None:
        self._flows: dict[tuple[int, int | None], Flow] = {}
        self._swept: datetime | None = None

    def verdict(self, request: Request, *, is_press: bool = False) -> Verdict:
        """What becomes of a command."""
        self._sweep(request.at)
        asker = request.telegram_id, request.user_id
        before = self._flows.get(asker, Flow())
        verdict, flow = before.next(request.update_id, request.at, is_press=is_press)
        self._flows[asker] = flow
        return verdict

    def _sweep(self, at: datetime) -> None:
        """Forget, once a minute, who has been calm."""
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
    administrators, doors = Administrators(bot, clock), Doors(bot, wording, clock, allowed)
    return Guards(
        bot=bot,
        doors=doors,
        floods=Floods(),
        administrators=administrators,
        targets=Targets(bot, administrators, doors, clock),
    )
