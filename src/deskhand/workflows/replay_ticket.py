"""A ticket of the past through the whole story, up to the door: what would have been said and done, and nothing is."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from deskhand.domain.action import Proposal
from deskhand.domain.errors import DeskhandError, UnknownTicket
from deskhand.domain.heard import Heard
from deskhand.domain.money import Money
from deskhand.domain.outcome import ModelUse, RunOutcome
from deskhand.domain.past_ticket import PastTicket
from deskhand.domain.read import Read
from deskhand.domain.ref import Ref
from deskhand.domain.replayed import REPLIED, Agreement, Replayed, WouldBe, WouldDo
from deskhand.domain.stage import Stage
from deskhand.domain.ticket import Author, Message, Ticket
from deskhand.domain.verdict import Deny
from deskhand.understanding.courtesies import says_something
from deskhand.understanding.redact import redact, unmask
from deskhand.workflows.consider import UNWRITTEN, Considered, Way, consider
from deskhand.workflows.desk import Desk
from deskhand.workflows.dress import outline
from deskhand.workflows.hear import hear
from deskhand.workflows.record import keep_result, told, use_of
from deskhand.workflows.replay_agreement import agreement

MOST = 5  # messages of an opening that are replayed
EXCERPT = 2_000  # characters of a text that a report may show


class PastDesk:
    """See `ports.reads.TicketDesk`: shows the one ticket that is being replayed, as it was at the message at hand."""

    def __init__(self, clock: Callable[[], datetime]):
        self.system = "history"
        self.shown: Ticket | None = None
        self._clock = clock

    def ticket(self, ref: Ref) -> Read[Ticket]:
        if self.shown is None or self.shown.ref != ref:
            raise UnknownTicket(f"{ref} is not being replayed")
        return Read(self.shown, self.system, self._clock())


@dataclass(frozen=True)
class Ended:
    """How the story of one message would have ended."""

    outcome: WouldBe
    heard: Heard
    considered: Considered


def replay_ticket(desk: Desk, shown: PastDesk, past: PastTicket, timer: Callable[[], float]) -> Replayed:
    """What the customer wrote before anybody answered is heard and considered, message by message, as if the assistant
    were trusted with everything; it ends where people would have it. `desk` has no writer, and remembers nothing of
    other tickets; `shown` is its only help desk."""
    began, ended, failed = timer(), list[Ended](), ""
    ticket = str(past.ticket.ref)
    for place in opening(past.ticket):
        shown.shown = replace(past.ticket, messages=past.ticket.messages[: place + 1])
        try:
            ended.append(_story(desk, ticket, past.ticket.messages[place].id))
        except DeskhandError as error:
            failed = f"{type(error).__name__}: {error}"
            break
        if ended[-1].outcome in (WouldBe.HANDED_OFF, WouldBe.AWAITING_APPROVAL):
            break
    with desk.store.begin() as tx:
        use = use_of([call for _, call in tx.models.of_ticket(ticket)])
    return _row(desk, past, ended, failed, use, 1000 * (timer() - began))


def opening(ticket: Ticket) -> list[int]:
    """The places of what the customer wrote before an agent did; of what is in public."""
    found: list[int] = []
    for place, one in enumerate(ticket.messages):
        if not one.public:
            continue
        if one.author is Author.CUSTOMER:
            found.append(place)
        elif found:
            break
    return found[:MOST]


def _story(desk: Desk, ticket: str, message: str) -> Ended:
    heard = hear(desk, ticket, message)
    considered = consider(desk, heard, {}, Stage.AUTONOMOUS)
    heard = considered.heard or heard
    outcome = _outcome(considered)
    if outcome in REPLIED:
        _remember(
            desk, heard, considered, RunOutcome(outcome) if outcome is not WouldBe.DENIED else RunOutcome.ANSWERED
        )
    return Ended(outcome, heard, considered)


def _outcome(considered: Considered) -> WouldBe:
    match considered.way:
        case Way.SILENCE:
            return WouldBe.SILENT
        case Way.HAND_OFF:
            return WouldBe.HANDED_OFF
        case Way.SUGGEST | Way.AWAIT:
            return WouldBe.AWAITING_APPROVAL
        case Way.COMMIT:
            assert considered.resolution is not None
            proposals = considered.resolution.proposals
            refused = bool(proposals) and all(isinstance(one.verdict, Deny) for one in proposals)
            return WouldBe.DENIED if refused else WouldBe(considered.resolution.end)
        case unexpected:
            assert_never(unexpected)


def _remember(desk: Desk, heard: Heard, considered: Considered, outcome: RunOutcome) -> None:
    """So that the next message of this ticket is heard as what follows."""
    result = told(heard, considered, outcome, considered.resolution.reply if considered.resolution else "", {}, 0.0)
    with desk.store.begin() as tx:
        keep_result(desk, heard, considered, result, tx)


def _row(desk: Desk, past: PastTicket, ended: list[Ended], failed: str, use: ModelUse, ms: float) -> Replayed:
    ticket, places = past.ticket, opening(past.ticket)
    theirs = [one for one in ticket.messages if one.author is Author.AGENT and one.public]
    last = ended[-1] if ended and not failed else None
    requests = [one for each in ended for one in each.heard.understanding.requests]
    made = [each.considered.resolution for each in ended]
    followed = [name for one in made if one for name in one.procedures]
    procedures = tuple(dict.fromkeys([*(one.procedure for one in requests if one.procedure), *followed]))
    reply = _replies(ended) if last and last.outcome in REPLIED else ""
    actions = _actions(ended)
    language = ended[-1].heard.understanding.language if ended else ""
    handoff = last.considered.handoff if last else None
    return Replayed(
        ticket=str(ticket.ref),
        at=ticket.created_at,
        customer=ticket.requester.email,
        text=_excerpt("\n\n".join(ticket.messages[place].text for place in places)),
        language=language,
        outcome=last.outcome if last else WouldBe.FAILED,
        procedures=procedures or (UNWRITTEN,),
        confidence=min((one.confidence for one in requests), default=None),
        reply=_excerpt(reply),
        actions=actions,
        queue=handoff.queue if handoff else "",
        reason=str(handoff.reason) if handoff else "",
        because=failed or (handoff.because if handoff else ""),
        agents=_excerpt("\n\n".join(one.text for one in theirs)),
        agreement=agreement(desk, reply, actions, [one.text for one in theirs]) if reply and theirs else Agreement(),
        csat=past.csat,
        response_s=_response(past, theirs),
        resolution_s=_resolution(past, theirs),
        messages=len(ended),
        model=use,
        ms=ms,
    )


def _replies(ended: list[Ended]) -> str:
    """What the customer would read, in order; places that a receipt fills are shown as a gap."""
    made = [each.considered.resolution for each in ended if each.outcome in REPLIED]
    return "\n\n".join(
        unmask(outline(one.reply), each.heard.masked)
        for one, each in zip(made, (each for each in ended if each.outcome in REPLIED), strict=True)
        if one
    )


def _actions(ended: list[Ended]) -> tuple[WouldDo, ...]:
    """Of all messages, each effect once: by its key it would be done once."""
    found: dict[str, WouldDo] = {}
    for each in ended:
        for one in each.considered.proposals:
            found[one.key] = WouldDo(
                one.action.name, one.key, one.verdict.effect, one.verdict.rule, _amount(one), one.preview
            )
    return tuple(found.values())


def _amount(proposal: Proposal) -> str:
    try:
        return str(Money.parse(proposal.action.args.get("amount", "")))
    except ValueError:
        return ""


def _response(past: PastTicket, theirs: list[Message]) -> float | None:
    """Seconds to the first message of an agent that says something."""
    if not past.timed:
        return None
    first = next((one.sent_at for one in theirs if says_something(one.text)), None)
    return max(0.0, (first - past.ticket.created_at).total_seconds()) if first else None


def _resolution(past: PastTicket, theirs: list[Message]) -> float | None:
    """Seconds to the moment at which the help desk said "solved"; where it does not tell, to the agents' last word."""
    end = past.resolved_at or (theirs[-1].sent_at if theirs and past.timed else None)
    return max(0.0, (end - past.ticket.created_at).total_seconds()) if end else None


def _excerpt(text: str) -> str:
    text = redact(text)
    return text if len(text) <= EXCERPT else f"{text[:EXCERPT]} ..."
