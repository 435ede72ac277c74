"""Reports: what each page says, what readers see of it, and earlier wordings."""

from __future__ import annotations

from storage.reports.asking import Asking
from storage.reports.keeping import Keeping
from storage.reports.rows import ToldReport

__all__ = ["ReportStore", "ToldReport"]


class ReportStore(Keeping, Asking):
    """Reports with their standing."""
