"""Charts as PNG pictures. They hold no words, only digits: no font for any script is needed,
and the legend stands in the message, as squares of the same colours.

Drawing takes some tenths of a second, the first time in a process a few seconds unless it
is warmed up: call all of it in a thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# The emoji squares, and their colours as phones draw them, nearly.
SQUARES = ("🟦", "🟧", "🟩", "🟥", "🟪", "🟨", "🟫", "⬜")
COLOURS = (
    "#4f93e6",
    "#f0872a",
    "#5aa83c",
    "#e5504d",
    "#a96bdb",
    "#f2c530",
    "#b5764c",
    "#e6e6e6",
)

# Telegram tells nobody whether a reader's app is light or dark, and knows no picture that is
# transparent. White would glare in the dark; on slate all colours keep three times its
# brightness (WCAG 2.2, 1.4.11), which they don't on white.
CARD = "#303945"
_INK = "#d5dae1"
_LINE = "#465160"
_DPI = 100
_WIDTH = 900  # pixels
_FONT = "DejaVu Sans"  # comes with matplotlib
_SIZE = 17  # of the digits, in points
_DIGIT = 15  # pixels that a digit of that size is wide
_MARGIN = 24  # pixels beside them
_MANY_DAYS = 10  # from here on not every day has its number
_FEW_DAYS = 7  # fewer bars are no wider, but stand in the middle
_FEW_WEEKS = 26
_APART = 2  # weeks that two months' numbers need between them
_TICKS = 5


def week_chart(days: Sequence[date], series: Sequence[Sequence[int]]) -> bytes:
    """Events a day as stacked bars, about 900 × 500 pixels, as PNG.

    ``series`` has a row for each square, in the order of ``SQUARES``, with a number for each of
    the ``days``; the first stands at the bottom. Days show as days of the month. Raises
    ``ValueError`` without days or rows, with more rows than squares, rows of other lengths or
    numbers below zero.
    """
    _check(days, series)
    places = range(len(days))

    def draw(axes: Axes) -> None:
        below = [0] * len(days)
        for colour, row in zip(COLOURS, series, strict=False):
            axes.bar(places, row, bottom=below, width=0.66, color=colour, linewidth=0)
            below = [low + more for low, more in zip(below, row, strict=True)]
        shown = places[:: 1 + len(days) // _MANY_DAYS]
        axes.set_xticks(shown, [str(days[place].day) for place in shown])
        _scale(axes, len(days), _FEW_DAYS, max(below))

    return _png(500, 0.11, draw)


def year_chart(weeks: Sequence[tuple[date, int]]) -> bytes:
    """Events a week as bars, about 900 × 400 pixels, as PNG.

    ``weeks`` are the first days of weeks, in order, with numbers of events. Months show as
    numbers where they begin, years by two digits ("’18") below their first month.
    Raises ``ValueError`` without weeks and for numbers below zero.
    """
    days = [day for day, _ in weeks]
    counts = [count for _, count in weeks]
    _check(days, [counts])

    def draw(axes: Axes) -> None:
        axes.bar(range(len(weeks)), counts, width=0.72, color=COLOURS[0], linewidth=0)
        marks = _months(days)
        axes.set_xticks(list(marks), list(marks.values()))
        _scale(axes, len(weeks), _FEW_WEEKS, max(counts))

    return _png(400, 0.21, draw)


def warm_up() -> None:
    """Get ready what the first chart would have to wait for: the library and its fonts."""
    year_chart([(date(2017, 1, 2), 1)])


def _check(days: Sequence[date], series: Sequence[Sequence[int]]) -> None:
    if not days or not series:
        raise ValueError("nothing to draw")
    if len(series) > len(COLOURS):
        raise ValueError(f"more than {len(COLOURS)} rows: {len(series)}")
    if any(len(row) != len(days) for row in series):
        raise ValueError("a row needs a number for each day")
    if any(count < 0 for row in series for count in row):
        raise ValueError("there are no fewer than 0 events")


def _months(days: Sequence[date]) -> dict[int, str]:
    """At which places months begin, and what is written there. The first has no room where
    the next follows at once."""
    months = [(day.year, day.month) for day in days]
    places = [place for place in range(len(days)) if months[place] != months[max(place, 1) - 1]]
    if not places or places[0] > _APART:
        places.insert(0, 0)
    marks: dict[int, str] = {}
    last = None
    for place in places:
        year, month = months[place]
        marks[place] = str(month) if year == last else f"{month}\n’{year % 100:02}"
        last = year
    return marks


def _scale(axes: Axes, bars: int, fewest: int, highest: int) -> None:
    """Room for the bars, and whole numbers at the side from 0 to a little above the highest."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    spare = max(fewest - bars, 0) / 2
    axes.set_xlim(-0.6 - spare, bars - 0.4 + spare)
    axes.set_ylim(0, max(highest, 1) * 1.06)
    axes.yaxis.set_major_locator(
        MaxNLocator(nbins=_TICKS, integer=True, steps=[1, 2, 5, 10], min_n_ticks=1)
    )
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f}"))
    left = (_MARGIN + _DIGIT * len(str(int(axes.get_ylim()[1])))) / _WIDTH
    box = axes.get_position()
    axes.set_position((left, box.y0, 0.98 - left, box.height))


def _png(height: int, below: float, draw: Callable[[Axes], None]) -> bytes:
    """A picture of what is drawn, the same bytes for the same drawing; ``below`` is the part
    of its height that the marks below the bars take."""
    # It takes half a second and 40 MB to import: only processes that draw shall pay that.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(_WIDTH / _DPI, height / _DPI), dpi=_DPI, facecolor=CARD)
    FigureCanvasAgg(figure)  # it becomes the figure's own
    draw(_axes(figure, below))
    picture = BytesIO()
    figure.savefig(
        picture,
        format="png",
        dpi=_DPI,
        facecolor=CARD,
        metadata={"Software": None},  # else it names the version
        pil_kwargs={"optimize": True},
    )
    return picture.getvalue()


def _axes(figure: Figure, below: float) -> Axes:
    """Axes with a line for each number at the side and nothing else around."""
    axes = figure.add_axes((0.08, below, 0.9, 0.95 - below), facecolor=CARD)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.grid(axis="y", color=_LINE, linewidth=1.5)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, pad=8, labelsize=_SIZE, labelcolor=_INK, labelfontfamily=_FONT)
    return axes
