"""How entities and follows look: confirmations, choices, cards, the list of follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from bot.services.answering import EntityCard, LookupAnswer
from bot.services.finding import Several, Unknown
from bot.services.following import (
    FollowAnswer,
    Followed,
    FollowedListed,
    Gone,
    NotFollowed,
    TooMany,
    UnfollowAnswer,
    Unfollowed,
    UnfollowedListed,
)
from bot.telegram import buttons, texts
from bot.telegram.buttons import Rows
from bot.telegram.markup import Rich, bold, lines, paragraphs, plain
from bot.telegram.screens import Screen
from bot.telegram.views.fixed import counted, sentence
from bot.telegram.views.listed import (
    followed_listed,
    not_followed,
    not_known,
    question,
    unfollowed_listed,
)
from bot.telegram.views.onward import after
from bot.telegram.views.pieces import (
    common_language,
    dated_line,
    described,
    description,
    event_buttons,
    name_of,
    texts_in,
)
from bot.telegram.views.settings import with_pause
from bot.telegram.wording import Words
from storage.model import Chat, Entity, Event, FollowMode

# What is said to who follows somebody already, by how they are told.
_ALREADY = {
    FollowMode.AT_ONCE: texts.follows.FOLLOWED_ALREADY,
    FollowMode.DIGEST: texts.follows.FOLLOWED_DIGEST,
    FollowMode.MUTED: texts.follows.FOLLOWED_MUTED,
}


def follow(words: Words, answer: FollowAnswer | Gone) -> Screen:
    """The confirmation with the latest events, or whom the name may mean."""
    match answer:
        case Followed():
            return _followed(words, answer)
        case FollowedListed():
            return followed_listed(words, answer)
        case TooMany(room=room) if room:
            return counted(words, texts.follows.TOO_MANY_AT_ONCE, room)
        case TooMany(most):
            return counted(words, texts.follows.TOO_MANY, most)
        case Gone():
            return sentence(words, texts.reading.GONE_ENTITY)
        case Several(is_within=True):
            return which(words, answer, buttons.follow_below)
        case _:
            return which(words, answer, buttons.follow)


def follow_in(words: Words, chat: Chat, answer: FollowAnswer | Gone) -> Screen:
    """The same in a chat that may pause: then it is said that what is followed waits."""
    is_done = isinstance(answer, Followed | FollowedListed)
    screen = follow(words, answer)
    return with_pause(words, chat, screen) if is_done else screen


def follow_toast(words: Words, answer: Followed | TooMany) -> str:
    """The same in a plain sentence, for a button's answer."""
    if isinstance(answer, TooMany):
        return words.plain_count(texts.follows.TOO_MANY, answer.most)
    new = texts.follows.FOLLOWED_PAUSED_TOAST if answer.is_paused else texts.follows.FOLLOWED_TOAST
    text = new if answer.new else texts.follows.FOLLOWED_ALREADY_TOAST
    return words.plain(text, who=name_of(words, answer.entity))


def beside_event(words: Words, answer: Followed) -> Screen | None:
    """The message about the event under which Follow was pressed, for its buttons."""
    if answer.beside is None:
        return None
    return Screen(Rich(), event_buttons(words, answer.beside, answer.follows))


def unfollow(words: Words, answer: UnfollowAnswer) -> Screen:
    """The confirmation, or whom the name may mean."""
    match answer:
        case Unfollowed():
            return _unfollowed(words, answer)
        case UnfollowedListed():
            return unfollowed_listed(words, answer)
        case Several():
            head = words.fill(texts.follows.WHICH_UNFOLLOW, name=words.quoted(answer.name))
            return Screen(head, _choice(words, answer.entities, buttons.unfollow))
        case NotFollowed() if not answer.any:
            return sentence(words, texts.follows.FOLLOWING_NONE)
        case NotFollowed():
            near = not_followed(answer)
            head = words.fill(near, name=words.quoted(answer.name))
            rows = _choice(words, answer.nearest, buttons.unfollow) or after(words, near)
            return Screen(head, rows)


