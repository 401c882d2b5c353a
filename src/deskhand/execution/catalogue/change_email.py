"""Change the address that a customer's account is kept under, and that we write to."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from deskhand.domain.action import Receipt
from deskhand.domain.customer import Customer
from deskhand.domain.money import Money
from deskhand.domain.ref import Ref
from deskhand.execution.catalogue.arguments import identifier, only
from deskhand.execution.doors import Reads, Writes
from deskhand.execution.kind import Nature, NoUndo, Recovery, Seen
from deskhand.policy.facts import types_of, values_of

ADDRESS = re.compile(r"[\w.+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}", re.ASCII)


@dataclass(frozen=True)
class ContactFacts:
    """`same`: the new address is the one that is on file already."""

    customer: str
    same: bool


@dataclass(frozen=True)
class ChangeEmailFacts:
    contact: ContactFacts


class ChangeEmail:
    name = "change_email"
    title = "Change of an e-mail address"
    nature = Nature.NEUTRAL
    recovery = Recovery.REPEAT  # setting the same address again is harmless
    sets = True
    arguments: Mapping[str, type] = {"customer": str, "email": str}
    receipt: tuple[str, ...] = ("id",)
    deeds: tuple[str, ...] = ("changed", "updated", "replaced")
    about: Mapping[str, type] = types_of(ChangeEmailFacts)

    def canonical(self, args: Mapping[str, str]) -> Mapping[str, str]:
        only(args, "customer", "email")
        email = args["email"].strip().lower()
        if not ADDRESS.fullmatch(email):
            raise ValueError("an e-mail address looks like name@example.com")
        return {"customer": identifier(args["customer"]), "email": email}

    def money(self, args: Mapping[str, str]) -> Money | None:
        return None

    def key(self, ticket: str, args: Mapping[str, str]) -> str:
        return f"email/{ticket}/{args['customer']}"

    def subject(self, args: Mapping[str, str]) -> str:
        return f"customer:{args['customer']}"

    def look(self, args: Mapping[str, str], reads: Reads) -> Seen:
        ledger = reads.billing
        one = ledger.customer(Ref(ledger.system, "customer", args["customer"])).value
        return Seen(one, f"Change the address of the account to {args['email']}", one.ref)

    def facts(self, args: Mapping[str, str], seen: Seen) -> Mapping[str, Any]:
        one = cast(Customer, seen.world)
        same = one.email.strip().lower() == args["email"]
        return values_of(ChangeEmailFacts(ContactFacts(str(one.ref), same)))

    def act(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt:
        writer = writes.billing
        return writer.update_contact(Ref(writer.system, "customer", args["customer"]), email=args["email"], key=key)

    def find(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt | None:
        return None

    def undo(self, args: Mapping[str, str], receipt: Receipt) -> NoUndo:
        return NoUndo("Ask the customer which address is right, and change it again.")
