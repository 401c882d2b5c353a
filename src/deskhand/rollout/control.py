"""Versions of the desk folder: who wrote them, who approved them, and what a desk may do by one that nobody did."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from deskhand.domain.journal_line import Broken, JournalLine
from deskhand.domain.stage import Stage

FIRST = "change.first"  # what the desk was first opened with: accepted by who opened it
SEEN = "change.seen"  # a desk was opened with it, or it was kept before a roll-back
SUBMITTED = "change.submitted"
APPROVED = "change.approved"
REFUSED = "change.refused"  # an approval that came to nothing
ROLLED_BACK = "change.rolled_back"
UNKNOWN = "unknown"  # who wrote what was found in the folder


class State(StrEnum):
    FIRST = "first"
    SEEN = "seen"
    SUBMITTED = "submitted"
    APPROVED = "approved"


@dataclass(frozen=True)
class Version:
    """`id` names every file of it, `digest` those of them that decide how a ticket ends. `tests` are what was found
    when it was submitted: `check` (its faults), `tried` and `failed` policy tests, and `golden`: how many golden
    tickets `passed`, and which `failed`, None where it has none. `required`: whether it demands to be
    approved; `line` is the newest of the journal about it."""

    id: str
    digest: str
    state: State
    at: datetime
    author: str = UNKNOWN
    why: str = ""
    before: str = ""
    tests: Mapping[str, Any] = field(default_factory=dict)
    approved_by: str = ""
    approved_at: datetime | None = None
    required: bool = False
    line: int = 0

    @property
    def accepted(self) -> bool:
        return self.state in (State.FIRST, State.APPROVED)

    @property
    def failing(self) -> str:
        """Why nobody can approve it, "" where check and tests went well."""
        if faults := self.tests.get("check"):
            return f"check finds {_counted(len(faults), 'fault')}, the first: {faults[0]}"
        if failed := self.tests.get("failed"):
            return f"{_counted(len(failed), 'failed test')} of the policy, the first: {failed[0]}"
        if failed := self.golden.get("failed"):
            return f"{_counted(len(failed), 'golden ticket')} that failed, the first: {failed[0]}"
        return ""

    @property
    def golden(self) -> Mapping[str, Any]:
        return self.tests.get("golden") or {}

    @property
    def tried(self) -> bool:
        """Whether anything was tried when it was submitted: a test of the policy, or a golden ticket."""
        return bool(self.tests.get("tried") or self.golden.get("passed") or self.golden.get("failed"))


@dataclass(frozen=True)
class Control:
    """`required`: whether a desk folder has to be approved before anything is autonomous by it; `digest`: of the one
    that is at work."""

    required: bool = False
    digest: str = ""


def versions(lines: Iterable[JournalLine]) -> dict[str, Version]:
    """By id, in the order in which they were first met; from the lines about changes, in order."""
    found: dict[str, Version] = {}
    for line in lines:
        body, id = line.body, str(line.body["version"])
        known = found.get(id)
        match line.kind:
            case "change.first":
                found[id] = _met(line, State.FIRST)
            case "change.seen" if known is None:
                found[id] = _met(line, State.SEEN)
            case "change.submitted":
                found[id] = replace(
                    _met(line, State.SUBMITTED),
                    author=str(body["by"]),
                    why=str(body["why"]),
                    before=str(body["before"]),
                    tests=body["tests"],
                )
            case "change.approved" if known is not None:
                by = str(body["by"])
                found[id] = replace(known, state=State.APPROVED, approved_by=by, approved_at=line.at, line=line.seq)
            case _:
                pass
    return found


def _met(line: JournalLine, state: State) -> Version:
    body = line.body
    return Version(
        str(body["version"]), str(body["digest"]), state, line.at, required=bool(body["required"]), line=line.seq
    )


def demanded(control: Control, found: Mapping[str, Version]) -> bool:
    """Whether a folder has to be approved: by what it says itself, or by what the newest accepted one said. So nobody
    takes the demand away alone."""
    accepted = [one for one in found.values() if one.accepted]
    newest = max(accepted, key=lambda one: one.line, default=None)
    return control.required or (newest is not None and newest.required)


def held_back(control: Control, lines: Iterable[JournalLine] | Broken) -> str:
    """Why nothing is autonomous by this desk folder; "" where something may be."""
    if isinstance(lines, Broken):
        return f"line {lines.seq} of the journal: {lines.why}"
    found = versions(lines)
    same = [one for one in found.values() if one.digest == control.digest]
    if not demanded(control, found) or any(one.accepted for one in same):
        return ""
    if waiting := [one for one in same if one.state is State.SUBMITTED]:
        return f"version {waiting[-1].id} of the desk folder waits for somebody else than {waiting[-1].author}"
    return "the desk folder is not an approved version: submit it, and let somebody else approve it"


def most(control: Control, lines: Iterable[JournalLine] | Broken) -> Stage:
    """The highest stage of anything by this desk folder."""
    return Stage.ASSISTED if held_back(control, lines) else Stage.AUTONOMOUS


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
