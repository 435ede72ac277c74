"""Nothing that readers see escapes translation: the catalogues fit the texts, and no words
stand in the views."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog

from bot.core.days import NeverWas
from bot.core.digest import today as parts_of_today
from bot.services.answering import (
    DayAnswer,
    EntityCard,
    EventCard,
    Found,
    MonthAnswer,
    NoDay,
    NothingAlerted,
    RelatedAnswer,
    TodayAnswer,
    TooEarly,
    TooLate,
)
from bot.services.finding import Several, Unknown
from bot.services.following import (
    Followed,
    Gone,
    NotFollowed,
    TooMany,
    Unfollowed,
    Welcome,
)
from bot.services.inline import Item, Shelf
from bot.standin.html import parse_html
from bot.telegram import texts, views
from bot.telegram.markup import plain
from bot.telegram.menus import menus
from bot.telegram.screens import Screen
from bot.telegram.sharing import Links
from bot.telegram.texts import Plural, proper
from bot.telegram.wording import LANGUAGES, Wording, Words
from bot.telegram.wording.catalogues import LOCALE, catalogue_path, read_catalogue
from bot.telegram.wording.checking import misfits, untranslated
from bot.telegram.wording.merging import template, update
from bot.telegram.wording.messages import messages
from storage.model import (
    Alert,
    Call,
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
from tests.unit.test_views import AT, DAY, ENGLISH, EVENT

TRANSLATED = [language for language in LANGUAGES if language != "en"]

# --- the catalogues


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_catalogue_has_every_message_with_its_places(language: str) -> None:
    assert list(misfits(read_catalogue(catalogue_path(language)))) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated(language: str) -> None:
    assert list(untranslated(read_catalogue(catalogue_path(language)))) == []


def test_the_catalogues_are_as_an_update_leaves_them(tmp_path: Path) -> None:
    for language in TRANSLATED:
        copy = catalogue_path(language, tmp_path)
        copy.parent.mkdir(parents=True)
        copy.write_bytes(catalogue_path(language).read_bytes())
    (tmp_path / "dateline.pot").write_bytes((LOCALE / "dateline.pot").read_bytes())
    assert update(tmp_path) == []


def told_of(language: str, changes: dict[str, Any]) -> set[str]:
    """What is said of a catalogue with these translations, by the names of the constants."""
    catalogue = read_catalogue(catalogue_path(language))
    for message in messages():
        if message.name in changes:
            found = catalogue.get(message.key)
            assert found is not None
            found.string = changes[message.name]
    return {f"{words[0]}: {words[2]}" for words in map(str.split, misfits(catalogue))}


def test_translations_that_do_not_fit_are_found() -> None:
    assert told_of("ru", {"FOLLOWED": "{whom}", "UNCLEAR_DAY": "{typed} /heute"}) == {
        "FOLLOWED: other",
        "UNCLEAR_DAY: other",
    }
    assert told_of("ru", {"FOLLOWED": "{who", "MORE": ("{count}", "{count}")}) == {
        "FOLLOWED: a",
        "MORE: 2",
    }
    assert told_of("ru", {"REWORDED": ("раз", "{count}", "{count}")}) == {"REWORDED: other"}
    one_to_two = ("нет", "раз", "два", "{count}", "{count}", "{count}")
    assert told_of("ar", {"REWORDED": one_to_two}) == set()


def test_a_catalogue_without_a_message_or_with_another_is_found() -> None:
    catalogue = template()
    catalogue.delete(texts.FOLLOWED)
    catalogue.add("Somebody was here")
    assert list(misfits(catalogue)) == [
        "not in the texts: 'Somebody was here'",
        "FOLLOWED is missing",
    ]
    assert "FOLLOWED" in set(untranslated(Catalog()))


# --- the texts


def test_no_two_themes_have_texts_of_one_name() -> None:
    folder = Path(texts.__file__).parent
    found = re.findall(
        r"^([A-Z_]+) = ", "\n".join(p.read_text("utf-8") for p in folder.glob("*.py")), re.M
    )
    assert [name for name, times in Counter(found).items() if times > 1] == []
    translated = {message.name.partition("[")[0] for message in messages()}
    assert set(found) == translated | {name for name in vars(proper) if name.isupper()}


def test_no_text_is_both_for_any_and_for_one_number() -> None:
    plurals = {m.text.one: m.text for m in messages() if isinstance(m.text, Plural)}
    for message in messages():
        assert plurals.get(message.key, message.text) == message.text


# --- the views

# All data of events and people is in letters that neither English nor the masks have.
NOBODY = Entity(1, "Ωμέγα", description="θεός", names={"ru": Name("Δέλτα", "λόγος")})
OTHER = Entity(2, "Σίγμα")
GREEK: Event = replace(
    EVENT,
    title="Γάμμα δέλτα. Κάππα.",
    category=texts.CATEGORIES[0],
    topics=("Θήτα",),
    citations=tuple(Citation(f"Πι {n}", f"https://a.example/{n}") for n in range(14)),
    mentions=(
        Mention(NOBODY, Evidence.LINK, "Ω"),
        Mention(OTHER, Evidence.TOPIC, "Σ"),
        *(Mention(Entity(n, f"Ρο {n}"), Evidence.LINK, "Ρ") for n in range(3, 12)),
    ),
)
BARE = replace(
    GREEK, id=18, day=DAY - timedelta(days=1), title="", category="", topics=(),
    citations=(Citation("", ""),), mentions=(), page=None, withdrawn=True,
)  # fmt: skip
MANY = [replace(GREEK, id=n, category="") for n in range(20, 99)]
PEOPLE = (NOBODY, OTHER, Entity(3, ""))
DAYS = (DAY - timedelta(days=9), DAY)
ANSWERS: tuple[TodayAnswer, ...] = (
    DayAnswer(DAY, True, parts_of_today(DAY, [GREEK], [BARE], [replace(GREEK, id=19)]), DAYS),
    DayAnswer(DAY, False, parts_of_today(DAY, MANY, [], []), DAYS),
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
    yield from digest_screens(words, [GREEK, BARE], MANY)
    for wordings in (0, 1, 7):
        yield views.event_card(words, EventCard(GREEK, frozenset(), wordings))
    for nothing in (NothingAlerted(), Gone()):
        yield views.event_card(words, nothing)
        yield views.related(words, nothing)
    for found in ((), (RelatedEvent(BARE, PEOPLE),)):
        yield views.related(words, RelatedAnswer(GREEK, found))
    for hits in ((), (GREEK,), (GREEK, BARE)):
        yield views.found(words, Found("χι", hits, more=True))
    for answer in ANSWERS:
        for page in (1, 2, 99):
            yield views.today(words, answer, "ψι", page)


def people_screens(words: Words) -> Iterator[Screen | Call | str]:
    """All that is shown of entities and follows."""
    follows = [Follow(n, 1, PEOPLE[n % 3], FollowMode.AT_ONCE, AT) for n in range(45)]
    for page in (1, 2, 3):
        yield views.following(words, follows, page)
    yield views.following(words, [])
    for new in (True, False):
        answer = Followed(NOBODY, new, (GREEK,) if new else (), GREEK, frozenset(), PEOPLE)
        yield from (views.follow(words, answer), views.follow_toast(words, answer))
        yield views.under_welcome(words, answer)
        yield views.beside_event(words, answer) or ""
        yield views.unfollow(words, Unfollowed(OTHER, new))
        yield views.unfollow_toast(words, Unfollowed(OTHER, new))
        yield views.entity_card(words, EntityCard(NOBODY, (GREEK, BARE), new))
    for some in ((), (NOBODY,), PEOPLE):
        yield views.lookup(words, Unknown("ξι", some))
        yield views.follow(words, Several("ξι", some or PEOPLE))
        yield views.unfollow(words, Several("ξι", PEOPLE))
        yield from (views.unfollow(words, NotFollowed("ξι", some, any=a)) for a in (True, False))
        yield views.welcome(words, Welcome(some))
    yield from (views.follow(words, TooMany(200)), views.follow_toast(words, TooMany(200)))
    yield views.follow(words, Gone())
    yield from follow_screens(words, PEOPLE, texts.CATEGORIES[0])
    for mode in FollowMode:
        yield views.follow(words, Followed(NOBODY, new=False, mode=mode))


def inline_texts(words: Words) -> Iterator[str]:
    """All that is shown in inline mode."""
    shelf = Shelf((Item(GREEK), Item(BARE, NOBODY)), None, None)
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


# Not to be translated: commands, the mark of a language, the licence.
_SAME = re.compile(rf"(?<!\w)/[a-z_]+\d*|\[en\]|{proper.LICENCE_NAME}|{proper.SHARED_LICENCE}")
_LATIN = re.compile(r"[A-Za-z]+")


@pytest.mark.parametrize("words", [masked(), masked_arabic()], ids=lambda words: words.language)
def test_no_words_stand_in_the_views(words: Words) -> None:
    """With every message masked and all data Greek, no Latin letter is left."""
    every = (event_screens, people_screens, inline_texts, month_screens, fixed_screens)
    for screens in every:
        for shown in screens(words):
            text = seen(shown)
            assert _LATIN.findall(_SAME.sub("", text)) == [], text
            assert text.count("⟦") == text.count("⟧"), text


def test_the_views_shown_have_every_sentence_of_theirs() -> None:
    """What the other test leaves out would not be proven: each text is met in English."""
    met = "\n".join(seen(s) for f in (event_screens, people_screens) for s in f(ENGLISH))
    for name in ("OTHER_NEWS", "WITHDRAWN", "NO_SOURCES", "SOURCE", "LATEST", "PRESS_A_DAY"):
        assert getattr(texts, name) in met, name
    for piece in ("No. 3", "(via topic)", "and 2 more", "Reworded once", "7 times", "Page 2 of"):
        assert piece in met, piece


def test_the_menus_are_in_each_language() -> None:
    made = menus(Wording())
    assert [menu.get("language_code") for menu in made] == [None, *TRANSLATED] * 3
    for menu in made:
        listed = {one["command"] for one in menu["commands"]}
        assert listed <= set(texts.COMMANDS)
        assert listed == set(texts.COMMANDS) or menu["scope"]["type"] != "all_private_chats"
        assert all(0 < len(one["description"]) <= 256 for one in menu["commands"])


# --- names, categories and events in the reader's language


def test_what_is_in_another_language_says_so_and_names_are_the_readers() -> None:
    told = seen(views.alert(masked(), Alert(GREEK, GREEK.mentions[:1]))).split("\n\n")
    assert told[0] == "Δέλτα"
    assert told[1] == "[en] Γάμμα δέλτα. Κάππα."
    assert told[2].splitlines()[0].endswith(" · ⟦жжжжж жжжжжжжжж жжж жжжжжжж⟧")
    chinese = replace(GREEK, language="zh-hans")
    assert "[" not in seen(views.alert(Words("zh"), Alert(chinese, ())))
    assert seen(views.alert(ENGLISH, Alert(chinese, ()))).startswith("[zh-hans] Γάμμα")
