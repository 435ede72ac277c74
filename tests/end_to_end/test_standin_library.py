"""The stand-in as python-telegram-bot sees it."""

from collections.abc import AsyncIterator

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    ChatMemberAdministrator,
    ChatMemberOwner,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    MessageEntity,
    ReplyParameters,
    Update,
)
from telegram.constants import ChatType, ParseMode
from telegram.error import (
    BadRequest,
)
from telegram.request import HTTPXRequest

from bot.standin import TOKEN, StandInServer, World
from tests.support.bot_api import Schema, violations
from tests.support.chat_page import HANGING, png

BUTTONS = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("Yes", callback_data="y")],
        [
            InlineKeyboardButton("Page", url="https://example.com/event/5"),
            InlineKeyboardButton("Copy", copy_text=CopyTextButton("e5")),
        ],
    ]
)


@pytest.fixture
def world() -> World:
    return World(first_id=100)


@pytest.fixture
async def server(world: World) -> AsyncIterator[StandInServer]:
    async with StandInServer(world) as server:
        yield server


@pytest.fixture
async def bot(server: StandInServer) -> AsyncIterator[Bot]:
    root = server.url
    request = HTTPXRequest(connect_timeout=HANGING, read_timeout=HANGING)
    async with Bot(
        TOKEN, base_url=f"{root}/bot", base_file_url=f"{root}/file/bot", request=request
    ) as bot:
        yield bot


async def poll(bot: Bot, after: Update | None = None) -> Update:
    """The next update."""
    offset = after.update_id + 1 if after else None
    return (await bot.get_updates(offset=offset, timeout=5))[0]


async def test_who_am_i(bot: Bot, world: World) -> None:
    assert (bot.id, bot.username) == (world.bot.id, "dateline_bot")


async def test_a_conversation(bot: Bot, world: World) -> None:
    ann = world.add_user("Ann", language_code="de")
    world.start(ann, "e5")
    update = await poll(bot)
    assert update.message
    assert update.message.from_user
    assert (update.message.text, update.message.from_user.language_code) == ("/start e5", "de")
    sent = await update.message.reply_html(
        "Shall <b>I</b>? 👍", reply_markup=BUTTONS, do_quote=True
    )
    assert sent.reply_to_message
    assert sent.reply_to_message.text == "/start e5"
    assert sent.entities == (MessageEntity("bold", 6, 1),)
    assert sent.reply_markup == BUTTONS

    press = world.press(ann, sent.message_id, "Yes")
    update = await poll(bot, update)
    assert update.callback_query
    assert update.callback_query.data == "y"
    assert await update.callback_query.answer("Done", show_alert=True)
    answer = world.presses[press.id].answer
    assert answer
    assert (answer.text, answer.show_alert) == ("Done", True)

    await update.callback_query.edit_message_text("I <i>did</i>", parse_mode=ParseMode.HTML)
    shown = world.messages(ann)[-1]
    assert (shown.id, shown.text, shown.buttons) == (sent.message_id, "I did", [])
    assert shown.edited


async def test_previews_and_protection(bot: Bot, world: World) -> None:
    ann = world.add_user("Ann", started=True)
    preview = LinkPreviewOptions(url="https://example.com/p", prefer_large_media=True)
    sent = await bot.send_message(
        ann.id, "x", link_preview_options=preview, protect_content=True, disable_notification=True
    )
    assert sent.link_preview_options == preview
    assert sent.has_protected_content
    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_text("x", link_preview_options=preview)
    await sent.edit_text("x", link_preview_options=LinkPreviewOptions(is_disabled=True))


async def test_entities_given_by_hand(bot: Bot, world: World) -> None:
    ann = world.add_user("Ann", started=True)
    sent = await bot.send_message(
        ann.id,
        "  👍 bold link",
        entities=[
            MessageEntity("bold", 5, 4),
            MessageEntity("text_link", 10, 4, url="https://example.com/"),
        ],
    )
    assert {kind.type: text for kind, text in sent.parse_entities().items()} == {
        "bold": "bold",
        "text_link": "link",
    }
    mention = f'<a href="tg://user?id={ann.id}">you</a> <a href="tg://user?id=4711">no</a>'
    sent = await bot.send_message(ann.id, mention, parse_mode=ParseMode.HTML)
    assert [(one.type, one.user and one.user.id) for one in sent.entities] == [
        ("text_mention", ann.id)
    ]


