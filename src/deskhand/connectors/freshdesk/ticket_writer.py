"""Writing on tickets at Freshdesk, which knows neither idempotency keys nor versions."""

import hashlib
import re
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from deskhand.connectors.freshdesk import API, SYSTEM
from deskhand.connectors.freshdesk.door import path_of, understood
from deskhand.connectors.freshdesk.lists import each
from deskhand.connectors.freshdesk.marks import CHANGED, CREATED, REFERENCE, mark, mark_of_new, marked, reference
from deskhand.connectors.freshdesk.myself import Myself
from deskhand.connectors.freshdesk.page import text_of, to_html
from deskhand.connectors.freshdesk.words import (
    NUMBERS,
    URGENCIES,
    assignee_of,
    fields_of,
    group_of,
    priority_of,
    status_of,
    tags_of,
)
from deskhand.connectors.http.wire import Wire
from deskhand.domain.action import Receipt
from deskhand.domain.errors import Down, Invalid, Unconfirmed
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Priority, Requester, Status

TAG = re.compile(r'[^\s,"]{1,32}')  # a comma would make two of it
SEARCHED = 30  # pages of the newest tickets in which one of ours is looked for

Raw = dict[str, Any]


class FreshdeskWriter:
    """See `ports.writes.TicketWriter`. `fields`: as of `FreshdeskTickets`.

    Nothing guards against an agent who writes at the same moment: a change of tags replaces the whole list, and what
    an agent tagged between our look and our change is lost. A reply or a note never takes anything away.
    """

    system = SYSTEM

    def __init__(
        self, wire: Wire, myself: Myself, clock: Callable[[], datetime], fields: Mapping[str, str] | None = None
    ):
        self._wire, self._myself, self._clock, self._fields = wire, myself, clock, fields or {}

    def reply(self, ticket: Ref, text: str, *, public: bool, key: str) -> Receipt:
        """Under a key that is there already nothing is added: the receipt is that of `find_effect`."""
        if said := self._said(ticket, key):
            return self._receipt(ticket, key, said)
        self._say(ticket, text, public, key)
        return self._receipt(ticket, key, _digest(text))

    def find_effect(self, ticket: Ref, *, key: str) -> Receipt | None:
        now = self._now(ticket)
        if mark(key) in tags_of(now):
            return self._receipt(ticket, key, _told(now))
        said = self._said(ticket, key)
        return self._receipt(ticket, key, said) if said else None

    def create_ticket(self, requester: Requester, subject: str, text: str, *, public: bool, key: str) -> Receipt:
        """Two requests: the ticket, opened with its subject, and the text on it. Whoever stops in between goes on.

        What a ticket is opened with is public at Freshdesk, and counts as the requester's own words.
        """
        if not requester.email:
            raise Invalid("The requester has no e-mail address: no ticket was created.")
        opened = self._opened(key)
        made = Ref(SYSTEM, "ticket", opened or self._open(requester, subject, key))
        if not (opened and self._said(made, key)):
            self._say(made, text, public, key)
        return self._created(made, key)

    def find_ticket(self, *, key: str) -> Receipt | None:
        """None as well for one that has no text yet: `create_ticket` goes on with it."""
        opened = self._opened(key)
        made = Ref(SYSTEM, "ticket", opened)
        return self._created(made, key) if opened and self._said(made, key) else None

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
        """Under a key that is there already nothing is changed: the receipt is that of `find_effect`."""
        if status is not None and status not in NUMBERS:
            raise Invalid(f"A ticket cannot be set to {status}: nothing was changed.")
        for id in filter(None, (group, assignee)):
            if not (id.isascii() and id.isdigit()):
                raise Invalid(f"{id!r} is nobody at Freshdesk: nothing was changed.")
        if unknown := sorted(set(fields or {}) - set(self._fields)):
            raise Invalid(f"The desk names no field {unknown[0]!r} of Freshdesk: nothing was changed.")
        now = self._now(ticket)
        if mark(key) in tags_of(now):
            return self._receipt(ticket, key, _told(now))
        if if_free and (taken := assignee_of(now)):
            raise Invalid(f"It is assigned to {taken} by now: nothing was changed.")
        change: Raw = {"tags": [*tags_of(now), mark(key)]}
        if status is not None:
            change["status"] = NUMBERS[status]
        if priority is not None:
            change["priority"] = URGENCIES[priority]
        for name, wanted in (("group_id", group), ("responder_id", assignee)):
            if wanted is not None:
                change[name] = int(wanted) if wanted else None
        if fields:
            change["custom_fields"] = {self._fields[name]: value or None for name, value in fields.items()}
        self._put(ticket, change, key)
        given = {"status": status, "priority": priority, "group": group, "assignee": assignee}
        was = _told(now) | {"group": group_of(now), "assignee": assignee_of(now)}
        before = {name: value for name, value in was.items() if given[name] is not None}
        held = fields_of(now, self._fields)
        before |= {f"fields.{name}": held.get(name, "") for name in fields or {}}
        after = {name: str(given[name] or value) for name, value in _told(now).items()}
        return self._receipt(ticket, key, after, before)

    def add_tags(self, ticket: Ref, tags: Collection[str], *, key: str) -> Receipt:
        sound, was = _sound(tags), tags_of(self._now(ticket))
        fresh = [one for one in sound if one not in was]
        if mark(key) not in was:
            self._put(ticket, {"tags": [*was, *fresh, mark(key)]}, key)
        return self._receipt(ticket, key, {}, {"tags": " ".join(fresh)} if fresh else {})

    def remove_tags(self, ticket: Ref, tags: Collection[str], *, key: str) -> Receipt:
        sound, was = _sound(tags), tags_of(self._now(ticket))
        gone = [one for one in sound if one in was]
        if gone:
            self._put(ticket, {"tags": [one for one in was if one not in gone]}, key)
        return self._receipt(ticket, key, {}, {"tags": " ".join(gone)} if gone else {})

    def merge(self, duplicate: Ref, into: Ref, *, key: str) -> Receipt:
        """Two requests: a note of ours on the duplicate, and the merge, which takes it along to the other ticket. What
        Freshdesk merged it does not part again."""
        if done := self.find_merge(duplicate, into, key=key):
            return done
        begun = bool(self._said(duplicate, key))
        for ref in (duplicate, into):
            if status_of(self._now(ref)) is Status.CLOSED:
                if begun:
                    raise Unconfirmed(key, f"ticket {ref.id} was closed, and our note did not arrive at {into.id}")
                raise Invalid(f"Ticket {ref.id} is closed at Freshdesk: nothing was merged.")
        if not begun:
            self._say(duplicate, f"This goes on in ticket {into.id}.", public=False, key=key)
        asked = {"primary_id": int(into.id), "ticket_ids": [int(duplicate.id)]}
        self._wire.write("PUT", f"{API}/tickets/merge", key=key, json=asked)
        return self._merged(duplicate, into, key)

    def find_merge(self, duplicate: Ref, into: Ref, *, key: str) -> Receipt | None:
        """By our note, which came along to the other ticket."""
        return self._merged(duplicate, into, key) if self._said(into, key) else None

    def _merged(self, duplicate: Ref, into: Ref, key: str) -> Receipt:
        return self._receipt(duplicate, key, {"into": into.id})

    def _say(self, ticket: Ref, text: str, public: bool, key: str) -> None:
        """The words and their mark in one request, so that both are there or neither."""
        asked: Raw = {"body": to_html(text, reference(key))}
        if public:
            self._wire.write("POST", f"{path_of(ticket)}/reply", key=key, json=asked)
        else:
            self._wire.write("POST", f"{path_of(ticket)}/notes", key=key, json={**asked, "private": True})

    @understood("list of conversations")
    def _said(self, ticket: Ref, key: str) -> dict[str, str]:
        """What we wrote on this ticket under this key, as its receipt tells it; empty when we did not.

        In our own words only: a customer quotes them, and an agent forwards them.
        """
        own = self._myself.id()
        for one in each(self._wire, f"{path_of(ticket)}/conversations"):
            if one["user_id"] == own and not one["incoming"]:
                text = text_of(one.get("body"), one.get("body_text"))
                if marked(text, key):
                    return _digest(REFERENCE.sub("", text))
        return {}

    def _opened(self, key: str) -> str:
        """The number of the ticket that was opened under this key, or "". The list is never behind, as a search is.

        It goes back thirty days. `Unconfirmed` when they hold more tickets than we look at.
        """
        asked = {"order_by": "created_at", "order_type": "desc"}
        try:
            for one in each(self._wire, f"{API}/tickets", SEARCHED, **asked):
                with understood("list of tickets"):
                    if mark_of_new(key) in tags_of(one):
                        return str(one["id"])
        except Down as error:
            raise Unconfirmed(key, str(error)) from error
        return ""

    def _open(self, requester: Requester, subject: str, key: str) -> str:
        asked = {
            "email": requester.email,
            "name": requester.name or requester.email,
            "subject": subject,
            "description": to_html(subject),
            "status": NUMBERS[Status.OPEN],
            "priority": URGENCIES[Priority.LOW],
            "source": 2,
            "tags": [mark_of_new(key)],
        }
        made = self._wire.write("POST", f"{API}/tickets", key=key, json=asked)
        try:
            with understood("new ticket"):
                return str(int(made["id"]))
        except Invalid as error:
            raise Unconfirmed(key, str(error)) from error

    @understood("ticket")
    def _now(self, ticket: Ref) -> Raw:
        raw: Raw = self._wire.read(path_of(ticket))
        tags_of(raw), _told(raw)  # what we rely on is there
        return raw

    def _put(self, ticket: Ref, change: Raw, key: str) -> None:
        """A second copy sets the same."""
        self._wire.write("PUT", path_of(ticket), key=key, repeatable=True, json=change)

    def _created(self, made: Ref, key: str) -> Receipt:
        return Receipt(key, SYSTEM, f"ticket/{made.id}", self._clock(), {"number": made.id})

    def _receipt(
        self, ticket: Ref, key: str, details: Mapping[str, str], before: Mapping[str, str] | None = None
    ) -> Receipt:
        return Receipt(key, SYSTEM, f"ticket/{ticket.id}#{mark(key)}", self._clock(), details, before or {})


def _digest(text: str) -> dict[str, str]:
    return {"text_sha256": hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()}


def _told(raw: Mapping[str, Any]) -> dict[str, str]:
    return {"status": str(status_of(raw)), "priority": str(priority_of(raw) or "")}


def _sound(tags: Collection[str]) -> list[str]:
    """`Invalid` for what would become another tag, and for our own marks: they prove what was done."""
    for tag in tags:
        if not TAG.fullmatch(tag) or tag.startswith((CHANGED, CREATED)):
            raise Invalid(f"{tag!r} cannot be a tag: no tag was changed.")
    if not tags:
        raise Invalid("No tag was named: no tag was changed.")
    return sorted(tags)
