"""Readers of ``dateline ask`` on the chat page: by name, as soon as it is known."""

from __future__ import annotations

import asyncio

import httpx

from bot.app.clock import utc_now
from bot.app.standin import serve_stand_in
from bot.config import load
from bot.standin.local import reader_id
from storage.database import Database
from tests.support.commands import Commands, closed_port, dateline

__all__ = ["closed_port", "dateline"]  # fixtures

ZOE, NUMBER = "Zoë of the Desk", 4711


async def readers(database: Database, url: str) -> dict[int, str]:
    """Everybody in the page's sidebar."""
    settings = load(None, listen="127.0.0.1:0", database_url=url)
    async with (
        serve_stand_in(settings, database, asyncio.Event(), utc_now) as (address, _),
        httpx.AsyncClient(base_url=address, trust_env=False) as http,
    ):
        found = (await http.get("/api/readers")).json()["readers"]
        return {one["id"]: one["name"] for one in found}


async def test_who_asked_stands_there_by_name(
    dateline: Commands, database: Database, database_url: str
) -> None:
    for who in (ZOE, str(NUMBER)):
        assert (await dateline.beside("ask", "/help", "--as", who)).code == 0
    shown = await readers(database, database_url)
    assert shown[reader_id(ZOE)] == ZOE
    assert shown[NUMBER] == f"reader {NUMBER}"


async def test_who_was_a_number_gets_the_name_when_it_is_known(
    dateline: Commands, database: Database, database_url: str
) -> None:
    async with database.transaction() as tx:
        await tx.chats.chat(reader_id(ZOE), utc_now())
    shown = await readers(database, database_url)
    assert shown[reader_id(ZOE)] == f"reader {reader_id(ZOE)}"
    assert (await dateline.beside("ask", "/help", "--as", ZOE)).code == 0
    assert (await readers(database, database_url))[reader_id(ZOE)] == ZOE


async def test_the_name_goes_with_what_is_forgotten(
    dateline: Commands, database: Database, database_url: str
) -> None:
    forget = ["ask", "/forget", "--as", ZOE, "--press", "Delete all"]
    ran = await dateline.beside(*forget)
    assert ran.code == 0, ran.err
    assert reader_id(ZOE) not in await readers(database, database_url)
