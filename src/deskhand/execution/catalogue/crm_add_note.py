"""Leave a note on a contact in the CRM, for colleagues."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deskhand.domain.action import Receipt
from deskhand.execution.catalogue.arguments import only, text
from deskhand.execution.catalogue.on_crm import OnCrm, called, contact, owner, profile, ref, writer
from deskhand.execution.doors import Reads, Writes
from deskhand.execution.kind import NoUndo, Recovery, Seen
from deskhand.policy.facts import types_of, values_of


@dataclass(frozen=True)
class NoteFacts:
    """`length` of its text, in characters."""

    length: int


@dataclass(frozen=True)
class CrmAddNoteFacts:
    note: NoteFacts


class CrmAddNote(OnCrm):
    """Its text is for colleagues: nobody vouches to the customer for it."""

    name = "crm_add_note"
    title = "Note in the CRM"
    recovery = Recovery.LOOK
    sets = False
    arguments: Mapping[str, type] = {"contact": str, "text": str}
    receipt: tuple[str, ...] = ("id",)
    deeds: tuple[str, ...] = ("noted", "recorded")
    about: Mapping[str, type] = types_of(CrmAddNoteFacts)

    def canonical(self, args: Mapping[str, str]) -> Mapping[str, str]:
        only(args, "contact", "text")
        return {"contact": contact(args["contact"]), "text": text(args["text"], 10_000)}

    def key(self, ticket: str, args: Mapping[str, str]) -> str:
        """One note for each ticket: in other words it would be the same again."""
        return f"crm-note/{ticket}/{args['contact']}"

    def look(self, args: Mapping[str, str], reads: Reads) -> Seen:
        one = profile(args, reads)
        return Seen(one, f"Leave a note on {called(one)} in the CRM\n{args['text']}", owner(one))

    def facts(self, args: Mapping[str, str], seen: Seen) -> Mapping[str, Any]:
        return values_of(CrmAddNoteFacts(NoteFacts(len(args["text"]))))

    def act(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt:
        crm = writer(writes)
        return crm.add_note(ref(args, crm), args["text"], key=key)

    def find(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt | None:
        crm = writes.relations
        return crm.find_entry(ref(args, crm), key=key) if crm else None

    def undo(self, args: Mapping[str, str], receipt: Receipt) -> NoUndo:
        return NoUndo("Delete the note in the CRM, if nobody has acted on it.")
