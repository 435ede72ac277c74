"""Charts, decoded again: what they show is counted in pixels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image

from bot.telegram.charts import CARD, COLOURS, SQUARES, warm_up, week_chart, year_chart

MONDAY = date(2017, 11, 27)
WEEK = [MONDAY + timedelta(days=step) for step in range(7)]
YEAR = [MONDAY - timedelta(weeks=52 - step) for step in range(53)]
MOST_BYTES = 60_000

Colour = tuple[int, ...]


def decoded(png: bytes) -> Image.Image:
    assert len(png) < MOST_BYTES
    return Image.open(BytesIO(png)).convert("RGB")


def rgb(colour: str) -> Colour:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def areas(png: bytes) -> list[int]:
    """How many pixels each of the squares' colours has."""
    picture = decoded(png)
    pixels = Counter(
        picture.getpixel((x, y)) for x in range(picture.width) for y in range(picture.height)
    )
    return [pixels[rgb(colour)] for colour in COLOURS]


def bars(png: bytes) -> list[int]:
    """How high the bars are, from left to right, in pixels of any of the colours."""
    picture = decoded(png)
    colours = {rgb(colour) for colour in COLOURS}
    columns = [
        sum(picture.getpixel((x, y)) in colours for y in range(picture.height))
        for x in range(picture.width)
    ]
    starts = [x for x in range(1, len(columns)) if columns[x] > 10 >= columns[x - 1]]
    return [columns[x + 3] for x in starts]


def are_in_proportion(pixels: Sequence[int], counts: Sequence[int]) -> bool:
    """Whether there are as many pixels for each one counted, but for edges."""
    for_one = sum(pixels) / sum(counts)
    return all(
        abs(area - count * for_one) < 0.04 * for_one * max(counts)
        for area, count in zip(pixels, counts, strict=True)
    )


def test_there_is_a_square_for_each_colour() -> None:
    assert len(SQUARES) == len(COLOURS) == len(set(SQUARES)) == len(set(COLOURS)) == 8


def brightness(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [part / 255 for part in rgb(colour)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * p for weight, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_all_colours_stand_out_from_the_card_and_the_card_glares_in_no_app() -> None:
    for colour in COLOURS:
        assert (brightness(colour) + 0.05) / (brightness(CARD) + 0.05) >= 3, colour
    assert brightness(CARD) < 0.1


def test_warming_up_changes_no_picture() -> None:
    before = year_chart([(MONDAY, 3)])
    warm_up()
    assert year_chart([(MONDAY, 3)]) == before


def test_each_row_has_its_colour_in_proportion() -> None:
    rows = [[8 - row + day % 3 for day in range(7)] for row in range(8)]
    png = week_chart(WEEK, rows)
    assert decoded(png).size == (900, 500)
    assert are_in_proportion(areas(png), [sum(row) for row in rows])


def test_each_day_has_its_bar() -> None:
    png = week_chart(WEEK, [[1, 2, 3, 4, 5, 6, 7], [7, 7, 2, 2, 7, 7, 2]])
    assert are_in_proportion(bars(png), [8, 9, 5, 6, 12, 13, 9])


def test_rows_are_stacked_from_the_first_up() -> None:
    picture = decoded(week_chart(WEEK[:1], [[5], [5]]))
    column = [picture.getpixel((picture.width // 2, y)) for y in range(picture.height)]
    assert column.index(rgb(COLOURS[1])) < column.index(rgb(COLOURS[0]))


def test_each_week_has_its_bar() -> None:
    counts = [(step * 7) % 20 + 2 for step in range(53)]
    png = year_chart(list(zip(YEAR, counts, strict=True)))
    assert decoded(png).size == (900, 400)
    assert are_in_proportion(bars(png), counts)


def test_the_same_data_are_the_same_bytes() -> None:
    rows = [[3, 0, 2, 5, 1, 0, 4], [1, 1, 0, 0, 2, 3, 0]]
    assert week_chart(WEEK, rows) == week_chart(WEEK, rows)
    assert week_chart(WEEK, rows) != week_chart([day + timedelta(days=1) for day in WEEK], rows)
    weeks = [(day, day.day) for day in YEAR]
    assert year_chart(weeks) == year_chart(weeks)


def test_nothing_happened() -> None:
    assert areas(week_chart(WEEK, [[0] * 7, [0] * 7])) == [0] * 8
    assert areas(year_chart([(day, 0) for day in YEAR])) == [0] * 8


def test_one_day_is_no_wider_than_one_of_seven() -> None:
    of_seven = areas(week_chart(WEEK, [[1, 0, 0, 0, 0, 0, 0]]))[0]
    assert areas(week_chart(WEEK[:1], [[1]]))[0] == pytest.approx(of_seven, rel=0.03)
    assert areas(year_chart([(MONDAY, 1)]))[0] > 0


@pytest.mark.parametrize("count", [9, 12_345, 999_999, 98_765_432, 10**12])
def test_numbers_at_the_side_stay_within(count: int) -> None:
    for png in (week_chart(WEEK, [[count] * 7]), year_chart([(day, count) for day in YEAR])):
        picture = decoded(png)
        edge = {picture.getpixel((x, y)) for x in range(4) for y in range(picture.height)}
        assert edge == {rgb(CARD)}
        assert areas(png)[0] > 0


def test_the_marks_of_months_do_not_touch() -> None:
    for shift in range(0, 366, 11):
        days = [day + timedelta(days=shift) for day in YEAR]
        picture = decoded(year_chart([(day, 0) for day in days]))
        gaps = _gaps([_is_inked(picture, x, 325, 400) for x in range(picture.width)])
        between_marks = [gap for gap in gaps if gap > 8]  # those of digits are smaller
        assert len(between_marks) in (11, 12)


def _is_inked(picture: Image.Image, x: int, top: int, bottom: int) -> bool:
    return any(picture.getpixel((x, y)) != rgb(CARD) for y in range(top, bottom))


def _gaps(inked: Sequence[bool]) -> list[int]:
    """How many columns without ink lie between those with it."""
    at = [x for x, ink in enumerate(inked) if ink]
    return [after - before - 1 for before, after in pairwise(at) if after - before > 1]


@pytest.mark.parametrize(
    ("days", "rows"),
    [
        ([], []),
        (WEEK, []),
        ([], [[]]),
        (WEEK, [[1] * 6]),
        (WEEK, [[1] * 7] * 9),
        (WEEK, [[-1] * 7]),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    days: Sequence[date], rows: Sequence[Sequence[int]]
) -> None:
    with pytest.raises(ValueError, match=r"draw|rows|number|events"):
        week_chart(days, rows)


def test_a_year_without_weeks_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to draw"):
        year_chart([])
