"""How often Python looks for memory that only cycles of objects hold."""

from __future__ import annotations

import gc

# A look at the young costs what the young cost, one at all there is a quarter of a second with
# the reports of three busy days remembered, in which nothing else goes on. By Python's own
# 700 objects it comes to a tenth of all time, and next to nothing is found: what is done with
# goes by itself, and what is remembered stays.
_YOUNG, _MIDDLING, _ALL = 20_000, 10, 100


def collect_seldom() -> None:
    """Look for garbage after so many new objects as befits a process that remembers much."""
    gc.set_threshold(_YOUNG, _MIDDLING, _ALL)
