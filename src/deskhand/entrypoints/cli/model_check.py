"""`deskhand model-check`: a fixed suite of messages for any language model, and what became of them."""

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from rich.progress import track

from deskhand.bootstrap import probe
from deskhand.entrypoints.model_check.marks import Report, report
from deskhand.entrypoints.model_check.printed import show
from deskhand.entrypoints.model_check.sitting import desk_for, sit
from deskhand.entrypoints.model_check.suite import Case, read_suite
from deskhand.entrypoints.printing import aside, print_json


def run(model: str, *, folder: Path, messages: Path | None, as_json: bool) -> None:
    """Print the report; exit with 0 whatever it says, with 1 when the model cannot be asked at all."""
    cases = read_suite(messages or folder / "model-check.jsonl")
    found = check(model, folder=folder, cases=cases)
    if as_json:
        print_json(found)
    else:
        show(found)


def check(model: str, *, folder: Path, cases: Sequence[Case]) -> Report:
    """State lies in a folder that is thrown away: the desk itself is not touched."""
    with tempfile.TemporaryDirectory(prefix="deskhand-model-check-") as place:
        settings = desk_for(folder, Path(place), model, cases)
        probe(settings, model)
        began = time.perf_counter()
        sitting = track(sit(settings, cases, aside.print), "Asking", total=len(cases), console=aside)
        return report(model, list(sitting), time.perf_counter() - began)
