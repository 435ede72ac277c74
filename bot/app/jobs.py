"""The jobs of each part of ``run``, put together."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from telegram import Bot

from bot.app.chat import about_of, make_files, make_receiver
from bot.app.excluding import Excluder
from bot.app.sampling import marking
from bot.app.ticks import Signals, Ticks
from bot.app.troubles import Troubles
from bot.app.web import Web, asking
from bot.app.wikimedia import Wikimedia
from bot.config import Settings
from bot.services.delivering import Delivering
from bot.services.digesting import Digesting
from bot.services.expanding import Expanding
from bot.services.feeding import Feeding
from bot.services.housekeeping import Housekeeping
from bot.services.joining import Joining
from bot.services.leading import Leading
from bot.services.looking import Looking
from bot.services.managing import Managing, Operators
from bot.services.outcomes import Deliver, Outcome, Unreachable
from bot.services.owning import belong_to, bot_id_of
from bot.services.polling import Polling
from bot.services.resolving import Resolving
from bot.services.reviewing import Weekly
from bot.services.sampling import Clock, Sampling
from bot.services.sending import Sending, SendPace
from bot.services.warning import News, Warner
from bot.standin.local import LOCAL
from bot.telegram import views
from bot.telegram.doors import Doors
from bot.telegram.rendering import Rendering
from bot.telegram.sender import TelegramSender
from bot.telegram.tokens import TokenWatch
from bot.telegram.views.sources import source_news
from bot.telegram.wording import Wording
from storage.database import Database
from storage.model import Call, Chat

PARTS = ("poll", "chat", "send")
WATCH_SECONDS = 10
EXPAND_SECONDS = 5
DIGEST_SECONDS = 10
SAMPLE_SECONDS = 10
RESOLVE_SECONDS = 30
FEED_SECONDS = 10
LOOK_SECONDS = 30
SWEEP_SECONDS = 600
WARN_SECONDS = 60
EXCLUDE_SECONDS = 60
WARM_SECONDS = 86_400

Job = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Workplace:
    """What the jobs of all parts work with."""

    settings: Settings
    database: Database
    wikimedia: Wikimedia
    web: Web
    bot: Bot
    clock: Clock
    sampling: Sampling
    signals: Signals
    holder: str
    wording: Wording
    joining: Joining  # with what it remembers: one for all who compare reports
    troubles: Troubles


def jobs_of(parts: frozenset[str], at: Workplace) -> dict[str, Job]:
    """The long-running jobs of these parts, by name."""
    ticks = Ticks(at.signals)
    jobs: dict[str, Job] = {"ticks": ticks.run}
    ticks.every(WATCH_SECONDS, "looking after the database", lambda: _watch(at))
    if "poll" in parts:
        _poll(at, ticks)
    if "send" in parts:
        jobs["send"] = _send(at, ticks)
    if "chat" in parts:
        jobs["chat"] = _chat(at)
    if parts & {"chat", "send"}:
        jobs["token"] = _token(at)
    return jobs


async def _watch(at: Workplace) -> None:
    """Say when a database that failed is well again."""
    if at.troubles.is_on and await at.database.is_writable():
        at.troubles.end()


def _poll(at: Workplace, ticks: Ticks) -> None:
    """The portal read and links resolved; or the sample week, while it is on."""
    portal, sampling = at.wikimedia.portal(), at.sampling
    polling = Polling(
        at.database,
        portal,
        hold=at.settings.alert_hold,
        clock=at.clock,
        holder=at.holder,
        joining=at.joining,
    )
    feeding = _feeding(at)
    resolving = Resolving(
        at.database,
        at.wikimedia.resolve,
        at.wikimedia.items,
        clock=at.clock,
        holder=at.holder,
    )

    async def poll() -> None:
        if not await sampling.end_if_portal_answers():
            await polling.poll()

    async def resolve() -> None:
        if not sampling.is_on:
            await resolving.resolve_batch()

    async def feed() -> None:
        if not sampling.is_on:
            await feeding.poll()

    ticks.every(at.settings.poll_interval.total_seconds(), "reading the portal", poll)
    ticks.every(RESOLVE_SECONDS, "looking links up", resolve)
    ticks.every(FEED_SECONDS, "reading feeds", feed)
    if at.settings.previews:
        _look(at, ticks)
    if sampling.is_on:
        ticks.every(SAMPLE_SECONDS, "reading the sample week", sampling.poll)
    ticks.at_end(polling.release)
    ticks.at_end(resolving.release)
    ticks.at_end(feeding.release)
    ticks.at_end(sampling.release)


def _feeding(at: Workplace) -> Feeding:
    managing = Managing(at.database, at.clock)
    return Feeding(
        at.database,
        at.joining,
        asking(at.web, partial(managing.is_own, own_list=at.settings.names_own_list)),
        clock=at.clock,
        holder=at.holder,
        share=random.random,  # no secret: it only spreads requests
    )


def _look(at: Workplace, ticks: Ticks) -> None:
    """The heads of cited pages read, but not of the sample week's."""
    looking = Looking(at.database, at.web.head, clock=at.clock, holder=at.holder)

    async def look() -> None:
        if not at.sampling.is_on:
            await looking.look()

    ticks.every(LOOK_SECONDS, "reading the heads of pages", look)
    ticks.at_end(looking.release)


