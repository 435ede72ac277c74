"""What a chat is made of, as frozen data; `as_json` gives the Bot API's shapes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from bot.standin.entities import Entity

JsonObject = dict[str, Any]
ChatKind = Literal["private", "group", "supergroup", "channel"]
Status = Literal["creator", "administrator", "member", "left", "kicked"]


def present(**values: object) -> JsonObject:
    """The fields that have a value: Telegram leaves out what is absent or false."""
    return {
        name: value for name, value in values.items() if value is not None and value is not False
    }


def unix(moment: datetime) -> int:
    """Whole seconds since 1970, UTC, as every date in the Bot API."""
    return int(moment.timestamp())


@dataclass(frozen=True, slots=True)
class User:
    """A person or the bot."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False

    def as_json(self) -> JsonObject:
        """A User."""
        required: JsonObject = {
            "id": self.id,
            "is_bot": self.is_bot,
            "first_name": self.first_name,
        }
        return required | present(username=self.username, language_code=self.language_code)


@dataclass(frozen=True, slots=True)
class Chat:
    """A place to talk; a private chat has its user's id, a group a negative one."""

    id: int
    kind: ChatKind
    title: str
    username: str | None = None
    is_forum: bool = False

    def as_json(self) -> JsonObject:
        """A Chat."""
        named = "first_name" if self.kind == "private" else "title"
        required: JsonObject = {"id": self.id, "type": self.kind, named: self.title}
        return required | present(username=self.username, is_forum=self.is_forum)


@dataclass(frozen=True, slots=True)
class Topic:
    """A forum topic; its id is the `message_thread_id`."""

    id: int
    name: str
    closed: bool = False

    def as_json(self) -> JsonObject:
        """A ForumTopicCreated."""
        return {"name": self.name, "icon_color": 0x6FB9F0}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a multipart request, or the name of one that Telegram has (`content` empty)."""

    filename: str
    content_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it stands. `text` is the caption where there is `media`; dates are UTC.

    `media` is the photo, document or location as fields of the Message; `service` likewise for
    service messages. `reply_to` is a snapshot of the message replied to. A message chosen from
    inline results has `via_bot` and, where it has buttons, the `inline_id` to edit it by.
    """

    id: int
    chat: Chat
    date: datetime
    sender: User | None = None
    text: str = ""
    entities: tuple[Entity, ...] = ()
    reply_markup: JsonObject | None = None
    link_preview_options: JsonObject | None = None
    reply_to: Message | None = None
    thread_id: int | None = None
    in_topic: bool = False
    edited: datetime | None = None
    media: JsonObject | None = None
    service: JsonObject | None = None
    protected: bool = False
    as_chat: bool = False
    via_bot: User | None = None
    inline_id: str | None = None

    @property
    def buttons(self) -> list[list[JsonObject]]:
        """Rows of inline buttons (InlineKeyboardButton)."""
        rows: list[list[JsonObject]] = (self.reply_markup or {}).get("inline_keyboard", [])
        return rows

    def button(self, data_or_label: str) -> JsonObject:
        """The button with this callback data or else this label; LookupError where none has."""
        every = [button for row in self.buttons for button in row]
        for key in ("callback_data", "text"):
            for button in every:
                if button.get(key) == data_or_label:
                    return button
        shown = [button["text"] for button in every]
        raise LookupError(f"message {self.id} has no button {data_or_label!r}, only {shown}")

    def as_json(self) -> JsonObject:
        """A Message."""
        body: JsonObject = {
            "message_id": self.id,
            "chat": self.chat.as_json(),
            "date": unix(self.date),
        }
        return body | self._origin() | self._content() | self._extras()

    def _origin(self) -> JsonObject:
        posted = self.chat.kind == "channel"
        by_chat = self.as_chat or posted
        return present(
            **{"from": self.sender.as_json() if self.sender and not posted else None},
            sender_chat=self.chat.as_json() if by_chat else None,
            message_thread_id=self.thread_id,
            is_topic_message=self.in_topic,
        )

    def _content(self) -> JsonObject:
        if self.service is not None:
            return self.service
        text, entities = ("caption", "caption_entities") if self.media else ("text", "entities")
        marks = [entity.as_json() for entity in self.entities]
        return (self.media or {}) | present(**{text: self.text or None, entities: marks or None})

    def _extras(self) -> JsonObject:
        return present(
            edit_date=unix(self.edited) if self.edited else None,
            reply_markup=self.reply_markup,
            link_preview_options=self.link_preview_options,
            reply_to_message=self.reply_to.as_json() if self.reply_to else None,
            via_bot=self.via_bot.as_json() if self.via_bot else None,
            has_protected_content=self.protected,
        )


@dataclass(frozen=True, slots=True)
class Call:
    """One request of the bot: `ok` is None while it is unanswered; `params` are decoded.

    `code` is the HTTP status, None where the connection was closed without an answer.
    """

    method: str
    params: JsonObject
    ok: bool | None = None
    code: int | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What answerCallbackQuery showed to the person who pressed."""

    text: str = ""
    show_alert: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Press:
    """A button pressed, and the answer once the bot gave one. `too_old`: of the message Telegram
    tells no more than its number."""

    id: str
    user: User
    message: Message
    data: str
    at: datetime
    answer: Answer | None = None
    too_old: bool = False

    def as_json(self) -> JsonObject:
        """A CallbackQuery; under an inline message it does not say which message of which chat."""
        inline_id = self.message.inline_id
        where = {"inline_message_id": inline_id} if inline_id else {"message": self._message()}
        return {
            "id": self.id,
            "from": self.user.as_json(),
            **where,
            "chat_instance": str(self.message.chat.id),
            "data": self.data,
        }

    def _message(self) -> JsonObject:
        """A MaybeInaccessibleMessage."""
        told = self.message.as_json()
        if self.too_old:
            return {"chat": told["chat"], "message_id": told["message_id"], "date": 0}
        return told


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """What answerInlineQuery gave: InlineQueryResults as they came, and what goes with them.

    `next_offset` "" means that there are no more; `button` is an InlineQueryResultsButton.
    """

    results: tuple[JsonObject, ...]
    next_offset: str = ""
    button: JsonObject | None = None


@dataclass(frozen=True, slots=True)
class Keyboard:
    """What stands in place of the letters' keyboard since a message of the bot's.

    `markup` is a ReplyKeyboardMarkup, ReplyKeyboardRemove or ForceReply; `only` the users who
    see a selective one, None everybody.
    """

    message_id: int
    markup: JsonObject
    only: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that was sent. `size` is bytes; `width` and `height` pixels, of pictures only."""

    id: str
    unique_id: str
    name: str
    mime_type: str
    size: int
    width: int = 0
    height: int = 0

    @property
    def path(self) -> str:
        """What stands behind `/file/bot<token>/`."""
        return f"{'photos' if self.width else 'documents'}/{self.id}"
