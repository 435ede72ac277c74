"""``python -m storage.migrations new "why"``: write a migration from what tables.py changed."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from storage.migrations import config, upgrade


def main(arguments: list[str]) -> int:
    """Compare the tables with a fresh database and write the difference as a migration."""
    if len(arguments) != 2 or arguments[0] != "new":
        sys.stderr.write('Usage: python -m storage.migrations new "why"\n')
        return 2
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'fresh.db'}")
        with engine.connect() as connection:
            upgrade(connection)
            settings = config()
            settings.attributes["connection"] = connection
            command.revision(settings, arguments[1], autogenerate=True, rev_id=_next_number())
    return 0


def _next_number() -> str:
    script = ScriptDirectory.from_config(config())
    return f"{len(list(script.walk_revisions())) + 1:04}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
