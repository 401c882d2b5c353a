"""Reading tickets at Zendesk."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from deskhand.connectors.http.wire import Wire
from deskhand.connectors.zendesk import SYSTEM
from deskhand.connectors.zendesk.comments import all_comments
from deskhand.connectors.zendesk.door import understood
from deskhand.connectors.zendesk.words import assignee_of, fields_of, group_of, priority_of, status_of
from deskhand.domain.attachment import Attachment, claimed
from deskhand.domain.phone import e164
from deskhand.domain.read import Read
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author, Message, Requester, Ticket

HARMLESS = frozenset({"4", "5"})  # written by a machine, a file too large: both say nothing about the author


class ZendeskTickets:
    """See `ports.reads.TicketDesk`. `own_user` is the user id we write as: its comments are the assistant's.

    `fields` are the ids of the company's own fields, by the desk's names of them.
    """

    system = SYSTEM

    def __init__(
        self, wire: Wire, own_user: str, clock: Callable[[], datetime], fields: Mapping[str, int] | None = None
    ):
        self._wire, self._own_user, self._clock, self._fields = wire, own_user, clock, fields or {}

    @understood("ticket")
    def ticket(self, ref: Ref) -> Read[Ticket]:
        raw = self._wire.read(f"/api/v2/tickets/{ref.id}")["ticket"]
        comments, users = all_comments(self._wire, ref.id)
        requester = str(raw["requester_id"])
        user = users.get(requester) or self._wire.read(f"/api/v2/users/{requester}")["user"]
        ticket = Ticket(
            ref=ref,
            subject=raw.get("subject") or "",
            status=status_of(raw),
            channel=((raw.get("via") or {}).get("channel")) or "zendesk",
            requester=Requester(
                user.get("name") or "",
                user.get("email") or "",
                self._verified(requester, user.get("email")),
                e164(user.get("phone") or ""),
                user.get("external_id") or "",
            ),
            tags=frozenset(raw.get("tags") or ()),
            version=raw["updated_at"],
            created_at=datetime.fromisoformat(raw["created_at"]),
            messages=tuple(
                self._message(one, requester, users, opened_for_them=place == 0 and _by_another(raw))
                for place, one in enumerate(comments)
            ),
            priority=priority_of(raw),
            group=group_of(raw),
            assignee=assignee_of(raw),
            fields=fields_of(raw, self._fields),
        )
        return Read(ticket, SYSTEM, self._clock())

    def _verified(self, user: str, email: str | None) -> bool:
        """Whether this very address is: `verified` on the user is true when any identity is, a phone number say."""
        if not email:
            return False
        found = self._wire.read(f"/api/v2/users/{user}/identities")["identities"]
        return any(
            one["type"] == "email" and one["value"].casefold() == email.casefold() and one.get("verified") is True
            for one in found
        )

    def _message(
        self, raw: dict[str, Any], requester: str, users: dict[str, dict[str, Any]], *, opened_for_them: bool
    ) -> Message:
        author = str(raw["author_id"])
        if author == self._own_user:
            who = Author.ASSISTANT
        elif author == requester:  # somebody in copy does not speak for the requester
            who = Author.CUSTOMER
        else:
            who = Author.AGENT
        return Message(
            id=str(raw["id"]),
            author=who,
            public=bool(raw.get("public", True)),
            text=raw.get("plain_body") or raw.get("body") or "",
            sent_at=datetime.fromisoformat(raw["created_at"]),
            attachments=tuple(map(_attached, raw.get("attachments") or ())),
            vouched=not opened_for_them and not _doubted(raw),
        )


def _attached(raw: dict[str, Any]) -> Attachment:
    return claimed(
        raw.get("file_name"),
        raw.get("content_type"),
        raw.get("size"),
        raw.get("content_url"),
        flagged=raw.get("malware_scan_result") == "malware_found",
    )


def _by_another(ticket: dict[str, Any]) -> bool:
    """Whether an agent opened it for the requester: by hand, or by forwarding a mail that anybody can have written."""
    return str(ticket.get("submitter_id")) != str(ticket["requester_id"])


def _doubted(comment: dict[str, Any]) -> bool:
    """Whether Zendesk set a flag beside it: the author was not signed in, no part of the conversation, or somebody
    wrote it on their behalf. Any flag but the harmless ones: those that we do not know are none."""
    flags = (comment.get("metadata") or {}).get("flags") or ()
    return bool({str(flag) for flag in flags} - HARMLESS)
