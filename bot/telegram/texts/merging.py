"""Messages whose event turned out to be another's."""

from __future__ import annotations

SAME_EVENT = "Same event as above"
