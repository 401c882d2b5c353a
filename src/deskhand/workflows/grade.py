"""A person grades a reply that was sent, without knowing who wrote it; what is wrong opens a finding."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from deskhand.domain.digest import digest
from deskhand.domain.suggestion import Person
from deskhand.measurement.quality.graded import AGENT_GRADED, CLOSED, GRADED, NO_REPLY, OPENED, SKIPPED
from deskhand.measurement.quality.sample import Drawn
from deskhand.measurement.quality.talk import ASSISTANT
from deskhand.ports.store import Store, Transaction
from deskhand.understanding.redact import for_others

LONGEST = 300  # characters of a reason
NOT_KEPT = "Nothing was kept."


class Mark(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    HALLUCINATED = "hallucinated"


class Skip(StrEnum):
    """Why a person does not grade a reply. OWN: they had to do with it outside of this desk."""

    OWN = "own"
    UNREADABLE = "unreadable"
    CANNOT_TELL = "cannot_tell"
    NO_RESPONSE = NO_REPLY


@dataclass(frozen=True)
class Kept:
    """Whether it was; `why` says what happened and what did not."""

    kept: bool
    why: str


def grade(store: Store, drawn: Drawn, person: Person, mark: Mark, why: str, now: datetime) -> Kept:
    """Once for each person and reply; nobody grades what they had to do with."""
    one = drawn.sent
    with store.begin() as tx:
        tx.tickets.owner(one.ticket)  # two who grade it at once take turns
        if refused := _refused(tx, drawn, person):
            return Kept(False, f"{refused} {NOT_KEPT}")
        line: dict[str, object] = {
            "ticket": one.ticket,
            "message": one.message,
            "verdict": "right" if mark is Mark.RIGHT else "wrong",
            "hallucinated": mark is Mark.HALLUCINATED,
            "by": person.id,
            "double": drawn.double,
            "why": _told(why),
        }
        tx.journal.append(GRADED if one.by == ASSISTANT else AGENT_GRADED, one.ticket, line, now)
        if mark is not Mark.RIGHT:
            _open(tx, drawn, person, mark, now)
    return Kept(True, "Kept.")


def skip(store: Store, drawn: Drawn, person: Person, why: Skip, now: datetime) -> Kept:
    """This person is not shown it again."""
    one = drawn.sent
    with store.begin() as tx:
        tx.tickets.owner(one.ticket)
        line: dict[str, object] = {"ticket": one.ticket, "message": one.message, "by": person.id, "why": str(why)}
        tx.journal.append(SKIPPED, one.ticket, line, now)
    return Kept(True, "Skipped.")


def close_finding(store: Store, ticket: str, finding: str, person: Person, why: str, now: datetime) -> Kept:
    """With a reason, by somebody else than who opened it and than those who had to do with the ticket."""
    told = _told(why)
    if not told:
        return Kept(False, f"Say what was done about it. {NOT_KEPT}")
    with store.begin() as tx:
        tx.tickets.owner(ticket)
        lines = tx.journal.of_ticket(ticket, [OPENED, CLOSED])
        opened = next((one for one in lines if one.kind == OPENED and one.body["finding"] == finding), None)
        if opened is None:
            return Kept(False, f"There is no such finding. {NOT_KEPT}")
        if any(one.kind == CLOSED and one.body["finding"] == finding for one in lines):
            return Kept(False, f"Somebody has closed it already. {NOT_KEPT}")
        if person.id in (opened.body["by"], *opened.body["hands"]):
            return Kept(False, f"Somebody else closes it: you opened it, or had to do with this ticket. {NOT_KEPT}")
        tx.journal.append(CLOSED, ticket, {"finding": finding, "by": person.id, "why": told}, now)
    return Kept(True, "Closed.")


def finding_of(ticket: str, message: str) -> str:
    """Of one reply there is one finding."""
    return digest(["finding", ticket, message])[:12]


def _refused(tx: Transaction, drawn: Drawn, person: Person) -> str:
    one = drawn.sent
    if person.id in one.hands:
        return "You had to do with this ticket, so somebody else grades it."
    lines = tx.journal.of_ticket(one.ticket, [GRADED, AGENT_GRADED])
    given = [line.body["by"] for line in lines if line.body["message"] == one.message]
    if person.id in given:
        return "You have graded this reply already."
    return "It has been graded meanwhile." if len(given) >= 1 + drawn.double else ""


def _open(tx: Transaction, drawn: Drawn, person: Person, mark: Mark, now: datetime) -> None:
    """Of what a person wrote the assistant's procedure is not to blame, so none is named."""
    one = drawn.sent
    finding = finding_of(one.ticket, one.message)
    if any(line.body["finding"] == finding for line in tx.journal.of_ticket(one.ticket, [OPENED])):
        return
    ours = one.by == ASSISTANT
    line: dict[str, object] = {
        "finding": finding,
        "procedure": one.procedure if ours else "",
        "ticket": one.ticket,
        "kind": str(mark) if ours else "people",
        "message": one.message,
        "by": person.id,
        "hands": sorted(one.hands),
    }
    tx.journal.append(OPENED, one.ticket, line, now)


def _told(why: str) -> str:
    return for_others(why.replace("\x00", "").strip())[:LONGEST]
