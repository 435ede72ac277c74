"""Events as readers see them: mentions, announcements, and the questions asked of them."""

from __future__ import annotations

from storage.events.asking import Asking, Sought
from storage.events.counting import Counting, Naming
from storage.events.keeping import Keeping
from storage.events.merging import Merging
from storage.events.rows import NewMention, ShownEvent, entity_of

__all__ = ["EventStore", "Naming", "NewMention", "ShownEvent", "Sought", "entity_of"]


class EventStore(Keeping, Merging, Asking, Counting):
    """Events, their mentions and announcements. Readers are answered with shown events only,
    and of those that turned out to be one with the one that is left."""