async def test_files(bot: Bot, world: World) -> None:
    ann = world.add_user("Ann", started=True)
    content = b"%PDF\r\n--\r\n\r\n\x00\xff"
    sent = await bot.send_document(
        ann.id,
        content,
        caption="C <b>b</b>",
        filename="a b.pdf",
        parse_mode=ParseMode.HTML,
        reply_markup=BUTTONS,
    )
    assert sent.document
    assert (sent.document.file_name, sent.document.file_size) == ("a b.pdf", len(content))
    assert (sent.caption, len(sent.caption_entities)) == ("C b", 1)
    assert world.calls[-1].params["document"].content == content
    picture = png(40, 30)
    photo = await bot.send_photo(ann.id, picture)
    (shown,) = photo.photo
    assert (shown.file_size, shown.width, shown.height) == (len(picture), 40, 30)
    for sent_file, sent_content in ((sent.document, content), (shown, picture)):
        file = await bot.get_file(sent_file.file_id)
        assert bytes(await file.download_as_bytearray()) == sent_content
    assert world.messages(ann)[0].buttons[0][0]["text"] == "Yes"
    with pytest.raises(BadRequest, match="File must be non-empty"):
        await bot.send_document(ann.id, b"")


async def test_other_methods(bot: Bot, world: World) -> None:
    ann = world.add_user("Ann", started=True)
    group = world.add_group("Group", ann)
    assert (await bot.get_chat(group.id)).type == ChatType.GROUP
    assert await bot.get_chat_member_count(group.id) == 2
    assert (await bot.get_chat_member(group.id, ann.id)).status == "creator"
    world.set_status(group, world.bot, "administrator")
    both = await bot.get_chat_administrators(group.id)
    assert [type(one) for one in both if one.user.is_bot] == [ChatMemberAdministrator]
    world.add_channel("Channel", ann, username="news")
    assert (await bot.get_chat("@News")).title == "Channel"
    assert (await bot.get_chat_member("@news", ann.id)).status == "creator"
    assert await bot.get_chat_member_count("@news") == 2
    there = {type(one) for one in await bot.get_chat_administrators("@news")}
    assert there == {ChatMemberAdministrator, ChatMemberOwner}
    itself = await bot.get_chat_member("@news", bot.id)
    assert isinstance(itself, ChatMemberAdministrator)
    assert (itself.can_post_messages, itself.can_pin_messages) == (True, None)
    assert await bot.send_chat_action(ann.id, "typing")
    sent = await bot.send_message(
        group.id, "x", reply_parameters=ReplyParameters(4711, allow_sending_without_reply=True)
    )
    assert await sent.pin()
    assert await sent.delete()
    assert await bot.leave_chat(group.id)


async def test_what_the_bot_says_of_itself(bot: Bot) -> None:
    scope = BotCommandScopeAllGroupChats()
    commands = [BotCommand("today", "Events of a day")]
    assert await bot.set_my_commands(commands, scope=scope, language_code="en")
    assert await bot.get_my_commands(scope, "en") == tuple(commands)
    assert await bot.get_my_commands() == ()
    assert await bot.set_my_description("long")
    assert (await bot.get_my_description()).description == "long"
    assert await bot.set_my_short_description("short")
    assert (await bot.get_my_short_description()).short_description == "short"


async def test_inline_queries(bot: Bot, world: World) -> None:
    query_id = world.ask_inline(world.add_user("Ann"), "merkel")
    update = await poll(bot)
    assert update.inline_query
    assert update.inline_query.query == "merkel"
    result = InlineQueryResultArticle("1", "Merkel", InputTextMessageContent("x"))
    assert await update.inline_query.answer([result], cache_time=5, is_personal=True)
    (shown,) = world.inline_answers[query_id].results
    assert (shown["title"], shown["input_message_content"]["message_text"]) == ("Merkel", "x")


async def test_the_library_keeps_to_the_bot_api(bot: Bot, world: World) -> None:
    schema = Schema.load()
    for everything in (
        test_a_conversation,
        test_previews_and_protection,
        test_files,
        test_inline_queries,
    ):
        world.updates.pending.clear()
        await everything(bot, world)
    await test_what_the_bot_says_of_itself(bot)
    assert len(world.calls) > 20
    assert violations(world.calls, schema) == []
