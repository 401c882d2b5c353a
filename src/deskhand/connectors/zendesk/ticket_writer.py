"""Writing on tickets at Zendesk: only the creation of one knows an idempotency key, so all else carries a mark."""

import hashlib
import re
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from deskhand.connectors.http.wire import Wire
from deskhand.connectors.zendesk import SYSTEM
from deskhand.connectors.zendesk.comments import all_comments
from deskhand.connectors.zendesk.door import understood
from deskhand.connectors.zendesk.marks import OURS, mark
from deskhand.connectors.zendesk.words import assignee_of, fields_of, group_of, priority_of, status_of
from deskhand.domain.action import Receipt
from deskhand.domain.effect import by_ai
from deskhand.domain.errors import Invalid, Unconfirmed
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Priority, Requester, Status

SETTABLE = (Status.OPEN, Status.PENDING, Status.SOLVED)  # Zendesk alone closes, and what is closed stays so
TAG = re.compile(r"[a-z0-9_:./-]{1,80}")  # anything else Zendesk cuts apart, or writes in another way


class ZendeskWriter:
    """See `ports.writes.TicketWriter`. `fields`: as of `ZendeskTickets`."""

    system = SYSTEM

    def __init__(self, wire: Wire, clock: Callable[[], datetime], fields: Mapping[str, int] | None = None):
        self._wire, self._clock, self._fields = wire, clock, fields or {}

    def reply(self, ticket: Ref, text: str, *, public: bool, key: str) -> Receipt:
        """`Clash` when somebody wrote in the moment between reading and writing: nothing was added.

        Under a key that is there already nothing is added either: the receipt is that of `find_effect`.
        """
        now = self._now(ticket)
        if mark(key) in _tags(now):
            return self._receipt(ticket, key, _told(now))
        self._put(ticket, now, {"comment": {"body": text, "public": public}, **_mark_of_ai(key)}, key)
        said = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return self._receipt(ticket, key, {"text_sha256": said})

    def find_effect(self, ticket: Ref, *, key: str) -> Receipt | None:
        now = self._now(ticket)
        return self._receipt(ticket, key, _told(now)) if mark(key) in _tags(now) else None

    def create_ticket(self, requester: Requester, subject: str, text: str, *, public: bool, key: str) -> Receipt:
        """Whoever writes from an address that Zendesk does not know becomes a user there."""
        if not requester.email:
            raise Invalid("The requester has no e-mail address: no ticket was created.")
        asked = {
            "requester": {"email": requester.email, "name": requester.name or requester.email},
            "subject": subject,
            "comment": {"body": text, "public": public},
            "external_id": mark(key),
            "tags": [mark(key)],
            **_mark_of_ai(key),
        }
        headers = {"Idempotency-Key": mark(key)}
        made = self._wire.write(
            "POST", "/api/v2/tickets", key=key, repeatable=True, json={"ticket": asked}, headers=headers
        )
        try:
            with understood("new ticket"):
                return self._created(made["ticket"], key)
        except Invalid as error:
            raise Unconfirmed(key, str(error)) from error

    @understood("list of tickets")
    def find_ticket(self, *, key: str) -> Receipt | None:
        found = self._wire.read("/api/v2/tickets", external_id=mark(key))["tickets"]
        own = [one for one in found if one.get("external_id") == mark(key)]
        return self._created(own[0], key) if own else None

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
        """`Clash` when somebody wrote in the moment between reading and writing: nothing was changed.

        Under a key that is there already nothing is changed either: the receipt is that of `find_effect`.
        """
        if status not in (*SETTABLE, None):
            raise Invalid(f"A ticket cannot be set to {status}: nothing was changed.")
        for id in filter(None, (group, assignee)):
            if not id.isdigit():
                raise Invalid(f"{id!r} is nobody at Zendesk: nothing was changed.")
        if unknown := sorted(set(fields or {}) - set(self._fields)):
            raise Invalid(f"The desk names no field {unknown[0]!r} of Zendesk: nothing was changed.")
        now = self._now(ticket)
        if mark(key) in _tags(now):
            return self._receipt(ticket, key, _told(now))
        if if_free and (taken := assignee_of(now)):
            raise Invalid(f"It is assigned to {taken} by now: nothing was changed.")
        given = {"status": status, "priority": priority, "group": group, "assignee": assignee}
        change: dict[str, Any] = {
            "status": status,
            "priority": priority,
            "custom_fields": [{"id": self._fields[name], "value": value} for name, value in (fields or {}).items()],
        }
        change = {name: value for name, value in change.items() if value}
        for name, wanted in (("group_id", group), ("assignee_id", assignee)):
            if wanted is not None:
                change[name] = int(wanted) if wanted else None
        self._put(ticket, now, change, key)
        was = _told(now) | {"group": group_of(now), "assignee": assignee_of(now)}
        held = fields_of(now, self._fields)
        before = {name: value for name, value in was.items() if given[name] is not None}
        before |= {f"fields.{name}": held.get(name, "") for name in fields or {}}
        after = {name: str(given[name] or value) for name, value in _told(now).items()}
        return self._receipt(ticket, key, after, before)

    def add_tags(self, ticket: Ref, tags: Collection[str], *, key: str) -> Receipt:
        """Adds to what is there, whoever else adds meanwhile; the mark comes with them."""
        was = set(_tags(self._now(ticket)))
        self._tag("PUT", ticket, [*_sound(tags), mark(key)], key)
        fresh = " ".join(sorted(set(tags) - was))
        return self._receipt(ticket, key, {}, {"tags": fresh} if fresh else {})

    def remove_tags(self, ticket: Ref, tags: Collection[str], *, key: str) -> Receipt:
        was = set(_tags(self._now(ticket)))
        self._tag("DELETE", ticket, _sound(tags), key)
        gone = " ".join(sorted(set(tags) & was))
        return self._receipt(ticket, key, {}, {"tags": gone} if gone else {})

    def merge(self, duplicate: Ref, into: Ref, *, key: str) -> Receipt:
        """Zendesk does it after it has answered. What it closes stays closed, so nothing takes it back.

        `Unconfirmed` while it is not done yet.
        """
        if done := self.find_merge(duplicate, into, key=key):
            return done
        for ref in (duplicate, into):
            if status_of(self._now(ref)) is Status.CLOSED:
                raise Invalid(f"Ticket {ref.id} is closed at Zendesk: nothing was merged.")
        asked = {
            "ids": [int(duplicate.id)],
            "source_comment": f"This goes on in ticket {into.id}. {mark(key)}",
            "source_comment_is_public": False,
            "target_comment": f"Ticket {duplicate.id} is about the same, and was merged into this one. {mark(key)}",
            "target_comment_is_public": False,
        }
        self._wire.write("POST", f"/api/v2/tickets/{into.id}/merge", key=key, json=asked)
        done = self.find_merge(duplicate, into, key=key)
        if done is None:
            raise Unconfirmed(key, "Zendesk took it on, and has not merged the tickets yet")
        return done

    def find_merge(self, duplicate: Ref, into: Ref, *, key: str) -> Receipt | None:
        """By our note on the duplicate, which only the merge writes."""
        if status_of(self._now(duplicate)) is not Status.CLOSED:
            return None
        with understood("list of comments"):
            notes = [one for one in all_comments(self._wire, duplicate.id)[0] if one.get("public") is False]
            done = any(mark(key) in (one.get("plain_body") or one.get("body") or "") for one in notes)
        return self._receipt(duplicate, key, {"into": into.id}) if done else None

    @understood("ticket")
    def _now(self, ticket: Ref) -> dict[str, Any]:
        raw: dict[str, Any] = self._wire.read(f"/api/v2/tickets/{ticket.id}")["ticket"]
        _tags(raw), _told(raw), raw["updated_at"]  # what we rely on is there
        return raw

    def _put(self, ticket: Ref, now: dict[str, Any], change: Mapping[str, Any], key: str) -> None:
        """The change and its mark in one request, so that both are there or neither."""
        asked = {**change, "tags": [*_tags(now), mark(key)], "safe_update": True, "updated_stamp": now["updated_at"]}
        self._wire.write("PUT", f"/api/v2/tickets/{ticket.id}", key=key, json={"ticket": asked})

    def _tag(self, method: str, ticket: Ref, tags: list[str], key: str) -> None:
        path = f"/api/v2/tickets/{ticket.id}/tags"
        self._wire.write(method, path, key=key, repeatable=True, json={"tags": tags})

    def _created(self, raw: dict[str, Any], key: str) -> Receipt:
        number = str(raw["id"])
        return Receipt(key, SYSTEM, f"ticket/{number}", self._clock(), {"number": number})

    def _receipt(
        self, ticket: Ref, key: str, details: Mapping[str, str], before: Mapping[str, str] | None = None
    ) -> Receipt:
        return Receipt(key, SYSTEM, f"ticket/{ticket.id}#{mark(key)}", self._clock(), details, before or {})


def _mark_of_ai(key: str) -> dict[str, Any]:
    """For machines, beside the comment that is written in the same request: Zendesk keeps it with that."""
    return {"metadata": {"ai_generated": by_ai(key)}}


def _tags(raw: Mapping[str, Any]) -> list[str]:
    return list(raw.get("tags") or ())


def _told(raw: Mapping[str, Any]) -> dict[str, str]:
    return {"status": str(status_of(raw)), "priority": str(priority_of(raw) or "")}


def _sound(tags: Collection[str]) -> list[str]:
    """`Invalid` for what would become another tag, and for our own marks: they prove what was done."""
    for tag in tags:
        if not TAG.fullmatch(tag) or tag.startswith(OURS):
            raise Invalid(f"{tag!r} cannot be a tag: no tag was changed.")
    if not tags:
        raise Invalid("No tag was named: no tag was changed.")
    return sorted(tags)
