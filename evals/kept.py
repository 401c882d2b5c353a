"""Runs as JSON: the committed baseline, and the last one on this machine."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from evals.measures import Measured
from evals.sets import HERE, LOCAL

BASELINE, LAST = HERE / "baseline.json", LOCAL / "last.json"
Figures = Mapping[str, Mapping[str, float]]


def written(run: Sequence[Measured]) -> dict[str, Any]:
    return {
        "figures": {one.name: {name: round(value, 4) for name, value in one.figures.items()} for one in run},
        "curves": {
            one.name: {name: [asdict(bin) for bin in curve] for name, curve in one.curves.items()}
            for one in run
            if one.curves
        },
    }


def figures_of(file: Path) -> Figures:
    """Those of a kept run; none when there is no such file."""
    found: Figures = json.loads(file.read_text("utf-8"))["figures"] if file.exists() else {}
    return found


def keep(run: Sequence[Measured], file: Path, others: bool = False) -> None:
    """`others`: what the file holds of parts that were not run stays."""
    told = written(run)
    if others and file.exists():
        before = json.loads(file.read_text("utf-8"))
        told = {name: {**before[name], **part} for name, part in told.items()}
    file.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
