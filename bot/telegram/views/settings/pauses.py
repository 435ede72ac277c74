"""Why what was sent with /stop makes no pause."""

from __future__ import annotations

from bot.core.days import NoEnd
from bot.services.pausing import NotPaused
from bot.telegram import choices
from bot.telegram.buttons import Rows, button, unfollow
from bot.telegram.choices import Inside
from bot.telegram.markup import Rich, bold, join, lines, plain
from bot.telegram.screens import Screen
from bot.telegram.texts import labels
from bot.telegram.texts import settings as texts
from bot.telegram.views.pieces import described, name_of
from bot.telegram.wording import Words
from storage.model import ChatState

MOST_OFFERED = 8  # of whom the chat follows

_WHY = {
    NoEnd.UNREAD: texts.PAUSE_UNREAD,
    NoEnd.NO_TIME: texts.PAUSE_NO_TIME,
    NoEnd.PAST: texts.PAUSE_PAST,
    NoEnd.TOO_FAR: texts.PAUSE_TOO_FAR,
}


def not_paused(words: Words, answer: NotPaused) -> Screen:
    """What was meant, perhaps: to follow somebody no more, a pause of another length, or one
    without an end."""
    body = lines(_asked(words, answer), plain(words(texts.PAUSE_ALONE)))
    return Screen(body, [*_ends(words, answer), *_pause(words, answer)])


def _asked(words: Words, answer: NotPaused) -> Rich:
    if _is_sure(answer):
        return words.fill(texts.STOP_FOLLOWING, who=bold(name_of(words, answer.followed[0])))
    why = words.fill(_WHY[answer.why], typed=words.quoted(answer.typed))
    if answer.followed:
        return join([why, plain(words(texts.STOP_FOLLOWING_WHICH))], " ")
    return lines(why, plain(words(texts.PAUSE_TRY)))


def _ends(words: Words, answer: NotPaused) -> Rows:
    if _is_sure(answer):
        return [[button(words(labels.BUTTON_UNFOLLOW), unfollow(answer.followed[0].id))]]
    offered = answer.followed[:MOST_OFFERED]
    return [[button(described(words, each), unfollow(each.id))] for each in offered]


def _pause(words: Words, answer: NotPaused) -> Rows:
    if answer.chat.state is ChatState.PAUSED:
        return []
    return [[button(words(texts.BUTTON_PAUSE), choices.pause(Inside.ALONE))]]


def _is_sure(answer: NotPaused) -> bool:
    """Whether one follow is named, and not only something like it."""
    return len(answer.followed) == 1 and not answer.is_near
