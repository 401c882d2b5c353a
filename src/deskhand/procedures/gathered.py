"""What a walk knows: values under names and rows by look-up, held to the types that the procedure was checked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from deskhand.domain.errors import ConnectorError
from deskhand.domain.expression import Language, Scope, fits
from deskhand.domain.finding import Finding, Value
from deskhand.procedures.procedure import LookUp


class Reads(Protocol):
    def look_up(self, name: str, arguments: Mapping[str, str | int]) -> Finding:
        """Live. Raises `ConnectorError` when the system does not answer."""
        ...


@dataclass
class Gathered:
    """Grows with each look-up; a value that is not known has no entry."""

    language: Language
    values: dict[str, Any]
    tables: dict[str, tuple[Mapping[str, Value], ...]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def scope(self) -> Scope:
        return self.language.scope(self.values)

    def look_up(self, one: LookUp, reads: Reads) -> str:
        """Why it failed, or nothing."""
        system = one.call.partition(".")[0]
        arguments = {name: self._argument(value) for name, value in one.arguments.items()}
        try:
            finding = reads.look_up(one.call, arguments)
        except ConnectorError as error:
            return f"{system} did not answer ({type(error).__name__}) when asked for {one.call}"
        self.findings.append(finding)
        self.tables[one.name] = finding.rows
        for name, value in {**finding.fields, "count": len(finding.rows), "more": finding.more}.items():
            if not fits(value, self.language.types.get(f"{one.name}.{name}")):
                return f"{system} answered {one.call} with a {name} that was not agreed"
            self.values[f"{one.name}.{name}"] = value
        return ""

    def _argument(self, value: str | int) -> str | int:
        return str(self.values[value]) if isinstance(value, str) and value.startswith("slot.") else value
