"""One named question: its SQL, what its parameters are bound to, and the types of its columns."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from deskhand.domain.finding import LookupSpec, Value

TYPES: Mapping[str, type] = {"str": str, "int": int, "bool": bool, "datetime": datetime}
PARAMETER = re.compile(r"(?<![:\w]):([a-z_]\w*)")
ARGUMENT = "argument."
OURS = frozenset({"found", "count", "more"})  # what every look-up of records has by itself


@dataclass(frozen=True)
class Question:
    """`sql` names parameters as :email; `binds` says what each stands for: "customer.email" or "argument.x"."""

    name: str
    about: str
    sql: str
    binds: Mapping[str, str]
    fields: Mapping[str, str]
    rows: int

    def faults(self) -> list[str]:
        """What is wrong with it before any database is asked."""
        found = [f"unknown type {kind!r} of {name}" for name, kind in self.fields.items() if kind not in TYPES]
        found += [
            f"the column {name} has a name that every question has: call it another"
            for name in sorted(OURS & set(self.fields))
        ]
        named = set(PARAMETER.findall(self.sql))
        found += [f":{name} is bound to nothing" for name in sorted(named - set(self.binds))]
        found += [f"the bind {name!r} is not in the SQL" for name in sorted(set(self.binds) - named)]
        known = ("customer.email", "customer.id")
        odd = [bind for bind in self.binds.values() if bind not in known and not bind.startswith(ARGUMENT)]
        found += [f"{bind!r} is neither {' nor '.join(known)} nor an argument" for bind in odd]
        if not re.match(r"\s*(select|with)\b", self.sql, re.IGNORECASE) or ";" in self.sql:
            found.append("is not one select statement")
        return found

    def spec(self) -> LookupSpec:
        columns = {name: TYPES[kind] for name, kind in self.fields.items()}
        arguments = {bind.removeprefix(ARGUMENT): str for bind in self.binds.values() if bind.startswith(ARGUMENT)}
        return LookupSpec(f"records.{self.name}", self.about, arguments, {"found": bool, **columns}, columns)

    def typed(self, row: Mapping[str, Any]) -> dict[str, Value]:
        """A row as its declared types; what is NULL is left out. ValueError when a value does not fit."""
        return {name: _value(row[name], TYPES[kind]) for name, kind in self.fields.items() if row[name] is not None}


def _value(raw: Any, kind: type) -> Value:
    if kind is datetime:
        at = datetime.fromisoformat(raw) if isinstance(raw, str) else raw
        return at if at.tzinfo else at.replace(tzinfo=UTC)
    if kind is bool and raw in (0, 1):
        return bool(raw)
    if type(raw) is not kind:
        raise ValueError(f"{raw!r} is no {kind.__name__}")
    return cast(Value, raw)
