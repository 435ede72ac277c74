"""The methods of the Bot API that the stand-in knows, and the way of one call through it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from types import MappingProxyType

from bot.standin import chats, editing, inline, media, polling, profile, sending
from bot.standin.backend import Backend
from bot.standin.params import Params
from bot.standin.refusal import Refusal

Method = Callable[[Backend, Params], Awaitable[object]]

METHODS: MappingProxyType[str, Method] = MappingProxyType(
    {
        "getMe": chats.get_me,
        "getUpdates": polling.get_updates,
        "setWebhook": polling.set_webhook,
        "deleteWebhook": polling.delete_webhook,
        "getWebhookInfo": polling.get_webhook_info,
        "close": polling.close,
        "logOut": polling.log_out,
        "sendMessage": sending.send_message,
        "sendPhoto": sending.send_photo,
        "sendDocument": sending.send_document,
        "sendChatAction": sending.send_chat_action,
        "editMessageText": editing.edit_message_text,
        "editMessageCaption": editing.edit_message_caption,
        "editMessageReplyMarkup": editing.edit_message_reply_markup,
        "deleteMessage": editing.delete_message,
        "pinChatMessage": editing.pin_chat_message,
        "answerCallbackQuery": chats.answer_callback_query,
        "answerInlineQuery": inline.answer_inline_query,
        "getChat": chats.get_chat,
        "getChatMember": chats.get_chat_member,
        "getChatAdministrators": chats.get_chat_administrators,
        "getChatMemberCount": chats.get_chat_member_count,
        "getFile": media.get_file,
        "leaveChat": chats.leave_chat,
        "setMyCommands": profile.set_my_commands,
        "getMyCommands": profile.get_my_commands,
        "deleteMyCommands": profile.delete_my_commands,
        "setMyDescription": profile.set_my_description,
        "getMyDescription": profile.get_my_description,
        "setMyShortDescription": profile.set_my_short_description,
        "getMyShortDescription": profile.get_my_short_description,
    }
)
_BY_LOWER_NAME = MappingProxyType({name.lower(): name for name in METHODS})


def proper_name(name: str) -> str:
    """The method's name as documented, for Telegram takes any case; unknown ones stay as given."""
    return _BY_LOWER_NAME.get(name.lower(), name)


async def carry_out(backend: Backend, name: str, params: Params) -> object:
    """Do what a call asks, by the method's proper name; its result as JSON.

    Raises Refusal: 404 for a method that does not exist, else the method's own.
    """
    method = METHODS.get(name)
    if not method:
        raise Refusal(404, "Not Found")
    if backend.logged_out:
        raise Refusal(400, "Logged out")
    return await method(backend, params)
