"""A person's own assistant proposes an action on a ticket: judged and reviewed as ours, it waits for an agent."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from deskhand.context.gather import gather
from deskhand.domain.action import Action, Proposal
from deskhand.domain.article import Asker
from deskhand.domain.customer import Matched
from deskhand.domain.errors import UnknownTicket
from deskhand.domain.heard import Heard
from deskhand.domain.outcome import RunOutcome
from deskhand.domain.ref import Ref
from deskhand.domain.resolution import End, GiveUp, Plan, Resolution
from deskhand.domain.stage import Stage, least
from deskhand.domain.standing import Standing
from deskhand.domain.suggestion import Person
from deskhand.domain.thread import Thread
from deskhand.domain.ticket import Author, Message, Ticket
from deskhand.domain.understanding import Sentiment, Understanding, Urgency
from deskhand.domain.verdict import Allow, Approve
from deskhand.planning.plan import Earned, Standards, plan
from deskhand.planning.workbench import Workbench
from deskhand.ports.reasoning import Brief, CallLog, Tools
from deskhand.understanding.redact import Masker, known_of
from deskhand.understanding.thread import new_words, thread_before
from deskhand.understanding.understand import LONGEST, readable
from deskhand.workflows.calls import Calls
from deskhand.workflows.consider import Asking, note_down, on_message, opened, turn
from deskhand.workflows.desk import Desk
from deskhand.workflows.give_back import give_back, plain_words
from deskhand.workflows.hear import codes_taken_out, told_of
from deskhand.workflows.place import place
from deskhand.workflows.restricted import restricted
from deskhand.workflows.suggest import suggest
from deskhand.workflows.take_over import ASSISTANT
from deskhand.workflows.who import case_of, proven, writer


@dataclass(frozen=True)
class Shown:
    """A ticket's last message of its customer, as a brain may see it, and all before it; `masked` holds what stood in
    the places of both."""

    ticket: Ticket
    message: Message
    text: str
    thread: Thread
    masked: Mapping[str, str]


def shown(desk: Desk, ticket: str) -> Shown:
    """Read now, and nothing is taken from it. `UnknownTicket` when its customer wrote nothing there."""
    ref = Ref.parse(ticket)
    read = codes_taken_out(desk, desk.desks[ref.system].ticket(ref).value, None)
    own = [one for one in read.messages if one.author is Author.CUSTOMER and one.public]
    if not own:
        raise UnknownTicket(f"On {ticket} no customer wrote anything.")
    last = own[-1]
    before = [one.text[:LONGEST] for one in read.messages[: read.messages.index(last)] if one.public]
    mask = Masker((one.text for one in read.messages), desk.masks, known_of(read.requester), before)
    text = readable(new_words(read, last), mask)
    return Shown(read, last, text, thread_before(read, last, mask), mask.values)


@dataclass(frozen=True)
class Proposed:
    """What became of it. `suggestion` is the id of what waits for an agent now, "" when nothing does, and then `why`
    says it. `proposal` is what policy says of the action, None when it was not asked."""

    suggestion: str
    why: str
    proposal: Proposal | None = None


def propose(desk: Desk, ticket: str, action: Action, reply: str, *, procedure: str, person: Person) -> Proposed:
    """Nothing is done: at most a suggestion waits for an agent from now on, whatever the stage of the procedure.

    `reply` is what the customer is told once the action is done, held to what every reply is. `procedure` is one that
    may propose the action; "" for the only one.
    """
    wanted, why = _procedure(desk, action.name, procedure)
    if why:
        return Proposed("", why)
    seen = shown(desk, ticket)
    if why := _not_now(desk, ticket, seen.message.id):
        return Proposed("", why)
    heard = _heard(desk, seen)
    dossier = gather(heard.requester, desk.customers, desk.look_ups)
    dossier = replace(dossier, identity=proven(desk, heard, dossier.identity))
    stage = least(place(desk, heard, dossier.identity, [wanted]).stage, Stage.ASSISTED)
    case = case_of(desk, heard, dossier.identity, stage)
    may, owner = turn(desk, heard, case)
    if may.verdict.effect not in ("allow", "approve"):
        return Proposed("", f"Policy leaves this message to people ({may.verdict.rule}).")
    asking = Asking(desk.gate)
    customer = dossier.identity.customer if isinstance(dossier.identity, Matched) and dossier.verified else None
    bench = Workbench(
        look_up=None,
        propose=lambda one: asking.propose(replace(one, args=plain_words(one.args, heard.masked)), case),
        knowledge=desk.knowledge,
        may_propose=frozenset(desk.procedures[wanted].may_propose),
        gathered=dossier.findings,
        asker=Asker(verified=customer is not None, locale=heard.understanding.language),
    )
    brief = Brief(heard.text, heard.understanding, dossier, (desk.procedures[wanted],), {}, thread=heard.thread)
    said = {name: Earned(kind.deeds, kind.receipt) for name, kind in desk.actions.items()}
    judge = None if restricted(desk, ticket, heard.message, heard.requester) else desk.judge
    standards = Standards(said, desk.hidden, desk.similarity, judge, desk.voice.hosts, desk.hear)
    began, calls = desk.timer(), Calls(desk, ticket, heard.message)
    made = plan(brief, Dictated(action, reply, wanted, person.id), bench, standards, calls)
    proposal = bench.proposals[0]
    if isinstance(made, GiveUp):
        return Proposed("", made.because, proposal)
    made = give_back(made, heard.masked)
    considered = opened(desk, heard, dossier, case, may, made, began, (on_message(may, heard), *asking.in_words))
    note_down(desk, heard, case, may, made, considered, owner, asking, dossier.missing)
    with desk.store.begin() as tx:
        told = {"action": action.name, "by": person.id, "message": heard.message, "effect": proposal.verdict.effect}
        tx.journal.append("action.proposed", ticket, told, desk.clock())
    suggest(desk, heard, considered, f"proposed by {person.id}")
    with desk.store.begin() as tx:
        waits = [one.id for one in tx.suggestions.pending(ticket) if one.resolution.proposals == (proposal,)]
    return Proposed(waits[-1], "", proposal)


@dataclass(frozen=True)
class Dictated:
    """See `ports.reasoning.Planner`: the plan is what somebody else wrote, and the verdict is the gate's."""

    action: Action
    reply: str
    procedure: str
    by: str

    def plan(self, brief: Brief, tools: Tools, calls: CallLog) -> Plan:
        """Given up at once where policy does not let the action wait for people: no other words would change that."""
        trace = (f"proposed by {self.by}",)
        if brief.faults:
            return GiveUp("ungrounded", "; ".join(brief.faults), trace=trace)
        proposal = tools.propose(self.action)
        verdict = proposal.verdict
        if not isinstance(verdict, Allow | Approve):
            return GiveUp(
                "policy", f"Policy says {verdict.effect} ({verdict.rule}).", proposals=(proposal,), trace=trace
            )
        if isinstance(verdict, Approve) and verdict.four_eyes:
            because = f"Policy wants other eyes than those of whoever asks ({verdict.rule}): start it in the workspace."
            return GiveUp("policy", because, proposals=(proposal,), trace=trace)
        tools.search(brief.message)
        tools.search(self.reply)
        return Resolution(self.reply, End.RESOLVED, (proposal,), (), (), (self.procedure,), trace=trace)