def unfollow_toast(words: Words, answer: Unfollowed) -> str:
    """The confirmation in a plain sentence, for a button's answer."""
    text = texts.follows.UNFOLLOWED if answer.was else texts.follows.UNFOLLOWED_NOT
    return words.plain(text, who=name_of(words, answer.entity))


def lookup(words: Words, answer: LookupAnswer) -> Screen:
    """Who goes by a name, or may."""
    if isinstance(answer, EntityCard):
        return entity_card(words, answer)
    return which(words, answer, buttons.who)


def entity_card(words: Words, card: EntityCard) -> Screen:
    """Who an entity is and what is new, with a button to follow or unfollow."""
    who, name = card.entity, name_of(words, card.entity)
    followed = words.fill(texts.follows.IS_FOLLOWED, who=plain(name)) if card.followed else Rich()
    head = lines(bold(name), description(words, who), followed)
    button = (
        buttons.button(words(texts.labels.BUTTON_UNFOLLOW), buttons.unfollow(who.id))
        if card.followed
        else buttons.button(
            words.label(texts.labels.BUTTON_FOLLOW, who=name), buttons.follow(who.id)
        )
    )
    return Screen(paragraphs(head, _latest(words, who, card.latest)), [[button]])


# --- parts


def _followed(words: Words, answer: Followed) -> Screen:
    text = texts.follows.FOLLOWED if answer.new else _ALREADY[answer.mode]
    if answer.is_paused:  # nothing comes by itself
        text = texts.follows.FOLLOWED_PAUSED if answer.new else texts.follows.FOLLOWED_ALREADY_TOAST
    who = bold(name_of(words, answer.entity))
    head = lines(words.fill(text, who=who), description(words, answer.entity))
    undo = buttons.button(words(texts.labels.BUTTON_UNFOLLOW), buttons.unfollow(answer.entity.id))
    how = buttons.button(
        words(texts.follows.BUTTON_HOW_TOLD), buttons.open_follow(answer.entity.id, 1)
    )
    row = [undo] if answer.mode is FollowMode.AT_ONCE else [undo, how]
    return Screen(paragraphs(head, _latest(words, answer.entity, answer.latest)), [row])


def _unfollowed(words: Words, answer: Unfollowed) -> Screen:
    text = texts.follows.UNFOLLOWED if answer.was else texts.follows.UNFOLLOWED_NOT
    again = buttons.button(
        words(texts.labels.BUTTON_FOLLOW_AGAIN), buttons.follow(answer.entity.id)
    )
    return Screen(words.fill(text, who=bold(name_of(words, answer.entity))), [[again]])


def which(words: Words, answer: Several | Unknown, data: Callable[[int], str]) -> Screen:
    """Entities to choose from: in the text with what they are, and as buttons."""
    if isinstance(answer, Several):
        entities, text = answer.entities, question(answer)
    else:
        entities = answer.nearest
        text = not_known(answer)
    head = words.fill(text, name=words.quoted(answer.name))
    listed = lines(*(plain("• ") + _in_line(words, entity) for entity in entities))
    rows = _choice(words, entities, data) or after(words, text)
    return Screen(paragraphs(head, listed), rows)


def _in_line(words: Words, entity: Entity) -> Rich:
    """An entity's name with what it is."""
    return words.row([bold(name_of(words, entity)), description(words, entity)], " · ")


def _choice(words: Words, entities: Iterable[Entity], data: Callable[[int], str]) -> Rows:
    return buttons.column(buttons.button(described(words, e), data(e.id)) for e in entities)


def _latest(words: Words, who: Entity, events: Sequence[Event]) -> Rich:
    if not events:
        return plain(words(texts.follows.NO_LATEST))
    known = common_language(words, events)
    told = (dated_line(words, event, known, who) for event in events)
    return paragraphs(lines(plain(words(texts.follows.LATEST)), *told), texts_in(words, known))
