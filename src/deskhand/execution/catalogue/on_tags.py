"""What adding and removing tags of a ticket have in common."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from deskhand.domain.action import Action, Receipt
from deskhand.domain.money import Money
from deskhand.domain.ticket import Ticket
from deskhand.execution.catalogue.arguments import only, ticket
from deskhand.execution.catalogue.update_ticket import look_at
from deskhand.execution.doors import Reads
from deskhand.execution.kind import Nature, NoUndo, Seen, Undo
from deskhand.policy.facts import types_of, values_of

MOST = 10
TAG = re.compile(r"[a-z0-9_:./-]{1,80}")
OURS = "dh_"  # marks of ours prove what was done: nobody adds or removes them


@dataclass(frozen=True)
class TagFacts:
    """`names` that are asked for; `there`: those of them that the ticket has."""

    names: list[str]
    there: list[str]


@dataclass(frozen=True)
class TagTicketFacts:
    tags: TagFacts


class OnTags:
    """`preview` holds {tags} and {ticket}; `opposite` is the action that takes it back."""

    preview: str
    opposite: str
    nature = Nature.NEUTRAL
    sets = True
    arguments: Mapping[str, type] = {"ticket": str, "tags": str}
    receipt: tuple[str, ...] = ("id",)
    about: Mapping[str, type] = types_of(TagTicketFacts)

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
        told = self.preview.format(tags=args["tags"], ticket=found.ref.id)
        return Seen(found, told, found.requester.email or None)

    def facts(self, args: Mapping[str, str], seen: Seen) -> Mapping[str, Any]:
        now, asked = cast(Ticket, seen.world).tags, args["tags"].split()
        return values_of(TagTicketFacts(TagFacts(asked, [one for one in asked if one in now])))

    def undo(self, args: Mapping[str, str], receipt: Receipt) -> Undo | NoUndo:
        if not receipt.before.get("tags"):
            return NoUndo("Its receipt names no tag that it changed: look in the help desk.")
        change = {"ticket": args["ticket"], "tags": receipt.before["tags"]}
        return Undo(Action(self.opposite, change), timedelta(days=30))


def tags(text: str) -> str:
    """In order, each once. ValueError for what cannot be a tag."""
    found = sorted(set(text.split()))
    if not 1 <= len(found) <= MOST or not all(TAG.fullmatch(one) and not one.startswith(OURS) for one in found):
        raise ValueError(f"1 to {MOST} tags of small letters, digits and _ : . / -, with spaces between them")
    return " ".join(found)
