"""Set the status, the priority or the group of a ticket."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from deskhand.domain.action import Action, Receipt
from deskhand.domain.errors import Invalid, Missing
from deskhand.domain.money import Money
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Priority, Status, Ticket
from deskhand.execution.catalogue.arguments import only, ticket
from deskhand.execution.doors import Reads, Writes
from deskhand.execution.kind import Nature, NoUndo, Recovery, Seen, Undo
from deskhand.policy.facts import types_of, values_of

SETTABLE = (Status.OPEN, Status.PENDING, Status.SOLVED)


@dataclass(frozen=True)
class UpdateFacts:
    """`field`: status, priority or group. `wanted`: what it is to be; `before`: what it is, empty when nothing."""

    field: str
    wanted: str
    before: str


@dataclass(frozen=True)
class UpdateTicketFacts:
    update: UpdateFacts


class UpdateTicket:
    name = "update_ticket"
    title = "Change of a ticket"
    nature = Nature.NEUTRAL
    recovery = Recovery.LOOK
    sets = True
    arguments: Mapping[str, type] = {"ticket": str, "field": str, "becomes": str}
    receipt: tuple[str, ...] = ("id", "status", "priority")
    deeds: tuple[str, ...] = ("changed", "updated", "raised", "lowered", "assigned", "forwarded")
    about: Mapping[str, type] = types_of(UpdateTicketFacts)

    def canonical(self, args: Mapping[str, str]) -> Mapping[str, str]:
        only(args, "ticket", "field", "becomes")
        field, wanted = args["field"], args["becomes"]
        known = {"status": SETTABLE, "priority": tuple(Priority)}
        group = field == "group" and wanted.isascii() and wanted.isdigit() and len(wanted) <= 20
        if wanted not in known.get(field, ()) and not group:
            raise ValueError("a status is open, pending or solved; a priority low, normal, high or urgent")
        return {"ticket": ticket(args["ticket"]), "field": field, "becomes": wanted}

    def money(self, args: Mapping[str, str]) -> Money | None:
        return None

    def key(self, ticket: str, args: Mapping[str, str]) -> str:
        return f"update/{ticket}/{args['ticket']}/{args['field']}"

    def subject(self, args: Mapping[str, str]) -> str:
        return f"ticket:{args['ticket']}"

    def look(self, args: Mapping[str, str], reads: Reads) -> Seen:
        found = look_at(args["ticket"], reads)
        old = _value(found, args["field"]) or "nothing"
        told = f"Change the {args['field']} of ticket {found.ref.id} from {old} to {args['becomes']}"
        return Seen(found, told, found.requester.email or None)

    def facts(self, args: Mapping[str, str], seen: Seen) -> Mapping[str, Any]:
        now = _value(cast(Ticket, seen.world), args["field"])
        return values_of(UpdateTicketFacts(UpdateFacts(args["field"], args["becomes"], now)))

    def act(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt:
        ref, wanted = Ref.parse(args["ticket"]), args["becomes"]
        desk = writes.tickets[ref.system]
        match args["field"]:
            case "status":
                return desk.update_ticket(ref, status=Status(wanted), key=key)
            case "priority":
                return desk.update_ticket(ref, priority=Priority(wanted), key=key)
            case "group":
                return desk.update_ticket(ref, group=wanted, key=key)
            case other:
                raise Invalid(f"A ticket has no {other}: nothing was changed.")

    def find(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt | None:
        ref = Ref.parse(args["ticket"])
        return writes.tickets[ref.system].find_effect(ref, key=key)

    def undo(self, args: Mapping[str, str], receipt: Receipt) -> Undo | NoUndo:
        before = {**args, "becomes": receipt.before.get(args["field"], "")}
        try:
            return Undo(Action(self.name, self.canonical(before)), timedelta(days=7))
        except ValueError:
            return NoUndo("What it was before is not on its receipt, or cannot be set again: set it in the help desk.")


def look_at(text: str, reads: Reads) -> Ticket:
    """`Missing` when there is no such ticket, or no such help desk."""
    ref = Ref.parse(text)
    if ref.system not in reads.tickets:
        raise Missing(f"no help desk is called {ref.system}")
    return reads.tickets[ref.system].ticket(ref).value


def _value(found: Ticket, field: str) -> str:
    return {"status": str(found.status), "priority": str(found.priority or ""), "group": found.group}[field]
