"""What all that answers updates is made with: the use cases, and words by the chat."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.services.answering import Answering
from bot.services.conversation import View
from bot.services.filtering import Filtering
from bot.services.following import Following
from bot.services.groups import Groups
from bot.services.inline import Inline
from bot.services.managing import Sources
from bot.services.privacy import About, Privacy
from bot.services.rereading import Rereading
from bot.services.reviewing import Reviewing
from bot.services.settings import Preferences
from bot.telegram.screens import Screen
from bot.telegram.sharing import Links
from bot.telegram.wording import Wording, Words
from storage.model import Call, Chat

Result = TypeVar("Result")


@dataclass(frozen=True)
class UseCases:
    """The services that the chat offers, and the addresses that lead to it."""

    following: Following
    answering: Answering
    rereading: Rereading
    reviewing: Reviewing
    privacy: Privacy
    about: About
    groups: Groups
    preferences: Preferences
    filtering: Filtering
    inline: Inline
    sources: Sources
    links: Links


class Acting:
    """Answers updates of one theme with the services and the views."""

    def __init__(self, use_cases: UseCases, wording: Wording) -> None:
        self._following = use_cases.following
        self._answering = use_cases.answering
        self._rereading = use_cases.rereading
        self._reviewing = use_cases.reviewing
        self._privacy = use_cases.privacy
        self._about = use_cases.about
        self._groups = use_cases.groups
        self._preferences = use_cases.preferences
        self._filtering = use_cases.filtering
        self._inline = use_cases.inline
        self._sources = use_cases.sources
        self._links = use_cases.links
        self._wording = wording

    def _sent(self, view: Callable[[Words, Result], Screen]) -> View[Result]:
        """A screen in the chat's language, as a message of its own."""
        return self._called(lambda words, result: [view(words, result).sent()])

    def _called(self, view: Callable[[Words, Result], Sequence[Call]]) -> View[Result]:
        """Calls in the chat's language."""

        def called(chat: Chat, result: Result) -> Sequence[Call]:
            return view(self._wording.in_chat(chat), result)

        return called
