"""Commands about follows."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.names import bare
from bot.telegram import texts, views
from bot.telegram.commands.said import Act, Commands, Said, unfit_name
from bot.telegram.views.follows import TO_END, TO_OPEN, Purpose
from bot.telegram.views.settings import with_pause
from storage.model import Call, Chat, Follow


class Follows(Commands):
    """Following, unfollowing, listing."""

    @property
    def commands(self) -> Mapping[str, Act]:
        return {"follow": self.follow, "unfollow": self.unfollow, "following": self.following}

    async def follow(self, said: Said) -> None:
        """/follow NAME."""
        if await self._refused(said, unfit_name(said.text, texts.FOLLOW_WHOM)):
            return
        await self._following.follow(said.request, bare(said.text), self._sent(views.follow))

    async def unfollow(self, said: Said) -> None:
        """/unfollow NAME; without a name the list to choose from."""
        if not said.text:
            await self._list(said, TO_END)
            return
        if await self._refused(said, unfit_name(said.text, texts.UNFOLLOW_WHOM)):
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
