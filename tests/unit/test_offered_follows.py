"""Whom an event offers to follow."""

from __future__ import annotations

from dataclasses import replace

from bot.services.inline import InlineEvent, Shelf
from bot.telegram import views
from bot.telegram.sharing import Links
from bot.telegram.views.inline import inline_results
from storage.model import Alert, Entity, Event, Evidence, Mention
from tests.unit.test_views import ENGLISH, EVENT, labels

STORY = Mention(Entity(90, "Hurricane Harvey"), Evidence.TOPIC, "Hurricane Harvey")


def event(*named: tuple[str, str], above: tuple[Mention, ...] = ()) -> Event:
    """One whose text names these, by an article's title and the words that link to it."""
    own = [Mention(Entity(n, title), Evidence.LINK, said) for n, (title, said) in enumerate(named)]
    return replace(EVENT, mentions=(*own, *above), topics=tuple(mention.words for mention in above))


def offered(told: Event, followed: tuple[Mention, ...] = ()) -> list[str]:
    """Whom the buttons under an alert offer to follow."""
    buttons = labels(views.alert(ENGLISH, Alert(told, followed)).params)
    return [label.removeprefix("Follow ") for label in buttons if label.startswith("Follow ")]


def test_names_come_before_common_things() -> None:
    told = event(
        ("Jury", "jury"), ("American football", "football"), ("O. J. Simpson", "O.J. Simpson")
    )
    assert offered(told) == ["O. J. Simpson", "Jury"]
    assert offered(event(("Jury", "jury"))) == ["Jury"]


def test_peoples_and_lists_come_last() -> None:
    told = event(
        ("American people", "American"),
        ("List of presidents of Zambia", "President of Zambia"),
        ("Robbery", "robbery"),
        ("Ryan Lochte", "Ryan Lochte"),
    )
    assert offered(told) == ["Ryan Lochte", "Robbery"]


def test_letters_without_capitals_stay_in_order() -> None:
    told = event(("陪审团", "陪审团"), ("辛普森", "辛普森"), ("Reuters", "Reuters"))
    assert offered(told) == ["陪审团", "辛普森"]


def test_the_nearest_topic_comes_after_the_first_name() -> None:
    season = Mention(Entity(91, "2017 hurricanes"), Evidence.TOPIC, "2017 hurricanes")
    told = event(("Texas", "Texas"), ("Houston", "Houston"), above=(season, STORY))
    assert offered(told) == ["Texas", "Hurricane Harvey"]
    assert offered(told, (STORY,)) == ["Texas", "Houston"]
    assert offered(event(above=(season, STORY))) == ["Hurricane Harvey"]


def test_part_of_a_heading_is_no_story() -> None:
    protests = Mention(Entity(92, "Egypt"), Evidence.TOPIC, "Egyptian")
    told = replace(event(("Cairo", "Cairo"), above=(protests,)), topics=("Egyptian protests",))
    assert offered(told) == ["Cairo"]
    deaths = Mention(Entity(93, "Deaths in 2017"), Evidence.TOPIC, "Deaths in 2017")
    assert offered(event(("Cairo", "Cairo"), above=(deaths,))) == ["Cairo"]


def test_a_posted_event_offers_the_first_of_them() -> None:
    for told, who in (
        (event(("Jury", "jury"), ("Houston", "Houston")), "Houston"),
        (event(above=(STORY,)), "Hurricane Harvey"),
    ):
        shelf = Shelf((InlineEvent(told),), None, None)
        call = inline_results(ENGLISH, shelf, "1", Links(lambda: "some_bot"))
        (result,) = call.params["results"]
        assert labels(result) == [f"Follow {who}"]
