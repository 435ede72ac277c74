"""Alembic migrations, applied whenever a command opens the database."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage.errors import DatabaseTooNew, UpgradeFailed

# Any number will do, as long as no other program on the server locks by it.
_POSTGRESQL_LOCK = 0x6461_7465


def needs_upgrade(connection: Connection) -> bool:
    """Whether the database lacks migrations.

    Raises ``DatabaseTooNew`` where a newer Dateline has been at it.
    """
    current = MigrationContext.configure(connection).get_current_revision()
    script = ScriptDirectory.from_config(config())
    if current == script.get_current_head():
        return False
    if current is not None and current not in {r.revision for r in script.walk_revisions()}:
        raise DatabaseTooNew(
            f"The database was migrated by a newer Dateline (revision {current}). "
            "Install that version, or restore a backup made before."
        )
    return True


def upgrade(connection: Connection) -> None:
    """Bring the database to the newest schema, one process at a time.

    Raises ``DatabaseTooNew`` where a newer Dateline has been at it, and ``UpgradeFailed``
    where rows would refer to others that are gone; undo the transaction then.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _POSTGRESQL_LOCK})
    if needs_upgrade(connection):
        settings = config()
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")
        _check_references(connection)


def _check_references(connection: Connection) -> None:
    # PostgreSQL has checked them all along.
    if connection.dialect.name == "sqlite":
        broken = connection.execute(text("PRAGMA foreign_key_check")).first()
        if broken is not None:
            raise UpgradeFailed(
                f"The table {broken[0]} would lose its rows of {broken[2]} by the upgrade, so "
                "nothing was changed. Go on with the version of before, and report this."
            )


def config() -> Config:
    """Alembic's settings; it keeps no ini file."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return settings
