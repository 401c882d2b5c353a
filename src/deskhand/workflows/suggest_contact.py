"""A message of ours that waits for an agent: on the same screen as every other suggestion."""

from datetime import datetime

from deskhand.domain.action import Proposal
from deskhand.domain.digest import digest
from deskhand.domain.heard import Heard
from deskhand.domain.outreach import CHANNEL, Contact, ContactState
from deskhand.domain.resolution import End, Resolution
from deskhand.domain.suggestion import Suggestion, SuggestionState
from deskhand.domain.ticket import Requester
from deskhand.domain.understanding import Sentiment, Understanding, Urgency
from deskhand.domain.verdict import people_wanted
from deskhand.policy.policy import Decision
from deskhand.policy.recorded import record
from deskhand.ports.store import Transaction
from deskhand.proactive.rule import Rule
from deskhand.workflows.desk import Desk
from deskhand.workflows.judge_contact import Ready


def suggest_contact(
    desk: Desk, rule: Rule, contact: Contact, ready: Ready, proposal: Proposal, decision: Decision | None
) -> Suggestion:
    """A row and its timer, in one transaction with the contact's new state."""
    now, text = desk.clock(), ready.action.args["text"]
    seen = digest([text, [[proposal.key, proposal.digest, proposal.verdict.effect]]])
    made = Suggestion(
        id=digest(["contact", contact.key])[:20],
        heard=_heard(contact, ready),
        resolution=Resolution(text, End.ANSWERED, (proposal,), (), (), (rule.scope,)),
        digest=seen,
        stage=ready.case.stage,
        roles=people_wanted([proposal.verdict]),
        state=SuggestionState.PENDING,
        created_at=now,
        expires_at=now + desk.patience.suggestion,
    )
    with desk.store.begin() as tx:
        if not tx.contacts.settle(contact.key, ContactState.SUGGESTED, "an agent decides", now):
            return made
        note_decision(tx, contact, decision, now)
        tx.suggestions.add(made)
        delay = desk.patience.suggestion.total_seconds()
        tx.runs.enqueue("expire_suggestion", made.ticket, f"expire/{made.id}", made.id, delay=delay)
        told = {"family": contact.family, "event": contact.kind, "id": contact.event, "customer": contact.customer}
        tx.journal.append("proactive.suggested", contact.place, {**told, "suggestion": made.id}, now)
    return made


def note_decision(tx: Transaction, contact: Contact, decision: Decision | None, now: datetime) -> None:
    """What policy said, in full, so that it can be decided again."""
    if decision:
        told = {**record(decision), "key": contact.key, "message": contact.event}
        tx.journal.append("policy.asked", contact.place, told, now)


def _heard(contact: Contact, ready: Ready) -> Heard:
    """Nobody wrote: what stands in the place of a message is what happened."""
    facts = "; ".join(f"{name}: {value}" for name, value in ready.facts.items())
    return Heard(
        ticket=contact.place,
        message=contact.event,
        channel=CHANNEL,
        requester=Requester(ready.customer.name, ready.customer.email, verified=True),
        attachments=(),
        text=f"Nobody wrote yet. {contact.kind.replace('_', ' ').capitalize()}: {facts}",
        understanding=Understanding(ready.language, (), Sentiment.CALM, Urgency.NORMAL, (), wants_human=False),
        turns=0,
        took_ms=0.0,
    )
