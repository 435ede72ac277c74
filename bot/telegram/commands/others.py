"""Messages that are no known command."""

from __future__ import annotations

from rapidfuzz import fuzz, process

from bot.core.names import bare
from bot.services.answering import LookupAnswer
from bot.services.finding import Unknown
from bot.telegram import texts, views
from bot.telegram.commands.said import (
    LONGEST_NAME,
    Act,
    Commands,
    Said,
    sentence,
    unfit_name,
)
from bot.telegram.requests import has_words
from bot.telegram.screens import Screen
from bot.telegram.wording import Words

_ALIKE = 75  # of 100, by rapidfuzz's ratio


class Others(Commands):
    """Names, unknown commands, and what can't be read at all."""

    async def name(self, said: Said) -> None:
        """Plain text: a name to look up; in one that is longer than a name, whom it names."""
        if len(said.text) > LONGEST_NAME and has_words(said.text):
            await self._answering.named_in(said.request, said.text, self._sent(_named_in))
            return
        if await self._refused(said, unfit_name(said.text, texts.reading.NO_WORDS)):
            return
        await self._answering.lookup(said.request, bare(said.text), self._sent(views.lookup))

    async def unknown_command(self, said: Said) -> None:
        """A command that the bot does not have."""
        word = (said.message.text or "").split(maxsplit=1)[0]
        near = _nearest(word)
        if near is None:
            await self._reply(said, sentence(texts.reading.UNKNOWN_COMMAND, typed=word))
        else:
            await self._reply(said, lambda words: views.unknown_command(words, word, near))

    def saying(self, text: str) -> Act:
        """What answers every message with this sentence."""

        async def say(said: Said) -> None:
            await self._reply(said, sentence(text))

        return say


def _nearest(typed: str) -> str | None:
    """The command that is spelled much like this one."""
    name = typed.strip("/").partition("@")[0].lower()
    found = process.extractOne(
        name, list(texts.commands.COMMANDS), scorer=fuzz.ratio, score_cutoff=_ALIKE
    )
    return found[0] if found else None


def _named_in(words: Words, answer: LookupAnswer) -> Screen:
    """Whom a long text names; where nobody is known, what can be sent."""
    if isinstance(answer, Unknown):
        return views.counted(words, texts.reading.NOBODY_WITHIN, LONGEST_NAME)
    return views.lookup(words, answer)
