"""The stand-in's world: who is there, which chats there are, who comes and goes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.standin.entities import Formatted
from bot.standin.model import Chat, ChatKind, JsonObject, Message, Status, Topic, User
from bot.standin.people import People, Where, Who
from bot.standin.roster import INSIDE

_FIRST_SUPERGROUP = -1_000_000_000_000


class World(People):
    """A Telegram of one's own.

    `reads_all` False is privacy mode: in groups the bot then sees only commands, replies to
    itself and service messages (Bot API: "Privacy mode"). Where a method has `by`, that is who
    does it: with it the chat shows a service message, and the bot is told as by Telegram.
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

    def set_language(self, user: Who, code: str | None) -> User:
        """Set the language of somebody's Telegram (an IETF language tag), or none."""
        person = replace(self._user(user), language_code=code or None)
        self.roster.users[person.id] = person
        self.changed.fire()
        return person

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
        self.changed.fire()
        return chat

    def add_supergroup(self, title: str, owner: Who | None = None, forum: bool = False) -> Chat:
        """Add a supergroup, on request with topics."""
        return self.add_group(title, owner, kind="supergroup", forum=forum)

    def add_channel(
        self, title: str, owner: Who | None = None, username: str | None = None
    ) -> Chat:
        """Add a channel where the bot is an administrator."""
        return self.add_group(title, owner, kind="channel", username=username, bot="administrator")

    # --- topics ---

    def make_forum(self, chat: Chat, forum: bool = True) -> Chat:
        """Give a supergroup topics, or take them away."""
        self.roster.chats[chat.id] = replace(self.roster.chats[chat.id], is_forum=forum)
        self.changed.fire()
        return self.roster.chats[chat.id]

    def add_topic(self, chat: Chat, name: str, by: Who | None = None) -> int:
        """Add a topic to a forum; gives its message_thread_id."""
        thread_id = self.next_message_id()
        topic = self.roster.topics[chat.id, thread_id] = Topic(thread_id, name)
        if by is not None:
            message = self._new(by, chat, Formatted(""), None, thread_id)
            service: JsonObject = {"forum_topic_created": topic.as_json()}
            self._publish(replace(message, id=thread_id, service=service), "message")
        self.changed.fire()
        return thread_id

    def close_topic(
        self, chat: Chat, thread_id: int, closed: bool = True, by: Who | None = None
    ) -> None:
        """Close a topic, or open it again."""
        self.roster.set_topic_closed(chat.id, thread_id, closed)
        what = "forum_topic_closed" if closed else "forum_topic_reopened"
        if by is not None:
            self._serve(chat, {what: {}}, by, thread_id)
        self.changed.fire()

    def delete_topic(self, chat: Chat, thread_id: int) -> None:
        """Delete a topic and what stands in it."""
        del self.roster.topics[chat.id, thread_id]
        for message in self.messages(chat):
            if message.thread_id == thread_id:
                self.drop_message(message)
        self.changed.fire()

    # --- members ---

    def join(self, chat: Chat, user: Who, status: Status = "member") -> None:
        """Somebody comes in, or gets another status; who comes is announced in groups."""
        person = self._user(user)
        new = self.roster.status(chat.id, person.id) not in INSIDE
        self.set_status(chat, person, status)
        if new and chat.kind != "channel":
            self._serve(chat, _come(person), person)

    def leave(self, chat: Chat, user: Who) -> None:
        """Somebody goes; announced in groups."""
        person = self._user(user)
        self.set_status(chat, person, "left")
        if chat.kind != "channel":
            self._serve(chat, _gone(person), person)

    def set_status(self, chat: Chat, user: Who, status: Status) -> None:
        """Make somebody administrator, member, …; the bot's own status makes an update.

        That of others does where the bot is an administrator and asked for `chat_member`.
        """
        person = self._user(user)
        if person == self.bot:
            self._move_bot(chat, self.bot, status)
            return
        before = self.roster.status(chat.id, person.id)
        self.roster.set_status(chat.id, person.id, status)
        if self.roster.status(chat.id, self.bot.id) == "administrator":
            body = self._changed_member(chat, person, person, before)
            self.updates.put("chat_member", body)
        self.changed.fire()

    # --- the bot comes and goes ---

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

    def kick(self, chat: Chat, by: Who, *, announced: bool = False) -> None:
        """Throw the bot out of a chat; `announced` as groups do, by a service message."""
        person = self._user(by)
        self._move_bot(chat, person, "kicked")
        if announced and chat.kind != "channel":
            self._serve(chat, _gone(self.bot), person)

    def invite(
        self, chat: Chat, by: Who, status: Status = "member", *, announced: bool = False
    ) -> None:
        """Take the bot into a chat, or change what it is there; `announced` as by `kick`."""
        person = self._user(by)
        new = self.roster.status(chat.id, self.bot.id) not in INSIDE
        self._move_bot(chat, person, status)
        if announced and new and chat.kind != "channel":
            self._serve(chat, _come(self.bot), person)

    def migrate(self, chat: Chat, to: int | None = None) -> Chat:
        """Turn a group into a supergroup (of this id); gives the new chat."""
        number = to or _FIRST_SUPERGROUP - 1000 - self.next_id()
        new = Chat(number, "supergroup", chat.title)
        self.roster.upgrade(chat, new)
        self._serve(chat, {"migrate_to_chat_id": new.id})
        self._serve(new, {"migrate_from_chat_id": chat.id})
        return new

    # --- inside ---

    def _serve(
        self, chat: Where, service: JsonObject, by: Who | None = None, thread: int | None = None
    ) -> Message:
        message = self._new(by, chat, Formatted(""), None, thread)
        return self._publish(replace(message, service=service), "message")


def _come(user: User) -> JsonObject:
    return {"new_chat_members": [user.as_json()]}


def _gone(user: User) -> JsonObject:
    return {"left_chat_member": user.as_json()}
