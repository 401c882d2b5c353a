"""Who would be written to now, who would not, and why. Nothing is filed, and nothing is sent."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from deskhand.domain.errors import ConnectorError
from deskhand.domain.outreach import Contact, ContactState, Noticed
from deskhand.domain.stage import Stage
from deskhand.domain.verdict import Allow, Approve
from deskhand.proactive.rule import Rule
from deskhand.workflows.desk import Desk
from deskhand.workflows.judge_contact import Planned, Ready, judged
from deskhand.workflows.notice import Round, identified
from deskhand.workflows.outreach import Outreach

WOULD = {Stage.READ_ONLY: "list it", Stage.ASSISTED: "suggest it", Stage.AUTONOMOUS: "send it"}


@dataclass(frozen=True)
class Seen:
    """`would` is what would happen; `why` not, or why not now; `subject` and `text` are what they would read."""

    rule: str
    event: str
    customer: str
    would: str
    why: str = ""
    subject: str = ""
    text: str = ""


def preview(desk: Desk, outreach: Outreach, rule: Rule) -> tuple[list[Seen], tuple[str, ...]]:
    """Of this rule, with what could not be read."""
    round, planned, found = Round(desk, outreach), Planned(), list[Seen]()
    for one in _contacts(round, rule):
        seen = one if isinstance(one, Seen) else _seen(round, rule, one, planned)
        if isinstance(one, Contact) and seen.would == WOULD[Stage.AUTONOMOUS]:
            planned = replace(planned, customers=(*planned.customers, one.customer))
        found.append(seen)
    return found, tuple(dict.fromkeys(round.problems))


def _contacts(round: Round, rule: Rule) -> Iterator[Contact | Seen]:
    """What waits already, then what is new; each event of each customer once."""
    with round.desk.store.begin() as tx:
        waiting = list(tx.contacts.waiting([rule.family]))
    yield from waiting
    known = {one.key for one in waiting}
    try:
        for one in _noticed(round, rule):
            with round.desk.store.begin() as tx:
                filed = tx.contacts.known(rule.family, one.origin)
            if filed or round.desk.clock() - one.at > rule.within:
                continue
            made = identified(round, rule, one)
            if isinstance(made, str):
                yield Seen(str(rule.id), one.id, one.customer or one.email, "skip it", made)
            elif made.key not in known:
                known.add(made.key)
                yield made
    except ConnectorError as error:
        round.problems.append(f"{rule.id}: {error}")


def _noticed(round: Round, rule: Rule) -> Iterator[Noticed]:
    yield from (one for _, its, one in round.unread() if its is rule and one is not None)
    yield from round.scanned(rule)


def _seen(round: Round, rule: Rule, contact: Contact, planned: Planned) -> Seen:
    found = judged(round, rule, contact, planned)
    blank = Seen(str(rule.id), contact.event, contact.customer, "")
    if not isinstance(found, Ready):
        return replace(blank, would=_words(found.state), why=found.why)
    proposal = round.desk.gate.propose(found.action, found.case)
    if not isinstance(proposal.verdict, Allow | Approve):
        return replace(blank, would="wait", why=f"policy says {proposal.verdict.effect} by {proposal.verdict.rule}")
    would = WOULD[min(found.case.stage, _most(proposal.verdict), key=lambda one: one.trust)]
    args = found.action.args
    return replace(blank, would=would, subject=args["subject"], text=args["text"])


def _most(verdict: Allow | Approve) -> Stage:
    return Stage.ASSISTED if isinstance(verdict, Approve) else Stage.AUTONOMOUS


def _words(state: ContactState) -> str:
    told = {
        ContactState.OPEN: "wait",
        ContactState.HELD_OUT: "hold it out",
        ContactState.NOTED: "note it on their ticket",
    }
    return told.get(state, "let it lapse")
