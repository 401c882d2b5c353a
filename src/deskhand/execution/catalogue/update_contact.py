"""Change the phone number or the name that billing has of a customer; the e-mail address has an action of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from deskhand.domain.action import Action, Receipt
from deskhand.domain.billing import Account
from deskhand.domain.money import Money
from deskhand.domain.ref import Ref
from deskhand.execution.catalogue.arguments import identifier, line, only
from deskhand.execution.doors import Reads, Writes
from deskhand.execution.kind import Nature, NoUndo, Recovery, Seen, Undo
from deskhand.policy.facts import types_of, values_of

FIELDS = ("phone", "name")
PHONE = 20  # characters that a billing system takes


@dataclass(frozen=True)
class ContactFacts:
    """`field`: phone or name. `filled`: whether there is a value now, which would be replaced."""

    field: str
    filled: bool
    new: bool


@dataclass(frozen=True)
class UpdateContactFacts:
    contact: ContactFacts


class UpdateContact:
    name = "update_contact"
    title = "Change of contact details"
    nature = Nature.NEUTRAL
    recovery = Recovery.KEYED
    sets = True
    arguments: Mapping[str, type] = {"customer": str, "field": str, "value": str}
    receipt: tuple[str, ...] = ("id", "name")
    deeds: tuple[str, ...] = ("changed", "updated", "corrected", "replaced", "added")
    about: Mapping[str, type] = types_of(UpdateContactFacts)

    def canonical(self, args: Mapping[str, str]) -> Mapping[str, str]:
        only(args, "customer", "field", "value")
        field = args["field"]
        if field not in FIELDS:
            raise ValueError(f"the field is one of {', '.join(FIELDS)}")
        value = line(args["value"], PHONE if field == "phone" else 200)
        return {"customer": identifier(args["customer"]), "field": field, "value": value}

    def money(self, args: Mapping[str, str]) -> Money | None:
        return None

    def key(self, ticket: str, args: Mapping[str, str]) -> str:
        return f"contact/{ticket}/{args['customer']}/{args['field']}"

    def subject(self, args: Mapping[str, str]) -> str:
        return f"account:{args['customer']}"

    def look(self, args: Mapping[str, str], reads: Reads) -> Seen:
        ref = Ref(reads.billing.system, "customer", args["customer"])
        account, field = reads.billing.account(ref).value, args["field"]
        who, old = account.name or ref.id, _now(account, field) or "nothing"
        return Seen(account, f"Change the {field} of {who}\nfrom: {old}\nto: {args['value']}", ref)

    def facts(self, args: Mapping[str, str], seen: Seen) -> Mapping[str, Any]:
        now = _now(cast(Account, seen.world), args["field"])
        return values_of(UpdateContactFacts(ContactFacts(args["field"], bool(now), now != args["value"])))

    def act(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt:
        change = {args["field"]: args["value"]}
        return writes.billing.update_contact(_whose(args, writes), key=key, **change)

    def find(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt | None:
        return writes.billing.find_change(_whose(args, writes), key=key)

    def undo(self, args: Mapping[str, str], receipt: Receipt) -> Undo | NoUndo:
        before = receipt.before.get(args["field"])
        if not before:
            return NoUndo("No value from before is on its receipt: set it in the billing system.")
        return Undo(Action(self.name, {**args, "value": before}), timedelta(days=30))


def _whose(args: Mapping[str, str], writes: Writes) -> Ref:
    return Ref(writes.billing.system, "customer", args["customer"])


def _now(account: Account, field: str) -> str:
    return {"phone": account.phone, "name": account.name}[field]
