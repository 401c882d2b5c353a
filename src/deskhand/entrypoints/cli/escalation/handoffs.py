"""`deskhand escalation handoffs`: how soon handoffs were answered, and which still wait."""

from collections.abc import Iterator
from pathlib import Path

from deskhand.bootstrap import now, open_journal
from deskhand.entrypoints.printing import console, print_json
from deskhand.measurement.handoffs import Handoffs, Unanswered, handoffs
from deskhand.settings import read_settings


def run(folder: Path, *, as_json: bool) -> None:
    """From the journal alone."""
    with open_journal(read_settings(folder)) as queries:
        found = handoffs(queries.lines(), now())
    if as_json:
        print_json(found)
        return
    for line in told(found):
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def told(found: Handoffs) -> Iterator[str]:
    """A line each."""
    yield (
        f"{found.handoffs} handoffs: {found.answered} answered by agents, {found.solved} solved without an answer, "
        f"{found.given_back} given back, {len(found.waiting)} waiting."
    )
    if found.kept is not None:
        yield f"In time: {found.in_time} of {found.timed} with a time that is over or kept ({100 * found.kept:.1f} %)."
    if found.answer_s_p50 is not None and found.answer_s_p95 is not None:
        yield f"From handoff to answer: {_hours(found.answer_s_p50)} (median), {_hours(found.answer_s_p95)} (p95)."
    for one in found.waiting:
        yield f"  {_waiting(one)}"


def _waiting(one: Unanswered) -> str:
    whose = f"{one.person} of {one.queue}" if one.person else one.queue
    due = f", due by {one.due:%Y-%m-%d %H:%M} UTC" if one.due else ""
    return f"{one.ticket}: {whose}, since {one.at:%Y-%m-%d %H:%M} UTC{due}{': late' if one.late else ''}"


def _hours(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60} min"
