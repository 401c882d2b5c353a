"""Take a credit back that was given in error, while nothing of it is spent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from deskhand.domain.action import Receipt
from deskhand.domain.billing import Account
from deskhand.domain.money import Money
from deskhand.domain.ref import Ref
from deskhand.execution.catalogue.arguments import identifier, only
from deskhand.execution.doors import Reads, Writes
from deskhand.execution.kind import Nature, NoUndo, Recovery, Seen
from deskhand.policy.facts import types_of, values_of


@dataclass(frozen=True)
class OwingFacts:
    customer: str


@dataclass(frozen=True)
class TakeBackFacts:
    account: OwingFacts


class TakeBackCredit:
    name = "take_back_credit"
    title = "Credit taken back"
    nature = Nature.ADVERSE
    recovery = Recovery.KEYED
    sets = False
    arguments: Mapping[str, type] = {"customer": str, "credit": str}
    receipt: tuple[str, ...] = ("id", "amount", "created")
    deeds: tuple[str, ...] = ("reversed", "removed", "corrected")
    about: Mapping[str, type] = types_of(TakeBackFacts)

    def canonical(self, args: Mapping[str, str]) -> Mapping[str, str]:
        only(args, "customer", "credit")
        return {name: identifier(args[name]) for name in ("customer", "credit")}

    def money(self, args: Mapping[str, str]) -> Money | None:
        return None

    def key(self, ticket: str, args: Mapping[str, str]) -> str:
        return f"uncredit/{ticket}/{args['credit']}"

    def subject(self, args: Mapping[str, str]) -> str:
        return f"credit:{args['customer']}"

    def look(self, args: Mapping[str, str], reads: Reads) -> Seen:
        """That it is ours, whole and unspent is checked where it is taken back."""
        ref = Ref(reads.billing.system, "customer", args["customer"])
        account = reads.billing.account(ref).value
        who, has = account.name or ref.id, account.credit or "none"
        return Seen(account, f"Take back the credit {args['credit']} of {who}, who has {has} now", ref)

    def facts(self, args: Mapping[str, str], seen: Seen) -> Mapping[str, Any]:
        return values_of(TakeBackFacts(OwingFacts(str(cast(Account, seen.world).ref))))

    def act(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt:
        customer = Ref(writes.billing.system, "customer", args["customer"])
        return writes.billing.take_back_credit(customer, args["credit"], key=key)

    def find(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt | None:
        return writes.billing.find_credit(Ref(writes.billing.system, "customer", args["customer"]), key=key)

    def undo(self, args: Mapping[str, str], receipt: Receipt) -> NoUndo:
        return NoUndo("Give the customer the credit again.")
