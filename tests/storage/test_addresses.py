"""Parameters of ``DATABASE_URL``: what is right is taken, what is wrong is named."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from storage.addresses import url_of, without_parameters
from storage.database import Database
from storage.errors import DatabaseUnreachable
from tests.support.databases import Postgres

SERVER = "postgresql://127.0.0.1:1/a"


async def test_a_server_takes_numbers_and_the_name_of_the_program(
    postgres: Postgres, migrated_name: str
) -> None:
    url = make_url(postgres.new_database(migrated_name)).update_query_dict(
        {
            "application_name": "news",
            "timeout": "5",
            "command_timeout": "5.5",
            "statement_cache_size": "0",
            "prepared_statement_cache_size": "0",
        }
    )
    database = await Database.open(url.render_as_string(hide_password=False))
    async with database.reading() as tx:
        assert await tx.session.scalar(text("SHOW application_name")) == "news"
        ours = await tx.session.scalar(text("SHOW idle_in_transaction_session_timeout"))
    assert ours == "10min"
    await database.close()


def test_what_is_no_text_goes_to_the_driver_apart() -> None:
    query = "ssl=require&timeout=5&prepared_statement_cache_size=0&application_name=news"
    url, numbers, settings = without_parameters(url_of(f"{SERVER}?{query}"))
    assert dict(url.query) == {"ssl": "require"}
    assert numbers == {"timeout": 5.0, "prepared_statement_cache_size": 0}
    assert settings == {"application_name": "news"}


@pytest.mark.parametrize("value", ["soon", "-1", "5&timeout=x"])
async def test_what_is_no_number_is_named(value: str) -> None:
    with pytest.raises(DatabaseUnreachable, match="timeout should be a number, not"):
        await Database.open(f"{SERVER}?timeout={value}")


@pytest.mark.parametrize("name", ["loop", "connection_class", "server_settings", "nothing"])
async def test_what_an_address_cannot_say_is_named(name: str) -> None:
    with pytest.raises(DatabaseUnreachable, match=f"nothing is known of '{name}'"):
        await Database.open(f"{SERVER}?{name}=x")
