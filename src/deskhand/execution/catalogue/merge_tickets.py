"""Merge a ticket into another one of the same requester that is about the same matter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from deskhand.domain.action import Action, Receipt
from deskhand.domain.merging import MERGE, merge_key
from deskhand.domain.money import Money
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author, Status, Ticket
from deskhand.execution.catalogue.arguments import only, ticket
from deskhand.execution.catalogue.update_ticket import look_at
from deskhand.execution.doors import Reads, Writes
from deskhand.execution.kind import Nature, NoUndo, Recovery, Seen, Undo
from deskhand.policy.facts import types_of, values_of


@dataclass(frozen=True)
class Pair:
    """Both tickets, as they are now."""

    duplicate: Ticket
    into: Ticket

    def against(self) -> str:
        """What their help desk says against a merge, for people; "" when nothing does."""
        first, second = self.duplicate, self.into
        if not first.requester.email or first.requester.email.casefold() != second.requester.email.casefold():
            return "they are not of one customer"
        closed = [one.ref.id for one in (first, second) if one.status is Status.CLOSED]
        return f"{closed[0]} is closed" if closed else ""

    @property
    def assigned(self) -> bool:
        """Whether the help desk gave either to a person."""
        return bool(self.duplicate.assignee or self.into.assignee)


@dataclass(frozen=True)
class MergeFacts:
    """`system`: the help desk. `messages`: how many the customer wrote on the one that is to be closed."""

    system: str
    messages: int


@dataclass(frozen=True)
class MergeTicketsFacts:
    merge: MergeFacts


class MergeTickets:
    """What is true of every merge, whatever policy says, is in `execution.merging`."""

    name = MERGE
    title = "Tickets merged"
    nature = Nature.NEUTRAL
    recovery = Recovery.LOOK
    sets = False
    arguments: Mapping[str, type] = {"ticket": str, "into": str}
    receipt: tuple[str, ...] = ("id", "into")
    deeds: tuple[str, ...] = ("merged",)
    about: Mapping[str, type] = types_of(MergeTicketsFacts)

    def canonical(self, args: Mapping[str, str]) -> Mapping[str, str]:
        only(args, "ticket", "into")
        one, into = ticket(args["ticket"]), ticket(args["into"])
        if one == into or Ref.parse(one).system != Ref.parse(into).system:
            raise ValueError("two tickets of one help desk")
        return {"ticket": one, "into": into}

    def money(self, args: Mapping[str, str]) -> Money | None:
        return None

    def key(self, ticket: str, args: Mapping[str, str]) -> str:
        return merge_key(args["ticket"])

    def subject(self, args: Mapping[str, str]) -> str:
        return f"ticket:{args['ticket']}"

    def look(self, args: Mapping[str, str], reads: Reads) -> Seen:
        pair = Pair(look_at(args["ticket"], reads), look_at(args["into"], reads))
        told = f"Close ticket {pair.duplicate.ref.id}, and merge it into ticket {pair.into.ref.id}"
        return Seen(pair, told, pair.duplicate.requester.email or None)

    def facts(self, args: Mapping[str, str], seen: Seen) -> Mapping[str, Any]:
        duplicate = cast(Pair, seen.world).duplicate
        wrote = sum(one.author is Author.CUSTOMER for one in duplicate.messages)
        return values_of(MergeTicketsFacts(MergeFacts(duplicate.ref.system, wrote)))

    def act(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt:
        ref = Ref.parse(args["ticket"])
        return writes.tickets[ref.system].merge(ref, Ref.parse(args["into"]), key=key)

    def find(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt | None:
        ref = Ref.parse(args["ticket"])
        return writes.tickets[ref.system].find_merge(ref, Ref.parse(args["into"]), key=key)

    def undo(self, args: Mapping[str, str], receipt: Receipt) -> Undo | NoUndo:
        if not receipt.before.get("status"):
            return NoUndo("This help desk does not part what it merged: whoever writes again is answered anew.")
        change = {"ticket": args["ticket"], "field": "status", "becomes": receipt.before["status"]}
        return Undo(Action("update_ticket", change), timedelta(days=7))
