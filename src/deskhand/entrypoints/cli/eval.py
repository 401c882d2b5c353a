"""`deskhand eval`: the company's golden tickets and simulated customers, tried on a desk of their own."""

import fnmatch
import time
from collections.abc import Sequence
from pathlib import Path

from rich.progress import track

from deskhand.bootstrap import desk_digest, load_folder, now, open_store
from deskhand.domain.errors import DeskFault, Fault
from deskhand.entrypoints.printing import aside, plain, print_json
from deskhand.entrypoints.trials import kept
from deskhand.entrypoints.trials.printed import junit, page, show
from deskhand.entrypoints.trials.report import DETERMINISTIC, Report, changes, tickets
from deskhand.entrypoints.trials.rounds import rounds
from deskhand.golden.ticket import Golden
from deskhand.settings import Settings, read_settings
from deskhand.workflows.pause import NO_TICKET

EVALUATED = "evaluated"  # the journal line that a promotion may ask for


def run(
    folder: Path,
    *,
    pattern: str,
    drafts: bool,
    k: int,
    as_json: bool,
    html: Path | None,
    xml: Path | None,
    baseline: Path | None,
    record: bool,
    by: str,
) -> None:
    """Print the report and exit with 1 when a ticket failed."""
    settings = read_settings(folder)
    before = kept.read(baseline) if baseline else None if pattern != "*" else kept.last(settings)
    golden = chosen(settings, pattern, drafts)
    if record and (pattern != "*" or drafts):
        raise DeskFault((Fault(str(folder), 1, "only a run of all golden tickets, and of no draft, is recorded"),))
    report = report_on(settings, golden, k)
    since = changes(before, report) if before else None
    if pattern == "*" and not drafts:
        kept.keep(settings, report)
    if html:
        html.write_text(page(report, since), "utf-8")
    if xml:
        xml.write_text(junit(report), "utf-8")
    if record:
        recorded(settings, report, by)
    if as_json:
        print_json({**report.told(), "changes": plain(since)})
    else:
        show(report, since)
    if report.failed:
        raise SystemExit(1)


def chosen(settings: Settings, pattern: str, drafts: bool) -> tuple[Golden, ...]:
    """Those whose id fits the pattern; drafts only when they are asked for. `DeskFault` when there is none."""
    found = [one for one in load_folder(settings).golden if drafts or not one.draft]
    fitting = tuple(one for one in found if fnmatch.fnmatchcase(one.id, pattern))
    if not fitting:
        what = f"no golden ticket fits {pattern!r}" if found else "there is no golden ticket here: see docs/golden.md"
        raise DeskFault((Fault(str(settings.folder / "golden"), 1, what),))
    return fitting


def report_on(settings: Settings, golden: Sequence[Golden], k: int) -> Report:
    """Every ticket `k` times. State lies in folders that are thrown away: the desk itself is not touched."""
    aside.print("Opening a desk to try them on ...")
    began, at = time.perf_counter(), now()
    every = track(
        rounds(settings, golden, k, aside.print), "Trying", total=len(golden) * k, console=aside, update_period=0.5
    )
    found = tickets(every)
    model = ", ".join(settings.table.chain)
    note = DETERMINISTIC if k > 1 and not model else ""
    return Report(
        at.isoformat(), desk_digest(settings), model, k, round(time.perf_counter() - began, 1), note, found
    )


def recorded(settings: Settings, report: Report, by: str) -> None:
    """One line in the real desk's journal: what a promotion may ask for."""
    body = {"digest": report.desk, "passed": report.passed, "failed": report.failed, "k": report.k, "by": by}
    with open_store(settings) as store, store.begin() as tx:
        tx.journal.append(EVALUATED, NO_TICKET, body, now())
