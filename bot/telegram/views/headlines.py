"""What an event's other reports are headed, each with who told it so."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import shown
from bot.telegram.markup import Rich, clip, folded, join, lines, link, plain
from bot.telegram.texts import events as texts
from bot.telegram.views.pieces import LONGEST_LINE, LONGEST_PUBLISHER, marked
from bot.telegram.wording import Words
from storage.model import Account


def other_headlines(words: Words, told: Sequence[Account], most: int) -> Rich:
    """The headlines of at most so many accounts in a quote of which a few lines show, the first
    ones; nothing where there are none."""
    listed = [headline(words, account) for account in told[:most]]
    return folded(lines(plain(words(texts.OTHER_HEADLINES)), *listed)) if listed else Rich()


def headline(words: Words, account: Account) -> Rich:
    """What an account is headed and who tells it so, in a line."""
    first, cited = shown.headline(account)
    said = marked(words, account, plain(clip(first, LONGEST_LINE)))
    if cited is None:
        return words.row([plain("•"), said], " ")
    publisher = link(clip(cited.publisher.strip(), LONGEST_PUBLISHER), cited.url)
    return words.row([plain("•"), join([said, plain("—"), publisher], " ")], " ")
