"""What is said where a time zone is chosen by its time rather than by a city."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.services.places import Place
from bot.services.settings import Somewhere, Zoned
from bot.telegram.views import settings as shown
from tests.unit.test_views import ENGLISH, labels
from tests.unit.test_views import shown as text_of
from tests.unit.test_views_settings import ALL, PLACES


def test_the_way_back_names_the_time_not_only_a_city_that_nobody_chose() -> None:
    def back_to(zone: str) -> str:
        answer = Zoned(ALL, PLACES[0], zone)
        return labels(shown.zone(ENGLISH, answer).sent().params)[0]

    assert back_to("Asia/Shanghai") == "Back to UTC+8 (Shanghai)"
    assert back_to("Asia/Kolkata") == "Back to UTC+5:30 (Kolkata)"
    assert back_to("Etc/GMT-2") == "Back to UTC+2"


def test_an_offset_of_several_places_asks_for_one() -> None:
    timed = tuple(replace(place, timed=True) for place in PLACES)
    told = text_of(shown.zone(ENGLISH, Somewhere("IST", timed, ALL)))
    assert told == "Several places have the time “IST”. Which one is it?"


def test_places_that_read_alike_are_named_with_their_regions() -> None:
    alike = tuple(
        Place("Springfield", "United States", zone, region=region)
        for zone, region in (("America/Chicago", "MO, IL"), ("America/New_York", "MA"))
    )
    told = shown.zone(ENGLISH, Somewhere("Springfield", alike, ALL)).sent()
    assert [label.partition(" · ")[0] for label in labels(told.params)] == [
        "Springfield (MO, IL), United States",
        "Springfield (MA), United States",
    ]


def test_a_country_of_several_time_zones_is_asked_about_as_one() -> None:
    names = [("New York", "America/New_York"), ("Chicago", "America/Chicago")]
    within = tuple(Place(name, "United States", zone, within=True) for name, zone in names)
    told = text_of(shown.zone(ENGLISH, Somewhere("USA", within, ALL)))
    assert told == (
        "United States: there are several time zones. Which of these places has your time?"
    )


def test_the_only_place_with_a_name_like_it_is_asked_about_alone() -> None:
    near = Place("Annonay", "France", "Europe/Paris", guessed=True)
    told = text_of(shown.zone(ENGLISH, Somewhere("Anonay", (near,), ALL)))
    assert told == "I know no place called “Anonay”. Do you mean this one?"


def test_a_label_that_is_cut_keeps_its_time() -> None:
    regions = "MA, OH, VA, PA"
    places = tuple(
        Place("Springfield", "United States of America", zone, region=regions)
        for zone in ("America/New_York", "America/Chicago")
    )
    told = shown.zone(ENGLISH, Somewhere("Springfield", places, ALL)).sent()
    clocks = [label.rpartition("… · ")[2] for label in labels(told.params)]
    assert all(re.fullmatch(r"\d\d:\d\d", clock) for clock in clocks), clocks
