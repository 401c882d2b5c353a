"""A line of the journal as a security event, with the names that OCSF has for what it tells; so SIEMs can read it."""

from collections.abc import Mapping
from dataclasses import dataclass

from deskhand.domain.journal_line import JournalLine

SHAPE = "OCSF 1.3, in part"  # its names and numbers; not every field that it demands of a class
KINDS_OF_PEOPLE = ("by", "person", "agent")  # under which a body names who did it
ASSISTANT = "assistant"


@dataclass(frozen=True)
class Class:
    """Of OCSF: `uid` of the class, its `name`, and the category that it is of."""

    uid: int
    name: str

    @property
    def category(self) -> int:
        return self.uid // 1000


FINDING = Class(2004, "Detection Finding")
ACCOUNT = Class(3001, "Account Change")
AUTHENTICATION = Class(3002, "Authentication")
ENTITY = Class(3004, "Entity Management")
LIFECYCLE = Class(6002, "Application Lifecycle")
ACTIVITY = Class(6003, "API Activity")
# By the beginning of the kind, the longest first.
CLASSES: Mapping[str, Class] = {
    "access.signed": AUTHENTICATION,
    "access.": ACCOUNT,
    "backup.": LIFECYCLE,
    "change.": ENTITY,
    "checkpoint.": LIFECYCLE,
    "desk.paused": FINDING,
    "desk.resumed": FINDING,
    "drift.": FINDING,
    "effect.alarm": FINDING,
    "finding.": FINDING,
    "person.": AUTHENTICATION,
    "privacy.": ENTITY,
    "rollout.": ENTITY,
}
HIGH = ("effect.alarm", "drift.alarm", "access.break_glass")
MEDIUM = (
    "desk.paused",
    "effect.unconfirmed",
    "effect.contested",
    "finding.opened",
    "rollout.stepped_back",
    "rollout.refused",
    "backup.restored",
    "refund.failed",
    "change.refused",
)


def event(line: JournalLine, version: str) -> dict[str, object]:
    """Everything that the line says, its own body under `unmapped`."""
    kind, severity = class_of(line.kind), severity_of(line.kind)
    _, _, deed = line.kind.partition(".")
    who = next((str(line.body[name]) for name in KINDS_OF_PEOPLE if line.body.get(name)), ASSISTANT)
    return {
        "class_uid": kind.uid,
        "class_name": kind.name,
        "category_uid": kind.category,
        "activity_id": 99,  # "other": what was done is in activity_name
        "activity_name": deed or line.kind,
        "type_uid": kind.uid * 100 + 99,
        "time": int(line.at.timestamp() * 1000),
        "time_dt": line.at.isoformat(),
        "severity_id": severity[0],
        "severity": severity[1],
        "status": str(line.body["state"]) if "state" in line.body else "",
        "actor": {"user": {"name": who}},
        "resources": [{"type": "ticket", "uid": line.ticket}] if line.ticket else [],
        "metadata": {
            "product": {"name": "Deskhand", "version": version},
            "version": SHAPE,
            "event_code": line.kind,
            "sequence": line.seq,
        },
        "raw_data_hash": {"algorithm": "SHA-256", "algorithm_id": 3, "value": line.hash},
        "unmapped": dict(line.body),
    }


def class_of(kind: str) -> Class:
    """What is not named here is something that the application did."""
    fitting = [name for name in CLASSES if kind.startswith(name)]
    return CLASSES[max(fitting, key=len)] if fitting else ACTIVITY


def severity_of(kind: str) -> tuple[int, str]:
    """Number and name."""
    if kind.startswith(HIGH):
        return 4, "High"
    return (3, "Medium") if kind.startswith(MEDIUM) else (1, "Informational")
