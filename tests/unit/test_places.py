"""Places and their time zones, by the real table of cities."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.services.places import Cities, Place, Places, common_zones, offset_name, zone_at
from bot.services.places.cities import City

AT = datetime(2017, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def cities() -> Cities:
    return Cities.load()


@pytest.fixture
def places(cities: Cities) -> Places:
    return Places(lambda: cities)


@pytest.mark.parametrize(
    ("typed", "language", "place"),
    [
        ("Berlin", "de", Place("Berlin", "Deutschland", "Europe/Berlin")),
        ("  berlin ", "en", Place("Berlin", "Germany", "Europe/Berlin")),
        ("europe/berlin", "ru", Place("Берлин", "Германия", "Europe/Berlin")),
        ("Europe Berlin", "en", Place("Berlin", "Germany", "Europe/Berlin")),
        ("america/argentina/buenos_aires", "es-mx",
         Place("Buenos Aires", "Argentina", "America/Argentina/Buenos_Aires")),
        ("München", "de", Place("München", "Deutschland", "Europe/Berlin")),
        ("München", "en", Place("Munich", "Germany", "Europe/Berlin")),
        ("казань", "ru", Place("Казань", "Россия", "Europe/Moscow")),
        ("Genève", "fr", Place("Genève", "Suisse", "Europe/Zurich")),
        ("Казань", "fr", Place("Kazan", "Russie", "Europe/Moscow")),
        ("LA", "fr", Place("Los Angeles", "États-Unis", "America/Los_Angeles")),
        ("Paris, Texas", "en", Place("Paris", "United States", "America/Chicago")),
        ("Paris, TX, USA", "en", Place("Paris", "United States", "America/Chicago")),
        ("Paris, France", "en", Place("Paris", "France", "Europe/Paris")),
        ("Москва", "ru", Place("Москва", "Россия", "Europe/Moscow")),
        ("القاهرة", "ar", Place("القاهرة", "مصر", "Africa/Cairo")),
        ("東京", "en", Place("Tokyo", "Japan", "Asia/Tokyo")),
        ("加德满都", "zh-hans", Place("加德满都", "尼泊尔", "Asia/Kathmandu")),
        ("加德满都", "de", Place("Kathmandu", "Nepal", "Asia/Kathmandu")),
        ("Катманду", "ru", Place("Катманду", "Непал", "Asia/Kathmandu")),
        ("上海", "zh-hans", Place("上海", "中国", "Asia/Shanghai")),
        ("Bombay", "en", Place("Mumbai", "India", "Asia/Kolkata")),
        ("Kiev", "en", Place("Kyiv", "Ukraine", "Europe/Kyiv")),
        ("sao paulo", "pt-br", Place("São Paulo", "Brasil", "America/Sao_Paulo")),
        ("nyc", "en", Place("New York", "United States", "America/New_York")),
        ("Deutschland", "de", Place("Berlin", "Deutschland", "Europe/Berlin")),
        ("Germany", "de", Place("Berlin", "Deutschland", "Europe/Berlin")),
        ("UK", "en", Place("London", "United Kingdom", "Europe/London")),
        ("Japan", "xx", Place("Tokyo", "Japan", "Asia/Tokyo")),
        ("Berlin, Germany", "en", Place("Berlin", "Germany", "Europe/Berlin")),
        ("London, Canada", "en", Place("London", "Canada", "America/Toronto")),
        ("CET", "de", Place("CET", "", "CET")),
        ("Asia/Kolkata", "ru", Place("Калькутта", "Индия", "Asia/Kolkata")),
        ("Buenos Aires", "ru",
         Place("Буэнос-Айрес", "Аргентина", "America/Argentina/Buenos_Aires")),
        ("Kyiv", "de", Place("Kiew", "Ukraine", "Europe/Kyiv")),
    ],
)  # fmt: skip
async def test_finds_the_one_place(places: Places, typed: str, language: str, place: Place) -> None:
    assert await places.find_places(typed, language, AT) == (place,)


async def test_a_zone_is_found_by_the_last_part_of_its_name(places: Places) -> None:
    (place,) = await places.find_places("lord_howe", "en", AT)
    assert (place.zone, place.country) == ("Australia/Lord_Howe", "Australia")


@pytest.mark.parametrize(
    ("typed", "name", "zone"),
    [
        ("UTC", "UTC", "UTC"),
        ("gmt", "UTC", "UTC"),
        ("Etc/UTC", "UTC", "Etc/UTC"),
        ("GMT+2", "UTC+2", "Etc/GMT-2"),
        ("utc +02:00", "UTC+2", "Etc/GMT-2"),
        ("UTC−5", "UTC−5", "Etc/GMT+5"),
        ("+14", "UTC+14", "Etc/GMT-14"),
        ("UTC-٣", "UTC−3", "Etc/GMT+3"),
        ("UTC+0", "UTC", "UTC"),
        ("Etc/GMT+2", "UTC−2", "Etc/GMT+2"),  # its own name says the reverse
    ],
)
async def test_an_offset_is_a_fixed_zone(places: Places, typed: str, name: str, zone: str) -> None:
    assert await places.find_places(typed, "en", AT) == (Place(name, "", zone),)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("UTC+5:30", ["Kolkata", "Colombo"]),
        ("+0530", ["Kolkata", "Colombo"]),
        ("GMT+5:45", ["Kathmandu"]),
        ("UTC+3:30", ["Tehran"]),
        ("−3:30", ["St. John’s"]),
        ("UTC+4:30", ["Kabul"]),
        ("UTC+6:30", ["Yangon", "Cocos Islands"]),
        ("IST", ["Kolkata", "Dublin", "Jerusalem"]),
        ("pst", ["Los Angeles", "Manila"]),
    ],
)
async def test_a_time_that_is_no_fixed_zone_is_that_of_places(
    places: Places, typed: str, names: list[str]
) -> None:
    found = await places.find_places(typed, "en", AT)
    assert [place.name for place in found] == names
    assert all(place.timed and place.country for place in found)


async def test_an_offset_is_that_of_the_season(places: Places) -> None:
    winter, summer = [
        [place.zone for place in await places.find_places("UTC+10:30", "en", at)]
        for at in (AT, AT.replace(month=6))
    ]
    assert "Australia/Adelaide" in winter
    assert "Australia/Adelaide" not in summer


@pytest.mark.parametrize(
    ("zone", "name"),
    [("Asia/Shanghai", "UTC+8"), ("America/St_Johns", "UTC−3:30"), ("Europe/London", "UTC")],
)
def test_a_zone_has_an_offset(zone: str, name: str) -> None:
    assert offset_name(zone, AT) == name


@pytest.mark.parametrize("typed", ["UTC+5:50", "GMT+15", "UTC-13", "+99", "UTC+5:75"])
async def test_an_offset_that_no_zone_has_finds_nothing(places: Places, typed: str) -> None:
    assert await places.find_places(typed, "en", AT) == ()


@pytest.mark.parametrize(
    ("typed", "zones"),
    [
        ("London", ["Europe/London", "America/Toronto"]),
        ("Birmingham", ["Europe/London", "America/Chicago"]),
        ("USA", ["America/New_York", "America/Los_Angeles", "America/Chicago"]),
        ("Mexico", ["America/Mexico_City"]),
        ("San Jose", ["America/Los_Angeles", "America/Costa_Rica", "Asia/Manila"]),
    ],
)
async def test_several_places_come_by_their_size(
    places: Places, typed: str, zones: list[str]
) -> None:
    found = [place.zone for place in await places.find_places(typed, "en", AT)]
    assert found[: len(zones)] == zones


@pytest.mark.parametrize(
    ("typed", "language", "regions"),
    [
        ("Springfield", "en", ["MO, IL, TN", "MA, OH, VA, PA", "OR"]),
        ("Palmas", "de", ["", "Araguaina", "São Paulo"]),  # the first is Las Palmas
        ("London", "en", ["", ""]),  # the country tells them apart
        ("USA", "en", [""] * 6),
    ],
)
async def test_places_of_one_name_and_country_are_told_apart(
    places: Places, typed: str, language: str, regions: list[str]
) -> None:
    found = await places.find_places(typed, language, AT)
    assert [place.region for place in found] == regions


async def test_the_places_of_a_country_are_known_as_such(places: Places) -> None:
    assert all(place.within for place in await places.find_places("USA", "en", AT))
    (germany,) = await places.find_places("Germany", "en", AT)
    assert not germany.within  # there is nothing to ask


@pytest.mark.parametrize(
    ("typed", "zone"),
    [("Novosibrisk", "Asia/Novosibirsk"), ("San Fransicso", "America/Los_Angeles")],
)
async def test_a_slip_finds_the_nearest_as_a_guess(places: Places, typed: str, zone: str) -> None:
    found = await places.find_places(typed, "en", AT)
    assert found[0].zone == zone
    assert all(place.guessed for place in found)


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "😀", "?", "\x00", "8", "x" * 10_000, "../../etc/passwd", "localtime"),
        *("posix/Europe/Berlin", "Factory", "\n\t1\n", "0,1", "qwrtzpsdf", "%s{0}", ","),
    ],
)
async def test_what_is_no_place_finds_nothing(places: Places, typed: str) -> None:
    assert await places.find_places(typed, "en", AT) == ()


@settings(max_examples=40, deadline=None)
@given(
    typed=st.text(max_size=30) | st.text(alphabet="utcgmt+-:0123 ", max_size=9),
    language=st.sampled_from(["en", "pt-br", "", "zh-hant", "xx"]) | st.text(max_size=5),
)
def test_any_text_has_an_answer(cities: Cities, typed: str, language: str) -> None:
    found = asyncio.run(Places(lambda: cities).find_places(typed, language, AT))
    zones = [place.zone for place in found]
    assert len(zones) == len(set(zones)) <= 6
    assert all(ZoneInfo(zone).key == zone for zone in zones)
    assert all(place.name for place in found)


async def test_the_table_is_read_once_and_only_when_needed() -> None:
    reads = []

    def load() -> Cities:
        reads.append(1)
        return Cities.of([(City("Vigdís", "IS", "Atlantic/Reykjavik", 20_000), ["Вигдис"])])

    places = Places(load)
    assert await places.find_places("x" * 10_000, "en", AT) == ()
    assert reads == []
    found = await asyncio.gather(*(places.find_places("вигдис", "is", AT) for _ in range(20)))
    assert set(found) == {(Place("Vigdís", "Ísland", "Atlantic/Reykjavik"),)}
    assert reads == [1]


async def test_a_table_that_could_not_be_read_is_read_again() -> None:
    tables = iter([None, Cities.of([(City("Vigdís", "IS", "Atlantic/Reykjavik", 20_000), [])])])

    def load() -> Cities:
        table = next(tables)
        if table is None:
            raise OSError("no such file")
        return table

    places = Places(load)
    with pytest.raises(OSError, match="no such file"):
        await places.find_places("Vigdis", "en", AT)
    assert [place.name for place in await places.find_places("Vigdis", "en", AT)] == ["Vigdís"]


def test_cities_keep_what_they_are_made_of() -> None:
    vik = City("Vík", "IS", "Atlantic/Reykjavik", 300)
    other = City("Vik", "NO", "Europe/Oslo", 2_600)
    table = Cities.of([(vik, ["Vik", "Вик", "!"]), (other, ["Vik i Sogn"])])
    assert table.named("vik") == [other, vik]
    assert table.named("вик") == [vik]
    assert table.named("vik i sogn") == [other]
    assert table.named("vi") == table.named("") == table.named("!") == []
    assert table.of_country("IS") == [vik]
    assert table.of_country("XX") == []
    assert table.like("vik i sogm") == [other]
    assert table.like("vip") == []


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        (52.52, 13.40, "Europe/Berlin"),
        (27.72, 85.32, "Asia/Kathmandu"),
        (-31.55, 159.08, "Australia/Lord_Howe"),
        (0.0, -30.0, "Etc/GMT+2"),  # the middle of the Atlantic
        (90.5, 0.0, None),
        (0.0, 180.5, None),
        (float("nan"), 0.0, None),
        (0.0, float("inf"), None),
    ],
)
def test_a_position_has_a_zone(latitude: float, longitude: float, zone: str | None) -> None:
    assert zone_at(latitude, longitude) == zone


@settings(deadline=None)
@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_position_on_the_map_has_a_zone(latitude: float, longitude: float) -> None:
    assert zone_at(latitude, longitude) in available_timezones()


@pytest.mark.parametrize(
    ("language", "first"),
    [
        ("de", "Europe/Berlin"),
        ("pt-br", "America/Sao_Paulo"),
        ("pt-pt", "Europe/Lisbon"),
        ("zh-hant", "Asia/Taipei"),
        ("zh_Hans", "Asia/Shanghai"),
        ("ru", "Europe/Moscow"),
        ("uk", "Europe/Kyiv"),
        ("tr", "Europe/Istanbul"),
        ("ja", "Asia/Tokyo"),
        ("en", "Europe/London"),
        ("", "Europe/London"),
        ("xx-yy", "Europe/London"),
    ],
)
def test_zones_to_offer_begin_at_home(language: str, first: str) -> None:
    zones = common_zones(language)
    assert zones[0] == first
    assert 6 <= len(zones) <= 8
    assert len(set(zones)) == len(zones)
    assert set(zones) <= available_timezones()


@pytest.mark.parametrize("language", "ar de en es fr id kk ms pt pt-pt ru uk uz zh zh-hant".split())
def test_every_listed_zone_exists(language: str) -> None:
    assert set(common_zones(language)) <= available_timezones()
