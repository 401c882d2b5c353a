"""One round of writing first: file what is new, then bring each open contact as far as it can come now."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import assert_never

from deskhand.domain.errors import ConnectorError
from deskhand.domain.outreach import CONTACT, Contact, ContactState
from deskhand.domain.pause import Pause, scopes
from deskhand.domain.ref import Ref
from deskhand.domain.stage import Stage
from deskhand.domain.verdict import Allow, Approve, Deny
from deskhand.execution.executor import Approval
from deskhand.execution.results import Changed, Declined, Done, Frozen, Paused, Result, Stopped, Unsure
from deskhand.policy.policy import Decision
from deskhand.ports.store import Transaction
from deskhand.proactive.rule import Rule
from deskhand.rollout.release import Door, door
from deskhand.workflows.desk import Desk
from deskhand.workflows.judge_contact import Not, Ready, judged, refusal, standing_against
from deskhand.workflows.notice import Round, notice
from deskhand.workflows.outreach import Outreach
from deskhand.workflows.suggest_contact import note_decision, suggest_contact
from deskhand.workflows.unapproved import unapproved

LOOK_AGAIN = timedelta(days=7)  # when it shows whether the matter was over
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Came:
    """What one round came to. `now`: how many contacts it left in which state; `problems`: what was not read."""

    filed: int
    now: Mapping[str, int]
    problems: tuple[str, ...]


def reach_out(desk: Desk, outreach: Outreach, tell: Tell = lambda text: None) -> Came:
    """Stopped at any moment, the next round goes on: what was sent is in the ledger, and all else is judged again."""
    round = Round(desk, outreach)
    filed = notice(round)
    with desk.store.begin() as tx:
        waiting = tx.contacts.waiting([one.family for one in outreach.rules])
    now: Counter[str] = Counter()
    for number, contact in enumerate(waiting, 1):
        rule = outreach.rule(contact.family)
        assert rule is not None, "only contacts of standing rules are asked for"
        state, why = reach(round, rule, contact)
        now[state] += 1
        tell(f"{number}/{len(waiting)} {contact.key}: {state.replace('_', ' ')}{f', {why}' if why else ''}")
    _look_again(round)
    return Came(filed, dict(now), tuple(dict.fromkeys(round.problems)))


def reach(round: Round, rule: Rule, contact: Contact) -> tuple[ContactState, str]:
    """Where this contact stands now, and why."""
    desk = round.desk
    with desk.store.begin() as tx:
        effect = tx.ledger.effect(contact.key)
    found = judged(round, rule, contact)
    if effect is not None:
        return _settled(round, contact, _brought_to_an_end(round, rule, contact, found))
    if isinstance(found, Not):
        return _not(round, rule, contact, found)
    try:
        proposal, decision = desk.gate.judge(found.action, found.case)
    except ConnectorError as error:
        return _waits(round, contact, f"not known yet: {error}")
    with desk.store.begin() as tx:
        paused = tx.pauses.on(scopes([CONTACT], [rule.scope], contact.place, contact.customer))
    if not isinstance(proposal.verdict, Allow | Approve):
        return _waits(round, contact, f"policy says {proposal.verdict.effect} by {proposal.verdict.rule}", decision)
    if door([proposal.verdict], found.case.stage, paused=paused is not None) is not Door.ASSISTANT:
        suggest_contact(desk, rule, contact, found, proposal, decision)
        return ContactState.SUGGESTED, "an agent decides"
    return _settled(round, contact, send(round, rule, contact, found, None))


def send(round: Round, rule: Rule, contact: Contact, ready: Ready, approval: Approval | None) -> Result:
    """The one commit: permission, opt-out and caps once more, the last two in the transaction that reserves."""

    def unless(tx: Transaction) -> Deny | None:
        if approval is None and (deny := unapproved(round.desk.control, tx)):
            return deny
        against = standing_against(round, rule, contact, ready.refs, tx)
        return refusal(against) if against else None

    return round.desk.executor.commit(
        ready.action,
        ready.case,
        approval,
        procedures=[rule.scope],
        unless=unless,
        then=partial(_contacted, round.desk, contact),
    )


def settle(desk: Desk, contact: Contact, state: ContactState, why: str, tx: Transaction, ticket: str = "") -> None:
    """The end of a contact, with its line in the journal. Again it changes nothing."""
    if tx.contacts.settle(contact.key, state, why, desk.clock(), ticket):
        tx.journal.append(f"proactive.{state}", contact.place, _body(contact, why), desk.clock())


def _contacted(desk: Desk, contact: Contact, tx: Transaction) -> None:
    """In the transaction that says it was done; the receipt tells where an answer lands."""
    done = tx.ledger.effect(contact.key)
    number = done.receipt.details.get("number", "") if done and done.receipt else ""
    ticket = f"{done.receipt.system}:ticket:{number}" if done and done.receipt and number else ""
    settle(desk, contact, ContactState.CONTACTED, "", tx, ticket)


def _brought_to_an_end(round: Round, rule: Rule, contact: Contact, found: Ready | Not) -> Result:
    """A former life reserved it. What it sent is looked for; anew it is sent only where it would be sent now."""
    desk = round.desk
    with desk.store.begin() as tx:
        effect = tx.ledger.effect(contact.key)
        paused = tx.pauses.on(scopes([CONTACT], [rule.scope], contact.place, contact.customer))
    assert effect is not None
    if not paused and isinstance(found, Not):
        paused = Pause(rule.scope, "proactive", found.why, desk.clock())
    halt, then = Paused(paused) if paused else None, partial(_contacted, desk, contact)
    return desk.executor.settling.settle(effect, fresh=False, halt=halt, then=then)


def _settled(round: Round, contact: Contact, result: Result) -> tuple[ContactState, str]:
    match result:
        case Done():
            return ContactState.CONTACTED, ""
        case Declined(reason):
            with round.desk.store.begin() as tx:
                settle(round.desk, contact, ContactState.DECLINED, reason, tx)
            return ContactState.DECLINED, reason
        case Stopped(verdict):
            return _waits(round, contact, verdict.says or f"policy says {verdict.effect} by {verdict.rule}")
        case Unsure(reason):
            return _waits(round, contact, f"nobody can tell yet: {reason}")
        case Paused(pause):
            return _waits(round, contact, str(pause))
        case Changed() | Frozen():
            return _waits(round, contact, "it changed under us")
        case unexpected:
            assert_never(unexpected)


def _not(round: Round, rule: Rule, contact: Contact, found: Not) -> tuple[ContactState, str]:
    if found.state is ContactState.OPEN:
        return _waits(round, contact, found.why)
    if found.state is ContactState.NOTED and round.outreach.stage(rule.family) is not Stage.READ_ONLY:
        noted = _noted(round, rule, contact, found.ticket)
        if not isinstance(noted, Done):
            return _settled(round, contact, noted)
    with round.desk.store.begin() as tx:
        settle(round.desk, contact, found.state, found.why, tx, found.ticket)
    return found.state, found.why


def _noted(round: Round, rule: Rule, contact: Contact, ticket: str) -> Result:
    """For colleagues, on the ticket that the customer has about it."""
    facts = "\n".join(f"{name}: {value}" for name, value in contact.facts.items())
    words = f"Not written to the customer, who has this ticket: {contact.kind.replace('_', ' ')}.\n{facts}"
    return round.desk.executor.say(
        Ref.parse(ticket),
        words,
        public=False,
        key=f"note/{contact.key}",
        customer=contact.customer,
        freeze=False,
        procedures=[rule.scope],
    )


def _waits(round: Round, contact: Contact, why: str, decision: Decision | None = None) -> tuple[ContactState, str]:
    """Told once for each reason, however often it is looked at; with policy's own decision where that is it."""
    with round.desk.store.begin() as tx:
        if tx.contacts.wait(contact.key, why):
            note_decision(tx, contact, decision, round.desk.clock())
            tx.journal.append("proactive.waits", contact.place, _body(contact, why), round.desk.clock())
    return ContactState.OPEN, why


def _look_again(round: Round) -> None:
    """A week later, whether the matter is over: of those we wrote to and of those held out alike."""
    desk, now = round.desk, round.desk.clock()
    with desk.store.begin() as tx:
        every = [one for one in tx.contacts.every() if one.solved is None and one.settled_at]
    for one in every:
        rule = round.outreach.rule(one.family)
        due = one.settled_at is not None and one.settled_at + LOOK_AGAIN <= now
        if rule is None or not due or one.state not in (ContactState.CONTACTED, ContactState.HELD_OUT):
            continue
        try:
            solved = round.again(rule, replace(one, why="")) is None
        except ConnectorError:
            continue
        with desk.store.begin() as tx:
            tx.contacts.looked_again(one.key, solved)
            told = {**_body(one, ""), "solved": solved, "state": str(one.state)}
            tx.journal.append("proactive.looked_again", one.place, told, now)


def _body(contact: Contact, why: str) -> dict[str, object]:
    told: dict[str, object] = {"family": contact.family, "event": contact.kind, "id": contact.event}
    return told | {"customer": contact.customer} | ({"why": why} if why else {})
