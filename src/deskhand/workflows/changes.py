"""A version of the desk folder is submitted by one person and approved by another, and can be gone back to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from deskhand.domain.journal_line import Broken, JournalLine
from deskhand.domain.suggestion import Person
from deskhand.ports.store import Store, Transaction
from deskhand.rollout.control import (
    APPROVED,
    FIRST,
    REFUSED,
    ROLLED_BACK,
    SEEN,
    SUBMITTED,
    State,
    Version,
    versions,
)
from deskhand.workflows.promote import EVALUATED, LONGEST, NOT_CHANGED, same_person

SHOWN = 20  # faults and failed tests that are kept


@dataclass(frozen=True)
class Snapshot:
    """A desk folder at one moment: see `rollout.control.Version`."""

    id: str
    digest: str
    files: Mapping[str, bytes]
    required: bool = False


@dataclass(frozen=True)
class Rehearsed:
    """How its golden tickets ended: how many passed, and the ids of those that failed."""

    passed: int
    failed: tuple[str, ...]


@dataclass(frozen=True)
class Examined:
    """What `check` and the tests of the policy say of it, and its golden tickets, None where it has none or cannot be
    opened."""

    faults: tuple[str, ...]
    tried: int
    failed: tuple[str, ...]
    golden: Rehearsed | None = None


@dataclass(frozen=True)
class Approving:
    """`roles` may submit and approve, empty for everybody of [people]; `golden`: golden tickets have to pass, too."""

    roles: frozenset[str] = frozenset()
    golden: bool = False


@dataclass(frozen=True)
class Changed:
    """`told` says what happened, and what did not."""

    done: bool
    told: str
    version: str = ""


def note_version(store: Store, now_at_work: Snapshot, now: datetime) -> None:
    """Called when a desk is opened. The first version that it is opened with counts as accepted by who did that: there
    was nothing to go by before. Every other one is kept, and is nobody's until somebody submits it."""
    with store.begin() as tx:
        known = tx.changes.changes()
        if isinstance(known, Broken):
            return
        if now_at_work.id not in versions(known):
            _keep(tx, now_at_work, SEEN if known else FIRST, now)


def submit(
    store: Store, one: Snapshot, found: Examined, rules: Approving, *, person: Person, why: str, now: datetime
) -> Changed:
    """Nothing is autonomous by it yet: somebody else has to approve it. What fails can be submitted, not approved."""
    if problem := _not_allowed(rules, person):
        return Changed(False, f"{problem} {NOT_CHANGED}")
    if not why.strip():
        return Changed(False, f"Say why. {NOT_CHANGED}")
    with store.begin() as tx:
        lines = tx.changes.changes()
        if isinstance(lines, Broken):
            return _broken(lines)
        known = versions(lines)
        if one.id in known and known[one.id].state is not State.SEEN:
            return Changed(False, f"Version {one.id} is {known[one.id].state} already. {NOT_CHANGED}", one.id)
        before = next((each for each in reversed(list(known.values())) if each.accepted), None)
        tx.versions.keep(one.id, one.digest, one.files, now)
        body = {
            "version": one.id,
            "digest": one.digest,
            "required": one.required,
            "before": before.id if before else "",
            "by": person.id,
            "why": why.strip()[:LONGEST],
            "files": differing_files(tx.versions.files(before.id) if before else {}, one.files),
            "tests": _told(found),
        }
        tx.changes.append(SUBMITTED, body, now)
    return Changed(True, f"{person.id} submitted version {one.id}. Another person has to approve it.", one.id)


