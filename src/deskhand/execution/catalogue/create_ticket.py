"""Open a new ticket in the help desk, for colleagues to work on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deskhand.domain.action import Receipt
from deskhand.domain.errors import Invalid
from deskhand.domain.money import Money
from deskhand.domain.ticket import Requester
from deskhand.execution.catalogue.arguments import email, line, only, text
from deskhand.execution.doors import Reads, Writes
from deskhand.execution.kind import Nature, NoUndo, Recovery, Seen
from deskhand.policy.facts import types_of, values_of


@dataclass(frozen=True)
class NewTicketFacts:
    """`length` of its text, in characters."""

    length: int


@dataclass(frozen=True)
class CreateTicketFacts:
    new: NewTicketFacts


class CreateTicket:
    """Its text is a note among agents: nobody vouches to the customer for it."""

    name = "create_ticket"
    title = "New ticket"
    nature = Nature.NEUTRAL
    recovery = Recovery.LOOK
    sets = False
    arguments: Mapping[str, type] = {"email": str, "subject": str, "text": str}
    receipt: tuple[str, ...] = ("id", "number")
    deeds: tuple[str, ...] = ("opened", "created", "filed")
    about: Mapping[str, type] = types_of(CreateTicketFacts)

    def canonical(self, args: Mapping[str, str]) -> Mapping[str, str]:
        only(args, "email", "subject", "text")
        subject, words = line(args["subject"], 150), text(args["text"], 10_000)
        return {"email": email(args["email"]), "subject": subject, "text": words}

    def money(self, args: Mapping[str, str]) -> Money | None:
        return None

    def key(self, ticket: str, args: Mapping[str, str]) -> str:
        """One new ticket for each: in other words it would be the same again."""
        return f"open/{ticket}"

    def subject(self, args: Mapping[str, str]) -> str:
        return f"open:{args['email']}"

    def look(self, args: Mapping[str, str], reads: Reads) -> Seen:
        told = f"Open a new ticket for colleagues, in this customer's name\n{args['subject']}\n{args['text']}"
        return Seen(None, told, args["email"])

    def facts(self, args: Mapping[str, str], seen: Seen) -> Mapping[str, Any]:
        return values_of(CreateTicketFacts(NewTicketFacts(len(args["text"]))))

    def act(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt:
        if not writes.help_desk:
            raise Invalid("No help desk is connected: no ticket was created.")
        requester, desk = Requester("", args["email"], verified=False), writes.tickets[writes.help_desk]
        return desk.create_ticket(requester, args["subject"], args["text"], public=False, key=key)

    def find(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt | None:
        return writes.tickets[writes.help_desk].find_ticket(key=key) if writes.help_desk else None

    def undo(self, args: Mapping[str, str], receipt: Receipt) -> NoUndo:
        return NoUndo("Close the new ticket in the help desk: whoever works on it should know why.")
