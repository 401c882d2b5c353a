"""Write to a customer first, about one event that concerns them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deskhand.domain.action import Receipt
from deskhand.domain.errors import ConnectorError, Down, Invalid, Missing, Unconfirmed
from deskhand.domain.money import Money
from deskhand.domain.outreach import CONTACT, key_of
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Requester
from deskhand.execution.catalogue.arguments import email, line, only, text
from deskhand.execution.doors import Reads, Writes
from deskhand.execution.kind import Nature, NoUndo, Recovery, Seen
from deskhand.policy.facts import types_of, values_of

FAMILY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
EVENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,119}")
CUSTOMER = re.compile(r"[a-z][a-z0-9_]{0,40}:[a-z_]{1,40}:[A-Za-z0-9_-]{1,80}")
NOT_SENT = "the letter was not sent, and will not be"


@dataclass(frozen=True)
class ContactFacts:
    """`event` is its kind, `length` that of the text, in characters. `consent` is unknown when nobody can tell."""

    family: str
    event: str
    channel: str
    service: bool
    consent: bool | None
    length: int


@dataclass(frozen=True)
class ContactCustomerFacts:
    contact: ContactFacts


class ContactCustomer:
    """Its words come from a rule of the desk, filled from facts; no procedure and no planner can propose it."""

    name = CONTACT
    title = "Message of ours"
    nature = Nature.NEUTRAL
    recovery = Recovery.LOOK
    sets = False
    arguments: Mapping[str, type] = {
        "family": str,
        "customer": str,
        "event": str,
        "channel": str,
        "email": str,
        "subject": str,
        "text": str,
    }
    receipt: tuple[str, ...] = ("id",)
    deeds: tuple[str, ...] = ("written", "told", "informed")
    about: Mapping[str, type] = types_of(ContactCustomerFacts)

    def canonical(self, args: Mapping[str, str]) -> Mapping[str, str]:
        only(args, *self.arguments)
        for name, form in (("family", FAMILY), ("event", EVENT), ("customer", CUSTOMER)):
            if not form.fullmatch(args[name]):
                raise ValueError(f"{name} is not spelled as one")
        if args["channel"] not in ("email", "ticket"):
            raise ValueError("the channel is email or ticket")
        told = {
            "email": email(args["email"]),
            "subject": line(args["subject"], 150),
            "text": text(args["text"], 10_000),
        }
        return {name: args[name] for name in ("family", "customer", "event", "channel")} | told

    def money(self, args: Mapping[str, str]) -> Money | None:
        return None

    def key(self, ticket: str, args: Mapping[str, str]) -> str:
        """One message for each event, whatever the rule says today and whatever it is called."""
        return key_of(args["family"], args["customer"], args["event"])

    def subject(self, args: Mapping[str, str]) -> str:
        return f"contact:{args['customer']}"

    def look(self, args: Mapping[str, str], reads: Reads) -> Seen:
        if reads.permissions is None:
            raise Missing("this desk writes to nobody first")
        customer = Ref.parse(args["customer"])
        permission = reads.permissions.of(args["family"], customer, args["event"])
        if permission.email.casefold() != args["email"].casefold():
            raise Missing("the address on file is another one by now")
        way = "by e-mail" if args["channel"] == "email" else "on a new ticket"
        told = f"Write to this customer first, {way}, about: {permission.kind.replace('_', ' ')}"
        return Seen(permission, f"{told}\n{args['email']}\n{args['subject']}\n{args['text']}", customer)

    def facts(self, args: Mapping[str, str], seen: Seen) -> Mapping[str, Any]:
        now = seen.world
        told = ContactFacts(
            args["family"], now.kind, args["channel"], now.service, now.consent, length=len(args["text"])
        )
        return values_of(ContactCustomerFacts(told))

    def act(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt:
        if args["channel"] == "ticket":
            if not writes.help_desk:
                raise Invalid("No help desk is connected: nobody was written to.")
            requester, desk = Requester("", args["email"], verified=False), writes.tickets[writes.help_desk]
            return desk.create_ticket(requester, args["subject"], args["text"], public=True, key=key)
        if writes.mail is None:
            raise Invalid("No mail is connected ([systems.mail] in desk.toml): nobody was written to.")
        try:
            return writes.mail.send(args["email"], args["subject"], args["text"], key=key)
        except (Unconfirmed, Down, Invalid):
            raise
        except ConnectorError as error:  # nobody can look for a letter later: what surely did not go is closed now
            raise Invalid(f"{NOT_SENT}: {error}") from error

    def find(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt | None:
        if args["channel"] == "ticket":
            return writes.tickets[writes.help_desk].find_ticket(key=key) if writes.help_desk else None
        raise Unconfirmed(key, "only a person can find out whether a letter went out")

    def undo(self, args: Mapping[str, str], receipt: Receipt) -> NoUndo:
        return NoUndo("What a customer has read cannot be taken back. Write again and put it right.")
