"""Commands about filters, and the words that are sent for one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from telegram import Message
from telegram.ext import filters

from bot.core.literal import level
from bot.telegram import views
from bot.telegram.commands.said import Act, Commands, Said, sentence
from bot.telegram.requests import has_words
from bot.telegram.sharing import FILTER_LINK
from bot.telegram.texts import reading as texts
from bot.telegram.texts.categories import IN_USE
from bot.telegram.views.follows import TO_FILTER
from bot.telegram.wording import LANGUAGES

_ASKED = re.compile(rf"\?start={FILTER_LINK}([1-9]\d{{0,18}})\Z")
_COLON = re.compile("[:：]")


class Filters(Commands):
    """Which of somebody's events come."""

    @property
    def commands(self) -> Mapping[str, Act]:
        return {"filter": self.filter}

    async def filter(self, said: Said) -> None:
        """/filter NAME: WORDS; without words the filter, without a name the list."""
        if not said.text:
            view = self._sent(partial(views.following, purpose=TO_FILTER))
            await self._following.following(said.request, view)
            return
        if not has_words(_COLON.split(said.text)[0]):
            await self._reply(said, sentence(texts.NO_WORDS))
            return
        view = self._sent(views.named_filter)
        await self._filtering.by_name(said.request, said.text, view, self._category)

    async def words(self, said: Said) -> None:
        """The reply to the question for a filter's words."""
        entity_id = filter_asked(said.message)
        if entity_id is not None:
            view = self._sent(views.named_filter)
            await self._filtering.set_words(
                said.request, entity_id, said.text, view, self._category
            )

    def _category(self, typed: str) -> str | None:
        """The portal's category of today that goes by this name in any of the bot's languages."""
        key = level(typed)
        spoken = [self._wording.of(code) for code in LANGUAGES]
        return next((n for n in IN_USE if key in {level(words(n)) for words in spoken}), None)


class _AnswersQuestion(filters.MessageFilter):
    """Replies to the question for a filter's words."""

    def filter(self, message: Message) -> bool:
        return filter_asked(message) is not None


FILTER_WORDS = filters.TEXT & ~filters.COMMAND & _AnswersQuestion()


def filter_asked(message: Message) -> int | None:
    """The entity whose filter's words a message is the reply with, if it is one: the question
    has the name linked."""
    replied = message.reply_to_message
    author = replied.from_user if replied else None
    if replied is None or author is None or author.id != message.get_bot().id:
        return None
    found = (_ASKED.search(entity.url or "") for entity in replied.entities)
    return next((int(number[1]) for number in found if number), None)
