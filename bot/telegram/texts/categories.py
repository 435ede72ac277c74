"""The categories of Wikipedia's Current events portal, as its pages write them."""

from __future__ import annotations

IN_USE = (
    "Armed conflicts and attacks",
    "Arts and culture",
    "Business and economy",
    "Disasters and accidents",
    "Health and environment",
    "International relations",
    "Law and crime",
    "Politics and elections",
    "Science and technology",
    "Sports",
)
CATEGORIES = (
    *IN_USE,
    # of earlier years, which are none of these
    "Deaths",
    "Education",
    "Law and politics",
    "Media",
    "Religion",
    "Science and environment",
    "Science and health",
    "Science and medicine",
    "Science and weather",
    "Transport",
    "Weather",
)
