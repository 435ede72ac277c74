"""Words by language: which is meant, plural forms, dates, lists, directions."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.telegram import texts
from bot.telegram.buttons import button
from bot.telegram.markup import LONGEST_LABEL, Rich, bold, plain, utf16
from bot.telegram.texts.plural import Plural
from bot.telegram.wording import LANGUAGES, Wording, Words
from bot.telegram.wording.catalogues import catalogue_path
from bot.telegram.wording.messages import messages
from bot.telegram.wording.updating import PLURAL_FORMS, update
from tests.support.wording import masked_arabic

DAY = date(2017, 11, 23)
BIRDS = Plural("{count} bird", "{count} birds")
EXAMPLE = re.compile(r"/[a-z]+ \d")
KEPT_EXAMPLE = re.compile(r"\u2066/[a-z]+ \d[\d:-]*\u2069")
ENGLISH, ARABIC = Words("en"), Words("ar")


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("de", "de"),
        ("de-AT", "de"),
        ("zh-hans", "zh"),
        ("zh_TW", "zh"),
        ("ES", "es"),
        ("pt-br", "en"),
        ("deu", "en"),
        ("../de", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_a_tag_means_the_language_that_is_known(code: str | None, language: str) -> None:
    assert Wording().of(code).language == language


def test_a_catalogue_is_read_once() -> None:
    wording = Wording()
    assert wording.of("de") is wording.of("de-CH")


# --- translating


def tiny(folder: Path, language: str, *forms: str) -> Words:
    """A language whose catalogue knows birds, and one sentence."""
    path = catalogue_path(language, folder)
    path.parent.mkdir(parents=True)
    numbered = [f'msgstr[{number}] "{form}"' for number, form in enumerate(forms)]
    path.write_text(
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Plural-Forms: {PLURAL_FORMS[language]}\\n"\n\n'
        f'msgid "{BIRDS.one}"\nmsgid_plural "{BIRDS.other}"\n' + "\n".join(numbered) + "\n\n"
        'msgid "I see {who}."\nmsgstr "{who}: hier."\n\n'
        '#, fuzzy\nmsgid "Doubtful"\nmsgstr "Zweifelhaft"\n',
        "utf-8",
    )
    return Wording(folder).of(language)


FORMS = [
    ("de", ["Vogel", "Vögel"], {1: "Vogel", 0: "Vögel", 2: "Vögel"}),
    ("fr", ["oiseau", "oiseaux"], {0: "oiseau", 1: "oiseau", 2: "oiseaux"}),
    ("es", ["pájaro", "pájaros"], {1: "pájaro", 0: "pájaros", 7: "pájaros"}),
    (
        "ru",
        ["птица", "птицы", "птиц"],
        {1: "птица", 21: "птица", 3: "птицы", 5: "птиц", 11: "птиц", 14: "птиц"},
    ),
    (
        "ar",
        ["0", "1", "2", "few", "many", "other"],
        {0: "0", 1: "1", 2: "2", 3: "few", 110: "few", 11: "many", 99: "many", 100: "other"},
    ),
    ("zh", ["鸟"], {0: "鸟", 1: "鸟", 2: "鸟"}),
]


@pytest.mark.parametrize(("language", "forms", "uses"), FORMS)
def test_each_language_has_its_plural_forms(
    tmp_path: Path, language: str, forms: list[str], uses: dict[int, str]
) -> None:
    words = tiny(tmp_path, language, *(f"{{count}} {form}" for form in forms))
    told = {n: words.count(BIRDS, n).html for n in uses}
    assert told == {n: f"{n} {form}" for n, form in uses.items()}
    assert words.plain_count(BIRDS, 3) == told.get(3, words.count(BIRDS, 3).html)


def test_what_is_not_translated_in_full_stays_english(tmp_path: Path) -> None:
    words = tiny(tmp_path, "zh", "")
    assert [words.count(BIRDS, n).html for n in (1, 2)] == ["1 bird", "2 birds"]
    assert words("Never heard of") == "Never heard of"
    assert words("Doubtful") == "Doubtful"
    assert words("") == ""


def test_places_are_filled_in_the_order_of_the_language(tmp_path: Path) -> None:
    words = tiny(tmp_path, "de", "", "")
    assert words.fill("I see {who}.", who=bold("<Ada>")) == Rich("<b>&lt;Ada&gt;</b>: hier.", 12, 1)
    assert words.plain("I see {who}.", who="{who}") == "{who}: hier."


def test_an_update_keeps_translations_and_drops_what_is_gone(tmp_path: Path) -> None:
    path = catalogue_path("de", tmp_path)
    assert path in update(tmp_path)
    assert update(tmp_path) == []
    text = path.read_text("utf-8").replace(
        'msgid "Related"\nmsgstr ""', 'msgid "Related"\nmsgstr "Dazu"'
    )
    path.write_text(text + '\nmsgid "Long gone"\nmsgstr "Fort"\n', "utf-8")
    assert update(tmp_path) == [path]
    assert path.read_text("utf-8") == text
    assert Wording(tmp_path).of("de")("Related") == "Dazu"


# --- dates, numbers, names


@pytest.mark.parametrize(
    ("language", "day", "short", "weekday", "month"),
    [
        ("en", "23 November 2017", "23 Nov 2017", "Thursday", "November 2017"),
        ("de", "23. November 2017", "23. Nov. 2017", "Donnerstag", "November 2017"),
        ("fr", "23 novembre 2017", "23 nov. 2017", "jeudi", "novembre 2017"),
        ("es", "23 de noviembre de 2017", "23 nov 2017", "jueves", "noviembre de 2017"),
        ("ru", "23 ноября 2017 г.", "23 нояб. 2017 г.", "четверг", "ноябрь 2017 г."),
        ("ar", "23 نوفمبر 2017", "23 نوفمبر 2017", "الخميس", "نوفمبر 2017"),
        ("zh", "2017年11月23日", "2017年11月23日", "星期四", "2017年11月"),
    ],
)
def test_dates_are_written_as_in_each_language(
    language: str, day: str, short: str, weekday: str, month: str
) -> None:
    words = Words(language)
    written = (words.day(DAY), words.short_day(DAY), words.weekday(DAY), words.month(DAY))
    assert [re.sub(r"\s", " ", one) for one in written] == [day, short, weekday, month]


@pytest.mark.parametrize(
    ("language", "spans"),
    [
        ("en", ["1 minute", "15 minutes", "119 minutes", "2 hours", "47 hours", "3 days"]),
        ("de", ["1 Minute", "15 Minuten", "119 Minuten", "2 Stunden", "47 Stunden", "3 Tage"]),
        ("fr", ["1 minute", "15 minutes", "119 minutes", "2 heures", "47 heures", "3 jours"]),
        ("es", ["1 minuto", "15 minutos", "119 minutos", "2 horas", "47 horas", "3 días"]),
        ("ru", ["1 минута", "15 минут", "119 минут", "2 часа", "47 часов", "3 дня"]),
        ("ar", ["دقيقة", "15 دقيقة", "119 دقيقة", "ساعتان", "47 ساعة", "3 أيام"]),
        ("zh", ["1分钟", "15分钟", "119分钟", "2小时", "47小时", "3天"]),
    ],
)
def test_lengths_of_time_are_written_as_in_each_language(language: str, spans: list[str]) -> None:
    words = Words(language)
    minutes = (0.1, 15, 119, 120, 47 * 60, 72 * 60)
    written = [words.span(timedelta(minutes=length)) for length in minutes]
    assert [re.sub(r"\s", " ", one) for one in written] == spans


@pytest.mark.parametrize(
    ("language", "first", "thursday", "november"),
    [
        ("en", 0, "Th", "Nov"),
        ("de", 0, "Do.", "Nov"),
        ("fr", 0, "je", "nov."),
        ("es", 0, "JU", "nov"),
        ("ru", 0, "чт", "нояб."),
        ("ar", 0, "خميس", "نوفمبر"),
        ("zh", 0, "周四", "11月"),
    ],
)
def test_weeks_and_their_days_are_as_in_each_language(
    language: str, first: int, thursday: str, november: str
) -> None:
    words = Words(language)
    assert (words.first_weekday, words.short_weekday(DAY), words.short_month(DAY)) == (
        first,
        thursday,
        november,
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_times_have_24_hours(language: str) -> None:
    words = Words(language)
    assert [words.time(minute) for minute in (0, 480, 1439)] == ["00:00", "08:00", "23:59"]


def test_numbers_are_grouped() -> None:
    assert [Words(code).number(12345) for code in ("en", "de")] == ["12,345", "12.345"]


def test_languages_are_named() -> None:
    assert ENGLISH.language_name("de") == "German"
    assert [Words(code).language_name(code) for code in ("de", "ru", "zh")] == [
        "Deutsch",
        "русский",
        "中文",
    ]
    assert ENGLISH.language_name("zh-hans") == "Chinese (Simplified)"
    assert ENGLISH.language_name("x?") == "x?"


def test_categories_are_known_however_they_are_written() -> None:
    assert ENGLISH.category("Law and Crime") == "Law and crime"
    assert masked_arabic().category("law and crime").startswith("⟦ض")
    assert Wording().of("de").category("Law & Crimes") == "Recht und Kriminalität"
    assert masked_arabic().category("Cats & dogs") == "Cats and dogs"
    assert masked_arabic().category("News") == ""
    assert masked_arabic().category("") == ""


def test_french_has_an_ordinal_for_the_first_of_a_month_only() -> None:
    french, first = Wording().of("fr"), date(2017, 12, 1)
    assert french.day(first) == "1er décembre 2017"
    assert french.short_day(first) == "1er déc. 2017"
    assert french.day_of_week(first) == "vendredi 1er décembre"
    assert french.day_and_month(first) == "1er déc."
    assert french.day(date(2011, 11, 11)) == "11 novembre 2011"
    assert Wording().of("es").day(first) == "1 de diciembre de 2017"


# --- directions


def test_lists_have_the_separators_of_the_language() -> None:
    parts = [plain("a"), Rich(), plain("b")]
    assert ENGLISH.joined(parts).html == "a, b"
    assert Words("zh").joined(parts).html == "a、b"
    assert ARABIC.joined(parts).html == "\u200f\u2068a\u2069، \u2068b\u2069"


def turned(text: str) -> list[str]:
    """The parts kept apart that would run from left to right though they hold others: each by
    its first letter outside of those (Unicode Bidirectional Algorithm, P2, P3 and X5c)."""
    outer, found = [""], []
    for char in text:
        if char == "\u2068":
            outer.append("")
        elif char == "\u2069":
            inner = outer.pop()
            letters = (one for one in inner if unicodedata.bidirectional(one) in ("L", "R", "AL"))
            if "\ufffc" in inner and unicodedata.bidirectional(next(letters, "a")) == "L":
                found.append(inner)
            outer[-1] += "\ufffc"
        else:
            outer[-1] += char
    return found


def test_a_list_in_a_sentence_runs_as_the_language_does() -> None:
    names = ARABIC.joined(map(plain, ("العراق", "ISIL")))
    assert turned(ARABIC.fill("{names}!", names=names).html) == []
    assert turned("\u2068\u2068العراق\u2069، \u2068ISIL\u2069\u2069") == ["\ufffc، \ufffc"]
    nested = ARABIC.fill("({name})", name=ARABIC.fill("{n}. {name}", n=plain("1"), name=names))
    assert turned(nested.html) == []


def test_what_is_put_into_a_sentence_cannot_turn_it() -> None:
    who = bold("Ada")
    assert ENGLISH.fill("See {who}!", who=who).html == "See <b>Ada</b>!"
    assert ARABIC.fill("See {who}!", who=who) == Rich("See \u2068<b>Ada</b>\u2069!", 10, 1)
    omar = plain("عمر البشير")
    assert ENGLISH.fill("See {who}!", who=omar).html == "See \u2068عمر البشير\u2069!"
    assert ARABIC.fill("See {who}!", who=Rich()).html == "See !"


def test_rows_run_from_right_to_left_where_the_language_does() -> None:
    parts = [plain("one"), Rich(), plain("two")]
    assert (ENGLISH.rtl, ARABIC.rtl) == (False, True)
    assert ENGLISH.row(parts, " · ").html == "one · two"
    assert ARABIC.row(parts, " · ").html == "\u200f\u2068one\u2069 · \u2068two\u2069"
    assert not ARABIC.row([Rich()], " · ")


def test_what_was_typed_is_quoted_without_its_directions() -> None:
    assert ENGLISH.quoted("\u202eevil").html == "“evil”"
    assert ENGLISH.quoted("{x}").html == "“{x}”"
    told = ENGLISH.fill("No {name}.", name=ENGLISH.quoted("عمر"))
    assert told.html == "No \u2068“عمر”\u2069."


def test_every_example_of_a_command_keeps_its_order_among_arabic_letters() -> None:
    arabic = Wording().of("ar")
    for message in messages():
        said = arabic(message.key)
        assert len(EXAMPLE.findall(said)) == len(KEPT_EXAMPLE.findall(said)), message.name


def test_hours_and_days_are_kept_in_order_with_their_command() -> None:
    arabic = Wording().of("ar")
    assert "\u2066/quiet 22:00-07:00\u2069" in arabic(texts.settings.QUIET_PICK)
    assert "\u2066/today 2017-11-23\u2069" in arabic(texts.days.UNCLEAR_DAY)
    assert "\u2066" not in Wording().of("de")(texts.settings.QUIET_PICK)


def test_a_name_in_a_label_cannot_turn_its_direction() -> None:
    text, name = texts.labels.BUTTON_FOLLOW, "2017 Zimbabwean coup d'état"
    label = Wording().of("ar").label(text, who=name)
    assert label.endswith(f"\u2068{name}\u2069")
    assert button(label, "f:1")["text"] == label
    assert ENGLISH.label(text, who=name) == f"Follow {name}"
    assert ENGLISH.label(text, who="القاهرة") == "Follow \u2068القاهرة\u2069"
    cut = Wording().of("ar").label(text, who="long " * 20)
    assert cut.endswith("…\u2069")
    assert utf16(cut) <= LONGEST_LABEL + 2
