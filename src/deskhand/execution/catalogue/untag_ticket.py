"""Remove tags from a ticket."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from deskhand.domain.action import Action, Receipt
from deskhand.domain.money import Money
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Ticket
from deskhand.execution.catalogue.arguments import only, ticket
from deskhand.execution.catalogue.tags import TagFacts, tags
from deskhand.execution.catalogue.update_ticket import look_at
from deskhand.execution.doors import Reads, Writes
from deskhand.execution.kind import Nature, NoUndo, Recovery, Seen, Undo
from deskhand.policy.facts import types_of, values_of


@dataclass(frozen=True)
class UntagTicketFacts:
    tags: TagFacts


class UntagTicket:
    name = "untag_ticket"
    title = "Tags removed"
    nature = Nature.NEUTRAL
    recovery = Recovery.REPEAT  # what is gone carries no mark, and cannot go twice
    sets = True
    arguments: Mapping[str, type] = {"ticket": str, "tags": str}
    receipt: tuple[str, ...] = ("id",)
    deeds: tuple[str, ...] = ("removed", "untagged")
    about: Mapping[str, type] = types_of(UntagTicketFacts)

    def canonical(self, args: Mapping[str, str]) -> Mapping[str, str]:
        only(args, "ticket", "tags")
        return {"ticket": ticket(args["ticket"]), "tags": tags(args["tags"])}

    def money(self, args: Mapping[str, str]) -> Money | None:
        return None

    def key(self, ticket: str, args: Mapping[str, str]) -> str:
        """Shared with the action that does the opposite."""
        return f"tags/{ticket}/{args['ticket']}"

    def subject(self, args: Mapping[str, str]) -> str:
        return f"ticket:{args['ticket']}"

    def look(self, args: Mapping[str, str], reads: Reads) -> Seen:
        found = look_at(args["ticket"], reads)
        told = f"Remove the tags {args['tags']} from ticket {found.ref.id}"
        return Seen(found, told, found.requester.email or None)

    def facts(self, args: Mapping[str, str], seen: Seen) -> Mapping[str, Any]:
        now, asked = cast(Ticket, seen.world).tags, args["tags"].split()
        return values_of(UntagTicketFacts(TagFacts(asked, [one for one in asked if one in now])))

    def act(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt:
        ref = Ref.parse(args["ticket"])
        return writes.tickets[ref.system].remove_tags(ref, args["tags"].split(), key=key)

    def find(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt | None:
        return None

    def undo(self, args: Mapping[str, str], receipt: Receipt) -> Undo | NoUndo:
        if not receipt.before.get("tags"):
            return NoUndo("Its receipt names no tag that it removed: look in the help desk.")
        change = {"ticket": args["ticket"], "tags": receipt.before["tags"]}
        return Undo(Action("tag_ticket", change), timedelta(days=30))
