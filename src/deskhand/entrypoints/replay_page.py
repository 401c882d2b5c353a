"""The report of a replay as one page that needs nothing else: no script, no other file."""

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from deskhand.measurement.replay.wording import DEFINITIONS

PACKAGE = "deskhand.entrypoints"


def page(report: dict[str, Any]) -> str:
    """HTML; everything that somebody wrote is escaped."""
    return _environment().get_template("replay.html").render(report=report, definitions=DEFINITIONS)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader(PACKAGE, "reports"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    made.filters |= {"percent": percent, "span": span}
    return made


def percent(one: dict[str, Any]) -> str:
    """A share with its interval and its number."""
    if one["share"] is None:
        return "\u2013"
    return f"{100 * one['share']:.1f} % ({100 * one['low']:.0f}\u2013{100 * one['high']:.0f}), n {one['of']}"


def span(seconds: float | None) -> str:
    """A length of time in the unit that reads best."""
    if seconds is None:
        return "\u2013"
    for unit, size in (("days", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:.1f} {unit}"
    return f"{seconds:.0f} s"
