"""How lists of names are answered: what was done, and which of the names are not clear."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.services.finding import Several, Unknown
from bot.services.following import FollowedListed, NotFollowed, UnfollowedListed
from bot.telegram import buttons
from bot.telegram.buttons import Button, Rows, button
from bot.telegram.choices import Onward
from bot.telegram.markup import Rich, lines, paragraphs
from bot.telegram.screens import Screen
from bot.telegram.texts import follows as texts
from bot.telegram.texts.settings import STOP_FOLLOWING
from bot.telegram.views.follows import nobody
from bot.telegram.views.onward import onward
from bot.telegram.views.pieces import described, names
from bot.telegram.wording import Words
from storage.model import Entity, Follow

MOST_ASKED, MOST_OFFERED = 5, 4  # names to ask about, and entities offered for each
MOST_NAMES = 20

Unclear = Several | Unknown | NotFollowed


def followed_listed(words: Words, answer: FollowedListed) -> Screen:
    """Who of a list is followed now, and what is unclear of it. The buttons leave the message
    as it is."""
    done = lines(
        _naming(words, texts.FOLLOWED_ALL, answer.new),
        _naming(words, texts.FOLLOWED_BEFORE, answer.old),
    )
    asked = [one for one in answer.unclear if _offered(one)]
    offline = [o for o in answer.unclear if isinstance(o, Unknown) and not o.is_certain]
    unknown = lines(
        _calling(words, texts.UNKNOWN_LISTED, (o for o in answer.unclear if o not in offline)),
        _calling(words, texts.UNKNOWN_LISTED_OFFLINE, offline),
    )
    rows = [[_follow(words, entity)] for one in asked[:MOST_ASKED] for entity in _offered(one)]
    return _listed(words, done, unknown, asked, rows or onward(words, Onward.FOLLOWING))


def unfollowed_listed(words: Words, answer: UnfollowedListed) -> Screen:
    """Who of a list is followed no more, and what is unclear of it. The buttons make the
    message the list to choose from."""
    done = _naming(words, texts.UNFOLLOWED_ALL, answer.ended)
    asked = [one for one in answer.unclear if _offered(one)]
    unknown = _calling(words, texts.NOT_FOLLOWED_LISTED, answer.unclear)
    rows = [
        [button(described(words, entity), buttons.unfollow(entity.id, 1))]
        for one in asked[:MOST_ASKED]
        for entity in _offered(one)
    ]
    return _listed(words, done, unknown, asked, rows or onward(words, Onward.FOLLOWING))


def unfollow_all(words: Words, follows: Sequence[Follow]) -> Screen:
    """The question whether to follow nobody any more."""
    if not follows:
        return nobody(words)
    named = names(words, (follow.entity for follow in follows), MOST_NAMES)
    if len(follows) == 1:
        asked = words.fill(STOP_FOLLOWING, who=named)
    else:
        asked = words.count(texts.UNFOLLOW_ALL, len(follows), names=named)
    rows = [[button(words(texts.BUTTON_UNFOLLOW_ALL), buttons.unfollow_all())]]
    return Screen(asked, [*rows, [button(words(texts.BUTTON_RETURN), buttons.unfollowing(1))]])


def unfollowed_all(words: Words, follows: Sequence[Follow]) -> Screen:
    """That nobody is followed any more."""
    if not follows:
        return nobody(words)
    named = [follow.entity for follow in follows]
    return Screen(
        _naming(words, texts.UNFOLLOWED_ALL, named), onward(words, Onward.BUSY, Onward.TODAY)
    )


def question(answer: Several) -> str:
    """The sentence before those that a name may mean."""
    if answer.is_within:
        return texts.WHICH_WITHIN
    return texts.WHICH if len(answer.entities) > 1 else texts.WHICH_ONE


def not_known(answer: Unknown) -> str:
    """The sentence that nobody is known by a name, before those with names like it."""
    if answer.is_certain:
        few = texts.UNKNOWN_NEAR_ONE if len(answer.nearest) == 1 else texts.UNKNOWN_NEAR
        return few if answer.nearest else texts.UNKNOWN
    few = texts.UNKNOWN_OFFLINE_NEAR_ONE if len(answer.nearest) == 1 else texts.UNKNOWN_OFFLINE_NEAR
    return few if answer.nearest else texts.UNKNOWN_OFFLINE


def not_followed(answer: NotFollowed) -> str:
    """The sentence that nobody is followed by a name, before those with names like it."""
    if not answer.nearest:
        return texts.NOT_FOLLOWED
    return texts.NOT_FOLLOWED_NEAR_ONE if len(answer.nearest) == 1 else texts.NOT_FOLLOWED_NEAR


# --- parts


def _listed(
    words: Words, done: Rich, unknown: Rich, asked: Sequence[Unclear], rows: Rows
) -> Screen:
    questions = lines(*(_question(words, one) for one in asked[:MOST_ASKED]))
    alone = [words.quoted(one.name) for one in asked[MOST_ASKED:]]
    rest = words.fill(texts.SEND_ALONE, names=words.joined(alone)) if alone else Rich()
    return Screen(paragraphs(done, unknown, questions, rest), rows)


def _question(words: Words, one: Unclear) -> Rich:
    match one:
        case Several():
            text = question(one)
        case Unknown():
            text = not_known(one)
        case NotFollowed():
            text = not_followed(one)
    return words.fill(text, name=words.quoted(one.name))


def _offered(one: Unclear) -> tuple[Entity, ...]:
    entities = one.entities if isinstance(one, Several) else one.nearest
    return entities[:MOST_OFFERED]


def _naming(words: Words, text: str, entities: Sequence[Entity]) -> Rich:
    return words.fill(text, names=names(words, entities, MOST_NAMES)) if entities else Rich()


def _calling(words: Words, text: str, unclear: Iterable[Unclear]) -> Rich:
    """The names for which there is nobody to offer."""
    typed = [words.quoted(one.name) for one in unclear if not _offered(one)]
    return words.fill(text, names=words.joined(typed)) if typed else Rich()


def _follow(words: Words, entity: Entity) -> Button:
    return button(described(words, entity), buttons.follow_below(entity.id))
