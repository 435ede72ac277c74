"""What an event's other reports are headed, each with who told it so."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.sentences import split_first
from bot.telegram import texts
from bot.telegram.markup import Rich, clip, folded, join, lines, link, plain
from bot.telegram.views.pieces import LONGEST_LINE, LONGEST_PUBLISHER, marked
from bot.telegram.wording import Words
from storage.model import Account


def other_headlines(words: Words, told: Sequence[Account], most: int) -> Rich:
    """The headlines of at most so many accounts in a quote of which a few lines show, the first
    ones; nothing where there are none."""
    listed = [_headline(words, account) for account in told[:most]]
    return folded(lines(plain(words(texts.OTHER_HEADLINES)), *listed)) if listed else Rich()


def _headline(words: Words, account: Account) -> Rich:
    first, _ = split_first(account.text)
    said = marked(words, account, plain(clip(first, LONGEST_LINE)))
    cited = next((each for each in account.citations if each.publisher.strip()), None)
    if cited is None:
        return words.row([plain("•"), said], " ")
    publisher = link(clip(cited.publisher.strip(), LONGEST_PUBLISHER), cited.url)
    return words.row([plain("•"), join([said, plain("—"), publisher], " ")], " ")
