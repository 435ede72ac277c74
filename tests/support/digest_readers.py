"""Readers around the world, at the hours where clocks change or days meet."""

from __future__ import annotations

from tests.support.year import Reader

READERS = (
    # The digest's hour comes twice on 29 October; it waits for the end of quiet hours.
    Reader(
        "Europe/Berlin",
        digest_at="02:30",
        quiet=("22:00", "06:30"),
        at_once=("Donald Trump", "Germany", "Spain", "Syrian Civil War", "Russia"),
        digest=("France", "Turkey", "European Union", "Catalonia", "Israel"),
        muted=("United Kingdom",),
    ),
    # Midnight is skipped on 15 October: quiet hours begin before it, and end after it as the
    # digest is due.
    Reader(
        "America/Sao_Paulo",
        digest_at="00:15",
        quiet=("14:30", "00:30"),
        at_once=("United States", "Brazil", "California", "Syrian Civil War", "North Korea",
                 "2017 Spanish constitutional crisis"),
        digest=("Venezuela", "Mexico", "Pope Francis", "Nobel Prize"),
    ),
    # Three quarters of an hour off the others; a digest at the end of quiet hours.
    Reader(
        "Asia/Kathmandu",
        digest_at="07:45",
        quiet=("20:15", "07:45"),
        at_once=("India", "Pakistan", "China", "Myanmar", "Afghanistan", "Saudi Arabia"),
        digest=("Nepal", "Bangladesh", "Rohingya people"),
    ),
    # Clocks skip 2:00 to 3:00 on 1 October, and with it the end of quiet hours.
    Reader(
        "Australia/Sydney",
        digest_at="20:00",
        quiet=("13:00", "02:20"),
        at_once=("Australia", "North Korea", "Japan", "South Korea", "Philippines"),
        digest=("Indonesia", "Russia", "Islamic State of Iraq and the Levant"),
        muted=("United States",),
    ),
    # Quiet for most of the day, so that a day's alerts go as one, and a long digest at noon.
    Reader(
        "Pacific/Honolulu",
        digest_at="12:00",
        quiet=("13:00", "11:00"),
        at_once=("Russia", "Iraq", "Germany", "France", "India", "China", "Iran", "Spain",
                 "Saudi Arabia", "2017 Spanish constitutional crisis", "Yemen", "Somalia"),
        digest=("United States", "Donald Trump", "Syrian Civil War", "North Korea",
                "Islamic State of Iraq and the Levant", "2017 Atlantic hurricane season",
                "California", "Japan", "Philippines", "Venezuela", "Israel"),
        digest_from={"United Kingdom": "Law and crime"},
    ),
)  # fmt: skip
