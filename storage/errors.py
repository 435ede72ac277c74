"""The tree of Dateline's errors. Each message says what to do next.

::

    DatelineError
     ├─ StorageError
     │   ├─ DatabaseUnreachable     the database cannot be opened
     │   ├─ DatabaseUnavailable     nothing can be read from it or written to it for now
     │   │   └─ DatabaseLocked      another process writes to it all the time
     │   ├─ DatabaseTooNew          a newer Dateline has migrated it
     │   ├─ UpgradeFailed           its rows would not survive the migration
     │   └─ ExpansionFailed         an announcement's followers cannot be given their alerts
     └─ (bot/errors.py)
"""


class DatelineError(Exception):
    """The root: everything that Dateline itself raises."""


class StorageError(DatelineError):
    """Something about the database."""


class DatabaseUnreachable(StorageError):
    """The database cannot be opened."""


class DatabaseUnavailable(StorageError):
    """The database can't be used for now: its disk is full, it may only be read, or its server
    is not there. It may be well again the next moment."""


class DatabaseLocked(DatabaseUnavailable):
    """Another process wrote to the database for longer than it is waited for."""


class DatabaseTooNew(StorageError):
    """The database was migrated by a newer version of Dateline."""


class UpgradeFailed(StorageError):
    """Rows of the database would not survive its migration."""


class ExpansionFailed(StorageError):
    """The followers of ``announcement`` (its row) cannot be given their alerts."""

    def __init__(self, announcement: int) -> None:
        super().__init__(
            f"Announcement {announcement} cannot be expanded; the others are. Please report it."
        )
        self.announcement = announcement
