"""The menus of commands that Telegram's apps show, in every language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.telegram import texts
from bot.telegram.rights import menu_of_groups
from bot.telegram.wording import LANGUAGES, Wording
from bot.telegram.wording.catalogues import ENGLISH

PRIVATE = "all_private_chats"
GROUPS = "all_group_chats"
ADMINISTRATORS = "all_chat_administrators"
OPERATOR = "chat"
_ALONE = (PRIVATE, OPERATOR)  # where one person reads


def menus(wording: Wording, operators: Iterable[int] = ()) -> list[dict[str, Any]]:
    """The parameters of a ``setMyCommands`` for each scope and language; that without a
    language is for all others. ``operators``: the ids of the operator's chats, which have
    commands of their own."""
    menus_of: list[tuple[dict[str, Any], Mapping[str, str]]] = [
        ({"type": PRIVATE}, texts.COMMANDS),
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
    everybodys = menu_of_groups(for_admins=True) if is_group else texts.COMMANDS
    scope = {"type": "chat_administrators" if is_group else OPERATOR, "chat_id": telegram_id}
    return scope, {**everybodys, **texts.OPERATOR_COMMANDS}


def _menu(
    wording: Wording, scope: Mapping[str, Any], commands: Mapping[str, str], language: str
) -> dict[str, Any]:
    words = wording.of(language, is_shared=scope["type"] not in _ALONE)
    listed = [{"command": name, "description": words(what)} for name, what in commands.items()]
    menu: dict[str, Any] = {"commands": listed, "scope": dict(scope)}
    return menu if language == ENGLISH else {**menu, "language_code": language}
