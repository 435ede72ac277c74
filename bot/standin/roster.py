"""Who is there and where: users, chats, memberships, topics; and where the bot may write."""

from __future__ import annotations

from dataclasses import replace

from bot.standin.model import Chat, ChatKind, JsonObject, Status, Topic, User
from bot.standin.refusal import bad_request, forbidden, migrated

INSIDE: frozenset[Status] = frozenset({"creator", "administrator", "member"})
RULES: frozenset[Status] = frozenset({"creator", "administrator"})
_CHAT_NAMES = {"group": "group chat", "supergroup": "supergroup chat", "channel": "channel chat"}
_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)


# Rights that exist in some kinds of chats only (Bot API: ChatMemberAdministrator).
_MORE_RIGHTS: dict[ChatKind, tuple[str, ...]] = {
    "private": (),
    "group": ("can_pin_messages",),
    "supergroup": ("can_pin_messages", "can_manage_topics"),
    "channel": ("can_post_messages", "can_edit_messages", "can_manage_direct_messages"),
}


def chat_member(user: User, status: Status, kind: ChatKind) -> JsonObject:
    """A ChatMember of any status; administrators have every right there is in such a chat."""
    body: JsonObject = {"status": status, "user": user.as_json()}
    if status == "creator":
        return body | {"is_anonymous": False}
    if status == "administrator":
        rights = dict.fromkeys((*_RIGHTS, *_MORE_RIGHTS[kind]), True)
        return body | {"can_be_edited": False, "is_anonymous": False} | rights
    return body | ({"until_date": 0} if status == "kicked" else {})


class Roster:
    """Users and chats by id. A private chat exists as soon as its user does."""

    def __init__(self, bot: User) -> None:
        self.bot = bot
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.topics: dict[tuple[int, int], Topic] = {}
        self.moved: dict[int, int] = {}
        self.deactivated: set[int] = set()
        self._members: dict[int, dict[int, Status]] = {}

    def add_user(self, user: User) -> Chat:
        """Add a person and the private chat, which the bot may not open by itself."""
        if user.id in self.users:
            raise ValueError(f"user id {user.id} is taken; choose another")
        self.users[user.id] = user
        return self.add_chat(Chat(user.id, "private", user.first_name, user.username))

    def add_chat(self, chat: Chat) -> Chat:
        """Add a chat without members."""
        if chat.id in self.chats:
            raise ValueError(f"chat id {chat.id} is taken; choose another")
        self.chats[chat.id] = chat
        return chat

    def status(self, chat_id: int, user_id: int) -> Status:
        """What the user is in the chat; "left" also for one who never was there."""
        return self._members.get(chat_id, {}).get(user_id, "left")

    def set_status(self, chat_id: int, user_id: int, status: Status) -> None:
        self._members.setdefault(chat_id, {})[user_id] = status

    def members(self, chat_id: int) -> dict[int, Status]:
        """Status by user id, of those who are or were in the chat."""
        return dict(self._members.get(chat_id, {}))

    def inside(self, chat_id: int) -> dict[int, Status]:
        """Status by user id, of those who are in the chat now."""
        members = self._members.get(chat_id, {})
        return {one: status for one, status in members.items() if status in INSIDE}

    def administrators(self, chat_id: int) -> list[JsonObject]:
        """ChatMembers with rights, without other bots."""
        found = [(self.users[one], status) for one, status in self.members(chat_id).items()]
        kind = self.chats[chat_id].kind
        return [chat_member(user, status, kind) for user, status in found if status in RULES]

    def find(self, chat_id: int | str) -> Chat:
        """The chat with this id or @username; Refusal "chat not found"."""
        if isinstance(chat_id, int):
            found = self.chats.get(chat_id)
        else:
            name = chat_id.removeprefix("@").lower()
            named = [one for one in self.chats.values() if (one.username or "").lower() == name]
            found = named[0] if named and chat_id.startswith("@") else None
        if not found:
            raise bad_request("chat not found")
        return found

    def upgrade(self, old: Chat, new: Chat) -> None:
        """Turn a group into a supergroup that keeps its members."""
        self.add_chat(new)
        self._members[new.id] = self.members(old.id)
        self.moved[old.id] = new.id

    def set_topic_closed(self, chat_id: int, thread_id: int, closed: bool) -> None:
        """Close or reopen a topic."""
        topic = self.topics[chat_id, thread_id]
        self.topics[chat_id, thread_id] = replace(topic, closed=closed)

    def check_writable(self, chat: Chat) -> None:
        """Refusal with Telegram's reason where the bot may not write to the chat."""
        if chat.id in self.moved:
            raise migrated(self.moved[chat.id])
        status = self.status(chat.id, self.bot.id)
        if chat.kind == "private":
            self._check_private(chat, status)
        elif status not in INSIDE:
            verb = "was kicked from" if status == "kicked" else "is not a member of"
            raise forbidden(f"bot {verb} the {_CHAT_NAMES[chat.kind]}")
        elif chat.kind == "channel" and status not in RULES:
            raise bad_request("need administrator rights in the channel chat")

    def _check_private(self, chat: Chat, status: Status) -> None:
        if chat.id in self.deactivated:
            raise forbidden("user is deactivated")
        if status == "kicked":
            raise forbidden("bot was blocked by the user")
        if status == "left":
            raise forbidden("bot can't initiate conversation with a user")

    def check_thread(self, chat: Chat, thread_id: int | None) -> None:
        """Refusal where the topic is missing or closed; None is the general topic."""
        if thread_id is None:
            return
        topic = self.topics.get((chat.id, thread_id))
        if not topic:
            raise bad_request("message thread not found")
        if topic.closed:
            raise bad_request("TOPIC_CLOSED")
