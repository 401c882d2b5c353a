"""A deed that an agent starts by a click: judged by policy, done once, with a receipt."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from deskhand.domain.action import Action, Proposal
from deskhand.domain.case import Case
from deskhand.domain.errors import ConnectorError
from deskhand.domain.ref import Ref
from deskhand.domain.stage import Stage
from deskhand.domain.suggestion import Person
from deskhand.domain.verdict import Approve
from deskhand.execution.executor import Approval
from deskhand.execution.results import Changed, Declined, Done, Frozen, Paused, Result, Stopped, Unsure
from deskhand.ports.store import Transaction
from deskhand.workflows.desk import Desk


class Ending(StrEnum):
    """UNSURE: nobody can tell whether it happened. STARTED: the work is under way."""

    STARTED = "started"
    DONE = "done"
    REFUSED = "refused"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Clicked:
    """`why` is a clause for the agent: the receipt when it was done, else what stands in the way."""

    end: Ending
    why: str


def unmarked(tx: Transaction, proposal: Proposal) -> None:
    """Nothing more to write."""


def by_click(
    desk: Desk,
    action: Action,
    on: str,
    person: Person,
    then: Callable[[Transaction, Proposal], None] = unmarked,
) -> Clicked:
    """Do it on the ticket `on`, on the facts of now; the person's click is an approval of their role. `then` is written
    in the transaction that says it was done."""
    ticket = Ref.parse(on)
    try:
        requester = desk.desks[ticket.system].ticket(ticket).value.requester
        identity = desk.customers.who(requester).identity
        case = Case(on, "workspace", identity, Stage.ASSISTED, desk.clock(), agent=person.id)
        proposal = desk.gate.propose(action, case)
    except ConnectorError as error:
        return Clicked(Ending.UNSURE, f"nothing was done, since {error}")
    verdict, approval = proposal.verdict, None
    if isinstance(verdict, Approve):
        if verdict.four_eyes or len(verdict.by) > 1 or verdict.by[0] not in person.roles:
            wanted = " and ".join(verdict.by) + (", and not of whoever asked for it" if verdict.four_eyes else "")
            return Clicked(Ending.REFUSED, f"rule {verdict.rule} wants the approval of {wanted}")
        approval = Approval(proposal.digest, (), person.id, own=verdict.by[0])
    return _clicked(desk.executor.commit(action, case, approval, then=lambda tx: then(tx, proposal)))


def _clicked(result: Result) -> Clicked:
    match result:
        case Done(receipt):
            return Clicked(Ending.DONE, f"{receipt.system} {receipt.id}")
        case Stopped(verdict):
            return Clicked(Ending.REFUSED, f"policy says {verdict.effect} by {verdict.rule}: {verdict.says}")
        case Declined(reason):
            return Clicked(Ending.REFUSED, f"the other system declined: {reason}")
        case Paused(pause):
            return Clicked(Ending.REFUSED, str(pause))
        case Changed():
            return Clicked(Ending.REFUSED, "something changed in between; look again")
        case Frozen(owner):
            return Clicked(Ending.REFUSED, f"the ticket belongs to {owner}")
        case Unsure(reason):
            return Clicked(Ending.UNSURE, reason)
        case unexpected:
            assert_never(unexpected)
