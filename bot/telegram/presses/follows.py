"""Buttons about follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.services.answering import EntityCard
from bot.services.following import Ended, FollowCard, Followed, Gone, TooMany, Unfollowed
from bot.services.planning import zone_of
from bot.telegram import buttons, views
from bot.telegram.markup import Rich
from bot.telegram.presses.pressed import Act, Pressed, Presses
from bot.telegram.screens import Screen
from bot.telegram.texts import reading as texts
from bot.telegram.views.follows import MODES, TO_END, TO_FILTER, TO_OPEN, Purpose
from bot.telegram.wording import Words
from storage.model import Call, Chat, Entity, Follow


class Follows(Presses):
    """Following, unfollowing, listing, telling several of a name apart."""

    @property
    def presses(self) -> Mapping[str, Act]:
        return {
            buttons.FOLLOW: self.follow,
            buttons.FOLLOW_BESIDE: self.follow_beside,
            buttons.FOLLOW_BELOW: self.follow_below,
            buttons.FOLLOW_START: self.follow_start,
            buttons.YEAR_FOLLOW: self.follow_of_year,
            buttons.YEAR_UNFOLLOW: self.unfollow_of_year,
            buttons.UNFOLLOW: self.unfollow,
            buttons.UNFOLLOW_ALL: self.unfollow_all,
            buttons.UNFOLLOW_LISTED: self.unfollow_listed,
            buttons.WHO: self.who,
            buttons.FOLLOWS: self.follows,
            buttons.UNFOLLOWING: self.unfollowing,
            buttons.FILTERS: self.filters,
            buttons.OPEN: self.open,
            buttons.MODE: self.mode,
            buttons.STOP: self.stop,
        }

    async def follow(self, pressed: Pressed) -> None:
        """Follow: the message becomes the confirmation."""

        def show(words: Words, chat: Chat, answer: Followed) -> list[Call]:
            screen = views.follow_in(words, chat, answer)
            return pressed.redo(screen, views.follow_toast(words, answer))

        await self._follow(pressed, show)

    async def follow_below(self, pressed: Pressed) -> None:
        """Follow from a message that stays, as it asks about others too: the confirmation comes
        below."""

        def show(words: Words, chat: Chat, answer: Followed) -> list[Call]:
            told = pressed.toast(views.follow_toast(words, answer))
            return [told, views.follow_in(words, chat, answer).sent()]

        await self._follow(pressed, show)

    async def follow_beside(self, pressed: Pressed) -> None:
        """Follow from a message about an event, which stays and loses the button."""

        def show(words: Words, chat: Chat, answer: Followed) -> list[Call]:
            screen = views.beside_event(words, answer)
            text = views.follow_toast(words, answer)
            return pressed.redo_buttons(screen, text) if screen else [pressed.toast(text)]

        await self._follow(pressed, show, event_id=int(pressed.parts[1]))

    async def follow_start(self, pressed: Pressed) -> None:
        """Follow from the welcome, which goes on suggesting others."""

        def show(words: Words, chat: Chat, answer: Followed) -> list[Call]:
            welcome = views.under_welcome(words, answer)
            return pressed.redo(welcome, views.follow_toast(words, answer))

        await self._follow(pressed, show)

    async def follow_of_year(self, pressed: Pressed) -> None:
        """Follow whose year it is."""

        def show(words: Words, chat: Chat, answer: Followed) -> list[Call]:
            year = _year(words, answer.entity, followed=True)
            return pressed.redo_buttons(year, views.follow_toast(words, answer))

        await self._follow(pressed, show)

    async def _follow(
        self,
        pressed: Pressed,
        show: Callable[[Words, Chat, Followed], list[Call]],
        event_id: int | None = None,
    ) -> None:
        def view(chat: Chat, answer: Followed | TooMany | Gone) -> list[Call]:
            words = self._wording.in_chat(chat)
            match answer:
                case Followed():
                    return show(words, chat, answer)
                case TooMany():
                    return [pressed.toast(views.follow_toast(words, answer), alert=True)]
                case Gone():
                    return gone(words, pressed)

        await self._following.follow_entity(
            pressed.request, int(pressed.parts[0]), view, event_id=event_id
        )

    async def unfollow_all(self, pressed: Pressed) -> None:
        """Follow nobody any more: the question becomes the confirmation."""

        def view(words: Words, follows: tuple[Follow, ...]) -> list[Call]:
            return pressed.redo(views.unfollowed_all(words, follows))

        await self._following.unfollow_all(pressed.request, self._called(view))

    async def unfollow(self, pressed: Pressed) -> None:
        """Unfollow: the message becomes the confirmation."""
        await self._unfollow(pressed, pressed.redo, views.unfollow)

    async def unfollow_listed(self, pressed: Pressed) -> None:
        """Unfollow from the list to choose from, which stays without that line."""
        await self._unfollow(pressed, pressed.redo, _left(pressed, TO_END))

    async def stop(self, pressed: Pressed) -> None:
        """Unfollow where the follow is shown by itself: the list is left."""
        await self._unfollow(pressed, pressed.redo, _left(pressed, TO_OPEN))

    async def unfollow_of_year(self, pressed: Pressed) -> None:
        """Follow whose year it is no more."""

        def show(words: Words, answer: Unfollowed) -> Screen:
            return _year(words, answer.entity, followed=False)

        await self._unfollow(pressed, pressed.redo_buttons, show)

    async def _unfollow(
        self,
        pressed: Pressed,
        redo: Callable[[Screen, str], list[Call]],
        show: Callable[[Words, Unfollowed], Screen],
    ) -> None:
        def view(words: Words, answer: Unfollowed | Gone) -> list[Call]:
            if isinstance(answer, Gone):
                return gone(words, pressed)
            return redo(show(words, answer), views.unfollow_toast(words, answer))

        entity_id = int(pressed.parts[0])
        await self._following.unfollow_entity(pressed.request, entity_id, self._called(view))

    async def follows(self, pressed: Pressed) -> None:
        """A page of the list of follows."""
        await self._list(pressed, TO_OPEN)

    async def unfollowing(self, pressed: Pressed) -> None:
        """A page of the list to choose from whom to follow no more."""
        await self._list(pressed, TO_END)

    async def filters(self, pressed: Pressed) -> None:
        """A page of the list to choose from whose filter to see."""
        await self._list(pressed, TO_FILTER)

    async def _list(self, pressed: Pressed, purpose: Purpose) -> None:
        page = int(pressed.parts[0])

        def view(words: Words, follows: tuple[Follow, ...]) -> list[Call]:
            return pressed.redo(views.following(words, follows, page, purpose))

        await self._following.following(pressed.request, self._called(view))

    async def open(self, pressed: Pressed) -> None:
        """One follow by itself, in place of the list."""
        page = int(pressed.parts[1])

        def view(chat: Chat, found: FollowCard | Ended) -> list[Call]:
            words = self._wording.in_chat(chat)
            if isinstance(found, Ended):
                return ended(words, pressed, found, page)
            return pressed.redo(views.follow_card(words, found, self._links, zone_of(chat), page))

        entity_id = int(pressed.parts[0])
        await self._following.entry(pressed.request, entity_id, view)

    async def mode(self, pressed: Pressed) -> None:
        """Be told of it at once, in the digest, or not at all."""
        page = int(pressed.parts[2])

        def view(chat: Chat, found: FollowCard | Ended) -> list[Call]:
            words = self._wording.in_chat(chat)
            if isinstance(found, Ended):
                return ended(words, pressed, found, page)
            card = views.follow_card(words, found, self._links, zone_of(chat), page)
            return pressed.redo(card, views.mode_toast(words, found))

        entity_id, mode = int(pressed.parts[0]), MODES[pressed.parts[1]]
        await self._following.set_mode(pressed.request, entity_id, mode, view)

    async def who(self, pressed: Pressed) -> None:
        """One of several of a name: the message becomes the card."""

        def view(words: Words, answer: EntityCard | Gone) -> list[Call]:
            if isinstance(answer, Gone):
                return gone(words, pressed)
            return pressed.redo(views.entity_card(words, answer))

        entity_id = int(pressed.parts[0])
        await self._answering.entity(pressed.request, entity_id, self._called(view))


def _left(pressed: Pressed, purpose: Purpose) -> Callable[[Words, Unfollowed], Screen]:
    """The page of the list on which a follow was ended."""
    page = int(pressed.parts[1])
    return lambda words, answer: views.following(words, answer.left, page, purpose)


def _year(words: Words, entity: Entity, *, followed: bool) -> Screen:
    """The buttons of a year, which alone can be redone: it is a picture."""
    return Screen(Rich(), views.year_rows(words, entity, followed=followed))


def ended(words: Words, pressed: Pressed, found: Ended, page: int) -> list[Call]:
    """A press about a follow that there is not (any more): the list is shown as it is now."""
    text = views.ended_toast(words, found)
    if found.entity is None:
        return [pressed.toast(text, alert=True)]
    return pressed.redo(views.following(words, found.left, page), text)


def gone(words: Words, pressed: Pressed) -> list[Call]:
    """A press about somebody who is not known (any more)."""
    return [pressed.toast(words(texts.GONE_ENTITY), alert=True)]
