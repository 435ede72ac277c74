"""What the import contracts can't tell apart."""

from __future__ import annotations

import re
from pathlib import Path

import bot.app

TRANSACTION = re.compile(r"\.(?:transaction|reading)\(\) as ")


def test_app_hands_the_database_on_and_asks_it_nothing() -> None:
    files = list(Path(bot.app.__path__[0]).rglob("*.py"))
    asking = [path.name for path in files if TRANSACTION.search(path.read_text(encoding="utf-8"))]
    assert asking == []
    assert len(files) > 10
