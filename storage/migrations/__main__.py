"""For developers: ``python -m storage.migrations new "why"`` writes a migration from what the
tables changed."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from storage.migrations import config, upgrade

USAGE = 'Usage: python -m storage.migrations new "why"\n'


def main(arguments: list[str]) -> int:
    """Do what the arguments say; 0 done, 2 wrong arguments."""
    match arguments:
        case ["new", why]:
            with _fresh_database() as settings:
                command.revision(settings, why, autogenerate=True, rev_id=_next_number())
            return 0
    sys.stderr.write(USAGE)
    return 2


@contextmanager
def _fresh_database() -> Iterator[Config]:
    """Alembic's settings over a database that all migrations have built."""
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'fresh.db'}")
        with engine.connect() as connection:
            upgrade(connection)
            settings = config()
            settings.attributes["connection"] = connection
            yield settings
        engine.dispose()


def _next_number() -> str:
    script = ScriptDirectory.from_config(config())
    return f"{len(list(script.walk_revisions())) + 1:04}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
