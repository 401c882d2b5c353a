"""Writing on tickets at Jira: a comment carries its key as a property, all else a label or a field of ours."""

import hashlib
import re
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from deskhand.connectors.http.plain_merge import find_plain_merge, merge_plainly
from deskhand.connectors.http.wire import Wire
from deskhand.connectors.jira import SYSTEM
from deskhand.connectors.jira.adf import to_adf
from deskhand.connectors.jira.comments import comments
from deskhand.connectors.jira.door import issue, understood
from deskhand.connectors.jira.marks import EFFECT, INTERNAL, OURS, mark
from deskhand.connectors.jira.new_tickets import NewTickets
from deskhand.connectors.jira.transitions import way_to
from deskhand.connectors.jira.words import Words, asked_value, fields_of
from deskhand.domain.action import Receipt
from deskhand.domain.effect import by_ai
from deskhand.domain.errors import Invalid, Unconfirmed
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Priority, Requester, Status

SETTABLE = (Status.OPEN, Status.PENDING, Status.SOLVED)
TAG = re.compile(r"[^\s\x00-\x1f\x7f]{1,255}")
ACCOUNT = re.compile(r"[\w:.-]{1,128}", re.ASCII)
Json = dict[str, Any]


class JiraWriter:
    """See `ports.writes.TicketWriter`. `own`, `words` and `fields`: as of `JiraTickets`.

    Jira refuses no write because somebody else wrote meanwhile. A status cannot be set in one request with the rest;
    the mark comes last, so that what was broken off is done again.
    """

    system = SYSTEM

    def __init__(
        self,
        wire: Wire,
        own: Callable[[], str],
        clock: Callable[[], datetime],
        new: NewTickets,
        *,
        words: Words | None = None,
        fields: Mapping[str, str] | None = None,
    ):
        self._wire, self._own, self._clock, self._new = wire, own, clock, new
        self._words, self._fields = words or Words(), fields or {}

    def reply(self, ticket: Ref, text: str, *, public: bool, key: str) -> Receipt:
        """Once for a key, whoever asks again. `Invalid` when something else was said under it."""
        details = {"text_sha256": hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()}
        effect = {"key": key, "public": public} | details
        if before := self._said(ticket, key):
            if before != effect:
                raise Invalid(f"{key}: something else was said under this key: nothing was added.")
            return self._receipt(ticket, key, details)
        properties: list[Json] = [{"key": EFFECT, "value": effect}]
        properties.append({"key": "deskhand.ai", "value": {"ai_generated": by_ai(key)}})
        if not public:
            properties.append({"key": INTERNAL, "value": {"internal": True}})
        comment = {"body": to_adf(text), "properties": properties}
        self._wire.write("POST", f"{issue(ticket)}/comment", key=key, json=comment)
        return self._receipt(ticket, key, details)

    def find_effect(self, ticket: Ref, *, key: str) -> Receipt | None:
        now = self._now(ticket)
        if mark(key) in _labels(now):
            return self._receipt(ticket, key, self._told(now))
        said = self._said(ticket, key)
        return self._receipt(ticket, key, {"text_sha256": said["text_sha256"]}) if said else None

    def create_ticket(self, requester: Requester, subject: str, text: str, *, public: bool, key: str) -> Receipt:
        """`public`: a request, which its customer sees and hears of; else an issue that only agents see."""
        create = self._new.request if public else self._new.issue
        return self._created(create(requester.email, subject, text, key), key)

    def find_ticket(self, *, key: str) -> Receipt | None:
        number = self._new.find(key)
        return self._created(number, key) if number else None

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
        """Once for a key. An empty `assignee` takes the ticket from whoever had it."""
        if status not in (*SETTABLE, None):
            raise Invalid(f"A ticket cannot be set to {status}: nothing was changed.")
        if group:
            raise Invalid("Jira gives tickets to people, and to no group: nothing was changed.")
        if assignee and not ACCOUNT.fullmatch(assignee):
            raise Invalid(f"{assignee!r} is nobody at Jira: nothing was changed.")
        if unknown := sorted(set(fields or {}) - set(self._fields)):
            raise Invalid(f"The desk names no field {unknown[0]!r} of Jira: nothing was changed.")
        now = self._now(ticket)
        if mark(key) in _labels(now):  # a former attempt did all of it
            return self._receipt(ticket, key, self._told(now))
        if if_free and (taken := _assignee(now)):
            raise Invalid(f"It is assigned to {taken} by now: nothing was changed.")
        was, held = self._told(now), fields_of(now["fields"], self._fields)
        before = {"status": was["status"]} if status else {}
        before |= {"priority": was["priority"]} if priority else {}
        before |= {"group": ""} if group is not None else {}
        before |= {"assignee": _assignee(now)} if assignee is not None else {}
        before |= {f"fields.{name}": held.get(name, "") for name in fields or {}}
        self._set(ticket, now, status, self._change(now, priority, assignee, fields or {}), key)
        after = {"status": str(status or was["status"]), "priority": str(priority or was["priority"])}
        return self._receipt(ticket, key, after, before)

    def add_tags(self, ticket: Ref, tags: Collection[str], *, key: str) -> Receipt:
        """Adds to what is there, whoever else adds meanwhile; the mark comes with them."""
        added, was = _sound(tags), _labels(self._now(ticket))
        if mark(key) in was:
            return self._receipt(ticket, key, {})
        self._put(ticket, {"update": {"labels": [{"add": one} for one in [*added, mark(key)]]}}, key)
        fresh = " ".join(sorted(set(tags) - was))
        return self._receipt(ticket, key, {}, {"tags": fresh} if fresh else {})

    def remove_tags(self, ticket: Ref, tags: Collection[str], *, key: str) -> Receipt:
        removed, was = _sound(tags), _labels(self._now(ticket))
        self._put(ticket, {"update": {"labels": [{"remove": one} for one in removed]}}, key)
        gone = " ".join(sorted(set(tags) & was))
        return self._receipt(ticket, key, {}, {"tags": gone} if gone else {})

    def merge(self, duplicate: Ref, into: Ref, *, key: str) -> Receipt:
        """Jira has no merge: a note on both, and the duplicate is solved."""
        now = [self._words.status(self._now(ref)["fields"]["status"]) for ref in (duplicate, into)]
        return merge_plainly(self, duplicate, into, key=key, now=(now[0], now[1]))

    def find_merge(self, duplicate: Ref, into: Ref, *, key: str) -> Receipt | None:
        return find_plain_merge(self, duplicate, into, key=key)

    @understood("ticket")
    def _now(self, ticket: Ref) -> Json:
        asked = ",".join(["status", "priority", "labels", "assignee", *self._fields.values()])
        raw: Json = self._wire.read(issue(ticket), fields=asked, expand="schema")
        _labels(raw), self._told(raw), fields_of(raw["fields"], self._fields)  # what we rely on is there
        return raw

    @understood("list of comments")
    def _said(self, ticket: Ref, key: str) -> Json | None:
        """What our comment under this key carries. Whoever does not tell properties has not said no."""
        every, own = comments(self._wire, issue(ticket)), self._own()
        ours = [one for one in every if (one.get("author") or {}).get("accountId") == own]
        if ours and not any(isinstance(one.get("properties"), list) for one in every):
            raise Unconfirmed(key, "Jira does not tell what our comments carry: nothing was added")
        properties = [each for one in ours for each in one.get("properties") or ()]
        values = [one["value"] for one in properties if one["key"] == EFFECT and one["value"]["key"] == key]
        return {name: values[0][name] for name in ("key", "public", "text_sha256")} if values else None

    def _change(self, now: Json, priority: Priority | None, assignee: str | None, fields: Mapping[str, str]) -> Json:
        change: Json = {"priority": {"name": self._words.called(priority)}} if priority else {}
        if assignee is not None:
            change["assignee"] = {"accountId": assignee or None}
        for name, value in fields.items():
            id = self._fields[name]
            try:
                change[id] = asked_value(value, (now.get("schema") or {}).get(id))
            except ValueError as error:
                raise Invalid(f"The field {name!r} of Jira takes a number: nothing was changed.") from error
        return change

    def _set(self, ticket: Ref, now: Json, status: Status | None, change: Json, key: str) -> None:
        asked: Json = {"fields": change} if change else {}
        if status and self._words.status(now["fields"]["status"]) is not status:
            way = way_to(self._wire, issue(ticket), status, self._words)
            if asked:
                self._put(ticket, asked, key)
            try:
                self._wire.write("POST", f"{issue(ticket)}/transitions", key=key, json=way)
            except Invalid as error:
                raise Invalid(f"{error}{': all but the status was set' if asked else ''}", error.detail) from error
            asked = {}
        self._put(ticket, asked | {"update": {"labels": [{"add": mark(key)}]}}, key)

    def _put(self, ticket: Ref, change: Json, key: str) -> None:
        self._wire.write("PUT", issue(ticket), key=key, repeatable=True, json=change)

    def _told(self, raw: Json) -> dict[str, str]:
        fields = raw["fields"]
        priority = self._words.priority(fields.get("priority"))
        return {"status": str(self._words.status(fields["status"])), "priority": str(priority or "")}

    def _created(self, number: str, key: str) -> Receipt:
        return Receipt(key, SYSTEM, f"ticket/{number}", self._clock(), {"number": number})

    def _receipt(
        self, ticket: Ref, key: str, details: Mapping[str, str], before: Mapping[str, str] | None = None
    ) -> Receipt:
        return Receipt(key, SYSTEM, f"ticket/{ticket.id}#{mark(key)}", self._clock(), details, before or {})


def _labels(raw: Json) -> set[str]:
    return set(raw["fields"].get("labels") or ())


def _assignee(raw: Json) -> str:
    return str((raw["fields"].get("assignee") or {}).get("accountId") or "")


def _sound(tags: Collection[str]) -> list[str]:
    """`Invalid` for what Jira takes for no label, and for our own marks: they prove what was done."""
    for tag in tags:
        if not TAG.fullmatch(tag) or tag.startswith(OURS):
            raise Invalid(f"{tag!r} cannot be a tag: no tag was changed.")
    if not tags:
        raise Invalid("No tag was named: no tag was changed.")
    return sorted(tags)
