"""Helping in channels, and guessing at mistyped commands: what is said, in each language."""

from __future__ import annotations

import re

import pytest

from bot.telegram import views
from bot.telegram.texts import groups as texts
from bot.telegram.texts import proper
from bot.telegram.views.groups import Around
from bot.telegram.wording import LANGUAGES, Words
from tests.support.wording import masked, masked_arabic
from tests.unit.test_views import ENGLISH, parsed, shown

_LATIN = re.compile(r"[A-Za-z]+")
# Not to be translated: commands, the names of the bot and of the licence.
_SAME = re.compile(rf"(?<!\w)[/@][a-z_]+|{proper.LICENCE_NAME}")


@pytest.mark.parametrize("words", [masked(), masked_arabic()], ids=lambda words: words.language)
def test_no_words_stand_in_the_views(words: Words) -> None:
    screens = [
        *(views.channel_help(words, Around("a_bot", name)) for name in (None, "@the_news")),
        views.group_help(words, "a_bot"),
        views.unknown_command(words, "/ψι", "follow"),
    ]
    for screen in screens:
        assert _LATIN.findall(_SAME.sub("", shown(screen))) == []


def test_in_a_channel_only_administrators_are_spoken_to() -> None:
    named = shown(views.channel_help(ENGLISH, Around("a_bot", "@the_news")))
    assert texts.HELP_ALL not in named
    assert texts.GROUP_NAMES not in named
    assert "/today [DAY] – what happened today" in named
    assert "/follow NAME @the_news" in named
    nameless = shown(views.channel_help(ENGLISH, Around("a_bot")))
    assert texts.CHANNEL_BEGIN_POST in nameless


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_in_a_channel_fits_into_a_message(language: str) -> None:
    parsed(views.channel_help(Words(language), Around("a_bot", "@the_news")).sent().params)
