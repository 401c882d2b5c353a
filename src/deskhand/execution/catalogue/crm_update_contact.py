"""Set a field of a contact in the CRM: one of those that the desk allows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from deskhand.domain.action import Action, Receipt
from deskhand.domain.profile import Profile
from deskhand.execution.catalogue.arguments import line, only
from deskhand.execution.catalogue.on_crm import OnCrm, called, contact, owner, profile, ref, writer
from deskhand.execution.doors import Reads, Writes
from deskhand.execution.kind import NoUndo, Recovery, Seen, Undo
from deskhand.policy.facts import types_of, values_of

FIELD = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True)
class ContactFacts:
    """`field`: the desk's name of it. `filled`: whether there is a value now, which would be replaced."""

    field: str
    filled: bool
    new: bool


@dataclass(frozen=True)
class CrmUpdateContactFacts:
    contact: ContactFacts


class CrmUpdateContact(OnCrm):
    name = "crm_update_contact"
    title = "Change in the CRM"
    recovery = Recovery.REPEAT  # setting the same value again is harmless
    sets = True
    arguments: Mapping[str, type] = {"contact": str, "field": str, "value": str}
    receipt: tuple[str, ...] = ("id",)
    deeds: tuple[str, ...] = ("changed", "updated", "corrected", "replaced", "added")
    about: Mapping[str, type] = types_of(CrmUpdateContactFacts)

    def canonical(self, args: Mapping[str, str]) -> Mapping[str, str]:
        only(args, "contact", "field", "value")
        if not FIELD.fullmatch(args["field"]):
            raise ValueError("a field has small letters, digits and underscores only")
        return {"contact": contact(args["contact"]), "field": args["field"], "value": line(args["value"], 200)}

    def key(self, ticket: str, args: Mapping[str, str]) -> str:
        return f"crm-contact/{ticket}/{args['contact']}/{args['field']}"

    def look(self, args: Mapping[str, str], reads: Reads) -> Seen:
        """ValueError for a field that the desk does not allow."""
        one, field = profile(args, reads), args["field"]
        if one and field not in one.fields:
            raise ValueError(f"the desk does not let {field} be written in the CRM")
        old = (one.fields[field] if one else "") or "nothing"
        told = f"Change the {field} of {called(one)} in the CRM\nfrom: {old}\nto: {args['value']}"
        return Seen(one, told, owner(one))

    def facts(self, args: Mapping[str, str], seen: Seen) -> Mapping[str, Any]:
        if seen.world is None:
            return {}
        now = cast(Profile, seen.world).fields[args["field"]]
        return values_of(CrmUpdateContactFacts(ContactFacts(args["field"], bool(now), now != args["value"])))

    def act(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt:
        crm = writer(writes)
        return crm.update_fields(ref(args, crm), {args["field"]: args["value"]}, key=key)

    def find(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt | None:
        return None

    def undo(self, args: Mapping[str, str], receipt: Receipt) -> Undo | NoUndo:
        before = receipt.before.get(args["field"])
        if not before:
            return NoUndo("No value from before is on its receipt: set it in the CRM.")
        return Undo(Action(self.name, {**args, "value": before}), timedelta(days=30))
