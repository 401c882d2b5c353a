"""The desk folder as a version: read, examined, and written back."""

import hashlib
from datetime import datetime
from pathlib import Path

from deskhand.bootstrap.connections.connectors import named
from deskhand.bootstrap.folder.desk_digest import PARTS, desk_digest
from deskhand.bootstrap.folder.files import policy_files, policy_tests
from deskhand.bootstrap.folder.folder import load_folder
from deskhand.bootstrap.storage.store import has_journal, open_store
from deskhand.domain.digest import digest
from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.journal_line import Broken
from deskhand.execution.catalogue.all_actions import schema_of_texts
from deskhand.policy.case_file import load_cases
from deskhand.policy.cases import try_cases
from deskhand.policy.loading import load_policies
from deskhand.ports.store import Store
from deskhand.rollout.control import Control, held_back
from deskhand.settings import Settings
from deskhand.workflows.changes import Approving, Examined, Snapshot, may_go_back_to, note_rolled_back

# Golden tickets are not kept: they may hold words of customers.
TESTS = ("policies/tests",)  # kept with a version, and not part of what decides a ticket
ENOUGH = 2  # people: one who writes, one who approves


def snapshot(settings: Settings) -> Snapshot:
    """The files of the desk folder that are kept as one version."""
    files = {str(one.relative_to(settings.folder)): one.read_bytes() for one in _files(settings)}
    told = [[name, hashlib.sha256(content).hexdigest()] for name, content in sorted(files.items())]
    control = control_of(settings)
    return Snapshot(digest(told)[:12], control.digest, files, control.required)


def examined(settings: Settings) -> Examined:
    """What `check` finds, and how the tests of the policy end."""
    try:
        load_folder(settings)
    except DeskFault as error:
        return Examined(tuple(map(str, error.faults)), 0, ())
    files = policy_files(settings.folder)
    policy = load_policies(files, schema_of_texts(files))
    tried = try_cases(policy, load_cases(policy_tests(settings.folder), policy))
    failed = tuple(f"{one.case.file}:{one.case.line}: {one.case.name}" for one in tried if one.wrong)
    return Examined((), len(tried), failed)


def approving(settings: Settings) -> Approving:
    """Who may submit and approve, and what has to be there."""
    table = settings.table.changes
    return Approving(frozenset(table.approvers), table.golden)


def control_of(settings: Settings) -> Control:
    """Of the folder as it is now. Unsaid, it is careful where something real can be done and two people are there to
    look; see docs/decisions/0036."""
    table = settings.table.changes
    required = table.required
    if required is None:
        roles = set(table.approvers)
        may = [name for name, theirs in settings.table.people.items() if not roles or roles & set(theirs)]
        real = any(not one.table.twin for one in named(settings).values())
        required = real and len(may) >= ENOUGH
    return Control(required, desk_digest(settings))


def held_back_now(settings: Settings) -> str:
    """Why nothing is autonomous by the folder as it is now; "" where something may be, or nothing was ever done."""
    if not has_journal(settings):
        return ""
    control = control_of(settings)
    with open_store(settings) as store, store.begin() as tx:
        lines = tx.changes.changes()
    return held_back(control, lines) if isinstance(lines, Broken) or lines else ""


def roll_back(settings: Settings, store: Store, version: str, *, by: str, now: datetime) -> str:
    """Write the files of an accepted version into the folder; why not, or "". What is there now is kept first."""
    present = snapshot(settings)
    with store.begin() as tx:
        files = may_go_back_to(tx, version)
        if isinstance(files, str):
            return files
        tx.versions.keep(present.id, present.digest, present.files, now)
    for name, content in files.items():
        if present.files.get(name) != content:
            _write(settings.folder / name, content)
    for name in present.files.keys() - files.keys():
        (settings.folder / name).unlink(missing_ok=True)
    target = snapshot(settings)
    if target.id != version:
        what = "files were changed while they were written back; run the same command again"
        raise DeskFault((Fault(str(settings.folder), 1, what),))
    note_rolled_back(store, present, target, by=by, now=now)
    return ""


def _files(settings: Settings) -> list[Path]:
    home = settings.folder
    found = {home / "desk.toml"}
    for part in (*PARTS, *TESTS):
        found.update((home / part).glob("*.y*ml"))
    found.update(one for one in (home / settings.table.articles).rglob("*") if one.is_file())
    return sorted(found)


def _write(file: Path, content: bytes) -> None:
    """A reader sees the old file or the new one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.new")
    fresh.write_bytes(content)
    fresh.replace(file)
