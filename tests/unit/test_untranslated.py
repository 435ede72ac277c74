"""Nothing that readers see escapes translation: the catalogues fit the texts, and no words
stand in the views."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.days import NeverWas
from bot.core.digest import today as parts_of_today
from bot.core.filters import Contradiction, TooLongWord, TooManyWords
from bot.services.alerts import Merged
from bot.services.answering import (
    Common,
    DayAnswer,
    EntityCard,
    EventCard,
    FoundEvents,
    FoundNaming,
    MonthAnswer,
    NoDay,
    NothingAlerted,
    OnlyWithout,
    RelatedAnswer,
    TodayAnswer,
    TooEarly,
    TooLate,
)
from bot.services.filtering import category_key
from bot.services.finding import Several, Unknown
from bot.services.following import (
    Followed,
    FollowedListed,
    Gone,
    NotFollowed,
    TooMany,
    Unfollowed,
    UnfollowedListed,
    Welcome,
)
from bot.services.inline import InlineEvent, Shelf
from bot.standin.html import parse_html
from bot.telegram import texts, views
from bot.telegram.markup import plain
from bot.telegram.screens import Screen
from bot.telegram.sharing import Links
from bot.telegram.texts import proper
from bot.telegram.texts.plural import Plural
from bot.telegram.views.merged import merged
from bot.telegram.wording import Words
from bot.telegram.wording.messages import messages
from storage.model import (
    Account,
    Alert,
    Call,
    Chat,
    ChatState,
    Citation,
    Entity,
    Event,
    Evidence,
    Follow,
    FollowMode,
    Mention,
    Name,
    RelatedEvent,
)
from tests.support.wording import masked, masked_arabic
from tests.unit.test_digest_views import digest_screens
from tests.unit.test_follow_views import follow_screens
from tests.unit.test_source_views import source_screens
from tests.unit.test_views import AT, DAY, ENGLISH, EVENT

# --- the views

# All data of events and people is in letters that neither English nor the masks have.
NOBODY = Entity(1, "Ωμέγα", description="θεός", names={"ru": Name("Δέλτα", "λόγος")})
OTHER = Entity(2, "Σίγμα")
GREEK: Event = replace(
    EVENT,
    title="Γάμμα δέλτα. Κάππα.",
    category=texts.categories.CATEGORIES[0],
    topics=("Θήτα",),
    citations=tuple(Citation(f"Πι {n}", f"https://a{n}.example/", "fr") for n in range(14)),
    summary="Μι νι.",
    mentions=(
        Mention(NOBODY, Evidence.LINK, "Ω"),
        Mention(OTHER, Evidence.TOPIC, "Σ"),
        Mention(Entity(12, "Φι"), Evidence.ALIAS, "Ψι Φι"),
        *(Mention(Entity(n, f"Ρο {n}"), Evidence.LINK, "Ρ") for n in range(3, 12)),
    ),
)
BARE = replace(
    GREEK, id=18, day=DAY - timedelta(days=1), title="", category="", topics=(),
    citations=(Citation("", ""),), mentions=(), page=None, withdrawn=True,
)  # fmt: skip
MANY = [replace(GREEK, id=n, category="", page=None) for n in range(20, 99)]
FEW = [replace(GREEK, id=n, category="") for n in range(20, 50)]
PEOPLE = (NOBODY, OTHER, Entity(3, ""))
DAYS = (DAY - timedelta(days=9), DAY)
ANSWERS: tuple[TodayAnswer, ...] = (
    DayAnswer(DAY, True, parts_of_today(DAY, [GREEK], [BARE], [replace(GREEK, id=19)]), DAYS),
    DayAnswer(DAY, True, parts_of_today(DAY, [], [], [GREEK, BARE]), DAYS),
    DayAnswer(DAY, False, parts_of_today(DAY, MANY, [], []), DAYS),
    DayAnswer(DAY, False, parts_of_today(DAY, [GREEK, *MANY], [], []), DAYS),
    DayAnswer(DAY, False, parts_of_today(DAY, [GREEK, *FEW], [], []), DAYS),
    DayAnswer(DAY, True, (), DAYS),
    DayAnswer(DAY, False, (), DAYS),
    DayAnswer(DAY, False, (), None),
    DayAnswer(DAY, False, (), DAYS, mine=True),
    DayAnswer(DAY, False, parts_of_today(DAY, MANY, [], []), DAYS, mine=True),
    TooEarly(DAYS[0], DAY),
    TooLate(DAY),
    NeverWas(2017, 2, 30),
    NeverWas(2017, 13, 1),
    NoDay(DAY, DAYS),
)


def event_screens(words: Words) -> Iterator[Screen | Call]:
    """All that is shown of events."""
    yield views.alert(words, Alert(GREEK, GREEK.mentions))
    yield views.alert(words, Alert(replace(BARE, citations=()), ()))
    yield views.alert(words, Alert(GREEK, GREEK.mentions[:1], told=Account(DAY, "Δύο δύο.")))
    yield views.alert(words, Alert(GREEK, (), former=(NOBODY, OTHER)))
    yield merged(words, Chat(1, 1, 0, ChatState.ACTIVE), Merged(GREEK, 1, 1))
    yield from digest_screens(words, [GREEK, BARE], MANY)
    for wordings in (0, 1, 7):
        told = (Account(DAY, "Δύο δύο.", citations=GREEK.citations),)
        yield views.event_card(words, EventCard(GREEK, frozenset(), wordings, told))
    for nothing in (NothingAlerted(), Gone()):
        yield views.event_card(words, nothing)
        yield views.related(words, nothing)
    for found in ((), (RelatedEvent(BARE, PEOPLE),)):
        yield views.related(words, RelatedAnswer(GREEK, found))
    for hits in ((), (GREEK,), (GREEK, BARE)):
        yield views.found(words, FoundEvents("χι", hits, more=bool(hits), since=DAY))
    yield views.found(words, FoundNaming("χι", NOBODY, (GREEK,), DAY))
    yield views.found(words, Several("χι", PEOPLE))
    for why in (Common("χι"), OnlyWithout(), TooManyWords(21), TooLongWord("χι"),
                Contradiction("χι")):  # fmt: skip
        yield views.found(words, why)
    for answer in ANSWERS:
        for page in (1, 2, 99):
            yield views.today(words, answer, "ψι", page)
        yield views.today(words, answer, "ψι", 1, category_key(""))


def people_screens(words: Words) -> Iterator[Screen | Call | str]:
    """All that is shown of entities and follows."""
    follows = [Follow(n, 1, PEOPLE[n % 3], FollowMode.AT_ONCE, AT) for n in range(45)]
    for page in (1, 2, 3):
        yield views.following(words, follows, page)
    yield views.following(words, [])
    unclear = (Several("ξι", PEOPLE), Several("ξι", PEOPLE, is_within=True), Unknown("ξι", PEOPLE),
               Unknown("ξι"), Unknown("ξι", PEOPLE, is_certain=False),
               Unknown("ξι", is_certain=False), Several("ξι", PEOPLE[:1]))  # fmt: skip
    yield views.follow(words, FollowedListed(PEOPLE))
    yield views.follow(words, FollowedListed(PEOPLE[:1], PEOPLE[1:], unclear))
    yield views.follow(words, Several("ξι", PEOPLE, is_within=True))
    nobody = (NotFollowed("ξι", PEOPLE, any=True), NotFollowed("ξι", (), any=True))
    yield views.unfollow(words, UnfollowedListed(PEOPLE, (*nobody, Several("ξι", PEOPLE))))
    for some_follows in ((), follows):
        yield views.unfollow_all(words, some_follows)
        yield views.unfollowed_all(words, some_follows)
    for new in (True, False):
        answer = Followed(
            NOBODY, new, (GREEK,) if new else (), GREEK, frozenset(), PEOPLE, together=PEOPLE
        )
        yield from (views.follow(words, answer), views.follow_toast(words, answer))
        yield views.under_welcome(words, answer)
        yield views.beside_event(words, answer) or ""
        yield views.unfollow(words, Unfollowed(OTHER, new))
        yield views.unfollow_toast(words, Unfollowed(OTHER, new))
        yield views.entity_card(words, EntityCard(NOBODY, (GREEK, BARE), new))
    for some in ((), (NOBODY,), PEOPLE):
        yield from (views.lookup(words, Unknown("ξι", some, is_certain=c)) for c in (True, False))
        yield views.follow(words, Several("ξι", some or PEOPLE))
        yield views.unfollow(words, Several("ξι", PEOPLE))
        yield from (views.unfollow(words, NotFollowed("ξι", some, any=a)) for a in (True, False))
        yield views.welcome(words, Welcome(some))
    for many in (TooMany(200), TooMany(200, room=7)):
        yield from (views.follow(words, many), views.follow_toast(words, many))
    yield views.follow(words, Gone())
    yield from follow_screens(words, PEOPLE, texts.categories.CATEGORIES[0])
    for mode in FollowMode:
        yield views.follow(words, Followed(NOBODY, new=False, mode=mode))
    for new in (True, False):
        paused = Followed(NOBODY, new, is_paused=True)
        waiting = Chat(1, 1, 0, ChatState.PAUSED, state_since=AT)
        yield views.follow_in(words, waiting, paused)
        yield views.follow_toast(words, paused)


def inline_texts(words: Words) -> Iterator[str]:
    """All that is shown in inline mode."""
    shelf = Shelf((InlineEvent(GREEK), InlineEvent(BARE, NOBODY)), None, None)
    params = views.inline_results(words, shelf, "1", Links(lambda: "")).params
    for result in params["results"]:
        yield parse_html(result["input_message_content"]["message_text"]).text
        yield from (result["title"], result["description"])
        yield result["reply_markup"]["inline_keyboard"][0][0]["text"]
    nothing = views.inline_results(words, Shelf((), None, None), "1", Links(lambda: "")).params
    yield nothing["button"]["text"]


def month_screens(words: Words) -> Iterator[Screen]:
    """A month to pick a day from."""
    answer = MonthAnswer(DAY.replace(day=1), frozenset({DAY}), DAYS)
    yield views.month(words, answer, "t:2017-11-23:1", mine=False)


def fixed_screens(words: Words) -> Iterator[Screen]:
    """The help, and every sentence by itself."""
    yield views.help_text(words)
    for message in messages():
        if isinstance(message.text, Plural):
            others = set(re.findall(r"\{(\w+)\}", message.text.other)) - {"count"}
            yield Screen(words.count(message.text, 3, **{name: plain("ψι") for name in others}))
        else:
            places = re.findall(r"\{(\w+)\}", message.text)
            yield views.sentence(words, message.text, **dict.fromkeys(places, "ψι"))


def seen(shown: Screen | Call | str) -> str:
    """All letters that a reader gets to see, each label on a line of its own."""
    if isinstance(shown, str):
        return shown
    params = (shown.sent() if isinstance(shown, Screen) else shown).params
    rows = params.get("reply_markup", {}).get("inline_keyboard", [])
    labels = [button["text"] for row in rows for button in row]
    return "\n".join([parse_html(params["text"]).text, *labels])


# Not to be translated: commands, the marks of languages, the licence.
_SAME = re.compile(
    rf"(?<!\w)/[a-z_]+\d*|\[en\]|\(fr\)|\(UTC\)|{proper.LICENCE_NAME}|{proper.SHARED_LICENCE}"
)
_LATIN = re.compile(r"[A-Za-z]+")


@pytest.mark.parametrize(
    "words",
    [masked(), masked_arabic(), masked(is_shared=True)],
    ids=["Russian", "Arabic", "in groups"],
)
def test_no_words_stand_in_the_views(words: Words) -> None:
    """With every message masked and all data Greek, no Latin letter is left."""
    every = (
        event_screens, people_screens, inline_texts, month_screens, fixed_screens, source_screens,
    )  # fmt: skip
    for screens in every:
        for shown in screens(words):
            text = seen(shown)
            assert _LATIN.findall(_SAME.sub("", text)) == [], text
            assert text.count("⟦") == text.count("⟧"), text


def test_the_views_shown_have_every_sentence_of_theirs() -> None:
    """What the other test leaves out would not be proven: each text is met in English."""
    met = "\n".join(seen(s) for f in (event_screens, people_screens) for s in f(ENGLISH))
    for name in ("MORE_NEWS", "OTHER_NEWS", "PRESS_A_DAY"):
        assert getattr(texts.days, name) in met, name
    for name in ("WITHDRAWN", "NO_SOURCES", "SOURCE"):
        assert getattr(texts.events, name) in met, name
    assert texts.follows.LATEST in met
    for piece in (
        "No. 3",
        "(via topic)",
        "(no longer named)",
        "and 6 more",
        "14 sources",
        "Reworded once",
        "7 times",
        "Page 2 of",
    ):
        assert piece in met, piece


# --- names, categories and events in the reader's language


def test_what_is_in_another_language_says_so_and_names_are_the_readers() -> None:
    told = seen(views.alert(masked(), Alert(GREEK, GREEK.mentions[:1]))).split("\n\n")
    assert told[0] == "Δέλτα"
    assert told[1] == "[en] Γάμμα δέλτα. Κάππα."
    assert told[2] == "[en] Μι νι."
    assert told[3].splitlines()[0].endswith(" · ⟦жжжжж жжжжжжжжж жжж жжжжжжж⟧")
    chinese = replace(GREEK, language="zh-hans")
    assert "[" not in seen(views.alert(Words("zh"), Alert(chinese, ())))
    assert seen(views.alert(ENGLISH, Alert(chinese, ()))).startswith("[zh-hans] Γάμμα")
