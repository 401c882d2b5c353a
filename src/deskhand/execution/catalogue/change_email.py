"""Change the address that a customer's account is kept under, and that we write to."""

import re
from collections.abc import Mapping
from typing import cast

from deskhand.domain.action import Receipt
from deskhand.domain.customer import Customer
from deskhand.domain.money import Money
from deskhand.domain.ref import Ref
from deskhand.execution.catalogue.arguments import identifier, only
from deskhand.execution.kind import Seen
from deskhand.policy.facts import ActionFacts, Base, ChangeEmailFacts, ContactFacts, HistoryFacts
from deskhand.ports.reads import BillingLedger
from deskhand.ports.writes import BillingWriter

ADDRESS = re.compile(r"[\w.+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}", re.ASCII)


class ChangeEmail:
    name = "change_email"
    arguments: Mapping[str, type] = {"customer": str, "email": str}
    receipt: tuple[str, ...] = ("id",)
    deeds: tuple[str, ...] = ("changed", "updated", "replaced")

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

    def look(self, args: Mapping[str, str], ledger: BillingLedger) -> Seen:
        one = ledger.customer(Ref(ledger.system, "customer", args["customer"])).value
        return Seen(one, f"Change the address of the account to {args['email']}", one.ref)

    def facts(
        self, base: Base, args: Mapping[str, str], seen: Seen, history: HistoryFacts, action: ActionFacts
    ) -> Base:
        one = cast(Customer, seen.world)
        return ChangeEmailFacts(
            now=base.now,
            stage=base.stage,
            channel=base.channel,
            ticket=base.ticket,
            customer=base.customer,
            contact=ContactFacts(str(one.ref), one.email.strip().lower() == args["email"]),
            action=action,
        )

    def act(self, args: Mapping[str, str], writer: BillingWriter, key: str) -> Receipt:
        return writer.change_email(Ref(writer.system, "customer", args["customer"]), args["email"], key=key)

    def find(self, args: Mapping[str, str], writer: BillingWriter, key: str) -> Receipt | None:
        return None  # setting the same address again is harmless
