"""Writing at Salesforce: fields as they are to be, and tasks that exist once under their key."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from deskhand.connectors.salesforce import SYSTEM
from deskhand.connectors.salesforce.client import SalesforceClient
from deskhand.connectors.salesforce.fields import Fields
from deskhand.connectors.salesforce.parsing import id_of, owner_of, parsed, text
from deskhand.domain.action import Receipt
from deskhand.domain.errors import Invalid, Missing, Unconfirmed
from deskhand.domain.ref import Ref

NOTE = "Note by the assistant"


class SalesforceWriter:
    """See `ports.writes.RelationsWriter`. A note is a task that is done already, which every contact shows in its
    history: Salesforce's own notes have no place for a key. What is there already is not set again: an agent may have
    worked on it meanwhile."""

    system = SYSTEM

    def __init__(self, client: SalesforceClient, fields: Fields, clock: Callable[[], datetime]):
        self._client, self._writable, self._clock = client, fields.writable, clock

    def update_fields(self, contact: Ref, values: Mapping[str, str], *, key: str) -> Receipt:
        """Salesforce guards no version: what an agent writes between our look and our write is replaced."""
        if unknown := sorted(set(values) - set(self._writable)):
            raise Invalid(f"The desk does not let {unknown[0]!r} be written at Salesforce: nothing was changed.")
        now = self._client.record("Contact", contact.id, [self._writable[name] for name in values])
        before = {name: old for name, new in values.items() if (old := text(now, self._writable[name])) != new}
        if before:
            change = {self._writable[name]: values[name] or None for name in before}
            self._client.change("Contact", contact.id, change, key=key)
        return Receipt(key, SYSTEM, f"contact/{contact.id}", self._clock(), dict(values), before)

    def add_note(self, contact: Ref, text: str, *, key: str) -> Receipt:
        if found := self.find_entry(contact, key=key):
            return found
        fields = {"WhoId": contact.id, "Subject": NOTE, "Description": text, "Status": "Completed"}
        return self._put(fields, key, {"text_sha256": _digest(text)})

    def add_task(self, contact: Ref, subject: str, text: str, due: date, *, key: str) -> Receipt:
        if found := self.find_entry(contact, key=key):
            return found
        owner = self._client.record("Contact", contact.id, ["OwnerId"])
        fields = {
            "WhoId": contact.id,
            "OwnerId": parsed(owner_of, owner),
            "Subject": subject,
            "Description": text,
            "Status": "Not Started",
            "ActivityDate": due.isoformat(),
        }
        return self._put(fields, key, {"subject": subject, "due": due.isoformat()})

    def find_entry(self, contact: Ref, *, key: str) -> Receipt | None:
        try:
            found = self._client.keyed("Task", key)
        except Missing:
            return None
        due = text(found, "ActivityDate")
        told = {"subject": text(found, "Subject"), "due": due}
        details = told if due else {"text_sha256": _digest(str(found.get("Description") or ""))}
        return self._receipt(parsed(id_of, found), key, details)

    def _put(self, fields: Mapping[str, Any], key: str, details: Mapping[str, str]) -> Receipt:
        made = self._client.put("Task", fields, key=key)
        try:
            id = parsed(id_of, made)
        except Invalid as error:  # they accepted it, so it is done: in words that we cannot read
            raise Unconfirmed(key, str(error)) from error
        return self._receipt(id, key, details)

    def _receipt(self, id: str, key: str, details: Mapping[str, str]) -> Receipt:
        return Receipt(key, SYSTEM, f"task/{id}", self._clock(), details)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
