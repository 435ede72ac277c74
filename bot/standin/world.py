"""The people of the stand-in: what they write, press and block, and what their chats show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.standin.backend import Backend
from bot.standin.entities import Formatted, detect, tidy
from bot.standin.limits import MAX_TEXT, is_deep_link
from bot.standin.model import Chat, ChatKind, JsonObject, Message, Press, Status, Topic, User, unix
from bot.standin.privacy import is_seen
from bot.standin.roster import chat_member

# The user whom Telegram names as sender of an anonymous administrator's message.
ANONYMOUS = User(1087968824, "Group", "GroupAnonymousBot", is_bot=True)
_FIRST_SUPERGROUP = -1_000_000_000_000

Who = User | int
Where = Chat | User | int | None


class World(Backend):
    """A Telegram of one's own. Every action here is what a person does in an app.

    `reads_all` False is privacy mode: in groups the bot then sees only commands, replies to
    itself and service messages (Bot API: "Privacy mode").
    """

    # --- setting up ---

    def add_user(
        self,
        name: str,
        id: int | None = None,  # noqa: A002 - the Bot API's name for it
        language_code: str | None = None,
        username: str | None = None,
        *,
        started: bool = False,
    ) -> User:
        """Add a person; unless `started`, the bot may not write to them before they do."""
        user = User(id or 1000 + self.next_id(), name, username, language_code)
        self.roster.add_user(user)
        if started:
            self.roster.set_status(user.id, self.bot.id, "member")
        return user

    def add_group(
        self,
        title: str,
        owner: Who | None = None,
        members: Iterable[Who] = (),
        *,
        kind: ChatKind = "group",
        id: int | None = None,  # noqa: A002 - the Bot API's name for it
        username: str | None = None,
        forum: bool = False,
        bot: Status = "member",
    ) -> Chat:
        """Add a group (or `kind` supergroup, channel) with the bot in it; makes no update."""
        kind = "supergroup" if forum and kind == "group" else kind
        number = 1000 + self.next_id()
        chat_id = id or (-number if kind == "group" else _FIRST_SUPERGROUP - number)
        chat = self.roster.add_chat(Chat(chat_id, kind, title, username, forum))
        for one in members:
            self.roster.set_status(chat.id, self._user(one).id, "member")
        if owner is not None:
            self.roster.set_status(chat.id, self._user(owner).id, "creator")
        self.roster.set_status(chat.id, self.bot.id, bot)
        return chat

    def add_supergroup(self, title: str, owner: Who | None = None, forum: bool = False) -> Chat:
        """Add a supergroup, on request with topics."""
        return self.add_group(title, owner, kind="supergroup", forum=forum)

    def add_channel(
        self, title: str, owner: Who | None = None, username: str | None = None
    ) -> Chat:
        """Add a channel where the bot is an administrator."""
        return self.add_group(title, owner, kind="channel", username=username, bot="administrator")

    def add_topic(self, chat: Chat, name: str) -> int:
        """Add a topic to a forum; gives its message_thread_id."""
        thread_id = self.next_message_id()
        self.roster.topics[chat.id, thread_id] = Topic(thread_id, name)
        return thread_id

    def close_topic(self, chat: Chat, thread_id: int, closed: bool = True) -> None:
        """Close a topic, or open it again."""
        self.roster.set_topic_closed(chat.id, thread_id, closed)

    def delete_topic(self, chat: Chat, thread_id: int) -> None:
        """Delete a topic and what stands in it."""
        del self.roster.topics[chat.id, thread_id]
        for message in self.messages(chat):
            if message.thread_id == thread_id:
                self.drop_message(message)

    def set_status(self, chat: Chat, user: Who, status: Status) -> None:
        """Make somebody else administrator, member, …; the bot's own status makes an update."""
        person = self._user(user)
        if person == self.bot:
            self._move_bot(chat, self.bot, status)
        else:
            self.roster.set_status(chat.id, person.id, status)

    # --- writing ---

    def say(
        self,
        user: Who,
        text: str,
        chat: Where = None,
        reply_to: Message | int | None = None,
        thread: int | None = None,
        *,
        anonymously: bool = False,
    ) -> Message:
        """Write a message: to the bot, or in a chat. Makes an update and gives the message.

        `anonymously` is an administrator who writes as the group. Writing to the bot unblocks
        it. ValueError for a text that no app sends.
        """
        person, place = self._user(user), self._place(user, chat)
        if place.kind == "private":
            self._let_in(person)
        message = self._new(place, person, _typed(text), reply_to, thread)
        if anonymously:
            message = replace(message, sender=ANONYMOUS, as_chat=True)
        return self._publish(message, "message")

    def post(self, chat: Chat, text: str, reply_to: Message | int | None = None) -> Message:
        """Write a post in a channel."""
        return self._publish(self._new(chat, None, _typed(text), reply_to, None), "message")

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

    def press(
        self, user: Who, message: Message | int, data_or_label: str, chat: Where = None
    ) -> Press:
        """Press a button with callback data. Makes an update; `presses[press.id]` gets the answer.

        LookupError where the message or the button is not there, ValueError where the button
        sends no data.
        """
        person = self._user(user)
        shown = self._shown(message, self._place(user, chat) if chat is not None else None)
        data = shown.button(data_or_label).get("callback_data")
        if data is None:
            raise ValueError(f"the button {data_or_label!r} sends nothing to the bot")
        press = Press(str(self.next_id()), person, shown, data, self.now())
        self.presses[press.id] = press
        self.updates.put("callback_query", press.as_json())
        return press

    def ask_inline(self, user: Who, query: str, offset: str = "") -> str:
        """Type `@bot query` in some chat; gives the inline query's id."""
        query_id = str(self.next_id())
        sender = self._user(user).as_json()
        body = {"id": query_id, "from": sender, "query": query, "offset": offset}
        self.inline_queries[query_id] = None
        self.updates.put("inline_query", body)
        return query_id

    def expire_presses(self) -> None:
        """Let all buttons pressed so far become too old to be answered."""
        self.presses.clear()

    # --- coming and going ---

    def block(self, user: Who) -> None:
        """Block the bot."""
        person = self._user(user)
        self._move_bot(self.roster.chats[person.id], person, "kicked")

    def unblock(self, user: Who) -> None:
        """Unblock the bot."""
        person = self._user(user)
        self._move_bot(self.roster.chats[person.id], person, "member")

    def deactivate(self, user: Who) -> None:
        """Delete the account."""
        self.roster.deactivated.add(self._user(user).id)

    def kick(self, chat: Chat, by: Who) -> None:
        """Throw the bot out of a chat."""
        self._move_bot(chat, self._user(by), "kicked")

    def invite(self, chat: Chat, by: Who, status: Status = "member") -> None:
        """Take the bot into a chat, or change what it is there."""
        self._move_bot(chat, self._user(by), status)

    def migrate(self, chat: Chat) -> Chat:
        """Turn a group into a supergroup; gives the new chat."""
        number = 1000 + self.next_id()
        new = Chat(_FIRST_SUPERGROUP - number, "supergroup", chat.title)
        self.roster.upgrade(chat, new)
        self._serve(chat, {"migrate_to_chat_id": new.id})
        self._serve(new, {"migrate_from_chat_id": chat.id})
        return new

    # --- inside ---

    def _user(self, who: Who) -> User:
        return who if isinstance(who, User) else self.roster.users[who]

    def _place(self, user: Who, chat: Where) -> Chat:
        if chat is None:
            return self.roster.chats[self._user(user).id]
        return (
            chat
            if isinstance(chat, Chat)
            else self.roster.find(chat if isinstance(chat, int) else chat.id)
        )

    def _shown(self, message: Message | int, place: Chat | None) -> Message:
        number = message if isinstance(message, int) else message.id
        chats = [place.id] if place else list(self.roster.chats)
        found = [self.find_message(chat_id, number) for chat_id in chats]
        shown = [one for one in found if one]
        if not shown:
            raise LookupError(f"no chat shows message {number}")
        return shown[0]

    def _let_in(self, person: User) -> None:
        status = self.roster.status(person.id, self.bot.id)
        if status == "kicked":
            self.unblock(person)
        self.roster.set_status(person.id, self.bot.id, "member")

    def _new(
        self,
        chat: Chat,
        sender: User | None,
        content: Formatted,
        reply_to: Message | int | None,
        thread: int | None,
    ) -> Message:
        quoted = self._shown(reply_to, chat) if reply_to is not None else None
        return Message(
            id=self.next_message_id(),
            chat=chat,
            date=self.now(),
            sender=sender,
            text=content.text,
            entities=content.entities,
            reply_to=replace(quoted, reply_to=None) if quoted else None,
            thread_id=thread,
            in_topic=thread is not None,
        )

    def _publish(self, message: Message, kind: str) -> Message:
        self.keep(message)
        if message.chat.kind == "channel":
            kind = {"message": "channel_post", "edited_message": "edited_channel_post"}[kind]
        if is_seen(self, message):
            self.updates.put(kind, message.as_json())
        return message

    def _serve(self, chat: Chat, service: JsonObject) -> None:
        message = self._new(chat, None, Formatted(""), None, None)
        self._publish(replace(message, service=service), "message")

    def _move_bot(self, chat: Chat, by: User, status: Status) -> None:
        before = self.roster.status(chat.id, self.bot.id)
        self.roster.set_status(chat.id, self.bot.id, status)
        body = {
            "chat": chat.as_json(),
            "from": by.as_json(),
            "date": unix(self.now()),
            "old_chat_member": chat_member(self.bot, before),
            "new_chat_member": chat_member(self.bot, status),
        }
        self.updates.put("my_chat_member", body)


def _typed(text: str) -> Formatted:
    """What an app makes of typed text: trimmed, with the entities that Telegram finds."""
    content = detect(tidy(Formatted(text)))
    if not content.text or content.length > MAX_TEXT:
        raise ValueError(f"no app sends a message of {content.length} characters")
    return content
