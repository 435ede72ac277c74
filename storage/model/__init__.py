"""Dateline's words as frozen dataclasses and enums; standard library only.

All times are aware and in UTC. All texts are plain text, without markup.
"""

from storage.model.accounts import (
    Account,
    Citation,
    Dropped,
    Link,
    PageReading,
    Topic,
)
from storage.model.events import (
    Candidate,
    Entity,
    Event,
    Evidence,
    Mention,
    RelatedEvent,
)
from storage.model.messages import (
    Alert,
    Call,
    Chat,
    ChatState,
    Follow,
    FollowMode,
    MessageKind,
    MessageState,
    OutgoingMessage,
)
from storage.model.reports import (
    Page,
    Report,
    Source,
    Standing,
    Telling,
)

__all__ = [
    "Account",
    "Alert",
    "Call",
    "Candidate",
    "Chat",
    "ChatState",
    "Citation",
    "Dropped",
    "Entity",
    "Event",
    "Evidence",
    "Follow",
    "FollowMode",
    "Link",
    "Mention",
    "MessageKind",
    "MessageState",
    "OutgoingMessage",
    "Page",
    "PageReading",
    "RelatedEvent",
    "Report",
    "Source",
    "Standing",
    "Telling",
    "Topic",
]
