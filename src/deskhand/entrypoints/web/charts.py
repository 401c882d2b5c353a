"""Charts as SVG made on the server: no script; they print, follow the theme through CSS classes, and are read aloud."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil, floor, isclose, log10

from markupsafe import Markup

WIDTH, HEIGHT = 560, 190
LEFT, RIGHT, TOP, BOTTOM = 40, 10, 10, 22
MOST_POINTS = 120
Series = Sequence[float | None]


@dataclass(frozen=True)
class Plane:
    """Where values lie on a chart of so many points."""

    points: int
    low: float
    high: float

    def x(self, place: int) -> float:
        wide = WIDTH - LEFT - RIGHT
        return LEFT + (place * wide / (self.points - 1) if self.points > 1 else wide / 2)

    def y(self, value: float) -> float:
        return TOP + (self.high - value) * (HEIGHT - TOP - BOTTOM) / (self.high - self.low)


def ticks(low: float, high: float, about: int = 4) -> list[float]:
    """Round marks that enclose low to high: the first is not above it and the last not below, so no line is cut."""
    if isclose(low, high, abs_tol=1e-9):
        low, high = low - 1, high + 1
    unit: float = 10 ** floor(log10((high - low) / about))
    step = unit * next(one for one in (1, 2, 5, 10) if (high - low) / (unit * one) <= about)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(place * step, 9) for place in range(first, last + 1)]


def thin(labels: Sequence[str], series: Series, most: int = MOST_POINTS) -> tuple[Sequence[str], Series]:
    """At most so many points, each the mean of its bucket; what is not known stays so."""
    size = ceil(len(series) / most)
    if size <= 1:
        return labels, series
    buckets = [[one for one in series[at : at + size] if one is not None] for at in range(0, len(series), size)]
    return labels[::size], [sum(one) / len(one) if one else None for one in buckets]


def line_chart(
    labels: Sequence[str],
    series: Series,
    *,
    title: str,
    unit: str = "",
    goal: float | None = None,
    share: bool = False,
    empty: str = "",
) -> Markup:
    """One series over time; `goal` is a dashed line. A `share` never has a mark below 0 or above 100. `empty` is said
    where nothing is known."""
    labels, series = thin(labels, series)
    known = [(place, value) for place, value in enumerate(series) if value is not None]
    if not known:
        return Markup('<p class="muted">{}</p>').format(empty)
    reach = [value for _, value in known] + ([goal] if goal is not None else [])
    marks = ticks(min(reach), max(reach))
    if share:
        marks = [mark for mark in marks if 0 <= mark <= 100]
    if min(reach) >= 0:
        marks = [mark for mark in marks if mark >= 0]
    plane = Plane(len(series), marks[0], marks[-1])
    (first, _), (last, _) = known[0], known[-1]
    said = f"{title}: {_told(series[first], unit)}, {labels[first]}; {_told(series[last], unit)}, {labels[last]}"
    parts = [
        Markup('<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">').format(WIDTH, HEIGHT, said),
        *_grid(plane, marks),
        *_labels(plane, labels),
        *_lines(plane, series),
        *(_goal(plane, goal) if goal is not None else ()),
        *_hits(plane, labels, known, unit),
        Markup("</svg>"),
    ]
    return Markup("").join(parts)


def _grid(plane: Plane, marks: Sequence[float]) -> list[Markup]:
    line = '<line class="grid" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/>'
    text = '<text class="tick" x="{}" y="{:.1f}" text-anchor="end">{:g}</text>'
    return [
        # Format() escapes what it puts in.
        Markup(line).format(LEFT, WIDTH - RIGHT, plane.y(mark), plane.y(mark))  # nosec B704
        + Markup(text).format(LEFT - 6, plane.y(mark) + 4, mark)  # nosec B704  # format() escapes what it puts in
        for mark in marks
    ]


def _labels(plane: Plane, labels: Sequence[str]) -> list[Markup]:
    every = max(1, len(labels) // 5)
    text = '<text class="tick" x="{:.1f}" y="{}" text-anchor="{}">{}</text>'
    places = range(every // 2, len(labels), every)
    inside = WIDTH - 2 * RIGHT  # what is centred behind it would be cut
    anchors = {place: "end" if plane.x(place) > inside else "middle" for place in places}
    # Format() escapes what it puts in.
    return [Markup(text).format(plane.x(place), HEIGHT - 5, anchors[place], labels[place]) for place in places]  # nosec B704


def _lines(plane: Plane, series: Series) -> list[Markup]:
    """A line for each run of known values: a gap is a gap, and not zero."""
    found = []
    for gap, run in groupby(enumerate(series), key=lambda one: one[1] is None):
        points = [(plane.x(place), plane.y(value)) for place, value in run if value is not None]
        if gap:
            continue
        told = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        ground = plane.y(plane.low)
        area = '<polygon class="area" points="{:.1f},{:.1f} {} {:.1f},{:.1f}"/>'
        # Format() escapes what it puts in.
        found.append(Markup(area).format(points[0][0], ground, told, points[-1][0], ground))  # nosec B704
        if len(points) > 1:
            found.append(Markup('<polyline class="line" points="{}"/>').format(told))
        else:
            dot = '<circle class="dot" cx="{:.1f}" cy="{:.1f}" r="3"/>'
            found.append(Markup(dot).format(*points[0]))  # nosec B704  # format() escapes what it puts in
    return found


def _goal(plane: Plane, goal: float) -> list[Markup]:
    y = plane.y(goal)
    line = '<line class="target" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/>'
    return [Markup(line).format(LEFT, WIDTH - RIGHT, y, y)]  # nosec B704  # format() escapes what it puts in


def _hits(plane: Plane, labels: Sequence[str], known: Sequence[tuple[int, float]], unit: str) -> list[Markup]:
    """Where a pointer rests, the value is told."""
    half = (WIDTH - LEFT - RIGHT) / max(1, plane.points - 1) / 2
    part = (
        '<g class="hit"><rect x="{:.1f}" y="{}" width="{:.1f}" height="{}"><title>{}</title></rect>'
        '<circle cx="{:.1f}" cy="{:.1f}" r="3.5"/></g>'
    )
    return [
        Markup(part).format(  # nosec B704  # format() escapes what it puts in
            plane.x(place) - half,
            TOP,
            2 * half,
            HEIGHT - TOP - BOTTOM,
            f"{labels[place]}: {_told(value, unit)}",
            plane.x(place),
            plane.y(value),
        )
        for place, value in known
    ]


def _told(value: float | None, unit: str) -> str:
    return f"{value:.4g} {unit}".rstrip() if value is not None else "-"
