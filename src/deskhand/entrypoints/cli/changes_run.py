"""What `deskhand changes` does. It works on the folder and the database alone; no system is asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from rich.table import Table

from deskhand.bootstrap import now, open_store, person_of
from deskhand.bootstrap.versions import approving, control_of, examined, roll_back, snapshot
from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.journal_line import Broken
from deskhand.domain.suggestion import Person
from deskhand.entrypoints.differing import differing, texts
from deskhand.entrypoints.printing import console, print_json
from deskhand.ports.store import Store
from deskhand.rollout.control import Version, demanded, held_back, versions
from deskhand.settings import Settings, read_settings
from deskhand.workflows.changes import Changed, all_versions, note_version
from deskhand.workflows.changes import approve as approve_it
from deskhand.workflows.changes import submit as submit_it
from deskhand.workflows.promote import same_person


@contextmanager
def opened(folder: Path) -> Iterator[tuple[Settings, Store]]:
    """A folder that this desk was never opened with is kept, too."""
    settings = read_settings(folder)
    with open_store(settings) as store:
        note_version(store, snapshot(settings), now())
        yield settings, store


def show(folder: Path, *, as_json: bool) -> None:
    """Exit with 1 when the journal was edited."""
    with opened(folder) as (settings, store):
        control, here = control_of(settings), snapshot(settings)
        with store.begin() as tx:
            lines = tx.changes.changes()
    if isinstance(lines, Broken):
        _broken(folder, lines)
    found, why, required = all_versions(lines), held_back(control, lines), demanded(control, versions(lines))
    if as_json:
        told = [{**vars(one), "accepted": one.accepted, "here": one.id == here.id} for one in found]
        print_json({"required": required, "held_back": why, "here": here.id, "versions": told})
        return
    table = Table("version", "state", "author", "approved by", "at", "why", box=None, pad_edge=False)
    for one in found:
        mark = " (here)" if one.id == here.id else ""
        at = f"{one.at:%Y-%m-%d %H:%M}"
        table.add_row(f"{one.id}{mark}", str(one.state), one.author, one.approved_by or "-", at, one.failing or one.why)
    console.print(table)
    if why:
        console.print(f"Nothing is autonomous: {why}.", style="yellow", markup=False)
    elif not required:
        console.print("No version has to be approved here: [changes] required in desk.toml.", markup=False)


def diff(folder: Path, id: str, *, as_json: bool) -> None:
    with opened(folder) as (_, store), store.begin() as tx:
        lines = tx.changes.changes()
        if isinstance(lines, Broken):
            _broken(folder, lines)
        one = _named(folder, all_versions(lines), id)
        files = list(differing(texts(tx.versions.files(one.before)), texts(tx.versions.files(one.id))))
    if as_json:
        print_json({"version": one.id, "before": one.before, "files": files})
        return
    for file in files:
        console.print(file.name, style="bold", markup=False)
        for sign, line in file.lines:
            console.print(line if sign == "@" else f"{sign}{line}", markup=False, highlight=False, soft_wrap=True)


def submit(folder: Path, *, why: str, by: str, token: str, as_json: bool) -> None:
    """Exit with 1 when nothing was submitted."""
    with opened(folder) as (settings, store):
        one, person = snapshot(settings), _person(settings, token, by)
        found = examined(settings)
        answer = submit_it(store, one, found, approving(settings), person=person, why=why, now=now())
    _tell(answer, as_json)
    for fault in (*found.faults, *(f"test failed: {one}" for one in found.failed)) if not as_json else ():
        console.print(fault, markup=False, highlight=False, soft_wrap=True)


def approve(folder: Path, id: str, *, by: str, token: str, as_json: bool) -> None:
    """Exit with 1 when it is refused."""
    with opened(folder) as (settings, store):
        person = _person(settings, token, by)
        answer = approve_it(store, id, approving(settings), person=person, now=now())
    _tell(answer, as_json)


def rollback(folder: Path, id: str, *, by: str, as_json: bool) -> None:
    """Exit with 1 when there is no way back to it; then no file was touched."""
    with opened(folder) as (settings, store):
        before = snapshot(settings)
        why = roll_back(settings, store, id, by=by, now=now())
    told = f"The folder is version {id} again; what it was is kept as {before.id}. Start serve anew."
    _tell(Changed(not why, why or told, id), as_json)


def _person(settings: Settings, token: str, by: str) -> Person:
    person = person_of(settings, token)
    if person is None or (by and not same_person(by, person.id)):
        whose = f"not the token of {by}" if person and by else "the token of nobody under [people]"
        raise DeskFault((Fault(str(settings.folder / "desk.toml"), 1, f"this is {whose}; nothing was changed"),))
    return person


def _named(folder: Path, found: list[Version], id: str) -> Version:
    one = next((each for each in found if each.id == id), None)
    if one is None:
        raise DeskFault(
            (Fault(str(folder), 1, f"there is no version {id!r}, so nothing was done; see `deskhand changes`"),)
        )
    return one


def _tell(answer: Changed, as_json: bool) -> None:
    if as_json:
        print_json(answer)
    else:
        console.print(answer.told, markup=False, soft_wrap=True)
    if not answer.done:
        raise SystemExit(1)


def _broken(folder: Path, broken: Broken) -> NoReturn:
    what = f"line {broken.seq} of the journal: {broken.why}. Nothing is autonomous until that is mended"
    raise DeskFault((Fault(str(folder), broken.seq, what),))
