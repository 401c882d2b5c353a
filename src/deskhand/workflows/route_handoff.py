"""Where a handoff goes, written down with its clock in one transaction; and what customer and packet are told of it."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from deskhand.domain.customer import Identity, Matched
from deskhand.domain.handoff import Handoff
from deskhand.domain.heard import Heard
from deskhand.domain.opening_phrases import there_again
from deskhand.domain.resolution import GiveUp
from deskhand.domain.routing import Needs, Route
from deskhand.domain.stage import Stage
from deskhand.domain.waiting import Waiting
from deskhand.escalation.route import WARN, assign
from deskhand.ports.store import Transaction
from deskhand.workflows.desk import Desk
from deskhand.workflows.watch_handoff import watch, watch_again


@dataclass(frozen=True)
class Routed:
    """`says`: the body of the letter to the customer, with when somebody is there again if nobody is there now."""

    route: Route
    handoff: Handoff
    says: str


def routed(
    desk: Desk, heard: Heard, stage: Stage, identity: Identity, made: GiveUp, handoff: Handoff, says: str
) -> Routed:
    """Bears repeating. In read-only people have the ticket anyway: nothing is written down, and nobody is told."""
    now, needs = desk.clock(), _needs(heard, identity, made)
    with desk.store.begin() as tx:
        kept = tx.awaiting.open(heard.ticket)
        load = dict(tx.awaiting.load())
        if kept and kept.person:
            load[kept.person] -= 1  # this ticket is no load beside itself
        route = assign(desk.routing, made.queue, needs, load, now)
        if kept and kept.message == heard.message:  # before a crash: what was written down stands
            route = replace(route, queue=kept.queue, person=kept.person or None, there_at=kept.promised)
        due, warn = _due(route, heard, now)
        if stage is not Stage.READ_ONLY:
            _write_down(tx, heard, route, due, warn, now)
        if heard.again and (waits := tx.awaiting.open(heard.ticket)):
            due = waits.due  # the customer has waited since the first handoff of this message
    promise = there_again(route.there_at, route.zone, heard.understanding.language) if route.there_at else ""
    handoff = replace(
        handoff,
        queue=route.queue,
        tried=(*handoff.tried, f"routing: {route.why}"),
        deadline=f"{due.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if due else handoff.deadline,
    )
    if not promise:
        return Routed(route, handoff, says)
    if stage is Stage.AUTONOMOUS:  # in every other stage the customer is told nothing
        before = "" if handoff.promised.startswith("nothing") else f"{handoff.promised} "
        handoff = replace(handoff, promised=f"{before}{promise}")
    return Routed(route, handoff, f"{says.strip()}\n\n{promise}")


def _needs(heard: Heard, identity: Identity, made: GiveUp) -> Needs:
    understanding = heard.understanding
    known = isinstance(identity, Matched) and identity.strength.verified
    skills = {one.procedure for one in understanding.requests if one.procedure} | set(made.procedures)
    return Needs(
        understanding.language,
        identity.customer.tier if known and isinstance(identity, Matched) else "",
        frozenset(skills | {one.topic for one in understanding.risks}),
    )


def _due(route: Route, heard: Heard, now: datetime) -> tuple[datetime | None, datetime | None]:
    """Until when an agent is to have answered, by our clock or the help desk's, whichever ends first; and when
    three quarters of that time are over."""
    if heard.due_at and (route.answer_by is None or heard.due_at < route.answer_by):
        return heard.due_at, now + max(heard.due_at - now, now - now) * WARN
    return route.answer_by, route.warn_at


def _write_down(
    tx: Transaction, heard: Heard, route: Route, due: datetime | None, warn: datetime | None, now: datetime
) -> None:
    ticket, message, person = heard.ticket, heard.message, route.person or ""
    before = None
    if not tx.awaiting.add(Waiting(ticket, message, route.queue, person, now, due, route.there_at)):
        before = tx.awaiting.reopen(ticket, message, route.queue, person) if heard.again else None
        if heard.again is None or before is None:
            return
        due = before.due
        watch_again(tx, before, heard.again.guidance, now)
    line = {
        "message": message,
        "queue": route.queue,
        "person": person,
        "why": route.why,
        "due": due.isoformat() if due else None,
        "promised": route.there_at.isoformat() if route.there_at else None,
    }
    tx.journal.append("ticket.routed", ticket, line, now)
    if before is None:
        watch(tx, ticket, message, warn, due, now)
