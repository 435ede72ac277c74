"""The tree of Dateline's errors, as far as the bot adds to it.

::

    DatelineError                   (storage/errors.py)
     ├─ StorageError                (storage/errors.py)
     ├─ SettingsError               one or more settings are wrong; names them all
     ├─ InputError                  a file or argument of a command is unusable
     └─ SourceError                 a source could not be read
         ├─ SourceUnreachable       no connection, time-out, 5xx: try again later
         ├─ SourceBusy              429 or 503 with Retry-After: try again then
         └─ SourceUnreadable        it answered, but not with what was asked for
             ├─ SourceGone          410: it will not come back
             ├─ PrivateAddress      it lies in a private network, where strangers lead nobody
             └─ NotAFeed            what it answered is no feed; names those of a web page
"""

from storage.errors import DatelineError

__all__ = [
    "DatelineError",
    "InputError",
    "NotAFeed",
    "PrivateAddress",
    "SettingsError",
    "SourceBusy",
    "SourceError",
    "SourceGone",
    "SourceUnreachable",
    "SourceUnreadable",
]


class SettingsError(DatelineError):
    """One or more settings are wrong; the message names each with what it should be."""


class InputError(DatelineError):
    """A file or argument given to a command cannot be used."""


class SourceError(DatelineError):
    """A source could not be read."""


class SourceUnreachable(SourceError):
    """No connection, a time-out or a server error: to be tried again later."""


class SourceBusy(SourceError):
    """The source asks us to wait ``retry_after`` seconds."""

    def __init__(self, message: str, retry_after: float) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class SourceUnreadable(SourceError):
    """The source answered with something other than what was asked for."""


class SourceGone(SourceUnreadable):
    """The source is gone for good, as its server says (status 410): not to be asked again."""


class PrivateAddress(SourceUnreadable):
    """The address is not one of the public internet, and not the operator's own word;
    ``is_given``: it is the one that was asked for, and no redirect led there."""

    def __init__(self, reason: str, *, is_given: bool = True) -> None:
        super().__init__(reason)
        self.is_given = is_given


class NotAFeed(SourceUnreadable):
    """The answer is no feed; ``feeds`` are the addresses of those that the page names."""

    def __init__(self, reason: str, feeds: tuple[str, ...] = ()) -> None:
        super().__init__(reason)
        self.feeds = feeds