def _procedure(desk: Desk, action: str, named: str) -> tuple[str, str]:
    """The procedure under which it is proposed, or why there is none."""
    fitting = sorted(name for name, one in desk.procedures.items() if action in one.may_propose)
    if not fitting:
        return "", f"No procedure of this desk may propose {action[:80]}."
    if named and named not in fitting:
        return "", f"{named[:80]} may not propose {action[:80]}; there is {', '.join(fitting)}."
    if not named and len(fitting) > 1:
        return "", f"Say under which procedure: {', '.join(fitting)}."
    return named or fitting[0], ""


def _not_now(desk: Desk, ticket: str, message: str) -> str:
    """Why nothing can be proposed on this ticket at this moment."""
    with desk.store.begin() as tx:
        owner, waiting = tx.tickets.owner(ticket), tx.suggestions.pending(ticket)
        read, key = tx.results.get(ticket, message), f"reply/{ticket}/{message}"
        answered = any(one.key == key or one.key.startswith(f"{key}/") for one in tx.ledger.of_ticket(ticket))
    if owner != ASSISTANT:
        return f"{owner} has this ticket, and on it the assistant does nothing. Give it back first."
    if waiting:
        return f"The suggestion {waiting[0].id} waits on this ticket already. Decide it first."
    if answered:
        return "The customer's last message has its answer already. Wait until they write again."
    if read is None:
        return "The customer's last message is not read yet. Try again in a moment."
    if read.outcome is RunOutcome.HANDED_OFF:  # in read-only the ticket itself has no other owner
        return "The customer's last message was handed to people, so it is theirs."
    return ""


def _heard(desk: Desk, seen: Shown) -> Heard:
    """As it was understood before. What a plan must not answer, such as a threat, was handed to people then."""
    ticket = str(seen.ticket.ref)
    with desk.store.begin() as tx:
        before = dict(tx.results.standings(ticket, 1)).get(seen.message.id)
    own = [one for one in seen.ticket.messages if one.author is Author.CUSTOMER]
    return Heard(
        ticket=ticket,
        message=seen.message.id,
        channel=seen.ticket.channel,
        requester=writer(seen.ticket, seen.message),
        attachments=told_of(seen.message.attachments),
        text=seen.text,
        understanding=_understood(before, desk.voice.languages[0]),
        turns=len(own),
        took_ms=0.0,
        thread=seen.thread,
        masked=seen.masked,
        vouched=seen.message.vouched,
    )


def _understood(before: Standing | None, language: str) -> Understanding:
    requests = before.requests if before else ()
    language = before.language if before else language
    return Understanding(language, requests, Sentiment.CALM, Urgency.NORMAL, (), wants_human=False)
