"""``ask`` put together: one message to the bot, by real handlers on the real database."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from typing import Any

from telegram import Bot

from bot.app.chat import about_of, make_files, make_receiver
from bot.app.clock import clock_over
from bot.app.databases import opened
from bot.app.sampling import marking
from bot.app.thresholds import thresholds_of
from bot.app.wikimedia import open_wikimedia
from bot.config import Settings
from bot.core.counting import counted
from bot.errors import InputError
from bot.services.delivering import Delivering
from bot.services.joining import Joining
from bot.services.overview import EMPTY, is_empty
from bot.services.roster import introduce
from bot.services.sampling import Clock
from bot.standin import TOKEN, StandInServer, World
from bot.standin.html import parse_html
from bot.standin.limits import MAX_TEXT
from bot.standin.local import LOCAL, reader_id
from bot.standin.model import Call, Message, Upload, User
from bot.standin.page.routes import LONGEST_NAME
from bot.telegram.api import open_bot
from bot.telegram.receiver import Receiver
from bot.telegram.rendering import Rendering
from bot.telegram.sender import TelegramSender
from bot.telegram.wording import Wording
from storage.database import Database

# Another process on the same database must not send these answers to Telegram.
RESERVED = timedelta(minutes=1)


async def ask(
    settings: Settings, text: str, reader: str, presses: Sequence[str], *, as_json: bool
) -> None:
    """Say ``text`` to the bot as a local reader, press the buttons, print all it answers.

    Raises ``InputError`` where no message has a button of such a label, once all that was
    answered up to there is printed.
    """
    if not text.strip():
        raise InputError('Say something, like: dateline ask "/today 2017-11-23"')
    # Updates of one database must never be numbered alike: microseconds tell them apart.
    world = World(first_id=time.time_ns() // 1000)
    user = world.add_user(reader, reader_id(reader), started=True)
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(opened(settings.database_url))
        wikimedia = await stack.enter_async_context(open_wikimedia(settings))
        server = await stack.enter_async_context(StandInServer(world))
        bot = await stack.enter_async_context(open_bot(TOKEN, server.url))
        queued: list[int] = []
        wording, clock = Wording(), await clock_over(database)
        await _introduce(database, user, clock())
        receiver = make_receiver(
            database,
            bot,
            wikimedia.search,
            wording,
            queued.extend,
            # Whoever sits at the operator's terminal may ask.
            settings=settings.model_copy(update={"allowed_chats": frozenset()}),
            clock=clock,
            joining=Joining(thresholds_of(settings)),
            reserve=RESERVED,
        )
        delivering = _delivering(settings, database, bot, wording, clock)
        for message in _as_typed(text):
            world.say(user, message)
        try:
            await _answer(world, receiver, delivering, queued)
            for label in presses:
                _press(world, user, label)
                await _answer(world, receiver, delivering, queued)
        except InputError:
            _print(world.calls, as_json=as_json)
            raise
        _print(world.calls, as_json=as_json)
        if await is_empty(database):
            print(f"({EMPTY})", file=sys.stderr)


def _delivering(
    settings: Settings, database: Database, bot: Bot, wording: Wording, clock: Clock
) -> Delivering:
    return Delivering(
        database,
        marking(TelegramSender(bot).deliver, wording, lambda: clock.is_moved),
        Rendering(wording),
        files=make_files(database, about_of(settings)),
        clock=clock,
    )


async def _introduce(database: Database, user: User, now: datetime) -> None:
    """Let the page show a local reader by name, not by number alone, if it takes such a name."""
    if user.id >= LOCAL and len(user.first_name) <= LONGEST_NAME:
        await introduce(database, user.id, user.first_name, now)


def _as_typed(text: str) -> list[str]:
    """The messages that an app makes of a text: a long one becomes several, none of them blank."""
    units = 1 if max(text) < "\U00010000" else 2
    size = MAX_TEXT // units
    pieces = (text[start : start + size] for start in range(0, len(text), size))
    return [piece for piece in pieces if piece.strip()]


async def _answer(
    world: World, receiver: Receiver, delivering: Delivering, queued: list[int]
) -> None:
    """Handle what the reader did, then send what was queued for it, in order."""
    for update in world.updates.take_all():
        await receiver.handle_raw(update)
    for row_id in queued:
        await delivering.send_row(row_id)
    queued.clear()


def _press(world: World, user: User, label: str) -> None:
    """Press the first button of this label in the newest message that has it."""
    messages = world.sent(user)
    for message in reversed(messages):
        for button in _buttons(message):
            if button["text"] == label:
                _press_button(world, user, message, button)
                return
    labels = sorted({str(button["text"]) for each in messages for button in _buttons(each)})
    there = f"There are: {', '.join(labels)}." if labels else "No message has buttons."
    raise InputError(f"No message has a button {label!r}. {there}")


def _press_button(world: World, user: User, message: Message, button: dict[str, Any]) -> None:
    if "callback_data" not in button:
        leads = button.get("url") or "another chat"
        raise InputError(f"The button {button['text']!r} opens {leads}.")
    world.press(user, message, str(button["callback_data"]))


def _buttons(message: Message) -> list[dict[str, Any]]:
    return [dict(button) for row in message.buttons for button in row]


def _print(calls: Sequence[Call], *, as_json: bool) -> None:
    """Print what the bot answered, at once: an error may be told next."""
    answers = [call for call in calls if call.method != "getMe"]
    _print_json(answers) if as_json else _print_text(answers)
    sys.stdout.flush()


def _print_json(calls: Sequence[Call]) -> None:
    print(json.dumps([_as_document(call) for call in calls], ensure_ascii=False))


def _as_document(call: Call) -> dict[str, Any]:
    rows = (call.params.get("reply_markup") or {}).get("inline_keyboard")
    return {
        "method": call.method,
        "text": _text(call),
        "buttons": rows and [[_as_button(button) for button in row] for row in rows],
        "document": next((_as_file(file) for file in _files(call)), None),
    }


def _text(call: Call) -> Any:
    return call.params.get("text") or call.params.get("caption")


def _files(call: Call) -> list[Upload]:
    return [value for value in call.params.values() if isinstance(value, Upload)]


def _as_file(file: Upload) -> dict[str, Any]:
    return {"name": file.filename, "bytes": len(file.content)}


def _as_button(button: dict[str, Any]) -> dict[str, Any]:
    return {
        "text": button["text"],
        "data": button.get("callback_data"),
        "url": button.get("url"),
    }


def _print_text(calls: Sequence[Call]) -> None:
    for call in calls:
        for file in _files(call):
            print(f"({file.filename}, {counted(len(file.content), 'byte')})")
        if text := _text(call):
            print(parse_html(str(text)).text if "parse_mode" in call.params else text)
        for row in (call.params.get("reply_markup") or {}).get("inline_keyboard", []):
            print("  ".join(f"[{button['text']}]" for button in row))
        if text:
            print()
