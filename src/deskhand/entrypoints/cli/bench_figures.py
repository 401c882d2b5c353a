"""How figures of a bench are told: with how much else the machine had to do, and what fixed work costs on it."""

import os
from collections.abc import Mapping

from deskhand.entrypoints.cli.bench_reference import reference
from deskhand.entrypoints.printing import console, print_json


def beside() -> dict[str, float]:
    """What makes figures of two machines, or of two hours, comparable: divide by the reference."""
    return {name: rounded(value) for name, value in {"load_average": os.getloadavg()[0], **reference()}.items()}


def tell(figures: Mapping[str, object], *, as_json: bool) -> None:
    told = {name: rounded(value) if isinstance(value, float) else value for name, value in figures.items()} | beside()
    if as_json:
        print_json(told)
        return
    for name, value in told.items():
        shown = f"{value:,}" if isinstance(value, int | float) else str(value)
        console.print(f"{name:<32} {shown}", markup=False, highlight=False)


def rounded(value: float) -> float:
    """To three digits behind the point where there are few before it."""
    return round(value, 3 if abs(value) < 10 else 1)
