"""The menus of commands that Telegram's apps show, in every language."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from telegram import Bot
from telegram.error import TelegramError

from bot.telegram import texts
from bot.telegram.api import FloodError, call
from bot.telegram.rights import menu_of_groups
from bot.telegram.wording import LANGUAGES, Wording
from bot.telegram.wording.catalogues import ENGLISH

PRIVATE = "all_private_chats"
GROUPS = "all_group_chats"
ADMINISTRATORS = "all_chat_administrators"
OPERATOR = "chat"
LATER = 3600.0  # seconds until what Telegram did not take is tried again
_ALONE = (PRIVATE, OPERATOR)  # where one person reads

Menu = dict[str, Any]

_logger = logging.getLogger(__name__)


class MenuSetter:
    """Gives Telegram ``menus``, the parameters of a ``setMyCommands`` each; those that it does
    not take are kept for another time. ``monotonic`` gives seconds."""

    def __init__(
        self, bot: Bot, menus: Iterable[Menu], monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._bot = bot
        self._unset = list(menus)
        self._monotonic = monotonic
        self._not_before = 0.0

    async def set_all(self) -> None:
        """Set all that are not set yet."""
        self._not_before = self._monotonic() + LATER
        self._unset = await self._refused(self._unset)

    async def set_again(self) -> None:
        """Set what is for more than one chat and is not set yet, once it is time for that."""
        is_for_many = any(_chat_of(menu) is None for menu in self._unset)
        if is_for_many and self._monotonic() >= self._not_before:
            await self.set_all()

    async def set_of(self, chats: Collection[int]) -> None:
        """Set those of chats that Telegram did not know before they wrote."""
        late = [menu for menu in self._unset if _chat_of(menu) in chats]
        if late:
            others = [menu for menu in self._unset if menu not in late]
            self._unset = [*others, *await self._refused(late)]

    async def _refused(self, menus: Sequence[Menu]) -> list[Menu]:
        """Set these; those that are not taken. What is said of one menu of a chat holds for
        the others of that chat, and that one is to wait for all."""
        refused: list[Menu] = []
        for number, menu in enumerate(menus):
            chat_id = _chat_of(menu)
            is_told = chat_id is not None and chat_id in map(_chat_of, refused)
            try:
                if is_told or not await self._is_set(menu):
                    refused.append(menu)
            except FloodError as error:
                self._not_before = self._monotonic() + error.seconds
                return [*refused, *menus[number:]]
        return refused

    async def _is_set(self, menu: Menu) -> bool:
        try:
            await call(self._bot, "setMyCommands", menu)
        except TelegramError as error:
            _logger.warning("%s: %s", _not_set(menu), error.message)
            if isinstance(error, FloodError):
                raise
            return False
        return True


def menus(wording: Wording, operators: Iterable[int] = ()) -> list[Menu]:
    """The parameters of a ``setMyCommands`` for each scope and language; that without a
    language is for all others. ``operators``: the ids of the operator's chats, which have
    commands of their own."""
    menus_of: list[tuple[dict[str, Any], Mapping[str, str]]] = [
        ({"type": PRIVATE}, texts.commands.COMMANDS),
        ({"type": GROUPS}, menu_of_groups(for_admins=False)),
        ({"type": ADMINISTRATORS}, menu_of_groups(for_admins=True)),
        *(_of_operator(telegram_id) for telegram_id in operators),
    ]
    return [
        _menu(wording, scope, commands, language)
        for scope, commands in menus_of
        for language in LANGUAGES
    ]


def _of_operator(telegram_id: int) -> tuple[dict[str, Any], dict[str, str]]:
    """The scope of an operator's chat and its commands; in a group only administrators have
    them."""
    is_group = telegram_id < 0
    everybodys = menu_of_groups(for_admins=True) if is_group else texts.commands.COMMANDS
    scope = {"type": "chat_administrators" if is_group else OPERATOR, "chat_id": telegram_id}
    return scope, {**everybodys, **texts.sources.OPERATOR_COMMANDS}


def _menu(
    wording: Wording, scope: Mapping[str, Any], commands: Mapping[str, str], language: str
) -> Menu:
    words = wording.of(language, is_shared=scope["type"] not in _ALONE)
    listed = [{"command": name, "description": words(what)} for name, what in commands.items()]
    menu: Menu = {"commands": listed, "scope": dict(scope)}
    return menu if language == ENGLISH else {**menu, "language_code": language}


def _chat_of(menu: Menu) -> int | None:
    """The one chat that a menu is for, if it is for one."""
    chat_id: int | None = menu.get("scope", {}).get("chat_id")
    return chat_id


def _not_set(menu: Menu) -> str:
    """That a menu could not be set, and what to do."""
    chat_id = _chat_of(menu)
    if chat_id is None:
        return "a menu of commands could not be set"
    return (
        f"chat {chat_id} of ADMIN_CHATS gets its menu of commands once the bot is written to there"
    )
