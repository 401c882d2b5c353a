"""Give whoever looks after a contact in the CRM something to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from deskhand.domain.action import Receipt
from deskhand.execution.catalogue.arguments import line, only, text
from deskhand.execution.catalogue.on_crm import OnCrm, called, contact, day, owner, profile, ref, writer
from deskhand.execution.doors import Reads, Writes
from deskhand.execution.kind import NoUndo, Recovery, Seen
from deskhand.policy.facts import types_of, values_of


@dataclass(frozen=True)
class TaskFacts:
    """`length` of its text, in characters. `due`: when its day begins, by the clock of Greenwich. `owned`: whether
    somebody looks after the contact."""

    length: int
    due: datetime
    owned: bool


@dataclass(frozen=True)
class CrmAddTaskFacts:
    task: TaskFacts


class CrmAddTask(OnCrm):
    """Its text is for colleagues: nobody vouches to the customer for it."""

    name = "crm_add_task"
    title = "Task in the CRM"
    recovery = Recovery.LOOK
    sets = False
    arguments: Mapping[str, type] = {"contact": str, "subject": str, "text": str, "due": str}
    receipt: tuple[str, ...] = ("id", "due")
    deeds: tuple[str, ...] = ("noted", "recorded", "assigned")
    about: Mapping[str, type] = types_of(CrmAddTaskFacts)

    def canonical(self, args: Mapping[str, str]) -> Mapping[str, str]:
        only(args, "contact", "subject", "text", "due")
        subject, words = line(args["subject"], 150), text(args["text"], 10_000)
        return {"contact": contact(args["contact"]), "subject": subject, "text": words, "due": day(args["due"])}

    def key(self, ticket: str, args: Mapping[str, str]) -> str:
        """One task for each ticket: in other words it would be the same again."""
        return f"crm-task/{ticket}/{args['contact']}"

    def look(self, args: Mapping[str, str], reads: Reads) -> Seen:
        one = profile(args, reads)
        who = (one.owner if one else "") or "whoever looks after them"
        told = f"Add a task for {who} on {called(one)} in the CRM, due {args['due']}\n{args['subject']}\n{args['text']}"
        return Seen(one, told, owner(one))

    def facts(self, args: Mapping[str, str], seen: Seen) -> Mapping[str, Any]:
        if seen.world is None:
            return {}
        due = datetime.combine(date.fromisoformat(args["due"]), time(), UTC)
        return values_of(CrmAddTaskFacts(TaskFacts(len(args["text"]), due, bool(seen.world.owner))))

    def act(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt:
        crm, due = writer(writes), date.fromisoformat(args["due"])
        return crm.add_task(ref(args, crm), args["subject"], args["text"], due, key=key)

    def find(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt | None:
        crm = writes.relations
        return crm.find_entry(ref(args, crm), key=key) if crm else None

    def undo(self, args: Mapping[str, str], receipt: Receipt) -> NoUndo:
        return NoUndo("Delete the task in the CRM, and tell whoever has it why.")
