"""Whom titles and texts name, by all that the database knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.core.mentions import named_in, possible_names
from bot.core.names import fold_title, twin_key
from storage.database import Transaction
from storage.entities import Article, Title
from storage.model import Account, Link, PageReading, Report

LANGUAGE = "en"  # of the encyclopedia to whose articles links and names lead


def title_of(title: str) -> Title:
    """An article's title with its folded forms."""
    return Title(title, twin_key(title), fold_title(title))


async def article_of(tx: Transaction, title: str) -> Article:
    """The article of a title and its entity, both new where the title is."""
    return (await tx.entities.articles(LANGUAGE, [title_of(title)]))[title]


async def names_in(tx: Transaction, accounts: Sequence[Account]) -> list[tuple[Link, ...]]:
    """The entities that each account names in full outside its links, each once, in the text's
    order: an article about each, and the words of the text. All are looked up together."""
    names = [possible_names(account) for account in accounts]
    asked = {name.folded for each in names for name in each}
    bearers = await tx.entities.by_names(asked) if asked else {}
    return [
        _but_linked(named_in(each, bearers), account)
        for each, account in zip(names, accounts, strict=True)
    ]


def _but_linked(names: tuple[Link, ...], account: Account) -> tuple[Link, ...]:
    linked = {link.target for link in account.links}
    return tuple(name for name in names if name.target not in linked)


async def with_names(
    tx: Transaction, reading: PageReading, known: Sequence[Report], matches: Sequence[int | None]
) -> PageReading:
    """A page's reading with the entities that its accounts name in full. An account with the
    words of its report before keeps what these named: who becomes known later changes nothing."""
    reports = {report.id: report for report in known}
    kept = [
        _names_before(reports[match], account) if match is not None else None
        for account, match in zip(reading.accounts, matches, strict=True)
    ]
    pairs = list(zip(reading.accounts, kept, strict=True))
    new = iter(await names_in(tx, [account for account, names in pairs if names is None]))
    accounts = [
        replace(account, names=next(new) if names is None else names) for account, names in pairs
    ]
    return replace(reading, accounts=tuple(accounts))


def _names_before(report: Report, account: Account) -> tuple[Link, ...] | None:
    for before in (report.standing.shown, report.standing.seen):
        if before is not None and before.text == account.text:
            return before.names
    return None
