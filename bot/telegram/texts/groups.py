"""Groups, channels, and limits."""

from __future__ import annotations

from bot.telegram.texts.plural import Plural

GROUP_HELLO = "Hello! I tell this group what happened to those whom it follows."
GROUP_BEGIN = "Administrators begin with /follow and a name, such as: /follow Vladimir Putin"
GROUP_ASK = "Everybody may ask: /today, /related, /search."
GROUP_NAMES = "Reply to a message of mine with a name: I look up who that is and what is new."
GROUP_TOPICS = "Each topic of this group can follow its own."
CHANNEL_HELLO = "Hello! I post here what happened to those whom this channel follows."
CHANNEL_BEGIN = (
    "Begin with a post of /follow and a name. Or, unseen by your readers, write it to me in "
    "private: /follow NAME {address}"
)
CHANNEL_BEGIN_POST = (
    "Begin with a post of /follow and a name. Once I have answered, you may delete both: I go on "
    "following."
)
HELP_ALL = "For everybody"
HELP_ADMINS = "For administrators"

NOT_ADMIN = "Only administrators of this chat can do that."
NOT_ADMIN_FOLLOWS = (
    "Only administrators of this chat can do that. In private you can follow whomever you like."
)
CANT_TELL_ADMINS = "I can’t check just now who is an administrator here. Try again in a minute."
ONLY_PRIVATE = "That works in our private chat only."
ONLY_PRIVATE_DATA = (
    "That works in our private chat only. There, administrators of this chat can do it for this "
    "chat: {command}"
)
ONLY_PRIVATE_TARGET = "Tell me in our private chat what to do for another group or channel."

FOR_CHAT = "For {chat}:"
TARGET_NOT_LET_IN = "My operator has not let {name} in. You can ask them to."
TARGET_UNKNOWN = (
    "I know no group or channel called {name}. Check the name, and that I have been added there."
)
TARGET_NOT_ADMIN = "I can change {name} only for its administrators, and you are not one of them."
TARGET_NOT_THERE = (
    "I am not in {name}. Add me there as an administrator who may post, then send that again."
)
TARGET_MAY_NOT_POST = (
    "I may not post in {name}. Give me the right to post there, then send that again."
)
TARGET_CANT_TELL = "I can’t check just now what you may do in {name}. Try again in a minute."

TOO_FAST = Plural(
    "That was more than {count} command in a minute. I listen again in a minute.",
    "That was more than {count} commands in a minute. I listen again in a minute.",
)
NOT_ALLOWED = (
    "I answer only those whom my operator has let in. Ask them, naming the number of this chat: "
    "{number}"
)

BUTTON_PRIVATE = "Our private chat"
BUTTON_ADD_TO_CHANNEL = "Add me to a channel"
BUTTON_ADD_TO_GROUP = "Add me to a group"
