"""Groups and channels: how to begin there, and who may do what."""

from __future__ import annotations

from dataclasses import dataclass

from bot.telegram.buttons import Button, link
from bot.telegram.markup import Rich, bold, lines, paragraphs, plain
from bot.telegram.rights import Hindrance, changes, menu_of_groups
from bot.telegram.screens import Screen
from bot.telegram.texts import groups as texts
from bot.telegram.views.fixed import source_of_events, usage
from bot.telegram.wording import Words
from storage.model import Chat, ChatKind

_HINDRANCES = {
    Hindrance.NOT_LET_IN: texts.TARGET_NOT_LET_IN,
    Hindrance.UNKNOWN: texts.TARGET_UNKNOWN,
    Hindrance.NOT_ADMIN: texts.TARGET_NOT_ADMIN,
    Hindrance.NOT_THERE: texts.TARGET_NOT_THERE,
    Hindrance.MAY_NOT_POST: texts.TARGET_MAY_NOT_POST,
    Hindrance.CANT_TELL: texts.TARGET_CANT_TELL,
}
# What adding the bot would mend.
_ADDING = (Hindrance.UNKNOWN, Hindrance.NOT_THERE)


@dataclass(frozen=True)
class Around:
    """The bot's username, and of a group or channel its @name, by which it is named in
    private (None: it has none), and whether it has topics."""

    bot: str
    address: str | None = None
    is_forum: bool = False


def hello(words: Words, chat: Chat, around: Around) -> Screen:
    """How to begin in a group or channel."""
    button = private_button(words, around.bot)
    if chat.kind is ChatKind.CHANNEL:
        body = paragraphs(plain(words(texts.CHANNEL_HELLO)), _in_channel(words, around))
        return Screen(body, [[button]])
    topics = [texts.GROUP_TOPICS] if around.is_forum else []
    ways = [texts.GROUP_BEGIN, texts.GROUP_ASK, texts.GROUP_NAMES, *topics]
    how = lines(*(plain(words(way)) for way in ways))
    return Screen(paragraphs(plain(words(texts.GROUP_HELLO)), how), [[button]])


def _in_channel(words: Words, around: Around) -> Rich:
    """How to begin where all that is posted is seen by all."""
    if around.address is None:
        return plain(words(texts.CHANNEL_BEGIN_POST))
    return words.fill(texts.CHANNEL_BEGIN, address=plain(around.address))


def channel_help(words: Words, around: Around) -> Screen:
    """What the bot can do in a channel, where only administrators can post."""
    menu = menu_of_groups(for_admins=True).items()
    body = paragraphs(
        lines(bold(words(texts.HELP_ADMINS)), *(usage(words, *each) for each in menu)),
        _in_channel(words, around),
        source_of_events(words),
    )
    return Screen(body, [[private_button(words, around.bot)]])


def group_help(words: Words, bot: str) -> Screen:
    """What the bot can do in groups, and for whom."""
    menu = menu_of_groups(for_admins=True).items()
    all_may = [usage(words, name, what) for name, what in menu if not changes(name)]
    admins_may = [usage(words, name, what) for name, what in menu if changes(name)]
    body = paragraphs(
        lines(bold(words(texts.HELP_ALL)), *all_may),
        plain(words(texts.GROUP_NAMES)),
        lines(bold(words(texts.HELP_ADMINS)), *admins_may),
        source_of_events(words),
    )
    return Screen(body, [[private_button(words, bot)]])


def to_private(words: Words, text: str, bot: str, payload: str = "group") -> Screen:
    """A sentence, and the way to the private chat, with what is to be done there."""
    return Screen(words.fill(text), [[private_button(words, bot, payload)]])


def data_in_private(words: Words, command: str, bot: str) -> Screen:
    """That what is known is asked for and deleted in private, and by which ``command`` there
    that of the chat where this is said."""
    body = words.fill(texts.ONLY_PRIVATE_DATA, command=plain(command))
    return Screen(body, [[private_button(words, bot)]])


def hindered(words: Words, why: Hindrance, named: str, bot: str) -> Screen:
    """Why nothing can be done for a chat that was named, and the way on."""
    body = words.fill(_HINDRANCES[why], name=plain(named))
    if why not in _ADDING:
        return Screen(body)
    address = f"https://t.me/{bot}"
    channel = f"{address}?startchannel&admin=post_messages+edit_messages"
    group = f"{address}?startgroup=new"
    rows = [[link(words(texts.BUTTON_ADD_TO_CHANNEL), channel)],
            [link(words(texts.BUTTON_ADD_TO_GROUP), group)]]  # fmt: skip
    return Screen(body, rows)


def hindrance(words: Words, why: Hindrance, named: str) -> str:
    """The same for a toast."""
    return words.plain(_HINDRANCES[why], name=named)


def not_allowed(words: Words, telegram_id: int) -> Screen:
    """To who is not let in, with what the operator needs to know."""
    return Screen(words.fill(texts.NOT_ALLOWED, number=plain(str(telegram_id))))


def private_button(words: Words, bot: str, payload: str = "group") -> Button:
    """The way to the private chat."""
    return link(words(texts.BUTTON_PRIVATE), f"https://t.me/{bot}?start={payload}")
