"""What people do in chats: write, reply, press, ask inline, say where they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.standin.backend import Backend
from bot.standin.composing import thread_in
from bot.standin.entities import Entity, Formatted, detect, tidy
from bot.standin.inline import chosen_content, chosen_markup, chosen_preview
from bot.standin.limits import MAX_TEXT, is_deep_link
from bot.standin.media import photo_of_app
from bot.standin.model import Chat, JsonObject, Message, Press, Status, User, unix
from bot.standin.privacy import is_seen
from bot.standin.roster import chat_member

# The user whom Telegram names as sender of an anonymous administrator's message.
ANONYMOUS = User(1087968824, "Group", "GroupAnonymousBot", is_bot=True)

Who = User | int
Where = Chat | User | int | None
Which = Message | int | None


class People(Backend):
    """A Telegram whose people write and press. Every action is what a person does in an app."""

    # --- writing ---

    def say(
        self,
        user: Who,
        text: str,
        chat: Where = None,
        reply_to: Which = None,
        thread: int | None = None,
        *,
        anonymously: bool = False,
        entities: Iterable[Entity] = (),
    ) -> Message:
        """Write a message: to the bot, or in a chat. Makes an update and gives the message.

        `anonymously` is an administrator who writes as the group; `entities` are how the text
        is formatted. Writing to the bot unblocks it. ValueError for a text that no app sends.
        """
        message = self._new(user, chat, _typed(text, entities), reply_to, thread)
        return self._write(message, anonymously)

    def send_photos(
        self, user: Who, caption: str = "", chat: Where = None, *, count: int = 1
    ) -> list[Message]:
        """Send a photo, or an album of several: each is a message of its own, the first has the
        caption."""
        album = {"media_group_id": str(self.next_id())} if count > 1 else {}
        content = _typed(caption) if caption else Formatted("")
        sent = []
        for number in range(count):
            message = self._new(user, chat, Formatted("") if number else content)
            photo = photo_of_app(self)
            sent.append(self._write(replace(message, media=photo | album)))
        return sent

    def send_location(
        self,
        user: Who,
        latitude: float,
        longitude: float,
        chat: Where = None,
        reply_to: Which = None,
        thread: int | None = None,
    ) -> Message:
        """Say where one is, in degrees; ValueError for a place that is not on Earth."""
        if not (abs(latitude) <= 90 and abs(longitude) <= 180):
            raise ValueError(f"no place on Earth is at {latitude}, {longitude}")
        message = self._new(user, chat, Formatted(""), reply_to, thread)
        place = {"location": {"latitude": latitude, "longitude": longitude}}
        return self._write(replace(message, media=place))

    def post(self, chat: Chat, text: str, reply_to: Which = None) -> Message:
        """Write a post in a channel."""
        return self._publish(self._new(None, chat, _typed(text), reply_to), "message")

    def edit(self, message: Message, text: str) -> Message:
        """Change a message that a person wrote."""
        content = _typed(text)
        edited = replace(message, text=content.text, entities=content.entities, edited=self.now())
        return self._publish(edited, "edited_message")

    def start(self, user: Who, payload: str = "") -> Message:
        """Press Start, or open a deep link with this payload."""
        if payload and not is_deep_link(payload):
            raise ValueError(f"no app opens a deep link with {payload!r}")
        return self.say(user, f"/start {payload}".strip())

    # --- pressing ---

    def press(
        self,
        user: Who,
        message: Message | int,
        data_or_label: str,
        chat: Where = None,
        *,
        too_old: bool = False,
    ) -> Press:
        """Press a button with callback data. Makes an update; `presses[press.id]` gets the answer.

        `too_old` is a message of which Telegram tells no more than its number (Bot API:
        InaccessibleMessage).

        LookupError where the message or the button is not there, ValueError where the button
        sends no data.
        """
        person = self._user(user)
        shown = self._shown(message, self._place(user, chat) if chat is not None else None)
        data = shown.button(data_or_label).get("callback_data")
        if data is None:
            raise ValueError(f"the button {data_or_label!r} sends nothing to the bot")
        press = Press(str(self.next_id()), person, shown, data, self.now(), too_old=too_old)
        self.presses[press.id] = press
        self.updates.put("callback_query", press.as_json())
        return press

    def expire_presses(self) -> None:
        """Let all buttons pressed so far become too old to be answered."""
        self.presses.clear()

    # --- asking inline ---

    def ask_inline(
        self, user: Who, query: str, offset: str = "", chat_type: str | None = None
    ) -> str:
        """Type `@bot query` in some chat; gives the inline query's id.

        `inline_answers[id]` gets what the bot answers; `offset` is the `next_offset` of the
        answer before. `chat_type` is "sender" in the chat with the bot, else the chat's kind.
        """
        query_id = str(self.next_id())
        sender = self._user(user).as_json()
        body: JsonObject = {"id": query_id, "from": sender, "query": query, "offset": offset}
        self.inline_queries[query_id] = None
        self.updates.put("inline_query", body | ({"chat_type": chat_type} if chat_type else {}))
        return query_id

    def choose_inline(
        self,
        user: Who,
        query_id: str,
        result_id: str,
        chat: Where = None,
        reply_to: Which = None,
        thread: int | None = None,
    ) -> Message:
        """Choose a result: its text is sent via the bot. LookupError where there is no such one."""
        answer = self.inline_answers.get(query_id)
        found = [one for one in answer.results if one["id"] == result_id] if answer else []
        if not found:
            raise LookupError(f"inline query {query_id} has no result {result_id!r}")
        message = self._new(user, chat, chosen_content(self, found[0]), reply_to, thread)
        markup = chosen_markup(found[0])
        chosen = replace(
            message,
            reply_markup=markup,
            link_preview_options=chosen_preview(found[0]),
            via_bot=self.bot,
            inline_id=f"inline-{message.id}" if markup else None,
        )
        return self._write(chosen)

    # --- inside ---

    def _user(self, who: Who) -> User:
        """As they are known by now: whoever is remembered may have another name or language."""
        if isinstance(who, User):
            return self.roster.users.get(who.id, who)
        return self.roster.users[who]

    def _place(self, user: Who | None, chat: Where) -> Chat:
        """The chat as it is by now; without one, the user's own with the bot."""
        if chat is None:
            return self.roster.chats[self._user(user or 0).id]
        if isinstance(chat, Chat):
            return self.roster.chats.get(chat.id, chat)
        return self.roster.find(chat if isinstance(chat, int) else chat.id)

    def _shown(self, message: Message | int, place: Chat | None) -> Message:
        number = message if isinstance(message, int) else message.id
        chats = [place.id] if place else list(self.roster.chats)
        found = [self.find_message(chat_id, number) for chat_id in chats]
        shown = [one for one in found if one]
        if not shown:
            raise LookupError(f"no chat shows message {number}")
        return shown[0]

    def _new(
        self,
        user: Who | None,
        chat: Where,
        content: Formatted,
        reply_to: Which = None,
        thread: int | None = None,
    ) -> Message:
        person = None if user is None else self._user(user)
        place = self._place(person, chat)
        quoted = self._shown(reply_to, place) if reply_to is not None else None
        thread_id, in_topic = thread_in(place, thread, quoted)
        return Message(
            id=self.next_message_id(),
            chat=place,
            date=self.now(),
            sender=person,
            text=content.text,
            entities=content.entities,
            reply_to=replace(quoted, reply_to=None) if quoted else None,
            thread_id=thread_id,
            in_topic=in_topic,
        )

    def _write(self, message: Message, anonymously: bool = False) -> Message:
        if message.sender and message.chat.kind == "private":
            self._let_in(message.sender)
        if message.in_topic and message.reply_to is None:
            message = replace(message, reply_to=self._beginning(message))
        if anonymously:
            message = replace(message, sender=ANONYMOUS, as_chat=True)
        return self._publish(message, "message")

    def _beginning(self, message: Message) -> Message | None:
        """The creation of a message's topic, to which replies what there replies to nothing."""
        topic = self.roster.topics.get((message.chat.id, message.thread_id or 0))
        if topic is None:
            return None
        created: JsonObject = {"forum_topic_created": topic.as_json()}
        made = replace(message, id=topic.id, sender=None, text="", entities=(), media=None)
        return self.find_message(message.chat.id, topic.id) or replace(made, service=created)

    def _publish(self, message: Message, kind: str) -> Message:
        self.keep(message)
        if message.chat.kind == "channel":
            kind = {"message": "channel_post", "edited_message": "edited_channel_post"}[kind]
        if is_seen(self, message):
            self.updates.put(kind, message.as_json())
        return message

    def _let_in(self, person: User) -> None:
        """Whoever writes to the bot has started it, and blocks it no longer."""
        if self.roster.status(person.id, self.bot.id) == "kicked":
            self._move_bot(self.roster.chats[person.id], person, "member")
        self.roster.set_status(person.id, self.bot.id, "member")

    def _move_bot(self, chat: Chat, by: User, status: Status) -> None:
        before = self.roster.status(chat.id, self.bot.id)
        self.roster.set_status(chat.id, self.bot.id, status)
        self.updates.put("my_chat_member", self._changed_member(chat, by, self.bot, before))
        self.changed.fire()

    def _changed_member(self, chat: Chat, by: User, member: User, before: Status) -> JsonObject:
        """A ChatMemberUpdated."""
        now = self.roster.status(chat.id, member.id)
        return {
            "chat": self.roster.chats[chat.id].as_json(),
            "from": by.as_json(),
            "date": unix(self.now()),
            "old_chat_member": chat_member(member, before, chat.kind),
            "new_chat_member": chat_member(member, now, chat.kind),
        }


def _typed(text: str, entities: Iterable[Entity] = ()) -> Formatted:
    """What an app makes of typed text: trimmed, with the entities that Telegram finds."""
    content = detect(tidy(Formatted(text, tuple(entities))))
    if not content.text or content.length > MAX_TEXT:
        raise ValueError(f"no app sends a message of {content.length} characters")
    return content
