"""docs/metrics.md, made from the definitions themselves."""

from collections.abc import Iterator

from deskhand.measurement.every_metric import METRICS
from deskhand.measurement.metric import VERSION, Group, Metric

HEAD = f"""# Metrics

This page is made by `deskhand report --definitions`, from the definitions that stand beside the functions
(`operational_figures.py`, `quality_figures.py` and `business_figures.py` of `src/deskhand/measurement/`; all in one
place: `every_metric.py`).
Definition version {VERSION}. What else is counted, and where: [numbers.md](numbers.md). How tickets end:
[outcomes.md](outcomes.md).

Every number is a function over the journal; run it again and it is the same. None is told without the number of cases
behind it. Times are server times in UTC and run around the clock. Quantiles are by nearest rank, of times told to three
digits (to the tenth of a second at the finest); means are of the exact milliseconds. Not tickets, and counted apart by
reason: operators' tries, machines' messages, merged duplicates, conversations that moved or are answered elsewhere.

*Came*: the tickets that came up in the period, open ones among them. *Closed*: those that closed in it; *mature*:
closed, with the window for coming back over.
"""


def definitions() -> str:
    """The page, whole."""
    return "\n".join((HEAD, *_parts())) + "\n"


def _parts() -> Iterator[str]:
    for group in Group:
        yield f"## {str(group).capitalize()}\n"
        for one in METRICS:
            if one.group is group:
                yield from _told(one)


def _told(one: Metric) -> Iterator[str]:
    yield f"### {one.name}\n"
    yield f"*{one.question}*\n"
    yield f"`{one.key}`: {one.formula}.\n"
    yield f"- Tickets: {'those that came' if one.cohort == 'came' else 'those that closed'}; unit: {one.unit}"
    yield f"- Counts: {one.counts}"
    yield f"- Does not: {one.omits}"
    yield f"- Target of the guide: {one.guide}; ours: {one.ours}"
    yield f"- Interval (95 %): {one.interval}; told from {one.needs} cases on; the tickets behind it: {one.shows}"
    yield f"- Source: {one.section}\n"
