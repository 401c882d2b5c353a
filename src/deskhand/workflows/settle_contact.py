"""What an agent decided about a message of ours is carried out: judged anew, bound to what the agent saw."""

from dataclasses import replace
from datetime import timedelta

from deskhand.domain.action import Action
from deskhand.domain.errors import ConnectorError
from deskhand.domain.outreach import Contact, ContactState
from deskhand.domain.phrases import phrases_in
from deskhand.domain.stage import Stage
from deskhand.domain.suggestion import Suggestion, SuggestionState
from deskhand.execution.executor import Approval
from deskhand.execution.results import Changed, Declined, Done, Paused, Stopped
from deskhand.workflows.desk import Desk
from deskhand.workflows.judge_contact import Not, Ready, judged
from deskhand.workflows.notice import Round
from deskhand.workflows.outreach import Outreach
from deskhand.workflows.reach_out import send, settle

STORY = "settle_contact"
AN_HOUR = timedelta(hours=1)
SAID = {SuggestionState.REJECTED: "an agent rejected it", SuggestionState.EXPIRED: "nobody decided in time"}


def settle_contact(desk: Desk, outreach: Outreach, id: str) -> str:
    """Where the contact stands now. One that has to wait, for the end of quiet hours above all, is tried again."""
    came = desk.step(_tried, desk, outreach, id)
    for wait in desk.patience.rounds:
        if came != "unsure":
            break
        desk.pause(wait)
        came = desk.step(_tried, desk, outreach, id)
    return came


def _tried(desk: Desk, outreach: Outreach, id: str) -> str:
    with desk.store.begin() as tx:
        suggestion, decided = tx.suggestions.get(id), tx.suggestions.settled_by(id)
        roles = tuple(role for role, _, _ in tx.suggestions.approvals(id))
        contact = tx.contacts.get(suggestion.resolution.proposals[0].key) if suggestion else None
    if suggestion is None or decided is None or contact is None:
        raise AssertionError(f"suggestion {id} is not settled, or about no contact")
    if contact.state is not ContactState.SUGGESTED or suggestion.stage is Stage.READ_ONLY:
        return str(contact.state)  # in read-only a decision is an opinion, and opens no door
    by, text = decided
    if suggestion.state in SAID:
        return _end(desk, contact, ContactState.REJECTED, SAID[suggestion.state])
    rule, round = outreach.rule(contact.family), Round(desk, outreach)
    if rule is None:
        return _end(desk, contact, ContactState.REJECTED, "its rule is gone")
    found = judged(round, rule, contact)
    if isinstance(found, Not):
        if found.state is not ContactState.OPEN:
            return _end(desk, contact, found.state, found.why)
        return _later(desk, suggestion, found)
    edited = text if suggestion.state is SuggestionState.EDITED else ""
    try:
        bound = _bound(desk, found, suggestion, edited, Approval("", roles, by))
    except ConnectorError as error:
        return _later(desk, suggestion, Not(ContactState.OPEN, str(error)))
    if bound is None:
        return _end(desk, contact, ContactState.REJECTED, "what was approved has changed since; nothing was sent")
    ready, approval = bound
    match send(round, rule, contact, ready, approval):
        case Done():
            return str(ContactState.CONTACTED)
        case Declined(reason):
            return _end(desk, contact, ContactState.DECLINED, reason)
        case Changed():
            return _end(desk, contact, ContactState.REJECTED, "what was approved has changed since; nothing was sent")
        case Stopped(verdict):
            return _later(desk, suggestion, Not(ContactState.OPEN, verdict.says or verdict.rule))
        case Paused(pause):
            return _later(desk, suggestion, Not(ContactState.OPEN, str(pause)))
        case _:
            return "unsure"


def _bound(
    desk: Desk, found: Ready, suggestion: Suggestion, edited: str, approval: Approval
) -> tuple[Ready, Approval] | None:
    """The message as the agent saw it, or as they edited it, if all that it rests on is still so."""
    (proposal,) = suggestion.resolution.proposals
    if desk.gate.propose(proposal.action, found.case).digest != proposal.digest:
        return None
    if not edited:
        return replace(found, action=proposal.action), replace(approval, digest=proposal.digest)
    action = Action(proposal.action.name, {**proposal.action.args, "text": _with_stop(edited, proposal.action, found)})
    digest = desk.gate.propose(action, found.case).digest
    return replace(found, action=action), replace(approval, digest=digest)


def _with_stop(edited: str, action: Action, found: Ready) -> str:
    """How to stop such messages stays in it, whatever was edited."""
    last = action.args["text"].rpartition("\n\n")[2]
    fixed = phrases_in(found.language).stop.partition("{link}")[0].strip()
    return edited if last in edited or fixed not in last else f"{edited.rstrip()}\n\n{last}"


def _later(desk: Desk, suggestion: Suggestion, found: Not) -> str:
    """The approval stays: it is tried again when the quiet hours end, or in an hour, until it is too late."""
    now = desk.clock()
    at = found.until or now + AN_HOUR
    key = f"settle/{suggestion.id}/{at:%Y-%m-%dT%H:%M}"
    with desk.store.begin() as tx:
        delay = max(1.0, (at - now).total_seconds())
        tx.runs.enqueue(STORY, suggestion.ticket, key, suggestion.id, delay=delay)
        told = {"suggestion": suggestion.id, "why": found.why, "at": at.isoformat()}
        tx.journal.append("proactive.waits", suggestion.ticket, told, now)
    return f"waits: {found.why}"


def _end(desk: Desk, contact: Contact, state: ContactState, why: str) -> str:
    with desk.store.begin() as tx:
        settle(desk, contact, state, why, tx)
    return str(state)
