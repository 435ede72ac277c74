"""Where the recorded data for tests lies, if it is there at all."""

from __future__ import annotations

import os
from pathlib import Path
from types import MappingProxyType

# Settings of every test that does not say otherwise: nothing is asked for over the network.
NO_FEEDS = MappingProxyType({"FEEDS": "off", "PREVIEWS": "no"})
_ROOT = Path(__file__).resolve().parents[2]
_DEFAULT = _ROOT.parent / "shared" / "data"


def find_data() -> Path | None:
    """The folder named by `DATELINE_DATA`, else the one beside the repository; None if missing."""
    folder = Path(os.environ.get("DATELINE_DATA") or _DEFAULT)
    return folder if folder.is_dir() else None
