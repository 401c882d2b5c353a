"""Gives the ticket to people, with everything they need."""

from contextlib import suppress
from dataclasses import replace

from deskhand.context.disputed import disputed
from deskhand.context.gather import gather
from deskhand.domain.customer import Matched
from deskhand.domain.errors import ConnectorError
from deskhand.domain.heard import Heard
from deskhand.domain.outcome import RunOutcome, RunResult
from deskhand.domain.phrases import phrases_in
from deskhand.domain.ref import Ref
from deskhand.domain.resolution import GiveUp
from deskhand.domain.stage import Stage
from deskhand.escalation.handoff import hand_over
from deskhand.escalation.note import note
from deskhand.execution.results import Unsure
from deskhand.workflows.consider import Considered, Way
from deskhand.workflows.desk import Desk
from deskhand.workflows.dress import dress
from deskhand.workflows.give_back import for_people
from deskhand.workflows.overtaken import overtaken
from deskhand.workflows.record import ended
from deskhand.workflows.take_over import ASSISTANT
from deskhand.workflows.who import proven


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
    key = f"note/{heard.ticket}/{heard.message}"
    words = note(considered.handoff)
    noted = desk.executor.say(ticket, words, public=False, key=key, customer=customer, freeze=False)
    if considered.stage is not Stage.AUTONOMOUS:
        return not isinstance(noted, Unsure)
    if _answered_by_people(desk, heard):
        return not isinstance(noted, Unsure)
    key = f"reply/{heard.ticket}/{heard.message}"
    said = desk.executor.say(ticket, considered.says, public=True, key=key, customer=customer)
    return not isinstance(noted, Unsure) and not isinstance(said, Unsure)


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
    with desk.store.begin() as tx:
        effects = tx.ledger.of_ticket(heard.ticket)
    facts = considered.resolution.facts if considered.resolution else ()
    full = replace(reason, proposals=considered.proposals, facts=facts)
    packet = hand_over(
        full,
        for_people(heard.understanding, heard.masked),
        dossier,
        queue=desk.voice.default_queue,
        at=desk.clock(),
        effects=effects,
        attachments=heard.attachments,
        due_at=heard.due_at,
        disputes=disputed(dossier, desk.look_ups, desk.clock(), failed=reason.reason == "failure"),
        limits=desk.limits,
    )
    name = dossier.identity.customer.name if isinstance(dossier.identity, Matched) and dossier.verified else ""
    language = heard.understanding.language
    says = dress(reason.says or phrases_in(language).passing_on, name, desk.voice, language)
    return replace(considered, way=Way.HAND_OFF, resolution=None, handoff=packet, says=says)
