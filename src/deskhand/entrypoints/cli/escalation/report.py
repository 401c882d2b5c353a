"""`deskhand escalation report`: what went to people and why, and how well it was foreseen."""

from collections.abc import Iterator
from pathlib import Path

from deskhand.bootstrap import open_journal
from deskhand.entrypoints.cli.escalation.forecast_tables import deciles, summary
from deskhand.entrypoints.printing import console, print_json
from deskhand.measurement.escalations import Escalations, escalations
from deskhand.settings import read_settings
from deskhand.workflows.predictions import Predictions, predictions

MOST = 10  # open tickets for people; --json has all


def run(folder: Path, *, predicted: bool, as_json: bool) -> None:
    """From the journal alone."""
    with open_journal(read_settings(folder)) as queries:
        found = predictions(queries.lines()) if predicted else escalations(queries.lines())
    if as_json:
        print_json(found)
        return
    for line in _foreseen(found) if isinstance(found, Predictions) else _went(found):
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    if isinstance(found, Predictions) and found.judged:
        console.print(deciles(found.forecast, "What was said and what was, in tenths of the messages"))


def _went(found: Escalations) -> Iterator[str]:
    share = f" ({100 * found.handed_off / found.tickets:.1f} %)" if found.tickets else ""
    yield f"{found.handed_off} of {found.tickets} tickets went to people{share}."
    for reason, count in found.reasons.items():
        yield f"  {reason}: {count}"


def _foreseen(found: Predictions) -> Iterator[str]:
    if not found.recorded:
        yield "Nothing was predicted on this desk yet."
        return
    by = ", ".join(f"{count} by {version}" for version, count in found.versions.items())
    yield f"{found.recorded} messages with a prediction ({by}); {found.judged} on tickets that have ended."
    whole = "Every number comes out the same when it is computed again"
    lost = f", but for {found.lost} whose predictor is not in the journal" if found.lost else ""
    yield f"{found.differing} numbers come out otherwise{lost}." if found.differing else f"{whole}{lost}."
    if found.judged:
        yield from summary(found.forecast)
    else:
        yield "How good they are is told when tickets have ended."
    if found.waiting:
        yield "Likeliest of the open tickets:"
    for one in found.waiting[:MOST]:
        yield f"  {one.ticket}: {one.prediction}"
    if len(found.waiting) > MOST:
        yield f"  and {len(found.waiting) - MOST} more, told by --json"
