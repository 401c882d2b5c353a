"""Give a customer credit, which lowers their next invoices."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from deskhand.domain.action import Action, Receipt
from deskhand.domain.billing import Account
from deskhand.domain.money import Money
from deskhand.domain.ref import Ref
from deskhand.execution.catalogue.arguments import identifier, only
from deskhand.execution.doors import Reads, Writes
from deskhand.execution.kind import Nature, NoUndo, Recovery, Seen, Undo
from deskhand.policy.facts import types_of, values_of


@dataclass(frozen=True)
class AskedCredit:
    amount: Money
    currency: str


@dataclass(frozen=True)
class AccountFacts:
    """`credit`: what they have already; `currency` and `credit` are unknown before the first invoice."""

    customer: str
    credit: Money | None
    currency: str | None


@dataclass(frozen=True)
class CreditFacts:
    credit: AskedCredit
    account: AccountFacts


class CreditCustomer:
    name = "credit_customer"
    title = "Credit"
    nature = Nature.BENEFICIAL
    recovery = Recovery.KEYED
    sets = False
    arguments: Mapping[str, type] = {"customer": str, "amount": Money}
    receipt: tuple[str, ...] = ("id", "amount", "created")
    deeds: tuple[str, ...] = ("credited", "granted", "applied", "added")
    about: Mapping[str, type] = types_of(CreditFacts)

    def canonical(self, args: Mapping[str, str]) -> Mapping[str, str]:
        only(args, "customer", "amount")
        return {"customer": identifier(args["customer"]), "amount": str(Money.parse(args["amount"]))}

    def money(self, args: Mapping[str, str]) -> Money | None:
        return Money.parse(args["amount"])

    def key(self, ticket: str, args: Mapping[str, str]) -> str:
        return f"credit/{ticket}/{args['customer']}"

    def subject(self, args: Mapping[str, str]) -> str:
        return f"credit:{args['customer']}"

    def look(self, args: Mapping[str, str], reads: Reads) -> Seen:
        ref = Ref(reads.billing.system, "customer", args["customer"])
        account = reads.billing.account(ref).value
        return Seen(account, f"Credit {args['amount']} towards the next invoices of {account.name or ref.id}", ref)

    def facts(self, args: Mapping[str, str], seen: Seen) -> Mapping[str, Any]:
        account, amount = cast(Account, seen.world), Money.parse(args["amount"])
        has = account.credit
        known = AccountFacts(str(account.ref), has, has.currency if has else None)
        return values_of(CreditFacts(AskedCredit(amount, amount.currency), known))

    def act(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt:
        return writes.billing.credit(_whose(args, writes), Money.parse(args["amount"]), key=key)

    def find(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt | None:
        return writes.billing.find_credit(_whose(args, writes), key=key)

    def undo(self, args: Mapping[str, str], receipt: Receipt) -> Undo | NoUndo:
        taken = {"customer": args["customer"], "credit": receipt.id}
        return Undo(Action("take_back_credit", taken), timedelta(days=7))


def _whose(args: Mapping[str, str], writes: Writes) -> Ref:
    return Ref(writes.billing.system, "customer", args["customer"])
