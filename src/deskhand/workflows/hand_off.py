"""Gives the ticket to people, with everything they need."""

from contextlib import suppress
from dataclasses import replace

from deskhand.context.gather import gather
from deskhand.domain.dossier import Dossier
from deskhand.domain.errors import ConnectorError
from deskhand.domain.heard import Heard
from deskhand.domain.outcome import RunOutcome, RunResult
from deskhand.domain.phrases import phrases_in
from deskhand.domain.ref import Ref
from deskhand.domain.resolution import GiveUp
from deskhand.domain.stage import Stage
from deskhand.escalation.note import note
from deskhand.execution.results import Unsure
from deskhand.workflows.consider import Considered, Way, on_message, turn
from deskhand.workflows.desk import Desk
from deskhand.workflows.due import with_due
from deskhand.workflows.overtaken import overtaken
from deskhand.workflows.packet import letter, packet
from deskhand.workflows.record import ended
from deskhand.workflows.route_handoff import routed
from deskhand.workflows.take_over import ASSISTANT
from deskhand.workflows.who import case_of, proven

OURS = "deskhand"  # conversations that we keep ourselves are assigned nowhere


def hand_off(desk: Desk, heard: Heard, considered: Considered) -> RunResult:
    """Note, word to the customer, new owner; then the record. What cannot be posted stays in the workspace's packet."""
    for wait in (*desk.patience.rounds, None):
        if desk.step(tell, desk, heard, considered) or wait is None:
            break
        desk.pause(wait)
    return desk.step(give_away, desk, heard, considered)


def tell(desk: Desk, heard: Heard, considered: Considered) -> bool:
    """Whether both were posted, or need not be: nothing is written outside in read-only, nor said in assisted."""
    assert considered.handoff is not None
    if considered.stage is Stage.READ_ONLY:
        return True
    ticket, customer = Ref.parse(heard.ticket), considered.customer
    key = f"note/{heard.occasion}"
    words = note(considered.handoff)
    noted = desk.executor.say(ticket, words, public=False, key=key, customer=customer, freeze=False)
    posted = not isinstance(noted, Unsure) and _assigned(desk, heard, considered)
    if considered.stage is not Stage.AUTONOMOUS or _told_before(desk, heard) or _answered_by_people(desk, heard):
        return posted
    key = f"reply/{heard.occasion}"
    language = heard.understanding.language
    said = desk.executor.say(ticket, considered.says, public=True, key=key, customer=customer, language=language)
    return posted and not isinstance(said, Unsure)


def _assigned(desk: Desk, heard: Heard, considered: Considered) -> bool:
    """Set queue and person at the help desk, where they have ids there. False while nobody can tell whether it is done.

    A person who was assigned meanwhile stays; that, or an id that the help desk does not know, is in the journal.
    """
    route, ticket = considered.route, Ref.parse(heard.ticket)
    if route is None or ticket.system == OURS:
        return True
    group = desk.routing.queue(route.queue).group
    person = desk.routing.people.get(route.person or "")
    assignee = person.assignee if person else ""
    if not group and not assignee:
        return True
    key = f"assign/{heard.occasion}"
    done = desk.executor.assign(ticket, group=group, assignee=assignee, key=key, customer=considered.customer)
    return not isinstance(done, Unsure)


def _told_before(desk: Desk, heard: Heard) -> bool:
    """Whether this message was handed off before an agent had it thought over again: then the customer knows."""
    with desk.store.begin() as tx:
        return heard.again is not None and tx.handoffs.packet(heard.ticket, heard.message) is not None


def _answered_by_people(desk: Desk, heard: Heard) -> bool:
    """Then nobody need be told that people will answer. What cannot be read now is no reason to keep silent."""
    with suppress(ConnectorError):
        return overtaken(desk, heard)
    return False


def give_away(desk: Desk, heard: Heard, considered: Considered) -> RunResult:
    """The queue owns the ticket from here on, unless people have it by now; in read-only they have it anyway."""
    began = desk.timer()
    assert considered.handoff is not None
    if considered.stage is not Stage.READ_ONLY:
        owner, now = f"queue:{considered.handoff.queue}", desk.clock()
        with desk.store.begin() as tx:
            if tx.tickets.owner(heard.ticket) == ASSISTANT:
                tx.tickets.give_to(heard.ticket, owner)
                tx.journal.append("ticket.given", heard.ticket, {"to": owner, "by": "assistant"}, now)
    return ended(desk, heard, considered, RunOutcome.HANDED_OFF, considered.says, 1000 * (desk.timer() - began))


def give_up(desk: Desk, heard: Heard, considered: Considered, reason: GiveUp) -> Considered:
    """The same message, considered as a handoff for this reason, with the receipts of what was done before."""
    dossier = gather(heard.requester, desk.customers, desk.look_ups)
    dossier = replace(dossier, identity=proven(desk, heard, dossier.identity))
    resolution = considered.resolution
    policy = resolution.policy if resolution and resolution.policy else _policy_now(desk, heard, dossier, considered)
    facts = resolution.facts if resolution else ()
    full = replace(reason, proposals=considered.proposals, facts=facts)
    heard = with_due(desk, heard)
    handoff = packet(desk, heard, full, dossier, policy=policy, at=desk.clock())
    body = reason.says or phrases_in(heard.understanding.language).passing_on
    goes = routed(desk, heard, considered.stage, dossier.identity, full, handoff, body)
    says = letter(desk, heard, dossier, goes.says)
    return replace(considered, way=Way.HAND_OFF, resolution=None, handoff=goes.handoff, says=says, route=goes.route)


def _policy_now(desk: Desk, heard: Heard, dossier: Dossier, considered: Considered) -> tuple[str, ...]:
    """Of the message, decided once more; of the proposals what was decided then: their facts are told no more."""
    may, _ = turn(desk, heard, case_of(desk, heard, dossier.identity, considered.stage))
    then = [f"{one.preview}: {one.verdict.effect} by {one.verdict.rule}" for one in considered.proposals]
    return (on_message(may, heard), *then)
