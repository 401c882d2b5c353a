"""Merging a ticket that is about the same matter into the first one: by itself, with a suggestion, or by an agent."""

from deskhand.domain.action import Action, Proposal
from deskhand.domain.case import Case
from deskhand.domain.customer import Matched
from deskhand.domain.errors import ConnectorError
from deskhand.domain.heard import Heard
from deskhand.domain.merging import MERGE, merge_key
from deskhand.domain.ref import Ref
from deskhand.domain.stage import Stage
from deskhand.domain.suggestion import Person
from deskhand.domain.verdict import Allow, Approve
from deskhand.execution.catalogue.merge_tickets import Pair
from deskhand.execution.executor import Approval
from deskhand.execution.merging import against, merged_into
from deskhand.execution.results import Unsure
from deskhand.workflows.by_click import Clicked, Ending, by_click
from deskhand.workflows.desk import Desk
from deskhand.workflows.reconcile import reconcile_later
from deskhand.workflows.who import case_of, proven

FIRST = 1  # the customer's messages on a ticket that got nothing but the short letter


def may_merge(heard: Heard, into: str) -> bool:
    """Only what lies in one help desk, and only a ticket on which nothing else was ever said."""
    return Ref.parse(heard.ticket).system == Ref.parse(into).system and heard.turns == FIRST


def proposed_merge(desk: Desk, heard: Heard, stage: Stage, into: str) -> Proposal | None:
    """For an agent to approve; None when it cannot be, or policy does not let it."""
    if not may_merge(heard, into):
        return None
    try:
        case = _case(desk, heard, stage)
        proposal = desk.gate.propose(_action(heard.ticket, into), case) if case else None
    except ConnectorError:
        return None
    return proposal if proposal and isinstance(proposal.verdict, Allow | Approve) else None


def merge_after(desk: Desk, heard: Heard, stage: Stage, into: str, approval: Approval | None) -> str:
    """How it ended. Once its customer was answered: what is merged may be closed for good. Whatever stands in the way,
    the tickets are then only linked, and nobody has to do anything."""
    case = _case(desk, heard, stage)
    if case is None:
        return "the customer could not be told"
    result = desk.executor.commit(_action(heard.ticket, into), case, approval)
    if isinstance(result, Unsure):
        with desk.store.begin() as tx:
            key = merge_key(heard.ticket)
            effect = tx.ledger.effect(key)
            if effect is not None and effect.state.open:
                reconcile_later(tx, heard.ticket, key)
    return result.is_


def start_merge(desk: Desk, ticket: str, into: str, person: Person) -> Clicked:
    """An agent's own: STARTED, or REFUSED with the reason. Both tickets are read now; nothing is changed yet."""
    action = _action(ticket, into)
    try:
        args = desk.actions[MERGE].canonical(action.args)
        one, other = Ref.parse(args["ticket"]), Ref.parse(args["into"])
        pair = Pair(desk.desks[one.system].ticket(one).value, desk.desks[other.system].ticket(other).value)
    except ValueError:
        named = 'two tickets of one help desk can be merged, each named like "zendesk:ticket:7"'
        return Clicked(Ending.REFUSED, f"Only {named}: nothing was merged.")
    except KeyError:
        return Clicked(Ending.REFUSED, f"No help desk of this desk has {ticket}: nothing was merged.")
    except ConnectorError as error:
        return Clicked(Ending.REFUSED, f"The tickets could not be read ({error}): nothing was merged.")
    now = desk.clock()
    with desk.store.begin() as tx:
        if why := against(tx, pair, agent=True):
            return Clicked(Ending.REFUSED, f"They cannot be merged, since {why}: nothing was merged.")
        tx.journal.append("merge.asked", ticket, {"into": into, "by": person.id}, now)
        key, roles = f"merge/{ticket}/{person.id}/{now:%Y%m%d%H%M}", ",".join(sorted(person.roles))
        tx.runs.enqueue("merge_tickets", ticket, key, ticket, into, person.id, roles)
    return Clicked(Ending.STARTED, key)


def merge_tickets(desk: Desk, ticket: str, into: str, by: str, roles: str) -> Clicked:
    """The run: judged on the facts of now. How it ended goes into the journal."""
    person = Person(by, frozenset(roles.split(",")))
    merged = desk.step(_merge, desk, ticket, into, person)
    for wait in desk.patience.rounds:
        if merged.end is not Ending.UNSURE:
            break
        desk.pause(wait)
        merged = desk.step(_merge, desk, ticket, into, person)
    return desk.step(_tell, desk, ticket, into, person, merged)


def _merge(desk: Desk, ticket: str, into: str, person: Person) -> Clicked:
    with desk.store.begin() as tx:
        known = merged_into(tx, ticket)
    if known and known != into:  # the effect would be told as done, though it was another one
        return Clicked(Ending.REFUSED, f"{ticket} is merged into {known}")
    return by_click(desk, _action(ticket, into), ticket, person)


def _tell(desk: Desk, ticket: str, into: str, person: Person, merged: Clicked) -> Clicked:
    line = {"into": into, "by": person.id, "end": str(merged.end), "why": merged.why}
    with desk.store.begin() as tx:
        tx.journal.append("merge.ended", ticket, line, desk.clock())
        if merged.end is Ending.UNSURE and (effect := tx.ledger.effect(merge_key(ticket))) and effect.state.open:
            reconcile_later(tx, ticket, effect.key)
    return merged


def _action(ticket: str, into: str) -> Action:
    return Action(MERGE, {"ticket": ticket, "into": into})


def _case(desk: Desk, heard: Heard, stage: Stage) -> Case | None:
    """None when nobody can tell whose ticket it is."""
    identity = proven(desk, heard, desk.customers.who(heard.requester).identity)
    return case_of(desk, heard, identity, stage) if isinstance(identity, Matched) else None
