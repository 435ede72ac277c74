"""The composition root: the only place where parts are put together, a file a command."""
