"""The durable queue of messages to send, and the lasting record of alerts sent.

An alert's row is made when its announcement expands and stays for ever: it is what keeps
a second alert of one event from one chat. An edit is no row of its own but a state of
the alert's row (``stale``): so one edit waits per message, and it is always the newest.
When events are merged, a row may become that of another event (``uniting``).
"""

from __future__ import annotations

from storage.outbox.asking import Asking
from storage.outbox.claiming import Claiming
from storage.outbox.digesting import Digesting
from storage.outbox.expanding import Expanding
from storage.outbox.filling import Filling
from storage.outbox.holding import Holding
from storage.outbox.rows import BATCH, BUNDLING, EDITABLE
from storage.outbox.settling import Settling
from storage.outbox.spreading import Spreading

__all__ = ["BATCH", "BUNDLING", "EDITABLE", "OutboxStore"]


class OutboxStore(Filling, Expanding, Digesting, Spreading, Holding, Claiming, Settling, Asking):
    """Outgoing messages: filled in, bundled, claimed, settled, asked for.

    A claim leases rows; whoever dies with them loses them by time.
    """
