"""How follows look: the list of them, and each by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.services.following import Ended, FollowCard
from bot.telegram import buttons, choices, texts
from bot.telegram.buttons import Button, Rows, button
from bot.telegram.choices import Inside, SettingsPart
from bot.telegram.markup import Rich, bold, clip, join, lines, paragraphs, plain
from bot.telegram.screens import Screen
from bot.telegram.sharing import Links
from bot.telegram.views.fixed import sentence
from bot.telegram.views.pieces import LONGEST_NAME, description, listed, name_of, turning
from bot.telegram.wording import Words
from storage.model import Filter, Follow, FollowMode

ON_PAGE = 10
MOST_LISTED = 20  # categories or words of a filter
FILTERED = "🔍"


@dataclass(frozen=True)
class _Way:
    """A way to be told: its sign, the text for it in the list, by itself, on its button, and
    for the toast; the letter in its button's data."""

    sign: str
    listed: str
    told: str
    label: str
    toast: str
    letter: str


_WAYS = {
    FollowMode.AT_ONCE: _Way(
        "🔔",
        texts.follows.SIGN_AT_ONCE,
        texts.follows.TOLD_AT_ONCE,
        texts.follows.BUTTON_AT_ONCE,
        texts.follows.MODE_TOAST_AT_ONCE,
        "a",
    ),
    FollowMode.DIGEST: _Way(
        "📰",
        texts.follows.SIGN_DIGEST,
        texts.follows.TOLD_DIGEST,
        texts.follows.BUTTON_IN_DIGEST,
        texts.follows.MODE_TOAST_DIGEST,
        "d",
    ),
    FollowMode.MUTED: _Way(
        "🔕",
        texts.follows.SIGN_MUTED,
        texts.follows.TOLD_MUTED,
        texts.follows.BUTTON_MUTE,
        texts.follows.MODE_TOAST_MUTED,
        "m",
    ),
}
MODES = {way.letter: mode for mode, way in _WAYS.items()}


@dataclass(frozen=True)
class Purpose:
    """What a press on a name in the list is for: what the list says, the data of its buttons
    (for an entity and a page), and of those that turn the page."""

    head: str
    press: Callable[[int, int], str]
    turn: Callable[[int], str]


TO_OPEN = Purpose(texts.follows.FOLLOWING_NOW, buttons.open_follow, buttons.follows)
TO_END = Purpose(texts.follows.UNFOLLOW_WHOM, buttons.unfollow, buttons.unfollowing)
TO_FILTER = Purpose(texts.filters.FILTER_WHOSE, buttons.filter_of, buttons.filters)


