"""From a bullet that names a country without a link to one message in a chat."""

from __future__ import annotations

from storage.database import Database
from tests.support.databases import database_url
from tests.support.day_pages import REUTERS, bullet
from tests.support.newsroom import newsroom

__all__ = ["database_url"]  # a fixture: on both engines

STORM = bullet("A storm hits [[Zimbabwe]].", ("Reuters", "https://reuters.example/storm"))
HELD = bullet("[[Ann Sample]] is held overnight in Zimbabwe.", REUTERS)


async def test_a_country_that_no_link_names_is_one_alert(database: Database) -> None:
    async with newsroom(database) as room:
        for number, name in enumerate(("Zimbabwe", "Ann Sample"), start=1):
            room.wiki.set_article(name, qid=f"Q{number}", labels={"en": name})
        room.publish(STORM)
        await room.minutes(1)
        await room.follow("Zimbabwe")
        room.publish(STORM, HELD)
        await room.minutes(10)
        assert room.new_calls() == []
        await room.minutes(1)
        assert [call.method for call in room.new_calls()] == ["sendMessage"]
        text = "Ann Sample is held overnight in Zimbabwe."
        assert room.talk.newest().text.startswith(f"Zimbabwe\n\n{text}\n\n24 November 2017")
        room.publish(STORM, HELD.replace("overnight in Zimbabwe", "overnight in [[Zimbabwe]]"))
        await room.minutes(30)
        assert "sendMessage" not in [call.method for call in room.new_calls()]
        room.check_requests()
