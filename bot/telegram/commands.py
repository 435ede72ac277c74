"""What readers write, from message to service to view: each command, and plain text."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Message

from bot.services.answering import Answering, EventCard, NothingAlerted, RelatedAnswer
from bot.services.conversation import Request
from bot.services.following import FollowAnswer, Following, Gone
from bot.telegram import texts, views
from bot.telegram.requests import event_number, has_words, pointer
from bot.telegram.screens import Screen

LONGEST_NAME = 100
LONGEST_SEARCH = 200
FOLLOW_LINK = "f_"


@dataclass(frozen=True)
class Said:
    """A message, who asks with it, and what stands behind its command (or all its text)."""

    request: Request
    message: Message
    text: str


class Commands:
    """How each command and plain text are answered."""

    def __init__(self, following: Following, answering: Answering) -> None:
        self._following = following
        self._answering = answering

    async def reply(self, said: Said, screen: Screen) -> None:
        """Answer with what needs no looking up."""
        await self._answering.say(said.request, [screen.sent()])

    async def _refused(self, said: Said, why: Screen | None) -> bool:
        """Answer with why the text can't be used, if so; whether it was."""
        if why is not None:
            await self.reply(said, why)
        return why is not None

    async def start(self, said: Said) -> None:
        """/start; with the payload ``f_<entity>`` of a deep link it follows that entity."""
        number = said.text.removeprefix(FOLLOW_LINK)
        if said.text.startswith(FOLLOW_LINK) and number.isdecimal():
            await self._following.follow_entity(
                said.request, int(number), lambda a: [_follow_screen(a).sent()], starting=True
            )
        else:
            await self._answering.start(said.request, lambda a: [views.welcome(a).sent()])

    async def help(self, said: Said) -> None:
        """/help."""
        await self.reply(said, views.help_text())

    async def follow(self, said: Said) -> None:
        """/follow NAME."""
        if await self._refused(said, _unfit_name(said.text, texts.FOLLOW_WHOM)):
            return
        await self._following.follow(said.request, said.text, lambda a: [views.follow(a).sent()])

    async def unfollow(self, said: Said) -> None:
        """/unfollow NAME; without a name the list to choose from."""
        if not said.text:
            await self._list(said, texts.UNFOLLOW_WHOM)
            return
        if await self._refused(said, _unfit_name(said.text, texts.UNFOLLOW_WHOM)):
            return
        await self._following.unfollow(
            said.request, said.text, lambda a: [views.unfollow(a).sent()]
        )

    async def following(self, said: Said) -> None:
        """/following."""
        await self._list(said, texts.FOLLOWING_NOW)

    async def _list(self, said: Said, head: str) -> None:
        await self._following.following(
            said.request, lambda follows: [views.following(follows, head=head).sent()]
        )

    async def today(self, said: Said) -> None:
        """/today [DAY]."""
        await self._answering.today(
            said.request, said.text, lambda a: [views.today(a, asked=said.text).sent()]
        )

    async def related(self, said: Said) -> None:
        """/related [NUMBER], or as a reply to a message about an event."""
        number = event_number(said.text)
        if await self._refused(said, _unfit_number(said.text, number)):
            return
        await self._answering.related(
            said.request, pointer(said.message, number), lambda a: [related_screen(a).sent()]
        )

    async def event(self, said: Said) -> None:
        """/event NUMBER and /event_NUMBER, or as a reply to a message about an event."""
        number = event_number(said.text)
        if await self._refused(said, _unfit_number(said.text, number)):
            return
        await self._answering.event(
            said.request, pointer(said.message, number), lambda a: [event_screen(a).sent()]
        )

    async def search(self, said: Said) -> None:
        """/search WORDS."""
        if await self._refused(said, _unfit_search(said.text)):
            return
        await self._answering.search(said.request, said.text, lambda a: [views.found(a).sent()])

    async def name(self, said: Said) -> None:
        """Plain text: a name to look up."""
        if await self._refused(said, _unfit_name(said.text, texts.NO_WORDS)):
            return
        await self._answering.lookup(said.request, said.text, lambda a: [views.lookup(a).sent()])

    async def unknown_command(self, said: Said) -> None:
        """A command that the bot does not have."""
        word = (said.message.text or "").split(maxsplit=1)[0]
        await self.reply(said, views.sentence(texts.UNKNOWN_COMMAND, typed=word))


def related_screen(answer: RelatedAnswer | NothingAlerted | Gone) -> Screen:
    """Related events, or what to do where there is no event."""
    match answer:
        case RelatedAnswer():
            return views.related(answer)
        case NothingAlerted():
            return views.sentence(texts.NOTHING_ALERTED)
        case Gone():
            return views.sentence(texts.GONE_EVENT)


def event_screen(answer: EventCard | NothingAlerted | Gone) -> Screen:
    """The event, or what to do where there is none."""
    match answer:
        case EventCard():
            return views.event_card(answer)
        case NothingAlerted():
            return views.sentence(texts.WHICH_EVENT)
        case Gone():
            return views.sentence(texts.GONE_EVENT)


def _follow_screen(answer: FollowAnswer | Gone) -> Screen:
    if isinstance(answer, Gone):
        return views.sentence(texts.GONE_ENTITY)
    return views.follow(answer)


def _unfit_name(text: str, empty: str) -> Screen | None:
    """Why a text can be nobody's name, if so."""
    if not text:
        return views.sentence(empty)
    if not has_words(text):
        return views.sentence(texts.NO_WORDS)
    if len(text) > LONGEST_NAME:
        return views.counted(texts.TOO_LONG, most=LONGEST_NAME)
    return None


def _unfit_number(text: str, number: int | None) -> Screen | None:
    """Why a text is no event's number, if so; no text is none."""
    return views.sentence(texts.BAD_NUMBER, typed=text) if text and number is None else None


def _unfit_search(text: str) -> Screen | None:
    """Why a text can't be searched for, if so."""
    if not has_words(text):
        return views.sentence(texts.SEARCH_WHAT)
    if len(text) > LONGEST_SEARCH:
        return views.counted(texts.TOO_LONG_SEARCH, most=LONGEST_SEARCH)
    return None