def approve(
    store: Store, version: str, rules: Approving, *, person: Person, now: datetime, untested: bool = False
) -> Changed:
    """By somebody else than who submitted it, where check and tests went well and no golden ticket failed on it. What
    was never tried takes the word `untested`, which the journal keeps."""
    if problem := _not_allowed(rules, person):
        return Changed(False, f"{problem} {NOT_CHANGED}")
    with store.begin() as tx:
        lines = tx.changes.changes()
        if isinstance(lines, Broken):
            return _broken(lines)
        one = versions(lines).get(version)
        if one is None or one.state is not State.SUBMITTED:
            how = one.state if one else "not known here"
            return Changed(False, f"This version is {how}, so it cannot be approved. {NOT_CHANGED}", version)
        if same_person(one.author, person.id):
            what = f"{person.id} submitted this version, so somebody else has to approve it."
            return Changed(False, f"{what} {NOT_CHANGED}", version)
        golden = _golden(tx, one)
        if why := one.failing or _golden_problem(golden, rules) or _never_tried(one, golden, untested):
            refused = {"version": version, "digest": one.digest, "by": person.id, "why": why}
            tx.changes.append(REFUSED, refused, now)
            return Changed(False, f"Refused: {why}. {NOT_CHANGED}", version)
        told = {"version": version, "digest": one.digest, "by": person.id, "author": one.author, "golden": golden}
        tried = {"tried": one.tests.get("tried", 0), "untested": not (one.tried or golden)}
        tx.changes.append(APPROVED, {**told, **tried}, now)
    return Changed(True, f"Approved. What was submitted by {one.author} may be autonomous from now on.", version)


def may_go_back_to(tx: Transaction, version: str) -> Mapping[str, bytes] | str:
    """The files of an accepted version, or why there is no way back to it."""
    lines = tx.changes.changes()
    if isinstance(lines, Broken):
        return _broken(lines).told
    one = versions(lines).get(version)
    if one is None or not one.accepted:
        return (
            f"Version {version} is {one.state if one else 'not known here'}, and none that was approved. {NOT_CHANGED}"
        )
    return tx.versions.files(version)


def note_rolled_back(store: Store, present: Snapshot, target: Snapshot, *, by: str, now: datetime) -> None:
    """The files are those of the target by now; what they were before is kept as a version, too."""
    with store.begin() as tx:
        known = tx.changes.changes()
        if not isinstance(known, Broken) and present.id not in versions(known):
            _keep(tx, present, SEEN, now)
        told = {"version": target.id, "digest": target.digest, "from": present.id, "by": by}
        tx.changes.append(ROLLED_BACK, told, now)


def all_versions(lines: Iterable[JournalLine]) -> list[Version]:
    """The newest first."""
    return sorted(versions(lines).values(), key=lambda one: one.at, reverse=True)


def differing_files(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> dict[str, str]:
    """Each file that is not the same, with what became of it."""
    names = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
    return {name: "added" if name not in old else "changed" if name in new else "removed" for name in names}


def _keep(tx: Transaction, one: Snapshot, kind: str, now: datetime) -> None:
    tx.versions.keep(one.id, one.digest, one.files, now)
    tx.changes.append(kind, {"version": one.id, "digest": one.digest, "required": one.required}, now)


def _told(found: Examined) -> dict[str, object]:
    golden = found.golden and {"passed": found.golden.passed, "failed": found.golden.failed[:SHOWN]}
    return {"check": found.faults[:SHOWN], "tried": found.tried, "failed": found.failed[:SHOWN], "golden": golden}


def _golden(tx: Transaction, one: Version) -> dict[str, int] | None:
    """How many golden tickets passed and failed when they were last tried on this version, None when never: recorded
    since, or when it was submitted."""
    line = tx.journal.newest(EVALUATED)
    if line is not None and line.body["digest"] == one.digest:
        return {"passed": int(line.body["passed"]), "failed": int(line.body["failed"])}
    return {"passed": int(one.golden["passed"]), "failed": len(one.golden["failed"])} if one.golden else None


def _never_tried(one: Version, golden: Mapping[str, int] | None, untested: bool) -> str:
    if untested or one.tried or golden:
        return ""
    return "nothing of it was ever tried: give it tests of the policy or golden tickets, or approve it with --untested"


def _golden_problem(found: Mapping[str, int] | None, rules: Approving) -> str:
    if found and found["failed"]:
        return f"{found['failed']} of its golden tickets fail"
    if rules.golden and not (found and found["passed"]):
        return "its golden tickets were not tried: run deskhand eval --record on it"
    return ""


def _not_allowed(rules: Approving, person: Person) -> str:
    if not rules.roles or rules.roles & person.roles:
        return ""
    return f"{person.id} is none of those who may change this desk: {', '.join(sorted(rules.roles))}."


def _broken(broken: Broken) -> Changed:
    what = f"Line {broken.seq} of the journal: {broken.why}. Nothing is autonomous until that is mended."
    return Changed(False, f"{what} {NOT_CHANGED}")
