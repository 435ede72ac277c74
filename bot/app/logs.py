"""Logging: where, how much, in which form. Never a token."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterable
from datetime import UTC, datetime

from bot.config import Settings

# These write much at INFO. (What asks Telegram is silenced where a bot is opened.)
_TALKATIVE = ("uvicorn", "aiosqlite", "alembic", "matplotlib")
# It warns of every tick left out because the one before is still at work, which is meant.
_SILENT = ("apscheduler",)


class JsonFormatter(logging.Formatter):
    """One JSON document a line: time, level, logger, message, and the trace if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as a line."""
        document = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            document["trace"] = self.formatException(record.exc_info)
        return json.dumps(document, ensure_ascii=False)


class WithoutSecrets(logging.Formatter):
    """Writes lines as another formatter does, with secrets taken out of all of it: the message,
    the trace, the stack."""

    def __init__(self, inner: logging.Formatter, secrets: Iterable[str]) -> None:
        super().__init__()
        self._inner = inner
        self._secrets = [secret for secret in secrets if secret]

    def format(self, record: logging.LogRecord) -> str:
        """The record as a line, cleaned."""
        line = self._inner.format(record)
        for secret in self._secrets:
            line = line.replace(secret, "…")
        return line


def set_up_logging(settings: Settings, *, quiet: bool = False) -> None:
    """Log to standard error; ``quiet``: only what went wrong, for commands that print."""
    handler = logging.StreamHandler(sys.stderr)
    plain = logging.Formatter("%(asctime)s %(levelname)-7s %(message)s", "%Y-%m-%d %H:%M:%S")
    written = JsonFormatter() if settings.log_format == "json" else plain
    handler.setFormatter(WithoutSecrets(written, [settings.bot_token]))
    level = logging.ERROR if quiet else settings.log_level.upper()
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in _SILENT:
        logging.getLogger(name).setLevel(logging.ERROR)
