"""Events for a company's own systems: each follows from a line of the journal, in the same transaction, and is posted
until it is taken, or is parked for a person to see."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from deskhand.domain.digest import canonical, digest
from deskhand.domain.effect import by_ai
from deskhand.domain.errors import ConnectorError, Missing
from deskhand.domain.journal_line import JournalLine
from deskhand.domain.outcome import RunOutcome
from deskhand.domain.ref import Ref
from deskhand.ports.events import Poster
from deskhand.ports.memory.journal import Json
from deskhand.ports.store import Store, Transaction
from deskhand.ports.threads import Threads
from deskhand.workflows.desk import Desk

SENT, HANDOFF, RESOLVED = "message.sent", "ticket.handed_off", "ticket.resolved"
WARNED, BREACHED = "sla.warned", "sla.breached"  # these lines of the journal have the same names
DRIFTED = "drift.alarmed"  # as that line of the journal; of the whole desk, so of no ticket
TYPES = (SENT, HANDOFF, RESOLVED, WARNED, BREACHED, DRIFTED)
STORY = "post_event"
PARKED, REVIVED = "event.parked", "event.revived"


class Event(NamedTuple):
    """`about`: the key of a reply, else an id. `round`: which time a person had it posted again, "" the first time."""

    id: str
    type: str
    ticket: str
    about: str
    at: str
    round: str = ""


@dataclass(frozen=True)
class Hook:
    """Who is told. `types`: of which events; `every_ticket`: of all tickets, else of its own conversations only.
    `waits`: seconds before each further attempt; then it is parked."""

    name: str
    poster: Poster
    types: frozenset[str]
    every_ticket: bool
    waits: tuple[float, ...]

    def wants(self, type: str, ticket: str) -> bool:
        if type == DRIFTED:
            return type in self.types
        own = own_conversation(self.name, ticket)
        return (own and type == SENT) or (type in self.types and (own or self.every_ticket))


def own_conversation(hook: str, ticket: str) -> bool:
    """Whether this ticket is a conversation of the channel with this hook's name."""
    return ticket.startswith(f"deskhand:ticket:{hook}.")


def announcer(hooks: Sequence[Hook]) -> Callable[[Transaction, int, str, str, Json, datetime], None]:
    """What the store calls for every line of the journal: the runs that will post, in the same transaction."""

    def announce(tx: Transaction, seq: int, kind: str, ticket: str, body: Json, at: datetime) -> None:
        found = event_of(kind, body)
        if not found:
            return
        type, about = found
        id = f"evt_{digest([seq, kind, ticket, about, at.isoformat()])[:32]}"
        for hook in hooks:
            if hook.wants(type, ticket):
                _enqueue(tx, hook.name, Event(id, type, ticket, about, at.isoformat()), 0)

    return announce


def event_of(kind: str, body: Json) -> tuple[str, str] | None:
    """(type, what it is about: the key of a reply, else ids) of the event that this line is; None when it is none."""
    if kind == "effect.done" and body.get("action") == "reply":
        return SENT, str(body["key"])
    if kind == "ticket.given" and str(body.get("to", "")).startswith("queue:"):
        return HANDOFF, str(body["to"]).removeprefix("queue:")
    if kind == "message.ended" and body.get("outcome") == str(RunOutcome.RESOLVED):
        return RESOLVED, str(body["message"])
    if kind == DRIFTED:
        return kind, str(body["alarm"])
    if kind in (WARNED, BREACHED):
        return kind, str(body["queue"])
    return None


def post_event(desk: Desk, hooks: Mapping[str, Hook], threads: Threads, hook: str, event: Event, tries: int) -> None:
    """One attempt, as a run. A crash after it posts once more under the same id."""
    desk.step(_post, desk, hooks, threads, hook, event, tries)


@dataclass(frozen=True)
class Parked:
    """An event that was never taken; `since` then, and `why` at the last attempt."""

    hook: str
    id: str
    type: str
    ticket: str
    about: str
    at: str
    why: str
    since: datetime


def parked(lines: Iterable[JournalLine]) -> list[Parked]:
    """What waits for a person, of the journal's lines of the kinds PARKED and REVIVED; oldest first."""
    waiting: dict[tuple[str, str], Parked] = {}
    for line in lines:
        told, key = line.body, (line.body["hook"], line.body["id"])
        if line.kind == REVIVED:
            waiting.pop(key, None)
        else:
            waiting[key] = Parked(*key, told["type"], line.ticket, told["about"], told["at"], told["why"], line.at)
    return list(waiting.values())


def revive(store: Store, event: Parked, by: str, now: datetime) -> None:
    """Post it again, from the first attempt on."""
    with store.begin() as tx:
        line = tx.journal.append(REVIVED, event.ticket, {"hook": event.hook, "id": event.id, "by": by}, now)
        again = Event(event.id, event.type, event.ticket, event.about, event.at, str(line))
        _enqueue(tx, event.hook, again, 0)


def _post(desk: Desk, hooks: Mapping[str, Hook], threads: Threads, name: str, event: Event, tries: int) -> None:
    hook, why = hooks.get(name), "the desk has no such hook any more"
    if hook:
        try:
            hook.poster.post(event.id, body_of(desk, threads, hook.name, event))
        except ConnectorError as error:
            why = str(error)
        else:
            return
    with desk.store.begin() as tx:
        if hook and tries < len(hook.waits):
            _enqueue(tx, name, event, tries + 1, delay=hook.waits[tries])
        else:
            line = {"hook": name, "id": event.id, "type": event.type, "about": event.about, "at": event.at, "why": why}
            tx.journal.append(PARKED, event.ticket, line, desk.clock())


def body_of(desk: Desk, threads: Threads, hook: str, event: Event) -> bytes:
    """The same bytes at every attempt. The words of a reply are told to the channel of its conversation alone."""
    type, ticket, about = event.type, event.ticket, event.about
    data: dict[str, str] = {"ticket": ticket}
    if own_conversation(hook, ticket):
        try:
            data["thread"] = threads.outgoing(Ref.parse(ticket), "", "")[1].route.get("thread", "")
        except Missing:  # it was erased
            data["thread"] = ""
    match type:
        case "message.sent":
            data |= {"message": digest(about)[:20], "ai_generated": str(by_ai(about)).lower()}
            if own_conversation(hook, ticket):
                with desk.store.begin() as tx:
                    effect = tx.ledger.effect(about)
                data["text"] = effect.args.get("text", "") if effect else ""
        case "drift.alarmed":
            signal, procedure, _ = about.split("/", 2)
            data = {"alarm": about, "signal": signal, "procedure": procedure}
        case "ticket.handed_off" | "sla.warned" | "sla.breached":
            data["queue"] = about
        case _:
            data["message"] = about
    return canonical({"type": type, "timestamp": event.at, "data": data}).encode()


def _enqueue(tx: Transaction, hook: str, event: Event, tries: int, *, delay: float = 0) -> None:
    key = "/".join(["event", hook, event.id, *filter(None, [event.round]), str(tries)])
    tx.runs.enqueue(STORY, f"event:{hook}", key, hook, json.dumps(event), str(tries), delay=delay)
