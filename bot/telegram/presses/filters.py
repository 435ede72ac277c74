"""Buttons about filters."""

from __future__ import annotations

from collections.abc import Mapping

from bot.services.conversation import View
from bot.services.filtering import ShownFilter
from bot.services.following import Ended, FollowCard
from bot.telegram import buttons, views
from bot.telegram.presses.follows import ended
from bot.telegram.presses.pressed import Act, Pressed, Presses
from bot.telegram.wording import Words
from storage.model import Call, Chat, ChatKind


class Filters(Presses):
    """A filter's categories and words."""

    @property
    def presses(self) -> Mapping[str, Act]:
        return {
            buttons.FILTER: self.filter,
            buttons.FILTER_CATEGORY: self.category,
            buttons.FILTER_WORDS: self.words,
            buttons.FILTER_OFF: self.off,
        }

    async def filter(self, pressed: Pressed) -> None:
        """A follow's filter, in place."""
        entity_id, page = map(int, pressed.parts)
        await self._filtering.show(pressed.request, entity_id, self._card(pressed, page))

    async def category(self, pressed: Pressed) -> None:
        """Want a category, or no longer."""
        entity_id, key, page = int(pressed.parts[0]), pressed.parts[1], int(pressed.parts[2])
        view = self._card(pressed, page)
        await self._filtering.toggle(pressed.request, entity_id, key, view)

    async def off(self, pressed: Pressed) -> None:
        """Take the filter away."""
        entity_id, page = map(int, pressed.parts)
        view = self._card(pressed, page, is_told=True)
        await self._filtering.clear(pressed.request, entity_id, view)

    def _card(self, pressed: Pressed, page: int, *, is_told: bool = False) -> View[ShownFilter]:
        def view(words: Words, found: ShownFilter) -> list[Call]:
            if isinstance(found, Ended):
                return ended(words, pressed, found, page)
            text = views.filter_toast(words, found) if is_told else ""
            return pressed.redo(views.filter_card(words, found, page), text)

        return self._called(view)

    async def words(self, pressed: Pressed) -> None:
        """Ask for the words, to be sent as a reply; where nobody can reply, how else."""

        def view(chat: Chat, found: FollowCard | Ended) -> list[Call]:
            words = self._wording.in_chat(chat)
            if isinstance(found, Ended):
                return ended(words, pressed, found, 1)
            return [pressed.toast(), self._question(words, pressed, chat, found)]

        await self._following.entry(pressed.request, int(pressed.parts[0]), view)

    def _question(self, words: Words, pressed: Pressed, chat: Chat, found: FollowCard) -> Call:
        entity, target = found.follow.entity, pressed.request.target
        if target is not None:
            return views.filter_by_command(words, entity, str(target.telegram_id)).sent()
        if chat.kind is ChatKind.CHANNEL:
            return views.filter_by_command(words, entity).sent()
        is_forced = chat.kind is ChatKind.PRIVATE
        return views.filter_question(words, entity, self._links, is_forced=is_forced)
