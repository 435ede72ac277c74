"""What readers see of an event, put together from what is shown of its reports."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.names import fold
from storage.model import Account, Citation, Evidence, Link, Report


@dataclass(frozen=True)
class Named:
    """An article that an event names: by which link, and whether in its text or above it."""

    link: Link
    evidence: Evidence
    report_id: int


def leading_report(reports: Sequence[Report]) -> Report | None:
    """The report whose words stand for the event: the oldest that is visible, else the
    oldest that ever was."""
    shown = [report for report in reports if report.standing.shown]
    visible = [report for report in shown if report.standing.visible]
    return next(iter(visible or shown), None)


def visible_accounts(reports: Sequence[Report]) -> list[tuple[Report, Account]]:
    """The accounts that make up an event now; its last one where all are withdrawn."""
    leading = leading_report(reports)
    return [
        (report, report.standing.shown)
        for report in reports
        if report.standing.shown and (report.standing.visible or report is leading)
    ]


def citations(accounts: Sequence[Account]) -> tuple[Citation, ...]:
    """All source links, each URL once, in the order of the reports."""
    unique = {item.url: item for account in accounts for item in account.citations}
    return tuple(unique.values())


def named_articles(reports: Sequence[Report]) -> list[Named]:
    """What the event names: the links of its own text first, then those of its topics.

    A topic without a link is named by its own words.
    """
    accounts = visible_accounts(reports)
    own = [
        Named(link, Evidence.LINK, report.id)
        for report, account in accounts
        for link in account.links
    ]
    above = [
        Named(link, Evidence.TOPIC, report.id)
        for report, account in accounts
        for topic in account.topics
        for link in topic.links or (Link(topic.text, topic.text),)
    ]
    return [*own, *above]


def searchable(account: Account) -> str:
    """The levelled words by which an event is found: its own, its links' and those above."""
    topics = [topic.text for topic in account.topics]
    targets = [link.target for link in account.links if link.target not in account.text]
    return fold(" ".join([account.text, account.category, *topics, *targets]))


def fingerprint(*parts: object) -> str:
    """A digest that differs whenever one of the parts does."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
