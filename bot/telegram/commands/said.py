"""A message to the bot, and what the themes of commands share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from telegram import Message

from bot.core.names import fold
from bot.services.conversation import Request
from bot.telegram import views
from bot.telegram.acting import Acting
from bot.telegram.requests import has_words
from bot.telegram.screens import Screen
from bot.telegram.texts import reading as texts
from bot.telegram.wording import LANGUAGES, Words

LONGEST_NAME = 100

# A screen that needs no looking up.
Reply = Callable[[Words], Screen]


@dataclass(frozen=True)
class Said:
    """A message, who asks with it, and what stands behind its command (or all its text)."""

    request: Request
    message: Message
    text: str


Act = Callable[[Said], Awaitable[None]]


class Commands(Acting):
    """The commands of one theme."""

    @property
    def commands(self) -> Mapping[str, Act]:
        """How each is answered, by its name."""
        return {}

    async def _reply(self, said: Said, screen: Reply) -> None:
        """Answer with what needs no looking up."""
        await self._answering.say(said.request, self._sent(lambda words, _: screen(words)))

    def _means(self, typed: str, listed: str) -> bool:
        """Whether what is typed is one of the words that a text lists, in any language."""
        texts = (self._wording.of(code)(listed) for code in LANGUAGES)
        return fold(typed) in {fold(word) for text in texts for word in text.split(",")}

    async def _refused(self, said: Said, why: Reply | None) -> bool:
        """Answer with why the text can't be used, if so; whether it was."""
        if why is not None:
            await self._reply(said, why)
        return why is not None


def sentence(text: str, /, **typed: str) -> Reply:
    """A sentence, its places filled with what the reader typed."""
    return lambda words: views.sentence(words, text, **typed)


def unfit_name(text: str, empty: str) -> Reply | None:
    """Why a text can be nobody's name, if so; ``empty`` is said where there is none."""
    if not text:
        return sentence(empty)
    if not has_words(text):
        return sentence(texts.NO_WORDS)
    if len(text) > LONGEST_NAME:
        return lambda words: views.counted(words, texts.TOO_LONG, LONGEST_NAME)
    return None
