"""What a person may have of themselves (art. 15 and 20): one JSON object, and the files that they sent."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic_core import to_jsonable_python

from deskhand.bootstrap.connections.connectors import Clock
from deskhand.bootstrap.folder.folder import load_folder
from deskhand.bootstrap.privacy import Privacy, open_privacy, told
from deskhand.bootstrap.systems.systems import Tell, connect_systems
from deskhand.domain.errors import ConnectorError, DeskFault, Fault, Missing
from deskhand.domain.outcome import RunResult
from deskhand.domain.privacy import DataClass, Subject, mark
from deskhand.domain.ref import Ref
from deskhand.infrastructure.storage import erasure
from deskhand.infrastructure.storage.conversations import SYSTEM, Conversations
from deskhand.infrastructure.storage.database import exclusive
from deskhand.infrastructure.storage.journal import lines
from deskhand.infrastructure.storage.personal_data import CATALOGUE
from deskhand.infrastructure.storage.restrictions import SqlRestrictions
from deskhand.infrastructure.storage.sealed_line import append_sealed
from deskhand.infrastructure.storage.seals import PRIVACY
from deskhand.ports.reads import TicketDesk
from deskhand.settings import Settings
from deskhand.understanding.redact import redact

# What is kept of them and not handed out, and why. A test holds this against the catalogue.
LEFT_OUT: Mapping[str, str] = {
    "exchange": "a prompt is made of messages, facts and articles, and of lessons from other customers' tickets; which "
    "models were called is told under decisions",
    "identity_code.seed": "a secret: with it codes could be made",
    "suggestion": "a draft for agents with lessons from other customers' tickets; what was sent, and each decision "
    "with its rule, is told",
    "conversation_message.text": "of a note for colleagues; what it rests on is told at its source",
    "effect.args": "of a note for colleagues",
    "result.standing": "what the next message is understood by, made anew of the messages",
    "sent_file.content": "a file beside this one",
    "apart": "told in the lines that it is kept apart from",
    "past_ticket": "told as a ticket of its help desk",
}
DECIDED = ("policy.asked", "policy.decided", "message.considered", "message.ended", "escalation.predicted")
MODELS = ("model.called",)
FACTS = ("effect", "facts", "action", "rule", "approved", "policy", "stage", "outcome", "probability", "reasons")
EXPORTED = "privacy.exported"
NOTES = ("note", "alert", "assign")


@dataclass(frozen=True)
class Copy:
    """What was written, and where; `missing` are tickets that their help desk did not give."""

    file: Path
    files: int
    tickets: int
    missing: tuple[str, ...]


def export_customer(settings: Settings, customer: str, to: Path, clock: Clock, tell: Tell) -> Copy:
    """Of whoever is known as this address or record."""
    systems = connect_systems(settings, load_folder(settings), clock, tell, reads_only=True)
    with open_privacy(settings, clock) as privacy:
        subject = privacy.find(customer, systems.directories)
        own = Conversations(privacy.database, clock, redact)
        return export(privacy, subject, to, {**systems.tickets, SYSTEM: own})


def export(privacy: Privacy, subject: Subject, to: Path, desks: Mapping[str, TicketDesk]) -> Copy:
    """Into a folder that is new or empty."""
    if to.exists() and any(to.iterdir()):
        raise DeskFault((Fault(str(to), 1, "is not empty: name a new folder. Nothing was exported."),))
    (to / "files").mkdir(parents=True, exist_ok=True)
    missing: list[str] = []
    tickets = list(_tickets(subject, desks, missing))
    decisions, models = _decisions(privacy, subject)
    kept, files = _kept(privacy, subject, to / "files")
    with privacy.database.connect() as connection:
        restricted = SqlRestrictions(connection, privacy.secret).on(subject.names)
    recipients = {one.system: list(one.records) for one in told(subject)}
    for row in kept.get("effect", ()):
        if row.get("receipt"):
            recipients.setdefault(row["receipt"].system, [])
    whole = {
        "who": {"records": subject.customers, "addresses": subject.addresses, "tickets": subject.tickets},
        "purpose": "to answer what they write to this company, and to prove what was done for it",
        "tickets": tickets,
        "kept": kept,
        "automated_decisions": decisions,
        "recipients": {"systems": recipients, "models": models},
        "restricted": restricted,
        "retention_days": privacy.settings.table.retention.model_dump(mode="json"),
        "left_out": LEFT_OUT,
        "missing": missing,
        "rights": "You may have this corrected or erased, object to it, and complain to a supervisory authority.",
    }
    file = to / "export.json"
    text = json.dumps(to_jsonable_python(whole), indent=2, ensure_ascii=False, sort_keys=True)
    file.write_text(text + "\n", "utf-8")
    with exclusive(privacy.database) as connection:
        body = {"who": mark(privacy.secret, subject.names[0]), "tickets": len(tickets), "files": files}
        append_sealed(connection, privacy.secret, PRIVACY, EXPORTED, body, privacy.clock())
    return Copy(file, files, len(tickets), tuple(missing))


def _tickets(subject: Subject, desks: Mapping[str, TicketDesk], missing: list[str]) -> Iterator[Mapping[str, Any]]:
    """As their systems hold them now, without notes for colleagues."""
    for name in subject.tickets:
        ref = Ref.parse(name)
        try:
            one = desks[ref.system].ticket(ref).value
        except (ConnectorError, Missing, KeyError):
            missing.append(name)
            continue
        said = [
            {"by": str(each.author), "at": each.sent_at, "text": each.text, "files": [f.name for f in each.attachments]}
            for each in one.messages
            if each.public
        ]
        yield {"ticket": name, "subject": one.subject, "channel": one.channel, "requester": one.requester, "said": said}


def _decisions(privacy: Privacy, subject: Subject) -> tuple[list[Mapping[str, Any]], list[str]]:
    """Each with its rule and what it was taken from; and the models that were asked."""
    found, models = list[Mapping[str, Any]](), set[str]()
    for ticket in subject.tickets:
        with privacy.database.connect() as connection:
            for line in lines(connection, limit=100_000, ticket=ticket, kinds=(*DECIDED, *MODELS)):
                if line.kind in MODELS:
                    models.add(str(line.body["model"]))
                    continue
                body = {key: line.body[key] for key in FACTS if key in line.body}
                found.append({"ticket": ticket, "line": line.seq, "at": line.at, "what": line.kind, **body})
    return found, sorted(models)


def _kept(privacy: Privacy, subject: Subject, files: Path) -> tuple[dict[str, list[dict[str, Any]]], int]:
    """Rows of theirs by table, without colleagues' names; how many files were written."""
    found: dict[str, list[dict[str, Any]]] = {}
    written = 0
    with privacy.database.connect() as connection:
        for name, entry in CATALOGUE.items():
            if entry.data in (DataClass.OPERATION, DataClass.AUDIT) or name in LEFT_OUT:
                continue
            for row in erasure.rows(connection, name, subject):
                if name == "sent_file":
                    written += 1
                    # The name is the sender's: only its ending is used, so that it leads nowhere.
                    ending = "".join(one for one in Path(row["name"]).suffix if one.isalnum())[:8]
                    (files / f"{written}.{ending or 'bin'}").write_bytes(row["content"])
                shown = {
                    column: value
                    for column, value in row.items()
                    if column not in entry.agents and f"{name}.{column}" not in ALWAYS
                }
                found.setdefault(name, []).append(SHAPED[name](shown) if name in SHAPED else shown)
    return found, written


def _result(row: dict[str, Any]) -> dict[str, Any]:
    result: RunResult = row["result"]
    packet = result.handoff
    told_people = None
    if packet:
        told_people = {
            "queue": packet.queue,
            "reason": packet.reason,
            "requests": packet.requests,
            "told": packet.stated,
            "deeds": packet.deeds,
            "promises": packet.promises,
            "policy": packet.policy,
        }
    shown = {"reply": result.reply, "requests": result.requests, "actions": result.actions, "facts": result.citations}
    return row | {"result": shown | {"handed_over": told_people}}


def _effect(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"args": {}} if row["action"] in NOTES else row


def _message(row: dict[str, Any]) -> dict[str, Any]:
    return row if row["public"] else row | {"text": "", "original": None}


ALWAYS: Sequence[str] = ("identity_code.seed", "result.standing", "sent_file.content")
SHAPED: Mapping[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "result": _result,
    "effect": _effect,
    "conversation_message": _message,
}
