"""Places that reports come from: those that the settings list, and ``dateline sources``."""
