"""`deskhand report`: how tickets ended, and who handled them, from the journal alone."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from rich.table import Table

from deskhand.bootstrap import now, open_journal
from deskhand.entrypoints.printing import console, print_json
from deskhand.measurement.ledger_of_outcomes import KINDS
from deskhand.measurement.outcome_figures import Outcomes, outcomes
from deskhand.measurement.outcomes import Handler, TicketOutcome
from deskhand.measurement.shares import Share
from deskhand.settings import read_settings


def run(folder: Path, *, days: int, as_json: bool) -> None:
    """Of the tickets that closed within the last `days`; 0 for all of them."""
    settings, at = read_settings(folder), now()
    since = at - timedelta(days=days) if days else None
    with open_journal(settings) as journal:
        found = outcomes(journal.of_kinds(KINDS), at, settings.table.outcomes.window, since)
    if as_json:
        print_json({"outcomes": found})
        return
    console.print(matrix(found))
    for line in told(found):
        console.print(line, markup=False, highlight=False, soft_wrap=True)


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
