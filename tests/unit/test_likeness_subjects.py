"""Headlines that say the same of others: firms, banks, towns that no table has, provinces."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.conflicts import number_of
from bot.core.likeness import ComparedReport, RecentReports
from bot.core.likeness.background import is_spelled_alike_abroad
from bot.core.likeness.terms import take_apart

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
RESULTS = "{} reports quarterly profit above forecasts\nThe outlook was raised on Thursday."
CUTS = "{} to cut thousands of jobs\nThe plan was announced on Tuesday."
ATTACK = "{} condemns attack on hospital\nThe call for an investigation came on Monday."


def are_one(language: str, known: str, new: str, hours: int = 0) -> bool:
    found = []
    for one, other in ((known, new), (new, known)):
        recent = RecentReports()
        recent.keep(ComparedReport(1, 1, 1, NOON, one, language))
        told = ComparedReport(2, 0, 2, NOON + timedelta(hours=hours), other, language)
        found.append(recent.join(told) == 1)
    assert found[0] == found[1]
    return found[0]


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        (RESULTS, "BP HSBC UBS Boeing Siemens Nvidia"),
        (RESULTS, "BP Shell"),  # one is surely a name
        (CUTS, "UPS Amazon Intel Meta Nissan"),
        (ATTACK, "UN EU WHO NATO UNICEF"),
        ("{} Reports Record Quarterly Profit", "BP Boeing"),
        ("{} streicht tausende Stellen\nDer Vorstand teilte das mit.", "VW ZF"),
    ],
)
def test_a_first_word_that_is_a_name_tells_events_apart(pattern: str, names: str) -> None:
    language = "de" if "Stellen" in pattern else "en"
    texts = [pattern.format(name) for name in names.split()]
    for place, text in enumerate(texts):
        assert are_one(language, text, text)
        for other in texts[:place]:
            assert not are_one(language, text, other)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "Bank of England holds interest rates at 4%",
         "European Central Bank holds interest rates at 2%"),
        ("en", "Fed cuts interest rates by quarter point",
         "Bank of Canada cuts interest rates by quarter point"),
        ("en", "Peru declares state of emergency after floods",
         "Alberta declares state of emergency after floods"),
        ("fr", "Renault annonce un plan de suppressions de postes",
         "Michelin annonce un plan de suppressions de postes"),
        ("ru", "ВТБ повысил ставки по вкладам", "Сбербанк повысил ставки по вкладам"),
        # Other numbers, and one name at least.
        ("de", "Zug entgleist bei Riedlingen - drei Tote",
         "Zug entgleist bei Garmisch - fünf Tote"),
        ("ar", "مقتل 5 فلسطينيين في قصف إسرائيلي على خان يونس",
         "مقتل سبعة فلسطينيين في قصف إسرائيلي على جنين"),
        # Peoples, provinces, prefectures.
        ("ar", "البنك المركزي المصري يخفض أسعار الفائدة",
         "البنك المركزي التركي يخفض أسعار الفائدة"),
        ("zh", "四川省发生5.0级地震", "云南省发生5.0级地震"),
        ("zh", "湖南一煤矿发生事故致三人死亡", "山西一煤矿发生事故致六人死亡"),
        ("ja", "茨城県で震度5弱の地震", "熊本県で震度5強の地震"),
    ],
)  # fmt: skip
def test_other_names_tell_of_other_events(language: str, one: str, other: str) -> None:
    assert not are_one(language, one, other)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        # Two words for the same.
        ("en", "Police kill gunman in Leeds", "Officers kill gunman in Leeds"),
        ("en", "Ferry sinks in Congo River, dozens missing",
         "Boat sinks in Congo River, dozens missing"),
        ("de", "Tödlicher Unfall auf der Autobahn bei Ulm",
         "Schwerer Unfall auf der Autobahn bei Ulm"),
        # Either text names the other's subject.
        ("en", CUTS.format("Amazon"),
         "Retailer to cut thousands of jobs\nAmazon said so on Tuesday."),
        ("en", "Louvre reopens after jewel heist\nThe museum had been closed for three days.",
         "Museum reopens after jewel heist\nThieves had taken eight pieces of jewellery."),
        # What is short for the other, or part of it.
        ("en", "United Nations suspends aid in Yemen", "UN suspends aid in Yemen"),
        ("en", "Federal Reserve cuts rates by quarter point", "Fed cuts rates by quarter point"),
        ("en", "President Trump pardons crypto founder", "Trump pardons crypto founder"),
        ("en", "Former President Trump pardons founder", "Ex-President Trump pardons founder"),
        ("de", "EZB lässt Leitzins unverändert",
         "Europäische Zentralbank lässt Leitzins unverändert"),
        ("de", "Volkswagen streicht tausende Stellen", "VW streicht tausende Stellen"),
        # A country stands for who leads it.
        ("en", "US imposes tariffs on India", "Trump imposes tariffs on India"),
        ("en", "EU fines Apple 500 million euros", "Brussels fines Apple 500 million euros"),
        # What is no subject.
        ("en", "BREAKING: Explosion rocks Beirut port", "LIVE: Explosion rocks Beirut port"),
        ("en", "Six Americans die in fall of cable car at Zell",
         "Tourists die in fall of cable car at Zell"),
        # The same numbers, and tolls that rise.
        ("de", "Zug entgleist bei Riedlingen - drei Tote", "Zug entgleist bei Riedlingen - 3 Tote"),
        ("pt", "Incêndio em hospital de Bagé deixa dois mortos",
         "Incêndio em hospital de Bagé deixa três mortos"),
        ("zh", "湖南一煤矿发生事故致五人死亡", "湖南一煤矿发生事故致七人死亡"),
        ("en", "At least 70 people are still missing after the ferry Maharlika sinks off Leyte.",
         "At least 29 people are missing after the ferry Maharlika sinks off the coast."),
    ],
)  # fmt: skip
def test_the_same_said_otherwise_is_one_event(language: str, one: str, other: str) -> None:
    assert are_one(language, one, other)


@pytest.mark.parametrize(
    ("language", "pattern", "days"),
    [
        ("de", "Bahnstreik am {}: Züge fallen aus", "Montag Donnerstag"),
        ("fr", "Grève des trains {} : trafic très perturbé", "lundi jeudi"),
        ("es", "Huelga de trenes el {}: servicios cancelados", "lunes jueves"),
        ("ru", "Забастовка на железной дороге в {}: поезда отменены", "понедельник четверг"),
        ("ar", "إضراب القطارات يوم {}: إلغاء الرحلات", "الاثنين الخميس"),
        ("zh", "铁路工人{}罢工 列车停运", "周一 周四"),
        ("ja", "鉄道スト{} 列車運休", "月曜日 木曜日"),
        # What is counted is not people.
        ("de", "Ukraine schießt {} russische Drohnen ab", "35 75"),
        ("fr", "L'Ukraine abat {} drones russes", "35 75"),
        ("es", "Ucrania derriba {} drones rusos", "35 75"),
        ("ru", "ПВО сбила {} украинских беспилотников", "35 75"),
        ("ar", "أوكرانيا تسقط {} مسيرة روسية", "35 75"),
        ("zh", "乌克兰击落{}架俄罗斯无人机", "35 75"),
    ],
)
def test_other_days_and_numbers_are_other_events(language: str, pattern: str, days: str) -> None:
    one, other = (pattern.format(day) for day in days.split())
    assert are_one(language, one, one)
    assert not are_one(language, one, other)


@pytest.mark.parametrize(
    ("language", "pattern"),
    [
        ("de", "{} Verletzte nach Brand in Klinik von Hürth"),
        ("fr", "{} blessés dans un accident de bus à Chambéry"),
        ("es", "{} heridos en un choque de autobuses en Sonora"),
        ("ru", "{} человек пострадали при взрыве в Балашихе"),
        ("ar", "{} جريحا في حادث سير في مدينة قابس"),
        ("zh", "河北化工厂爆炸致{}人受伤"),
    ],
)
def test_the_hurt_may_be_more_later_in_other_languages(language: str, pattern: str) -> None:
    assert are_one(language, pattern.format(35), pattern.format(75))


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Bank of England holds rates", "Bank of England"),
        ("Macy's to close dozens of stores", "Macy's"),
        ("Ford Recalls Trucks Over Brake Fault", "Ford"),
        ("Ferry sinks off Lombok\nAll on board the ferry were saved.", ""),
        ("WHO warns of measles\nParents who hesitate were told so.", "WHO"),
        ("POLICE ARREST MAN IN LEEDS", ""),
        ("LIVE: Explosion rocks port", ""),
        ("a ferry sinks off Lombok", ""),
        ("", ""),
    ],
)
def test_what_a_headline_begins_with(text: str, subject: str) -> None:
    assert take_apart(text, "en").headline.subject == subject


def test_names_are_spelled_alike_abroad_and_have_no_endings() -> None:
    assert all(is_spelled_alike_abroad(name, "en") for name in ("amazon", "boeing", "nvidia"))
    assert is_spelled_alike_abroad("renault", "fr")
    for word in ("ferry", "boat", "bus", "troops", "lender", "police", "mudslide"):
        assert not is_spelled_alike_abroad(word, "en")


@pytest.mark.parametrize(
    ("language", "word", "digits"),
    [
        ("en", "twelve", "12"), ("en", "one", "1"), ("de", "fünf", "5"), ("fr", "onze", "11"),
        ("es", "ocho", "8"), ("pt", "duas", "2"), ("ru", "двух", "2"), ("ar", "خمسة", "5"),
        ("zh", "六", "6"), ("de", "ein", ""), ("de", "twelve", ""), ("xx", "drei", ""),
    ],
)  # fmt: skip
def test_small_numbers_in_words(language: str, word: str, digits: str) -> None:
    assert number_of(word, language) == digits
