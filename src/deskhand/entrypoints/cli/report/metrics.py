"""`deskhand report`: every metric, how tickets ended, and who handled them, from the journal alone."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from rich.table import Table

from deskhand.bootstrap import Asked, Numbers, now, open_counting
from deskhand.entrypoints.printing import aside, console, print_json
from deskhand.measurement.definitions import definitions
from deskhand.measurement.every_metric import METRICS
from deskhand.measurement.metric import CHANGE, VERSION, Metric, Value
from deskhand.measurement.outcome_figures import Outcomes
from deskhand.measurement.outcomes import Handler, TicketOutcome
from deskhand.measurement.shares import Share
from deskhand.settings import read_settings


def define() -> None:
    """The page docs/metrics.md."""
    print(definitions(), end="")


def run(folder: Path, *, days: int, rebuild: bool, as_json: bool) -> None:
    """Of so many days with today (UTC); 0 for all of them."""
    settings, at = read_settings(folder), now()
    with open_counting(settings) as counting:
        for left in counting.count_anew() if rebuild else ():
            aside.print(f"{left:,} lines of the journal are left to count", highlight=False)
        while not counting.keep_up():
            pass
        found = counting.numbers(Asked(days), at)
    if as_json:
        print_json(as_object(found))
        return
    assert found.outcomes is not None
    console.print(table(found))
    console.print(matrix(found.outcomes))
    for line in told(found.outcomes):
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def as_object(found: Numbers) -> dict[str, object]:
    """What `--json` prints."""
    ended = found.outcomes
    return {
        "definition": VERSION,
        "since": found.since.isoformat(),
        "until": found.until.isoformat(),
        "window_days": ended.window_days if ended else None,
        "maturing": ended.maturing if ended else None,
        "open_over_30_days": found.open_over_30_days,
        "upto_line": found.upto,
        "lines_behind": found.behind,
        "metrics": {one.key: metric_as_object(one, found.values[one.key]) for one in METRICS},
        "outcomes": ended,
    }


def table(found: Numbers) -> Table:
    """Every metric with its number, its interval and its target."""
    title = f"From {found.since} to {found.until} (UTC), definition {VERSION}"
    made = Table("Metric", "Value", "95 % interval", "n", "Against before", "Guide", "Ours", "Told", title=title)
    for one in METRICS:
        value = found.values[one.key]
        shown = in_words(value.value) if one.enough(value) else "-"
        bounds = "" if value.low is None and value.high is None else f"{in_words(value.low)} to {in_words(value.high)}"
        few = "" if one.enough(value) or value.says else f"not enough: {value.n} of {one.needs}"
        figures = (f"{shown} {one.unit}", bounds, f"{value.n:,}", since_before(one, value))
        made.add_row(one.name, *figures, one.guide, one.ours, value.says or few)
    return made


def since_before(one: Metric, value: Value) -> str:
    """What has changed since before the assistant; nothing where imported history cannot tell of the metric."""
    if CHANGE not in value.parts:
        return ""
    change = value.parts[CHANGE] if one.enough(value) else None
    return "unknown" if change is None else f"{change:+.1f} %"


def in_words(value: float | None) -> str:
    return "?" if value is None else f"{value:,.4g}"


def metric_as_object(one: Metric, value: Value) -> dict[str, object]:
    told = {"name": one.name, "unit": str(one.unit), "guide": one.guide, "ours": one.ours, "cohort": str(one.cohort)}
    return told | asdict(value) | {"enough": one.enough(value), "met": one.met(value), "interval": one.interval}


def matrix(found: Outcomes) -> Table:
    """Handler by state."""
    title = f"Tickets that closed, by who handled them and how they ended (n = {found.closed})"
    table = Table("Handled by", *(str(state).capitalize() for state in TicketOutcome), title=title)
    for who in Handler:
        row = found.matrix[str(who)]
        table.add_row(str(who), *(str(row[str(state)]) for state in TicketOutcome))
    return table


def told(found: Outcomes) -> Iterator[str]:
    """A line each; no share without what it is a share of."""
    whole = f"since {found.since:%Y-%m-%d %H:%M} UTC" if found.since else "since the journal began"
    yield f"Definition {found.definition}, window {found.window_days:g} days, {whole}."
    yield f"Still maturing: {percent(found.maturing)}"
    yield f"Deflection (verified), of mature tickets: {percent(found.deflection)}"
    yield f"Containment, of closed tickets: {percent(found.containment)}"
    yield f"Came back on the same issue: {percent(found.recontacted)}"
    yield f"Wrote again on whatever (the strictest rate): {percent(found.any_contact)}"
    yield f"Refused under policy, of confirmed and verified: {percent(found.refused)}"
    follow = found.follow_ups
    yield (
        f"Left without what we asked for: {follow.abandoned} abandoned, {follow.followed_up} reminded once; "
        f"came back after that: {percent(follow.back)}"
    )
    yield f"Open: {found.open}, of them for over 30 days: {found.open_over_30_days} (these have no outcome)"
    left = ", ".join(f"{count} {reason}" for reason, count in found.left_out.items())
    yield f"Left out, since they are no tickets of their own: {left or 'none'}"


def percent(one: Share) -> str:
    """With its number and its interval."""
    if one.share is None or one.low is None or one.high is None:
        return "nothing to measure"
    return f"{100 * one.share:.1f} % ({one.n} of {one.of}; 95 % interval {100 * one.low:.1f} to {100 * one.high:.1f})"
