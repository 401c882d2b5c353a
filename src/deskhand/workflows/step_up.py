"""Asks for a proof in the middle of a conversation: a one-time code goes to the address on file, the request waits.

A code is offered where proof is all that is missing. That is not read off a rule: the same action is judged, and the
same procedure looked at, as if the customer had proven who they are. What would be refused even then is refused now.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from deskhand.domain.action import Proposal
from deskhand.domain.case import Case
from deskhand.domain.code_phrases import code_phrases_in, in_part
from deskhand.domain.customer import Ambiguous, Identity, Matched, Strength
from deskhand.domain.dossier import Dossier
from deskhand.domain.heard import Heard
from deskhand.domain.one_time_code import CodeState, IssuedCode, Presented, StepUp
from deskhand.domain.ref import Ref
from deskhand.domain.resolution import End, GiveUp, Plan, Resolution
from deskhand.domain.standing import THE_CODE
from deskhand.domain.verdict import Allow, Approve, Confirm, Deny
from deskhand.execution.executor import Letter
from deskhand.execution.results import Declined, Frozen, Result
from deskhand.ports.store import Transaction
from deskhand.procedures.names import names_of
from deskhand.procedures.procedure import Procedure
from deskhand.procedures.requires import lacks_only_proof, met
from deskhand.workflows.desk import Desk
from deskhand.workflows.take_over import ASSISTANT

HOUR = timedelta(hours=1)
HOURLY = 3  # codes, on one ticket and for one customer
REASON = "identity"


def before_planning(
    desk: Desk, heard: Heard, case: Case, dossier: Dossier, procedures: Sequence[Procedure]
) -> Plan | None:
    """What is to be said of a code that did not fit, or an offer of one where the procedures of the message want no
    more than that. None: plan on."""
    if wrong := _wrong(heard, procedures):
        return wrong
    names = names_of(dossier, case.now)
    lacking = [one for one in procedures if not met(one, names)]
    if lacking and all(lacks_only_proof(one, names) for one in lacking):
        return _offer(desk, heard, case, procedures, ())
    return None


def after_planning(desk: Desk, heard: Heard, case: Case, made: Plan, procedures: Sequence[Procedure]) -> Plan:
    """The plan, or the offer of a code where policy refuses something for want of proof alone."""
    if not isinstance(made, Resolution) or not isinstance(case.identity, Matched):
        return made
    refused = [one for one in made.proposals if isinstance(one.verdict, Deny)]
    if case.proven or not any(_would_pass(desk, one, case) for one in refused):
        return made
    offer = _offer(desk, heard, case, procedures, refused)
    return made if offer is None else replace(offer, facts=made.facts)


def _would_pass(desk: Desk, refused: Proposal, case: Case) -> bool:
    assert isinstance(case.identity, Matched)
    as_if = replace(case, identity=replace(case.identity, strength=Strength.PROVEN))
    return isinstance(desk.gate.propose(refused.action, as_if).verdict, Allow | Approve | Confirm)


def _wrong(heard: Heard, procedures: Sequence[Procedure]) -> Plan | None:
    attempt = heard.attempt
    if attempt is None or not attempt.waits:
        return None
    phrases = code_phrases_in(heard.understanding.language)
    match attempt.outcome:
        case Presented.WRONG | Presented.FOREIGN:
            return _ask(phrases.wrong.format(left=attempt.left), procedures, ())
        case Presented.SPENT:
            because = "as many wrong codes came back as are allowed; who writes is not proven"
            names = tuple(one.id for one in procedures)
            return GiveUp(REASON, because, says=phrases.too_many, procedures=names, trace=(because,))
        case Presented.PROVEN | Presented.EXPIRED:
            return None


def _offer(
    desk: Desk, heard: Heard, case: Case, procedures: Sequence[Procedure], refused: Sequence[Proposal]
) -> Plan | None:
    """None where no code can help: no way to send one, several customers with one address, or proven already."""
    if not desk.proving.sends or case.proven or isinstance(case.identity, Ambiguous) or not heard.requester.email:
        return None
    customer = str(case.customer or "")
    with desk.store.begin() as tx:
        if tx.tickets.owner(case.ticket) != ASSISTANT:
            return None
        key = _key(heard)
        if tx.identity.code(key) is None and _enough(tx, case.ticket, customer, case):
            because = f"{HOURLY} codes were sent within an hour, and none came back"
            return GiveUp(REASON, because, procedures=tuple(one.id for one in procedures), trace=(because,))
    phrases, minutes = code_phrases_in(heard.understanding.language), _minutes(desk)
    if isinstance(case.identity, Matched) and case.verified:
        said = phrases.sent.format(address=in_part(case.identity.customer.email), minutes=minutes)
    else:
        said = phrases.if_known.format(minutes=minutes)
    if heard.attempt and heard.attempt.outcome is Presented.EXPIRED:
        said = f"{phrases.expired} {said}"
    return replace(_ask(said, procedures, refused), step_up=StepUp(customer))


def _ask(said: str, procedures: Sequence[Procedure], refused: Sequence[Proposal]) -> Resolution:
    return Resolution(
        reply=said,
        end=End.ASKED,
        proposals=tuple(refused),
        citations=(),
        facts=(),
        procedures=tuple(one.id for one in procedures),
        asks=THE_CODE,
        trace=("what is asked for needs a proof of who asks: a one-time code",),
    )


def send_code(desk: Desk, heard: Heard, made: Resolution, identity: Identity, case: Case) -> Result | None:
    """Before the reply that says so. None when there is nobody to send it to; then no number will fit, either.

    Repeated after a crash it sends the same code under the same key.
    """
    customer = str(case.customer or "")
    if made.step_up is None or customer != made.step_up.customer:
        return Declined("the address belongs to another customer by now")
    code = _issued(desk, heard, customer, case)
    if not isinstance(code, IssuedCode):
        return code
    if not isinstance(identity, Matched):
        return None
    return desk.executor.send_code(
        Ref.parse(heard.ticket),
        _letter(desk, heard, made, identity.customer.email, code),
        key=code.key,
        customer=customer,
        then=lambda tx: _note_down(tx, code, desk),
    )


def _issued(desk: Desk, heard: Heard, customer: str, case: Case) -> IssuedCode | Result:
    with desk.store.begin() as tx:
        if known := tx.identity.code(_key(heard)):
            return known
        owner = tx.tickets.owner(heard.ticket)
        if owner != ASSISTANT:
            return Frozen(owner)
        if _enough(tx, heard.ticket, customer, case):
            return Declined(f"{HOURLY} codes were sent within an hour")
        code = IssuedCode(
            key=_key(heard),
            ticket=heard.ticket,
            customer=customer,
            message=heard.message,
            seed=desk.codes.seed(),
            issued_at=case.now,
            expires_at=case.now + desk.proving.code,
            state=CodeState.OPEN,
        )
        tx.identity.issue(code)
        return code


def _letter(desk: Desk, heard: Heard, made: Resolution, address: str, code: IssuedCode) -> Letter:
    phrases, company = code_phrases_in(heard.understanding.language), desk.voice.company
    digits = desk.codes.digits(code)
    about = "; ".join(desk.procedures[name].title for name in made.procedures if name in desk.procedures)
    shown, minutes = f"{digits[:4]} {digits[4:]}", _minutes(desk)
    text = phrases.letter.format(code=shown, minutes=minutes, company=company, about=about)
    return Letter(address, phrases.subject.format(company=company), text)


def _note_down(tx: Transaction, code: IssuedCode, desk: Desk) -> None:
    now = desk.clock()
    if tx.identity.sent(code.key, now):
        told = {"message": code.message, "code": code.key, "expires_at": code.expires_at.isoformat()}
        tx.journal.append("identity.code_sent", code.ticket, told, now)


def _enough(tx: Transaction, ticket: str, customer: str, case: Case) -> bool:
    return tx.identity.issued(ticket, customer, case.now - HOUR) >= HOURLY


def _key(heard: Heard) -> str:
    return f"code/{heard.ticket}/{heard.message}"


def _minutes(desk: Desk) -> int:
    return round(desk.proving.code.total_seconds() / 60)
