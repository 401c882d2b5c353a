"""The names in scope of one procedure: those that are always there, and those it gives itself."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from deskhand.domain.customer import Matched
from deskhand.domain.dossier import Dossier
from deskhand.domain.finding import LookupSpec, Value
from deskhand.domain.lined_yaml import Map
from deskhand.domain.understanding import Request
from deskhand.procedures.look_up_text import look_up
from deskhand.procedures.procedure import LookUp, Slot, SlotKind
from deskhand.procedures.shaped import Complain

ALWAYS: Mapping[str, type] = {
    "now": datetime,
    "message.procedures": list[str],
    "customer.known": bool,
    "customer.verified": bool,
    "customer.proven": bool,
    "customer.id": str,
    "customer.name": str,
    "customer.email": str,
    "customer.tier": str,
    "customer.since": datetime,
}
TAKEN = frozenset({"now", "customer", "message", "slot", "each", "receipt"})
# What the condition language keeps for itself.
RESERVED = frozenset(
    "as break const continue else false for function if import in let loop namespace null package return true var void "
    "while".split()
)
NAME = re.compile(r"[a-z_][a-z0-9_]*")


def names_of(dossier: Dossier, now: datetime, requests: Sequence[Request] = ()) -> dict[str, Value]:
    """customer.*, message.* and now, for conditions and texts. What is not known is left out."""
    identity = dossier.identity
    names: dict[str, Value] = {"now": now, "customer.verified": dossier.verified, "customer.proven": dossier.proven}
    names["message.procedures"] = sorted({one.procedure for one in requests if one.procedure})
    names["customer.known"] = isinstance(identity, Matched)
    if isinstance(identity, Matched):
        customer = identity.customer
        names |= {"customer.name": customer.name, "customer.email": customer.email, "customer.id": customer.ref.id}
        names |= {"customer.tier": customer.tier, "customer.since": customer.since}
    return names


def types_of(slots: Sequence[Slot], look_ups: Sequence[LookUp], specs: Mapping[str, LookupSpec]) -> dict[str, type]:
    """Every name that conditions and texts may use. {look-up}.count is the number of its rows; there are at least so
    many when {look-up}.more says that there are others."""
    types = dict(ALWAYS) | {f"slot.{slot.name}": str for slot in slots}
    for one in look_ups:
        types |= {f"{one.name}.{field}": kind for field, kind in specs[one.call].fields.items()}
        types |= {f"{one.name}.count": int, f"{one.name}.more": bool}
    return types


def read_slots(table: Map, complain: Complain) -> tuple[Slot, ...]:
    """Those that can be told apart in a message."""
    found: dict[SlotKind, Slot] = {}
    for name, raw in table.items():
        line = getattr(name, "line", table.line)
        if not _free(name):
            complain(line, f"{str(name)!r} is no name for a slot")
        elif set(raw) == {"kind", "ask"}:
            slot = Slot(str(name), SlotKind(raw["kind"]), str(raw["ask"]))
            if found.setdefault(slot.kind, slot) is not slot:
                complain(
                    line, f"{found[slot.kind].name} and {name} are both of kind {slot.kind}: nothing tells them apart"
                )
    return tuple(found.values())


def read_look_ups(
    table: Map, specs: Mapping[str, LookupSpec], slots: Sequence[Slot], complain: Complain
) -> tuple[LookUp, ...]:
    """Those that call something this desk has."""
    found = []
    for name, call in table.items():
        if not _free(name) or name in TAKEN:
            complain(getattr(name, "line", table.line), f"{str(name)!r} is no name for a look-up")
        elif one := look_up(str(name), call, specs, {f"slot.{slot.name}" for slot in slots}, complain):
            found.append(one)
    return tuple(found)


def _free(name: str) -> bool:
    return NAME.fullmatch(name) is not None and name not in RESERVED
