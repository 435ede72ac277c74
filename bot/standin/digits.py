"""Telling numbers from other text."""

_LONGEST = 19  # digits of the largest number that fits 64 bits


def is_digits(text: str) -> bool:
    """Whether the text is a number of ASCII digits, not longer than 64 bits hold."""
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST
