"""`deskhand escalation train`: learns from the journal, tells how good it is, and keeps what beats the rules."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.progress import Progress

from deskhand.bootstrap import now, train_prediction
from deskhand.entrypoints.cli.escalation.forecast_tables import deciles, summary
from deskhand.entrypoints.printing import aside, console, print_json
from deskhand.settings import read_settings
from deskhand.workflows.train_prediction import Trained


def run(folder: Path, *, anyway: bool, as_json: bool) -> None:
    """Exit with 1 when the rules do better and the model was not kept."""
    with told_progress() as told:
        trained, written = train_prediction(read_settings(folder), now=now(), told=told, anyway=anyway)
    if as_json:
        print_json(as_told(trained, written))
    else:
        show(trained, written)
    if trained.predictor is None:
        raise SystemExit(1)


@contextmanager
def told_progress() -> Iterator[Callable[[int, int], None]]:
    """A bar while the weights are computed, gone when it is done."""
    with Progress(console=aside, transient=True, disable=not aside.is_terminal) as bars:
        bar = bars.add_task("Reading the journal", total=None)

        def told(done: int, of: int) -> None:
            bars.update(bar, description="Learning", completed=done, total=of)

        yield told


def as_told(trained: Trained, written: bool) -> dict[str, object]:
    """For scripts: the same as for people."""
    new = trained.predictor
    return {
        "ended": trained.ended,
        "people": trained.people,
        "open": trained.open,
        "learnt": trained.learnt,
        "held_out": trained.held_out,
        "predicts": new.by if new else None,
        "version": new.version if new else None,
        "written": written,
        "because": trained.because,
        "model": trained.model,
        "rules": trained.by_rules,
        "weights": dict(new.weights) if new and trained.enough else None,
    }


def show(trained: Trained, written: bool) -> None:
    def line(text: str) -> None:
        console.print(text, markup=False, highlight=False, soft_wrap=True)

    line(f"{trained.ended} tickets have ended, {trained.people} of them with a person; {trained.open} are still open.")
    if trained.model is None or trained.by_rules is None:
        line(f"Fixed rules predict, because {trained.because}.")
        return
    line(f"Learnt from {trained.learnt} tickets, measured on the {trained.held_out} that came after them.")
    for name, measured in (("Model", trained.model), ("Rules", trained.by_rules)):
        line(f"{name}:")
        for text in summary(measured):
            line(text)
    console.print(deciles(trained.model, "The model on held-out tickets, in tenths of the messages"))
    if trained.predictor is None:
        line(f"Not kept: {trained.because}. What predicted before goes on; --anyway keeps the model.")
        return
    if trained.because:
        line(f"Kept although {trained.because}.")
    of = f"{trained.predictor.version}, learnt anew from all {trained.ended} tickets that have ended"
    line(f"Kept: {of}." if written else f"Nothing was written: {of}, predicts already.")
