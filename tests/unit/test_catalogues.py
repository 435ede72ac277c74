"""The catalogues fit the texts, in every language."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import pytest
from babel import Locale
from babel.messages.catalog import Catalog

from bot.core.literal import level
from bot.services.places.naming import cities_of_zones
from bot.telegram import texts
from bot.telegram.menus import menus
from bot.telegram.texts import proper
from bot.telegram.texts.plural import Plural
from bot.telegram.wording import LANGUAGES, Wording, Words
from bot.telegram.wording.catalogues import LOCALE, catalogue_path, read_catalogue
from bot.telegram.wording.checking import misfits, untranslated
from bot.telegram.wording.messages import messages
from bot.telegram.wording.updating import template, update
from storage.model import Chat, ChatKind, ChatState

TRANSLATED = [language for language in LANGUAGES if language != "en"]

# --- the catalogues


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_catalogue_has_every_message_with_its_places(language: str) -> None:
    assert list(misfits(read_catalogue(catalogue_path(language)))) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated(language: str) -> None:
    assert list(untranslated(read_catalogue(catalogue_path(language)))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_places_are_found_by_their_names_in_every_language_that_the_bot_speaks(
    language: str,
) -> None:
    zones = Locale.parse(language).time_zones
    named = {zones[zone]["city"] for zone in available_timezones() if "city" in zones.get(zone, {})}
    assert {level(city) for city in named} <= cities_of_zones(available_timezones()).keys()


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
    catalogue.delete(texts.follows.FOLLOWED)
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
        r"^([A-Z_]+)(?:: .*)? = ",
        "\n".join(p.read_text("utf-8") for p in folder.glob("[a-z]*.py")),
        re.M,
    )
    assert [name for name, times in Counter(found).items() if times > 1] == []
    translated = {message.name.partition("[")[0] for message in messages()}
    assert set(found) == translated | {name for name in vars(proper) if name.isupper()}


def test_no_text_is_both_for_any_and_for_one_number() -> None:
    plurals = {m.text.one: m.text for m in messages() if isinstance(m.text, Plural)}
    for message in messages():
        assert plurals.get(message.key, message.text) == message.text


# --- where several people read


def places(text: str | Plural) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text if isinstance(text, str) else text.other))


def test_what_is_said_to_several_has_the_places_and_forms_of_what_is_said_to_one() -> None:
    for private, shared in texts.shared.SHARED.items():
        assert type(private) is type(shared), private
        assert places(private) == places(shared), private


def test_nobody_is_spoken_to_where_several_read() -> None:
    """But for the one who is told how to get the data of the chat."""
    one, several = Words("en"), Words("en", is_shared=True)
    for private in texts.shared.SHARED:
        if isinstance(private, Plural):
            named = dict.fromkeys(places(private) - {"count"}, "X")
            spoken = several.plain_count(private, 3, **named)
        else:
            spoken = several(private)
            assert one(private) == private
        told = spoken if private == texts.privacy.ABOUT_YOURS else f"{spoken} you"
        assert re.findall(r"\b(?:you|your)\b", told, re.I) == ["you"], spoken


def test_each_chat_gets_the_words_of_its_kind() -> None:
    wording = Wording()
    for kind, is_shared in ((ChatKind.PRIVATE, False), (ChatKind.CHANNEL, True)):
        chat = Chat(1, 2, 0, ChatState.ACTIVE, language="de", kind=kind)
        words = wording.in_chat(chat)
        assert (words.language, words.is_shared) == ("de", is_shared)
        assert wording.in_chat(chat) is words
    assert wording.of("ru", is_shared=True)(texts.digests.DIGEST_HEAD) == "Дайджест · {day}"


# --- the menus


def test_the_menus_are_in_each_language() -> None:
    made = menus(Wording())
    assert [menu.get("language_code") for menu in made] == [None, *TRANSLATED] * 3
    for menu in made:
        listed = {one["command"] for one in menu["commands"]}
        assert listed <= set(texts.commands.COMMANDS)
        assert (
            listed == set(texts.commands.COMMANDS) or menu["scope"]["type"] != "all_private_chats"
        )
        assert all(0 < len(one["description"]) <= 256 for one in menu["commands"])


def test_the_menus_of_groups_speak_to_nobody_in_particular() -> None:
    for menu in menus(Wording()):
        listed = {one["command"]: one["description"] for one in menu["commands"]}
        if "language_code" not in menu and menu["scope"]["type"] != "all_private_chats":
            assert listed["following"] == "who is followed here, and how it is told"
            assert not [one for one in listed.values() if re.search(r"\byou", one)]
