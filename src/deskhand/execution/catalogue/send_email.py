"""Send a letter of its own to the customer, apart from the reply on the ticket."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deskhand.domain.action import Receipt
from deskhand.domain.errors import Invalid
from deskhand.domain.money import Money
from deskhand.execution.catalogue.arguments import email, line, only, text
from deskhand.execution.doors import Reads, Writes
from deskhand.execution.kind import Nature, NoUndo, Recovery, Seen
from deskhand.policy.facts import types_of, values_of


@dataclass(frozen=True)
class LetterFacts:
    """`length` of its text, in characters."""

    length: int


@dataclass(frozen=True)
class SendEmailFacts:
    letter: LetterFacts


class SendEmail:
    """Its text is not held to sources as a reply is: policy should want a person to read it."""

    name = "send_email"
    title = "E-mail"
    nature = Nature.NEUTRAL
    recovery = Recovery.PERSON
    sets = False
    arguments: Mapping[str, type] = {"to": str, "subject": str, "text": str}
    receipt: tuple[str, ...] = ("id", "to", "subject")
    deeds: tuple[str, ...] = ("sent", "emailed", "mailed", "written")
    about: Mapping[str, type] = types_of(SendEmailFacts)

    def canonical(self, args: Mapping[str, str]) -> Mapping[str, str]:
        only(args, "to", "subject", "text")
        return {"to": email(args["to"]), "subject": line(args["subject"], 150), "text": text(args["text"], 10_000)}

    def money(self, args: Mapping[str, str]) -> Money | None:
        return None

    def key(self, ticket: str, args: Mapping[str, str]) -> str:
        """One letter for each ticket: in other words it would be the same again."""
        return f"mail/{ticket}"

    def subject(self, args: Mapping[str, str]) -> str:
        return f"mail:{args['to']}"

    def look(self, args: Mapping[str, str], reads: Reads) -> Seen:
        told = f"Send an e-mail to this customer, apart from the reply\n{args['to']}\n{args['subject']}\n{args['text']}"
        return Seen(None, told, args["to"])

    def facts(self, args: Mapping[str, str], seen: Seen) -> Mapping[str, Any]:
        return values_of(SendEmailFacts(LetterFacts(len(args["text"]))))

    def act(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt:
        if writes.mail is None:
            raise Invalid("No mail is connected ([systems.mail] in desk.toml): nothing was sent.")
        return writes.mail.send(args["to"], args["subject"], args["text"], key=key)

    def find(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt | None:
        return None

    def undo(self, args: Mapping[str, str], receipt: Receipt) -> NoUndo:
        return NoUndo("A letter that was sent cannot be called back. Write another one that puts it right.")
