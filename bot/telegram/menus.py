"""The menus of commands that Telegram's apps show, in every language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.telegram import texts
from bot.telegram.rights import menu_of_groups
from bot.telegram.wording import LANGUAGES, Wording
from bot.telegram.wording.catalogues import ENGLISH

PRIVATE = "all_private_chats"
GROUPS = "all_group_chats"
ADMINISTRATORS = "all_chat_administrators"


def menus(wording: Wording) -> list[dict[str, Any]]:
    """The parameters of a ``setMyCommands`` for each scope and language; that without a
    language is for all others."""
    scopes = {
        PRIVATE: texts.COMMANDS,
        GROUPS: menu_of_groups(for_admins=False),
        ADMINISTRATORS: menu_of_groups(for_admins=True),
    }
    return [
        _menu(wording, scope, commands, language)
        for scope, commands in scopes.items()
        for language in LANGUAGES
    ]


def _menu(
    wording: Wording, scope: str, commands: Mapping[str, str], language: str
) -> dict[str, Any]:
    words = wording.of(language)
    listed = [{"command": name, "description": words(what)} for name, what in commands.items()]
    menu: dict[str, Any] = {"commands": listed, "scope": {"type": scope}}
    return menu if language == ENGLISH else {**menu, "language_code": language}
