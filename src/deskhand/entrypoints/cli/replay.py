"""`deskhand replay`: past tickets through the whole story, and what would have become of them."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from deskhand.bootstrap.replay.replay import Done, Wish, replay
from deskhand.bootstrap.replay.work import WorkerGone
from deskhand.entrypoints.printing import aside, console, print_json
from deskhand.entrypoints.replay_page import page
from deskhand.settings import Settings, read_settings

EVERY = 2.0  # seconds between two lines of progress where no terminal shows a bar
STOPPED = 130  # the exit code of who was told to stop


def run(folder: Path, wish: Wish, *, html: Path | None, as_json: bool) -> None:
    """Progress goes to standard error, the result to standard output. Exit with 130 when it was stopped."""
    settings = read_settings(folder)
    try:
        done = replayed(settings, wish)
    except KeyboardInterrupt:
        aside.print("Stopped. What was replayed is kept; the same command goes on there.", markup=False)
        raise SystemExit(STOPPED) from None
    except WorkerGone as error:
        aside.print(f"{error} What was replayed is kept; the same command goes on there.", markup=False)
        raise SystemExit(1) from error
    if html:
        html.write_text(page(done.report), "utf-8")
    for one in done.report["skipped"]["parts"]:
        aside.print(f"skipped: {one}", markup=False, highlight=False, soft_wrap=True)
    if as_json:
        print_json(done.report)
    else:
        show(done.report)
        console.print(f"The whole report: {html or done.folder / 'report.html'}", markup=False, highlight=False)


def replayed(settings: Settings, wish: Wish) -> Done:
    """With a bar, and the report for people beside the one for scripts."""
    with _bar() as bar:
        done = replay(settings, wish, bar.tell, bar.move)
    (done.folder / "report.html").write_text(page(done.report), "utf-8")
    return done


class _Bar:
    """A bar on a terminal, else a line now and then."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress, self._task, self._told = (
            progress,
            None if progress is None else progress.add_task("", total=None),
            0.0,
        )
        self._began = time.monotonic()

    def tell(self, text: str) -> None:
        aside.print(text, markup=False, highlight=False, style="dim")

    def move(self, done: int, of: int, fresh: int) -> None:
        seconds = time.monotonic() - self._began
        if not fresh:
            self._began, seconds = time.monotonic(), 0.0
        rate = f"{fresh / seconds:.1f} a second" if fresh and seconds else "starting"
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, completed=done, total=of, description=f"Replaying, {rate}")
        elif time.monotonic() - self._told >= EVERY or done == of:
            self._told = time.monotonic()
            left = f", about {(of - done) * seconds / fresh:.0f} s left" if fresh and done < of else ""
            self.tell(f"{done} of {of} tickets ({rate}{left})")


@contextmanager
def _bar() -> Iterator[_Bar]:
    if not aside.is_terminal:
        yield _Bar(None)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=aside) as progress:
        yield _Bar(progress)


def show(report: dict[str, Any]) -> None:
    """In a few lines, for people."""
    outcomes = Table("Would be", "Tickets", title=f"{report['tickets']} past tickets")
    for name, count in report["outcomes"].items():
        if count:
            outcomes.add_row(name.replace("_", " "), str(count))
    console.print(outcomes)
    table = Table("Procedure", "Tickets", "Without people", "As agents did", "Suggested stage")
    for one in report["procedures"]:
        row = (one["procedure"], str(one["tickets"]), interval(one["without_people"]), interval(one["agreement"]))
        table.add_row(*row, one["suggested_stage"])
    console.print(table)
    for one in report["money"]:
        console.print(f"{one['action']} ({one['verdict']}): {one['n']} times, {one['amount']}", markup=False)
    if report["skipped"]["count"]:
        console.print(f"{report['skipped']['count']} parts of the history could not be read, and were skipped.")


def interval(one: dict[str, Any]) -> str:
    """A share with its interval and its number."""
    if one["share"] is None:
        return "nothing to compare"
    return f"{100 * one['share']:.0f} % ({100 * one['low']:.0f} to {100 * one['high']:.0f}), n {one['of']}"