def _send(at: Workplace, ticks: Ticks) -> Job:
    """Messages made and sent."""
    sender = TelegramSender(at.bot)
    deliver = marking(_handing(at, sender.deliver), at.wording, lambda: at.sampling.is_on)
    files = make_files(at.database, about_of(at.settings), sender.announce)
    delivering = Delivering(
        at.database,
        deliver,
        Rendering(at.wording),
        files=files,
        clock=at.clock,
    )
    sending = Sending(
        at.database, delivering, SendPace(at.settings.send_rate), clock=at.clock, holder=at.holder
    )
    expanding = Expanding(at.database, clock=at.clock)
    ticks.every(EXPAND_SECONDS, "making alerts", expanding.expand)
    ticks.every(WARM_SECONDS, "getting ready for files", files.warm_up)
    weekly = Weekly(lambda chat, week: views.week(at.wording.in_chat(chat), week))
    digesting = Digesting(at.database, clock=at.clock, weekly=weekly)
    ticks.every(DIGEST_SECONDS, "making digests", digesting.tick)
    ticks.every(SWEEP_SECONDS, "tidying", Housekeeping(at.database, clock=at.clock).sweep)
    ticks.every(WARN_SECONDS, "telling of sources that fail", _warner(at).tick)
    doors = Doors(at.bot, at.wording, at.clock, at.settings.admitted)
    excluder = Excluder(at.database, doors, at.clock)
    ticks.every(EXCLUDE_SECONDS, "comparing chats with ALLOWED_CHATS", excluder.exclude)

    async def send() -> None:
        await excluder.exclude()  # first: whoever is not let in any more gets nothing
        await sending.run(at.signals.stop, at.signals.wake)

    return send


def _handing(at: Workplace, deliver: Deliver) -> Deliver:
    """Nothing goes to Telegram for readers who are known here alone, by ``ask`` or from the time
    without a token: whatever may have their numbers there."""
    if not at.settings.bot_token:
        return deliver

    async def handed(chat: Chat, call: Call) -> Outcome:
        if chat.telegram_id >= LOCAL:
            return Unreachable("a local reader, of whom Telegram knows nothing")
        return await deliver(chat, call)

    return handed


def _token(at: Workplace) -> Job:
    """The token's acceptance looked after; the database is that of the first bot accepted, but
    for the stand-in, which is nobody's."""

    async def accepted() -> None:
        if at.settings.bot_token:
            await belong_to(at.database, bot_id_of(at.settings.bot_token))

    watch = TokenWatch(at.bot, accepted)
    return lambda: watch.run(at.signals.stop)


def _warner(at: Workplace) -> Warner:
    """What tells the operator's chats of sources that fail."""

    def view(chat: Chat, news: News) -> Call:
        return source_news(at.wording.in_chat(chat), news).sent()

    return Warner(at.database, Operators(at.settings.admin_chats), view, clock=at.clock)


def _chat(at: Workplace) -> Job:
    """Updates received and answered, by one process at a time."""
    receiver = make_receiver(
        at.database,
        at.bot,
        at.wikimedia.search,
        at.wording,
        lambda rows: at.signals.wake.set(),
        settings=at.settings,
        clock=at.clock,
        joining=at.joining,
    )
    leading = Leading(at.database, at.holder)
    return lambda: leading.lead("receive updates", receiver.run, at.signals.stop)
