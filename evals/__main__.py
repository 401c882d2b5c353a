"""`python -m evals`: measure, compare with the baseline and the last run here, and say what is not reached."""

import argparse
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from evals.kept import BASELINE, LAST, figures_of, keep
from evals.printed import missed, tables
from evals.run import parts
from evals.sets import LOCAL, Remembered


def main() -> int:
    """1 when an expected figure is not reached, and not known to be out of reach."""
    asked = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    asked.add_argument("--json", type=Path, metavar="FILE", help="also write figures and curves to this file")
    asked.add_argument("--baseline", action="store_true", help="make this run the committed baseline")
    asked.add_argument("--only", default="", metavar="WORD", help="only the parts whose name holds this")
    wanted = asked.parse_args()

    embed, run = Remembered(LOCAL), []
    with Progress(console=Console(stderr=True), transient=True) as progress:
        chosen = [(name, part) for name, part in parts(embed) if wanted.only in name]
        bar = progress.add_task("", total=len(chosen))
        for name, part in chosen:
            progress.update(bar, description=name)
            run.append(part())
            progress.advance(bar)

    console = Console(width=None if sys.stdout.isatty() else 140)
    for table in tables(run, figures_of(BASELINE), figures_of(LAST)):
        console.print(table)
    for file in (wanted.json, BASELINE if wanted.baseline else None, None if wanted.only else LAST):
        if file:
            keep(run, file, others=file == BASELINE)
    faults = missed(run)
    lines = [f"Known not to be reached: {line}" for line in missed(run, known=True)]
    lines += [f"Not reached: {line}" for line in faults] or ["Every other expected figure is reached."]
    console.print("\n".join(lines), highlight=False, markup=False, soft_wrap=True)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