def following(
    words: Words, follows: Sequence[Follow], page: int = 1, purpose: Purpose = TO_OPEN
) -> Screen:
    """A page of what the chat follows."""
    if not follows:
        return nobody(words)
    pages = -(-len(follows) // ON_PAGE)
    page = min(page, pages)
    shown = follows[(page - 1) * ON_PAGE : page * ON_PAGE]
    count = words.fill(texts.follows.FOLLOWING_HEAD, count=plain(words.number(len(follows))))
    head = join([count, plain(words(purpose.head))], " ")
    rows = [[_listed(words, follow, purpose, page)] for follow in shown]
    turns = turning(words, page, pages, purpose.turn)
    return Screen(paragraphs(head, _legend(words, shown)), [*rows, turns])


def nobody(words: Words) -> Screen:
    """That the chat follows nobody, and the way to begin."""
    return sentence(words, texts.follows.FOLLOWING_NONE)


def follow_card(
    words: Words, found: FollowCard, links: Links, zone: ZoneInfo, page: int = 1
) -> Screen:
    """One follow: who it is, since which day in the chat's ``zone``, how one is told, and all
    that can be chosen for it."""
    follow = found.follow
    who = follow.entity
    day = follow.created_at.astimezone(zone).date()
    since = words.fill(texts.follows.FOLLOW_SINCE, day=plain(words.day(day)))
    body = paragraphs(
        lines(bold(name_of(words, who)), description(words, who)),
        lines(since, _told(words, found)),
        filter_lines(words, follow.filter),
    )
    return Screen(body, _rows(words, found, links, page))


def mode_toast(words: Words, found: FollowCard) -> str:
    """How one is told from now on."""
    never = found.follow.mode is FollowMode.DIGEST and found.digest_at is None
    text = texts.follows.MODE_TOAST_DIGEST_NEVER if never else _WAYS[found.follow.mode].toast
    return words.plain(text, who=name_of(words, found.follow.entity))


def ended_toast(words: Words, found: Ended) -> str:
    """That there is no such follow any more."""
    if found.entity is None:
        return words(texts.reading.GONE_ENTITY)
    return words.plain(texts.follows.NOT_FOLLOWED_TOAST, who=name_of(words, found.entity))


def filter_lines(words: Words, wanted: Filter) -> Rich:
    """What a filter lets through; nothing where there is none."""
    named = (clip(words.category(name) or name, LONGEST_NAME) for name in wanted.categories)
    categories = [plain(each) for each in dict.fromkeys(named)]  # old ones may have two spellings
    must, must_not = (
        [_word(words, word) for word in some] for some in (wanted.must, wanted.must_not)
    )
    found = (
        (texts.filters.FILTER_CATEGORIES, "categories", categories),
        (texts.filters.FILTER_MUST, "words", must),
        (texts.filters.FILTER_MUST_NOT, "words", must_not),
    )
    return lines(
        *(
            words.fill(text, **{name: listed(words, some, MOST_LISTED)})
            for text, name, some in found
            if some
        )
    )


# --- parts


def _word(words: Words, word: str) -> Rich:
    """A word of a filter; a phrase in quotes."""
    return words.quoted(word) if " " in word else plain(word)


def _listed(words: Words, follow: Follow, purpose: Purpose, page: int) -> Button:
    signs = _WAYS[follow.mode].sign + (FILTERED if follow.filter else "")
    label = f"{signs} {name_of(words, follow.entity)}"
    return button(label, purpose.press(follow.entity.id, page))


def _legend(words: Words, follows: Sequence[Follow]) -> Rich:
    """What the signs on a page mean."""
    modes = {follow.mode for follow in follows}
    meant = [(way.listed, way.sign) for mode, way in _WAYS.items() if mode in modes]
    if any(follow.filter for follow in follows):
        meant.append((texts.follows.SIGN_FILTERED, FILTERED))
    return words.row((words.fill(text, sign=plain(sign)) for text, sign in meant), " · ")


def _told(words: Words, found: FollowCard) -> Rich:
    mode = found.follow.mode
    if mode is not FollowMode.DIGEST:
        return plain(words(_WAYS[mode].told))
    if found.digest_at is None:
        return plain(words(texts.follows.TOLD_DIGEST_NEVER))
    return words.fill(texts.follows.TOLD_DIGEST, time=plain(words.time(found.digest_at)))


def _rows(words: Words, found: FollowCard, links: Links, page: int) -> Rows:
    who = found.follow.entity
    ways = [_way(words, found.follow, mode, page) for mode in _WAYS]
    never = found.follow.mode is FollowMode.DIGEST and found.digest_at is None
    digest = choices.screen(Inside.ALONE, SettingsPart.DIGEST)
    hour = [button(words(texts.follows.BUTTON_DIGEST_HOUR), digest)] if never else []
    text = words.plain(texts.follows.SHARED_FOLLOW, who=name_of(words, who))
    return [
        ways,
        hour,
        [
            button(words(texts.follows.BUTTON_FILTER), buttons.filter_of(who.id, page)),
            button(words(texts.follows.BUTTON_TIMELINE), buttons.timeline(who.id)),
        ],
        [
            buttons.link(words(texts.follows.BUTTON_SHARE), links.share(who.id, text)),
            button(words(texts.follows.BUTTON_STOP), buttons.stop(who.id, page)),
        ],
        [button(words(texts.follows.BUTTON_RETURN), buttons.follows(page))],
    ]


def _way(words: Words, follow: Follow, mode: FollowMode, page: int) -> Button:
    way = _WAYS[mode]
    label = words(way.label)
    chosen = f"✓ {label}" if mode is follow.mode else label
    return button(chosen, buttons.mode(follow.entity.id, way.letter, page))
