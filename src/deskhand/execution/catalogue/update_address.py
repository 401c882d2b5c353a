"""Replace the postal address that billing has of a customer."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any, cast

from deskhand.domain.action import Action, Receipt
from deskhand.domain.billing import Account, Address
from deskhand.domain.money import Money
from deskhand.domain.ref import Ref
from deskhand.execution.catalogue.arguments import identifier, line, only
from deskhand.execution.doors import Reads, Writes
from deskhand.execution.kind import Nature, NoUndo, Recovery, Seen, Undo
from deskhand.policy.facts import types_of, values_of

PARTS = tuple(part.name for part in fields(Address))
NEEDED = ("line1", "city", "country")


@dataclass(frozen=True)
class AddressFacts:
    """`country`: of the new address, two letters. `moves`: into another country than before, which may change taxes."""

    country: str
    moves: bool
    new: bool


@dataclass(frozen=True)
class UpdateAddressFacts:
    address: AddressFacts


class UpdateAddress:
    name = "update_address"
    title = "Change of address"
    nature = Nature.NEUTRAL
    recovery = Recovery.KEYED
    sets = True
    arguments: Mapping[str, type] = {"customer": str, **dict.fromkeys(PARTS, str)}
    receipt: tuple[str, ...] = ("id", "address")
    deeds: tuple[str, ...] = ("changed", "updated", "corrected", "replaced")
    about: Mapping[str, type] = types_of(UpdateAddressFacts)

    def canonical(self, args: Mapping[str, str]) -> Mapping[str, str]:
        """What an address does not have is empty."""
        only(args, "customer", *PARTS)
        parts = {name: line(args[name], 200, least=1 if name in NEEDED else 0) for name in PARTS}
        country = parts["country"].upper()
        if len(country) != 2 or not country.isascii() or not country.isalpha():
            raise ValueError("a country is its code of two letters, such as DE")
        return {"customer": identifier(args["customer"]), **parts, "country": country}

    def money(self, args: Mapping[str, str]) -> Money | None:
        return None

    def key(self, ticket: str, args: Mapping[str, str]) -> str:
        return f"address/{ticket}/{args['customer']}"

    def subject(self, args: Mapping[str, str]) -> str:
        return f"account:{args['customer']}"

    def look(self, args: Mapping[str, str], reads: Reads) -> Seen:
        ref = Ref(reads.billing.system, "customer", args["customer"])
        account = reads.billing.account(ref).value
        who, old = account.name or ref.id, str(account.address) or "nothing"
        return Seen(account, f"Change the address of {who}\nfrom: {old}\nto: {_asked(args)}", ref)

    def facts(self, args: Mapping[str, str], seen: Seen) -> Mapping[str, Any]:
        asked, now = _asked(args), cast(Account, seen.world).address
        moves = bool(now.country) and now.country != asked.country
        return values_of(UpdateAddressFacts(AddressFacts(asked.country, moves, asked != now)))

    def act(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt:
        return writes.billing.update_address(_whose(args, writes), _asked(args), key=key)

    def find(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt | None:
        return writes.billing.find_change(_whose(args, writes), key=key)

    def undo(self, args: Mapping[str, str], receipt: Receipt) -> Undo | NoUndo:
        if not all(receipt.before.get(name) for name in NEEDED):
            return NoUndo("No whole address from before is on its receipt: set it in the billing system.")
        before = {name: receipt.before.get(name, "") for name in PARTS}
        return Undo(Action(self.name, {"customer": args["customer"], **before}), timedelta(days=30))


def _asked(args: Mapping[str, str]) -> Address:
    return Address(**{name: args[name] for name in PARTS})


def _whose(args: Mapping[str, str], writes: Writes) -> Ref:
    return Ref(writes.billing.system, "customer", args["customer"])
