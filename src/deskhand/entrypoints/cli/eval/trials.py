"""`deskhand eval`: the company's golden tickets and simulated customers, tried on a desk of their own."""

import fnmatch
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.progress import track

from deskhand.bootstrap import desk_digest, load_folder, now, open_store
from deskhand.domain.errors import DeskFault, DeskhandError, Fault
from deskhand.entrypoints.printing import aside, plain, print_json
from deskhand.entrypoints.trials import kept
from deskhand.entrypoints.trials.printed import junit, page, show
from deskhand.entrypoints.trials.report import DETERMINISTIC, Report, changes, conversation, tickets
from deskhand.entrypoints.trials.rounds import rounds
from deskhand.entrypoints.trials.simulated import Played, conversations, customers
from deskhand.golden.persona import Manner
from deskhand.golden.ticket import Golden
from deskhand.settings import Settings, read_settings
from deskhand.workflows.pause import NO_TICKET
from deskhand.workflows.promote import EVALUATED


def run(
    folder: Path,
    *,
    pattern: str,
    drafts: bool,
    personas: str,
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
        what = "only a run of all golden tickets, and of no draft, is recorded: nothing was run. Leave out --record"
        raise DeskFault((Fault(str(folder), 1, what),))
    report = report_on(settings, golden, k, manners(personas))
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
        what = (
            f"no golden ticket fits {pattern!r}, so nothing was run"
            if found
            else "there is no golden ticket here: see docs/golden.md"
        )
        raise DeskFault((Fault(str(settings.folder / "golden"), 1, what),))
    return fitting


def manners(personas: str) -> tuple[Manner, ...]:
    """ "all", or some with commas between them."""
    names = [one.strip() for one in personas.split(",") if one.strip()]
    if names == ["all"]:
        return tuple(Manner)
    if strange := sorted(set(names) - set(map(str, Manner))):
        raise DeskhandError(f"There is no simulated customer {strange[0]!r}; there are {', '.join(Manner)}, and all.")
    return tuple(map(Manner, names))


def report_on(settings: Settings, golden: Sequence[Golden], k: int, personas: Sequence[Manner] = ()) -> Report:
    """Every ticket `k` times. State lies in folders that are thrown away: the desk itself is not touched."""
    aside.print("Opening a desk to try them on ...")
    began, at = time.perf_counter(), now()
    every = track(
        rounds(settings, golden, k, aside.print), "Trying", total=len(golden) * k, console=aside, update_period=0.5
    )
    found = tickets(every)
    talks = list(talked(settings, golden, personas)) if personas else []
    model = ", ".join(settings.table.chain)
    note = DETERMINISTIC if k > 1 and not model else ""
    return Report(
        at=at.isoformat(),
        desk=desk_digest(settings),
        model=model,
        k=k,
        seconds=round(time.perf_counter() - began, 1),
        note=note,
        tickets=(*found, *(conversation(one) for one in talks if one.found.assistant or not one.found.simulator)),
        discarded=tuple(conversation(one) for one in talks if one.found.simulator and not one.found.assistant),
    )


def talked(settings: Settings, golden: Sequence[Golden], personas: Sequence[Manner]) -> Iterator[Played]:
    """Every simulated customer with the wish of every ticket: by a model where one is set, else by a script."""
    with customers(settings) as speaks:
        every = conversations(settings, golden, personas, speaks, aside.print)
        total = len(golden) * len(personas)
        yield from track(every, "Simulated customers", total=total, console=aside, update_period=0.5)


def recorded(settings: Settings, report: Report, by: str) -> None:
    """One line in the real desk's journal: what a promotion may ask for."""
    body = {"digest": report.desk, "passed": report.passed, "failed": report.failed, "k": report.k, "by": by}
    with open_store(settings) as store, store.begin() as tx:
        tx.journal.append(EVALUATED, NO_TICKET, body, now())
