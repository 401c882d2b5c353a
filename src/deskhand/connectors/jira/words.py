"""Jira's words for the state of a ticket, as ours. Names are a company's own; the category of a status is Jira's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from deskhand.connectors.jira.adf import to_adf, to_text
from deskhand.domain.ticket import Priority, Status

Ours = TypeVar("Ours")
CATEGORIES = {"new": Status.OPEN, "indeterminate": Status.OPEN, "done": Status.SOLVED}
STATUSES = {"waiting for customer": Status.PENDING, "pending": Status.PENDING, "closed": Status.CLOSED}
PRIORITIES = {
    "highest": Priority.URGENT,
    "high": Priority.HIGH,
    "medium": Priority.NORMAL,
    "low": Priority.LOW,
    "lowest": Priority.LOW,
}
TEXTAREA = "com.atlassian.jira.plugin.system.customfieldtypes:textarea"


@dataclass(frozen=True)
class Words:
    """What a company calls its statuses and priorities, in any letter case, beside the names that Jira begins with."""

    statuses: Mapping[str, Status] = field(default_factory=dict)
    priorities: Mapping[str, Priority] = field(default_factory=dict)

    def status(self, raw: Mapping[str, Any] | None) -> Status:
        """By its name, else by its category. A word of theirs that is new to us must not break a read."""
        name = str((raw or {}).get("name", "")).casefold()
        if found := (STATUSES | _folded(self.statuses)).get(name):
            return found
        category = (raw or {}).get("statusCategory") or {}
        return CATEGORIES.get(str(category.get("key", "")), Status.OTHER)

    def priority(self, raw: Mapping[str, Any] | None) -> Priority | None:
        name = str((raw or {}).get("name", "")).casefold()
        return (PRIORITIES | _folded(self.priorities)).get(name)

    def called(self, priority: Priority) -> str:
        """What Jira calls it: the company's own word, where there is one."""
        own = [name for name, ours in self.priorities.items() if ours is priority]
        return own[0] if own else next(name for name, ours in PRIORITIES.items() if ours is priority).capitalize()


def fields_of(fields: Mapping[str, Any], ids: Mapping[str, str]) -> dict[str, str]:
    """The fields of these ids by name, as text; those with nothing in them left out."""
    told = {name: told_value(fields.get(id)) for name, id in ids.items()}
    return {name: value for name, value in told.items() if value}


def told_value(value: Any) -> str:
    """A field's value as text: what was chosen, a person's id, a document's words."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list():
            return ", ".join(map(told_value, value))
        case {"type": "doc"}:
            return to_text(value)
        case dict():
            return str(next((value[name] for name in ("value", "accountId", "name") if name in value), ""))
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)


def asked_value(text: str, schema: Mapping[str, Any] | None) -> Any:
    """The inverse, in the shape that a field with this schema takes; None empties it. ValueError for no number."""
    kind = (schema or {}).get("type")
    if not text:
        return None
    if kind == "number":
        return float(text)
    if kind == "array":
        items = {"type": (schema or {}).get("items")}
        return [asked_value(one.strip(), items) for one in text.split(",")]
    if kind == "option":
        return {"value": text}
    if kind == "user":
        return {"accountId": text}
    return to_adf(text) if (schema or {}).get("custom") == TEXTAREA else text


def _folded(words: Mapping[str, Ours]) -> dict[str, Ours]:
    return {name.casefold(): ours for name, ours in words.items()}
