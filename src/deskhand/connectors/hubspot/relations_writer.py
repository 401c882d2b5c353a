"""Writing at HubSpot: properties as they are to be, and notes and tasks that carry the mark of their key."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from deskhand.connectors.hubspot import SYSTEM
from deskhand.connectors.hubspot.client import HubspotClient
from deskhand.connectors.hubspot.fields import Fields
from deskhand.connectors.hubspot.marks import mark, marked, marked_by, text_of
from deskhand.connectors.hubspot.parsing import id_of, parsed, text
from deskhand.domain.action import Receipt
from deskhand.domain.errors import Invalid, Unconfirmed
from deskhand.domain.ref import Ref

TO_CONTACT = {"notes": 202, "tasks": 204}  # HubSpot's own numbers for these links
BODY = {"notes": "hs_note_body", "tasks": "hs_task_body"}
READ = {"notes": ["hs_note_body"], "tasks": ["hs_task_body", "hs_task_subject", "hs_timestamp"]}


class HubspotWriter:
    """See `ports.writes.RelationsWriter`. What was written is looked for on the contact itself, where it stands at
    once: a search is seconds behind. It is looked for before it is written, too: HubSpot would take it twice."""

    system = SYSTEM

    def __init__(self, client: HubspotClient, fields: Fields, clock: Callable[[], datetime]):
        self._client, self._writable, self._clock = client, fields.writable, clock

    def update_fields(self, contact: Ref, values: Mapping[str, str], *, key: str) -> Receipt:
        """HubSpot guards no version: what an agent writes between our look and our write is replaced."""
        if unknown := sorted(set(values) - set(self._writable)):
            raise Invalid(f"The desk does not let {unknown[0]!r} be written at HubSpot: nothing was changed.")
        now = self._client.object("contacts", contact.id, [self._writable[name] for name in values])
        held = {name: parsed(text, now, self._writable[name]) for name in values}
        before = {name: held[name] for name, new in values.items() if held[name] != new}
        if before:
            self._client.change(
                "contacts", contact.id, {self._writable[name]: values[name] for name in before}, key=key
            )
        return Receipt(key, SYSTEM, f"contact/{contact.id}", self._clock(), dict(values), before)

    def add_note(self, contact: Ref, text: str, *, key: str) -> Receipt:
        if found := self.find_entry(contact, key=key):
            return found
        properties = {"hs_note_body": marked(text, key), "hs_timestamp": _stamp(self._clock())}
        return self._create("notes", contact, properties, key, {"text_sha256": _digest(text)})

    def add_task(self, contact: Ref, subject: str, text: str, due: date, *, key: str) -> Receipt:
        if found := self.find_entry(contact, key=key):
            return found
        owner = self._owner(contact)
        properties = {
            "hs_task_subject": subject,
            "hs_task_body": marked(text, key),
            "hs_task_status": "NOT_STARTED",
            "hs_timestamp": _stamp(datetime.combine(due, time(12), UTC)),  # the same day wherever it is read
        }
        properties |= {"hubspot_owner_id": owner} if owner else {}
        return self._create("tasks", contact, properties, key, {"subject": subject, "due": due.isoformat()})

    def find_entry(self, contact: Ref, *, key: str) -> Receipt | None:
        raw = self._client.object("contacts", contact.id, ["email"], links=list(BODY))
        for kind, body in BODY.items():
            ids = self._client.linked(raw, "contacts", contact.id, kind)
            for one in self._client.batch(kind, ids, READ[kind]):
                if marked_by(parsed(text, one, body)) == mark(key):
                    return self._receipt(kind, one, key, _told(kind, one))
        return None

    def _owner(self, contact: Ref) -> str:
        raw = self._client.object("contacts", contact.id, ["hubspot_owner_id"])
        return parsed(text, raw, "hubspot_owner_id")

    def _create(
        self, kind: str, contact: Ref, properties: Mapping[str, str], key: str, details: Mapping[str, str]
    ) -> Receipt:
        """The link and the mark in the one request that makes it, so that all are there or none."""
        link = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": TO_CONTACT[kind]}
        asked = {"properties": dict(properties), "associations": [{"to": {"id": contact.id}, "types": [link]}]}
        made = self._client.create(kind, asked, key=key)
        try:
            return self._receipt(kind, made, key, details)
        except Invalid as error:  # they accepted it, so it is done: in words that we cannot read
            raise Unconfirmed(key, str(error)) from error

    def _receipt(self, kind: str, raw: Any, key: str, details: Mapping[str, str]) -> Receipt:
        id = f"{kind.removesuffix('s')}/{parsed(id_of, raw)}"
        return Receipt(key, SYSTEM, id, self._clock(), details)


def _told(kind: str, raw: Mapping[str, Any]) -> Mapping[str, str]:
    if kind == "notes":
        return {"text_sha256": _digest(text_of(text(raw, "hs_note_body")))}
    return {"subject": text(raw, "hs_task_subject"), "due": text(raw, "hs_timestamp")[:10]}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
