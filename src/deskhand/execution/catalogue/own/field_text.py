"""One value of an answer, as a fact or a detail of a receipt, as it is written."""

import re

from deskhand.domain.lined_yaml import Map
from deskhand.domain.money import DIGITS
from deskhand.execution.catalogue.own.fields import PATH, WHOLE, Field, FieldKind, Unit
from deskhand.policy.facts import ActionBase, TurnFacts, types_of
from deskhand.procedures.names import RESERVED
from deskhand.procedures.shaped import Complain

FACT = re.compile(r"([a-z][a-z0-9_]*)\.([a-z_][a-z0-9_]*)")
COMMON = {name.partition(".")[0] for name in (*types_of(ActionBase), *types_of(TurnFacts))}
TAKEN = COMMON | {"asked", "limit", "within"}


def fact_fault(name: str) -> str:
    """What is wrong with it as the name of a fact, or ""."""
    found = FACT.fullmatch(name)
    if found is None or RESERVED & set(found.groups()):
        return f"{str(name)!r} is no name for a fact: write a group and a name, such as order.status"
    if found[1] in TAKEN:
        return f"the group {found[1]!r} is ours: call it by the object, such as order.{found[2]}"
    return ""


def path_fault(path: str) -> str:
    """What is wrong with it as a path into an answer, or ""."""
    right = PATH.fullmatch(path) and path != WHOLE
    return "" if right else f"{str(path)!r} is no path into the answer, such as customer.email or items.0.id"


def field_of(what: str, table: Map, complain: Complain) -> Field | None:
    """None when nothing can be made of it."""
    if not {"from", "type"} <= set(table):
        return None
    if fault := path_fault(table["from"]):
        complain(table["from"].line, f"{what}: {fault}")
    kind, currency = FieldKind(table["type"]), table.get("currency", "")
    if kind is FieldKind.AMOUNT and not currency:
        complain(
            table.line, f"{what}: an amount needs `currency`: where it stands in the answer, or the currency itself"
        )
    for option in ("currency", "unit"):
        if option in table and kind is not FieldKind.AMOUNT:
            complain(table[option].line, f"{what}: only an amount has `{option}`")
    if currency and currency not in DIGITS and (currency.isupper() or path_fault(currency)):
        complain(currency.line, f"{what}: {str(currency)!r} is no currency that we know, and no path into the answer")
    return Field(str(table["from"]), kind, str(currency), Unit(table.get("unit", Unit.MAJOR)))
