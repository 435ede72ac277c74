"""How entities and follows look: confirmations, choices, cards, the list of follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from bot.services.answering import EntityCard, LookupAnswer
from bot.services.finding import Several, Unknown
from bot.services.following import (
    FollowAnswer,
    Followed,
    NotFollowed,
    TooMany,
    UnfollowAnswer,
    Unfollowed,
    Welcome,
)
from bot.telegram import buttons, texts
from bot.telegram.buttons import Rows
from bot.telegram.markup import Rich, bold, fill, join, lines, paragraphs, plain, quoted
from bot.telegram.screens import Screen
from bot.telegram.views.pieces import (
    dated_line,
    described,
    description,
    event_buttons,
    name_of,
)
from storage.model import Entity, Event, Follow

FOLLOWS_ON_PAGE = 20


def follow(answer: FollowAnswer) -> Screen:
    """The confirmation with the latest events, or whom the name may mean."""
    match answer:
        case Followed():
            return _followed(answer)
        case TooMany(most):
            return Screen(fill(texts.TOO_MANY, most=plain(str(most))))
        case _:
            return _which(answer, buttons.follow)


def follow_toast(answer: Followed | TooMany) -> str:
    """The same in a plain sentence, for a button's answer."""
    if isinstance(answer, TooMany):
        return texts.TOO_MANY.format(most=answer.most)
    text = texts.FOLLOWED_TOAST if answer.new else texts.FOLLOWED_ALREADY_TOAST
    return text.format(who=name_of(answer.entity))


def beside_event(answer: Followed) -> Screen | None:
    """The message about the event under which Follow was pressed, for its buttons."""
    if answer.beside is None:
        return None
    return Screen(Rich(), event_buttons(answer.beside, answer.follows))


def unfollow(answer: UnfollowAnswer) -> Screen:
    """The confirmation, or whom the name may mean."""
    match answer:
        case Unfollowed():
            return _unfollowed(answer)
        case Several():
            head = fill(texts.WHICH_UNFOLLOW, name=quoted(answer.name))
            return Screen(head, _choice(answer.entities, buttons.unfollow))
        case NotFollowed() if not answer.any:
            return Screen(plain(texts.FOLLOWING_NONE))
        case NotFollowed():
            near = texts.NOT_FOLLOWED_NEAR if answer.nearest else texts.NOT_FOLLOWED
            head = fill(near, name=quoted(answer.name))
            return Screen(head, _choice(answer.nearest, buttons.unfollow))


def following(follows: Sequence[Follow], page: int = 1, head: str = texts.FOLLOWING_NOW) -> Screen:
    """A page of what the chat follows; a press ends a follow."""
    if not follows:
        return Screen(plain(texts.FOLLOWING_NONE))
    pages = -(-len(follows) // FOLLOWS_ON_PAGE)
    page = min(page, pages)
    shown = follows[(page - 1) * FOLLOWS_ON_PAGE : page * FOLLOWS_ON_PAGE]
    count = fill(texts.FOLLOWING_HEAD, count=plain(str(len(follows))))
    listed = lines(*(plain(f"• {described(follow.entity)}") for follow in shown))
    rows = _choice(
        (follow.entity for follow in shown), lambda number: buttons.unfollow(number, page)
    )
    body = paragraphs(join([count, plain(head)], " "), listed)
    return Screen(body, [*rows, *_turning(page, pages)])


def unfollow_toast(answer: Unfollowed) -> str:
    """The confirmation in a plain sentence, for a button's answer."""
    text = texts.UNFOLLOWED if answer.was else texts.UNFOLLOWED_NOT
    return text.format(who=name_of(answer.entity))


def lookup(answer: LookupAnswer) -> Screen:
    """Who goes by a name, or may."""
    if isinstance(answer, EntityCard):
        return entity_card(answer)
    return _which(answer, buttons.who)


def entity_card(card: EntityCard) -> Screen:
    """Who an entity is and what is new, with a button to follow or unfollow."""
    who = card.entity
    followed = fill(texts.IS_FOLLOWED, who=plain(name_of(who))) if card.followed else Rich()
    head = lines(bold(name_of(who)), description(who), followed)
    follow = texts.BUTTON_FOLLOW.format(who=name_of(who))
    button = (
        buttons.button(texts.BUTTON_UNFOLLOW, buttons.unfollow(who.id))
        if card.followed
        else buttons.button(follow, buttons.follow(who.id))
    )
    return Screen(paragraphs(head, _latest(card.latest)), [[button]])


def welcome(answer: Welcome) -> Screen:
    """What this is, and whom to begin with."""
    what = lines(plain(texts.WELCOME), plain(texts.WELCOME_HOW))
    following = texts.WELCOME_BUSY if answer.suggestions else texts.WELCOME_NEXT
    return Screen(lines(what, plain(following)), _suggestion_rows(answer.suggestions))


def under_welcome(answer: Followed) -> Screen:
    """The welcome under which Follow was pressed, for the buttons that are left."""
    return Screen(Rich(), _suggestion_rows(answer.suggestions))


# --- parts


def _suggestion_rows(entities: Iterable[Entity]) -> Rows:
    return _choice(entities, buttons.follow_start)


def _followed(answer: Followed) -> Screen:
    text = texts.FOLLOWED if answer.new else texts.FOLLOWED_ALREADY
    who = bold(name_of(answer.entity))
    head = lines(fill(text, who=who), description(answer.entity))
    undo = buttons.button(texts.BUTTON_UNFOLLOW, buttons.unfollow(answer.entity.id))
    return Screen(paragraphs(head, _latest(answer.latest)), [[undo]])


def _unfollowed(answer: Unfollowed) -> Screen:
    text = texts.UNFOLLOWED if answer.was else texts.UNFOLLOWED_NOT
    again = buttons.button(texts.BUTTON_FOLLOW_AGAIN, buttons.follow(answer.entity.id))
    return Screen(fill(text, who=bold(name_of(answer.entity))), [[again]])


def _which(answer: Several | Unknown, data: Callable[[int], str]) -> Screen:
    """Entities to choose from: in the text with what they are, and as buttons."""
    if isinstance(answer, Several):
        entities = answer.entities
        text = texts.WHICH if len(entities) > 1 else texts.WHICH_ONE
    else:
        entities = answer.nearest
        text = texts.UNKNOWN_NEAR if entities else texts.UNKNOWN
    head = fill(text, name=quoted(answer.name))
    listed = lines(*(_bullet(entity) for entity in entities))
    return Screen(paragraphs(head, listed), _choice(entities, data))


def _bullet(entity: Entity) -> Rich:
    named = bold(name_of(entity))
    return join([plain("• ") + named, description(entity)], " · ")


def _choice(entities: Iterable[Entity], data: Callable[[int], str]) -> Rows:
    return buttons.column(buttons.button(described(e), data(e.id)) for e in entities)


def _latest(events: Sequence[Event]) -> Rich:
    if not events:
        return plain(texts.NO_LATEST)
    return lines(plain(texts.LATEST), *(dated_line(event) for event in events))


def _turning(page: int, pages: int) -> Rows:
    row = []
    if page > 1:
        row.append(buttons.button(texts.BUTTON_BACK, buttons.follows(page - 1)))
    if page < pages:
        row.append(buttons.button(texts.BUTTON_ON, buttons.follows(page + 1)))
    return [row] if row else []
