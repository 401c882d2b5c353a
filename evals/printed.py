"""A run for people: figures beside the baseline, the last run and what is to be reached."""

from collections.abc import Iterator, Sequence

from rich.table import Table

from evals.expected import EXPECTED
from evals.kept import Figures
from evals.measures import Bin, Measured


def tables(run: Sequence[Measured], baseline: Figures, last: Figures) -> Iterator[Table]:
    for one in run:
        yield _figures(one, baseline, last)
        if one.curves and not one.name.endswith((" 3 examples", " 5 examples")):
            yield _curves(one)


def missed(run: Sequence[Measured], known: bool = False) -> list[str]:
    """The expected figures that were not reached: those of which that is known, or the others."""
    return [
        f"{one.name}: {name} {one.figures[name]:.3f}, to reach {wanted.value:g} ({wanted.known_miss or wanted.source})"
        for one in run
        for name, wanted in EXPECTED.get(one.name, {}).items()
        if not wanted.reached(one.figures[name]) and bool(wanted.known_miss) is known
    ]


def _figures(one: Measured, baseline: Figures, last: Figures) -> Table:
    table = Table(title=one.name, title_justify="left")
    for name in ("", "now", "against baseline", "against last run", "to reach", "reached", "source"):
        table.add_column(name, justify="left" if name in ("", "source") else "right")
    for name, value in one.figures.items():
        wanted = EXPECTED.get(one.name, {}).get(name)
        told = ("", "", "")
        if wanted:
            sign, slack = ("<=", "+") if wanted.less else (">=", "-")
            bound = f"{sign} {wanted.value:g}{f' {slack} {wanted.slack:g}' if wanted.slack else ''}"
            told = (bound, "yes" if wanted.reached(value) else "NO", wanted.source)
        before = (_change(value, figures.get(one.name, {}).get(name)) for figures in (baseline, last))
        table.add_row(name, f"{value:.3f}", *before, *told)
    return table


def _change(now: float, before: float | None) -> str:
    if before is None:
        return "new"
    return f"{now - before:+.3f}" if abs(now - before) >= 5e-4 else "="


def _curves(one: Measured) -> Table:
    table = Table(title=f"{one.name}: what is said, and what is right", title_justify="left")
    table.add_column("from")
    bins: dict[float, dict[str, Bin]] = {}
    for name, curve in one.curves.items():
        for column in (f"{name}: messages", "said", "right"):
            table.add_column(column, justify="right")
        for bin in curve:
            bins.setdefault(bin.low, {})[name] = bin
    for low in sorted(bins):
        cells: list[str] = []
        for name in one.curves:
            found = bins[low].get(name)
            cells += [str(found.messages), f"{found.said:.2f}", f"{found.right:.2f}"] if found else ["-", "", ""]
        table.add_row(f"{low:.1f}", *cells)
    return table
