"""Messages that are no known command."""

from __future__ import annotations

from bot.core.names import bare
from bot.telegram import texts, views
from bot.telegram.commands.said import Act, Commands, Said, sentence, unfit_name


class Others(Commands):
    """Names, unknown commands, and what can't be read at all."""

    async def name(self, said: Said) -> None:
        """Plain text: a name to look up."""
        if await self._refused(said, unfit_name(said.text, texts.NO_WORDS)):
            return
        await self._answering.lookup(said.request, bare(said.text), self._sent(views.lookup))

    async def unknown_command(self, said: Said) -> None:
        """A command that the bot does not have."""
        word = (said.message.text or "").split(maxsplit=1)[0]
        await self._reply(said, sentence(texts.UNKNOWN_COMMAND, typed=word))

    def saying(self, text: str) -> Act:
        """What answers every message with this sentence."""

        async def say(said: Said) -> None:
            await self._reply(said, sentence(text))

        return say
