"""Writing on tickets at HelpDock: each write carries its key as `reference`, which does it once."""

import hashlib
import re
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from deskhand.connectors.http.plain_merge import find_plain_merge, merge_plainly
from deskhand.connectors.http.wire import Wire
from deskhand.domain.action import Receipt
from deskhand.domain.errors import Invalid, Unconfirmed
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Priority, Requester, Status
from deskhand_helpdock import API, SYSTEM
from deskhand_helpdock.parsing import (
    STATES,
    URGENCIES,
    fields_of,
    labels_of,
    path_of,
    priority_of,
    status_of,
    understood,
)
from deskhand_helpdock.ticket_desk import messages

NAMES = {word: name for name, word in STATES.items()}
LEVELS = {word: name for name, word in URGENCIES.items()}
LABEL = re.compile(r"\S{1,40}")

Raw = dict[str, Any]


class HelpDockWriter:
    """See `ports.writes.TicketWriter`. `fields`: as of `HelpDockTickets`."""

    system = SYSTEM

    def __init__(self, wire: Wire, clock: Callable[[], datetime], fields: Mapping[str, str]):
        self._wire, self._clock, self._fields = wire, clock, fields

    def reply(self, ticket: Ref, text: str, *, public: bool, key: str) -> Receipt:
        asked = {"text": text, "public": public, "reference": key, "version": self._now(ticket)["version"]}
        made = self._wire.write("POST", f"{path_of(ticket)}/messages", key=key, json=asked)
        try:
            return self._said(ticket, made, key)
        except Invalid as error:
            raise Unconfirmed(key, str(error)) from error

    def find_effect(self, ticket: Ref, *, key: str) -> Receipt | None:
        now = self._now(ticket)
        if key in now["references"]:
            return self._changed(ticket, key, _told(now))
        for one in messages(self._wire, ticket):
            with understood("message"):
                if one.get("reference") == key:
                    return self._said(ticket, one, key)
        return None

    def create_ticket(self, requester: Requester, subject: str, text: str, *, public: bool, key: str) -> Receipt:
        if not requester.email:
            raise Invalid("The requester has no e-mail address: no ticket was created.")
        who = {"email": requester.email, "name": requester.name or requester.email}
        asked = {**who, "subject": subject, "text": text, "public": public, "reference": key}
        made = self._wire.write("POST", f"{API}/tickets", key=key, json=asked)
        try:
            return self._opened(made, key)
        except Invalid as error:
            raise Unconfirmed(key, str(error)) from error

    def find_ticket(self, *, key: str) -> Receipt | None:
        found = self._wire.read(f"{API}/tickets", reference=key)
        with understood("list of tickets"):
            return next((self._opened(one, key) for one in found["tickets"]), None)

    def update_ticket(
        self,
        ticket: Ref,
        *,
        key: str,
        status: Status | None = None,
        priority: Priority | None = None,
        group: str | None = None,
        assignee: str | None = None,
        fields: Mapping[str, str] | None = None,
        if_free: bool = False,
    ) -> Receipt:
        if status is not None and status not in NAMES:
            raise Invalid(f"A ticket cannot be set to {status}: nothing was changed.")
        for id in filter(None, (group, assignee)):
            if not (id.isascii() and id.isdigit()):
                raise Invalid(f"{id!r} is nobody at HelpDock: nothing was changed.")
        if unknown := sorted(set(fields or {}) - set(self._fields)):
            raise Invalid(f"The desk names no field {unknown[0]!r} of HelpDock: nothing was changed.")
        change: Raw = {"team": group, "owner": assignee}
        change |= {"state": NAMES[status] if status else None, "urgency": LEVELS[priority] if priority else None}
        change |= {"custom": {self._fields[name]: value for name, value in (fields or {}).items()} or None}
        now = self._now(ticket)
        if if_free and now.get("owner") and key not in now["references"]:
            raise Invalid(f"It is assigned to {now['owner']} by now: nothing was changed.")
        after = self._patch(ticket, now, {name: value for name, value in change.items() if value is not None}, key)
        given = {"status": status, "priority": priority, "group": group, "assignee": assignee}
        was = _told(now) | {"group": str(now.get("team") or ""), "assignee": str(now.get("owner") or "")}
        before = {name: value for name, value in was.items() if given[name] is not None}
        held = fields_of(now, self._fields)
        before |= {f"fields.{name}": held.get(name, "") for name in fields or {}}
        return self._changed(ticket, key, after, before)

    def add_tags(self, ticket: Ref, tags: Collection[str], *, key: str) -> Receipt:
        sound, now = _sound(tags), self._now(ticket)
        fresh = [one for one in sound if one not in labels_of(now)]
        self._patch(ticket, now, {"add_labels": sound}, key)
        return self._changed(ticket, key, {}, {"tags": " ".join(fresh)} if fresh else {})

    def remove_tags(self, ticket: Ref, tags: Collection[str], *, key: str) -> Receipt:
        """Without a version: what is gone cannot go twice, so that a second copy is harmless."""
        sound, now = _sound(tags), self._now(ticket)
        gone = [one for one in sound if one in labels_of(now)]
        if gone:
            change = {"remove_labels": gone}
            self._wire.write("PATCH", path_of(ticket), key=key, repeatable=True, json=change)
        return self._changed(ticket, key, {}, {"tags": " ".join(gone)} if gone else {})

    def merge(self, duplicate: Ref, into: Ref, *, key: str) -> Receipt:
        """HelpDock has none of its own."""
        now = (status_of(self._now(duplicate)), status_of(self._now(into)))
        return merge_plainly(self, duplicate, into, key=key, now=now)

    def find_merge(self, duplicate: Ref, into: Ref, *, key: str) -> Receipt | None:
        return find_plain_merge(self, duplicate, into, key=key)

    def _now(self, ticket: Ref) -> Raw:
        raw: Raw = self._wire.read(path_of(ticket))
        with understood("ticket"):
            _told(raw), list(raw["references"]), int(raw["version"])  # what we rely on is there
        return raw

    def _patch(self, ticket: Ref, now: Raw, change: Raw, key: str) -> dict[str, str]:
        """State and urgency as they are then."""
        asked = {**change, "reference": key, "version": now["version"]}
        made = self._wire.write("PATCH", path_of(ticket), key=key, json=asked)
        try:
            with understood("ticket"):
                return _told(made)
        except Invalid as error:
            raise Unconfirmed(key, str(error)) from error

    def _said(self, ticket: Ref, message: Raw, key: str) -> Receipt:
        with understood("message"):
            told = {"text_sha256": hashlib.sha256(message["text"].encode("utf-8", "surrogatepass")).hexdigest()}
            return Receipt(key, SYSTEM, f"ticket/{ticket.id}#{int(message['id'])}", self._clock(), told)

    def _opened(self, raw: Raw, key: str) -> Receipt:
        with understood("ticket"):
            number = str(int(raw["number"]))
        return Receipt(key, SYSTEM, f"ticket/{number}", self._clock(), {"number": number})

    def _changed(
        self, ticket: Ref, key: str, details: Mapping[str, str], before: Mapping[str, str] | None = None
    ) -> Receipt:
        return Receipt(key, SYSTEM, f"ticket/{ticket.id}#{key}", self._clock(), details, before or {})


def _told(raw: Mapping[str, Any]) -> dict[str, str]:
    return {"status": str(status_of(raw)), "priority": str(priority_of(raw) or "")}


def _sound(tags: Collection[str]) -> list[str]:
    for tag in tags:
        if not LABEL.fullmatch(tag):
            raise Invalid(f"{tag!r} cannot be a tag: no tag was changed.")
    if not tags:
        raise Invalid("No tag was named: no tag was changed.")
    return sorted(tags)
