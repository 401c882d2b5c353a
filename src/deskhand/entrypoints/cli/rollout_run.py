"""What `deskhand rollout` does. It works on the database alone, and so at once."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import NoReturn

from rich.table import Table

from deskhand.bootstrap import Queries, load_folder, now, open_store, person_of, rules_of
from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.journal_line import Broken
from deskhand.domain.rights import Right, may, refusal
from deskhand.domain.scope import Scope
from deskhand.domain.stage import Stage
from deskhand.domain.suggestion import Person
from deskhand.entrypoints.printing import console, print_json
from deskhand.measurement.trials import KINDS
from deskhand.measurement.trials import trials as trials_of
from deskhand.ports.store import Store
from deskhand.rollout.requests import Share
from deskhand.settings import Settings, read_settings
from deskhand.workflows.close_finding import close_finding
from deskhand.workflows.promote import Answer, Lines, Rules
from deskhand.workflows.promote import approve as approve_it
from deskhand.workflows.promote import ask as ask_for
from deskhand.workflows.promote import withdraw as withdraw_it
from deskhand.workflows.stages_now import Standing, stages_now
from deskhand.workflows.step_back import step_back
from deskhand.workflows.written_stages import note_written


@dataclass(frozen=True)
class Opened:
    settings: Settings
    store: Store
    lines: Lines
    rules: Rules


@contextmanager
def opened(folder: Path) -> Iterator[Opened]:
    """The store and the rules of a desk, with what its desk.toml says now."""
    settings = read_settings(folder)
    rules = rules_of(settings, [one.id for one in load_folder(settings).procedures])
    with open_store(settings) as store:
        note_written(store, rules.rollout, rules.procedures, now())
        yield Opened(settings, store, Queries(store.engine).lately, rules)


def show(folder: Path, *, as_json: bool) -> None:
    """Exit with 1 when the journal was edited."""
    with opened(folder) as desk:
        found = stages_now(desk.store, desk.lines, desk.rules, now())
        with desk.store.begin() as tx:
            paused = [one.scope for one in tx.pauses.standing()]
    if isinstance(found, Broken):
        _broken(folder, found)
    if as_json:
        print_json({"procedures": [_told(one, paused) for one in found], "gates": desk.rules.gates})
        return
    table = Table("Procedure", "Stage", "For", "Decided", "Unedited", "Next", "Missing")
    for one in found:
        whom = ", ".join(f"{grant.stage} {grant.scope.percent:g} %" for grant in one.grants) or "everybody"
        surely = "" if one.evidence.surely is None else f">= {100 * one.evidence.surely:.0f} %"
        state = f"{one.stage}{' (paused)' if f'procedure:{one.procedure}' in paused else ''}"
        asked = f"request {one.open.id} of {one.open.by} is {one.open.state}" if one.open else ", ".join(one.lacks)
        table.add_row(one.procedure, state, whom, str(one.evidence.decided), surely, str(one.next or "-"), asked)
    console.print(table)


def ask(
    folder: Path,
    procedure: str,
    stage: Stage,
    shares: Sequence[tuple[float, datetime | None]],
    whom: tuple[str, str, str],
    *,
    why: str,
    token: str,
    as_json: bool,
) -> None:
    """Exit with 1 when it cannot be asked for. Without a share: all for assisted, the first few for autonomous."""
    with opened(folder) as desk:
        first = desk.rules.gates.start_percent if stage is Stage.AUTONOMOUS else 100.0
        answer = ask_for(
            desk.store,
            desk.lines,
            desk.rules,
            procedure=procedure,
            stage=stage,
            scope=Scope(*whom),
            shares=[Share(*one) for one in shares] or [Share(first)],
            person=_person(desk.settings, token, Right.PROMOTE),
            why=why,
            now=now(),
        )
    _tell(answer, as_json)


def approve(folder: Path, request: str, *, token: str, as_json: bool) -> None:
    """Exit with 1 when it is refused."""
    with opened(folder) as desk:
        person = _person(desk.settings, token, Right.APPROVE)
        answer = approve_it(desk.store, desk.lines, desk.rules, request=request, person=person, now=now())
    _tell(answer, as_json)


def withdraw(folder: Path, request: str, *, why: str, by: str, as_json: bool) -> None:
    """Exit with 1 when there is none."""
    with opened(folder) as desk:
        answer = withdraw_it(desk.store, request=request, by=by, why=why, now=now())
    _tell(answer, as_json)


def back(folder: Path, procedure: str, *, why: str, by: str, as_json: bool) -> None:
    """A desk with faults can still step back, its name unchecked."""
    settings = read_settings(folder)
    with open_store(settings) as store:
        told = step_back(store, procedure=procedure, why=why, by=by, now=now(), evidence={})
    if as_json:
        print_json(told)
    elif told.changed:
        console.print(f"{procedure} is {told.stage} from now on.", markup=False)
    else:
        console.print(f"{procedure} stays {told.stage}: {told.why}.", markup=False)


def close(folder: Path, finding: str, *, why: str, by: str, as_json: bool) -> None:
    """Exit with 1 when no such finding is open."""
    with opened(folder) as desk:
        found = stages_now(desk.store, desk.lines, desk.rules, now())
        if isinstance(found, Broken):
            _broken(folder, found)
        there = [each for one in found for each in one.trust.open if each.id == finding]
        if not there:
            what = f"no finding {finding!r} is open; nothing was changed. `deskhand rollout show` tells which are"
            raise DeskFault((Fault(str(folder), 1, what),))
        close_finding(desk.store, finding, ticket=there[0].ticket, by=by, why=why, now=now())
    if as_json:
        print_json({"closed": there[0], "by": by})
    else:
        console.print(f"{finding} is closed.", markup=False)


def history(folder: Path, procedure: str, *, as_json: bool) -> None:
    """Oldest first."""
    with open_store(read_settings(folder)) as store, store.begin() as tx:
        changes = tx.stages.changes()
    if isinstance(changes, Broken):
        _broken(folder, changes)
    chosen = [one for one in changes if procedure in ("", one.body.get("procedure"))]
    if as_json:
        print_json({"changes": chosen})
        return
    for one in chosen:
        body = one.body
        what = " ".join(str(body[key]) for key in ("procedure", "stage", "percent", "lacks") if key in body)
        text = f"{one.seq:>6} {one.at:%Y-%m-%d %H:%M} {one.kind:<22} {what}  by {body['by']}"
        console.print(f"{text}: {body['why']}" if "why" in body else text, markup=False, soft_wrap=True)


def trials(folder: Path, *, as_json: bool) -> None:
    """Of the last days that the gates look at."""
    with opened(folder) as desk:
        table = desk.settings.table.rollout.trials
        every = [one.trial(name) for name, one in table.items()]
        found = trials_of(desk.lines(KINDS, now() - timedelta(days=desk.rules.gates.days)), every)
    if as_json:
        print_json(
            {"trials": [{"trial": one, "compared": found[one.name], "better": found[one.name].better} for one in every]}
        )
        return
    for one in every:
        state = found[one.name]
        a, b = (f"{good} of {cases} unedited" for good, cases in (state.a, state.b))
        verdict = f"{state.better} is better" if state.better else "no difference shown yet"
        what = ", ".join(filter(None, (one.procedure, one.model)))
        text = f"{one.name} ({what}): a {a}, b {b}; evidence {state.e:.2f} of {1 / one.alpha:.0f}: {verdict}."
        console.print(text, markup=False, soft_wrap=True)
    if not every:
        console.print("There are no [rollout.trials] in desk.toml.", markup=False)


def _person(settings: Settings, token: str, right: Right) -> Person:
    person = person_of(settings, token)
    if person is None:
        what = "this is the token of nobody under [people]; nothing was changed"
        raise DeskFault((Fault(str(settings.folder / "desk.toml"), 1, what),))
    if not may(person, right):
        raise DeskFault((Fault(str(settings.folder / "desk.toml"), 1, refusal(right)),))
    return person


def _tell(answer: Answer, as_json: bool) -> None:
    if as_json:
        print_json(answer)
    else:
        console.print(answer.told, markup=False, soft_wrap=True)
        if answer.done and answer.request:
            console.print(f"Request {answer.request}", markup=False)
    if not answer.done:
        raise SystemExit(1)


def _told(one: Standing, paused: Sequence[str]) -> dict[str, object]:
    return {
        "procedure": one.procedure,
        "stage": one.stage,
        "written": one.written,
        "ceiling": one.ceiling,
        "paused": f"procedure:{one.procedure}" in paused,
        "grants": list(one.grants),
        "request": one.open,
        "next": one.next,
        "lacks": list(one.lacks),
        "evidence": one.evidence,
        "findings": list(one.trust.open),
    }


def _broken(folder: Path, broken: Broken) -> NoReturn:
    what = f"line {broken.seq} of the journal: {broken.why}. Every procedure is read-only until that is mended"
    raise DeskFault((Fault(str(folder), broken.seq, what),))
