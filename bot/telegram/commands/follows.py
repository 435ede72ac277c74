"""Commands about follows."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.lists import parts_of
from bot.core.names import bare
from bot.services.finding import MOST_LISTED
from bot.services.following import FollowAnswer
from bot.telegram import views
from bot.telegram.commands.said import LONGEST_NAME, Act, Commands, Reply, Said, unfit_name
from bot.telegram.texts import follows as texts
from bot.telegram.views.follows import TO_END, TO_OPEN, Purpose
from bot.telegram.views.settings import with_pause
from storage.model import Call, Chat, Follow


class Follows(Commands):
    """Following, unfollowing, listing."""

    @property
    def commands(self) -> Mapping[str, Act]:
        return {"follow": self.follow, "unfollow": self.unfollow, "following": self.following}

    async def follow(self, said: Said) -> None:
        """/follow NAME, or several."""
        if await self._refused(said, _unfit_names(said.text, texts.FOLLOW_WHOM)):
            return

        def view(chat: Chat, answer: FollowAnswer) -> list[Call]:
            words = self._wording.in_chat(chat)
            return [views.follow_in(words, chat, answer).sent()]

        await self._following.follow(said.request, bare(said.text), view)

    async def unfollow(self, said: Said) -> None:
        """/unfollow NAME, or several, or "all"; without a name the list to choose from."""
        if not said.text:
            await self._list(said, TO_END)
            return
        if await self._refused(said, _unfit_names(said.text, texts.UNFOLLOW_WHOM)):
            return
        if self._means(said.text, texts.EVERYBODY):
            await self._following.following(said.request, self._sent(views.unfollow_all))
            return
        await self._following.unfollow(said.request, bare(said.text), self._sent(views.unfollow))

    async def following(self, said: Said) -> None:
        """/following."""
        await self._list(said, TO_OPEN)

    async def _list(self, said: Said, purpose: Purpose) -> None:
        def view(chat: Chat, follows: tuple[Follow, ...]) -> list[Call]:
            words = self._wording.in_chat(chat)
            listed = views.following(words, follows, purpose=purpose)
            return [with_pause(words, chat, listed).sent()]

        await self._following.following(said.request, view)


def _unfit_names(text: str, empty: str) -> Reply | None:
    """Why a text can be neither a name nor a list of names, if so."""
    names = parts_of(text)
    if len(names) > MOST_LISTED:
        return lambda words: views.counted(words, texts.TOO_MANY_NAMES, MOST_LISTED)
    is_list = len(names) > 1 and all(part.end - part.start <= LONGEST_NAME for part in names)
    return unfit_name(text, empty) if not is_list else None
