"""Which reports tell of the same event, by what they say.

A wrong merge hides news and a split only repeats it: where the evidence is thin, split.
"""

from bot.core.likeness.recent import RecentReports
from bot.core.likeness.told import ComparedReport, Thresholds

__all__ = ["ComparedReport", "RecentReports", "Thresholds"]
