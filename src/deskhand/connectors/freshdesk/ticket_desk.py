"""Reading tickets at Freshdesk."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from deskhand.connectors.freshdesk import API, SYSTEM
from deskhand.connectors.freshdesk.door import path_of, understood
from deskhand.connectors.freshdesk.lists import each
from deskhand.connectors.freshdesk.marks import CREATED, REFERENCE
from deskhand.connectors.freshdesk.myself import Myself
from deskhand.connectors.freshdesk.page import text_of
from deskhand.connectors.freshdesk.words import (
    BY_PHONE,
    OUTBOUND,
    assignee_of,
    channel_of,
    fields_of,
    group_of,
    priority_of,
    status_of,
    tags_of,
)
from deskhand.connectors.http.wire import Wire
from deskhand.domain.attachment import Attachment, claimed
from deskhand.domain.errors import Missing
from deskhand.domain.phone import e164
from deskhand.domain.read import Read
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import NOBODY, Author, Message, Requester, Ticket

NOTE = 2  # the source of a conversation that an agent wrote down, in whosever name


class FreshdeskTickets:
    """See `ports.reads.TicketDesk`. `fields` are Freshdesk's names of the company's own fields, by the desk's.

    Freshdesk tells nobody whether a mail was forged, or whether somebody who wrote in its portal had signed in: nothing
    is vouched for unless the company says that it made sure of both (`senders_checked`).
    """

    system = SYSTEM

    def __init__(
        self,
        wire: Wire,
        myself: Myself,
        clock: Callable[[], datetime],
        fields: Mapping[str, str] | None = None,
        *,
        senders_checked: bool = False,
    ):
        self._wire, self._myself, self._clock, self._fields = wire, myself, clock, fields or {}
        self._checked = senders_checked

    @understood("ticket")
    def ticket(self, ref: Ref) -> Read[Ticket]:
        path = path_of(ref)
        raw = self._wire.read(path)
        own = self._myself.id()
        said = [self._message(one, raw["requester_id"], own) for one in each(self._wire, f"{path}/conversations")]
        ticket = Ticket(
            ref=ref,
            subject=raw.get("subject") or "",
            status=status_of(raw),
            channel=channel_of(raw),
            requester=self._requester(raw["requester_id"]),
            tags=frozenset(tags_of(raw)),
            version=raw["updated_at"],
            created_at=datetime.fromisoformat(raw["created_at"]),
            messages=(*self._first(raw), *said),
            priority=priority_of(raw),
            group=group_of(raw),
            assignee=assignee_of(raw),
            fields=fields_of(raw, self._fields),
        )
        return Read(ticket, SYSTEM, self._clock())

    def _requester(self, id: int) -> Requester:
        """Nobody when it is an agent, or a contact that is gone."""
        try:
            raw = self._wire.read(f"{API}/contacts/{int(id)}")
        except Missing:
            return NOBODY
        email = raw.get("email") or ""
        return Requester(
            raw.get("name") or "",
            email,
            bool(email) and raw.get("active") is True,  # they opened the link that Freshdesk sent to this address
            e164(raw.get("phone") or "") or e164(raw.get("mobile") or ""),
            raw.get("unique_external_id") or "",
        )

    def _first(self, raw: Mapping[str, Any]) -> tuple[Message, ...]:
        """What the ticket was opened with is on the ticket itself. On one of ours it is but its subject."""
        if any(one.startswith(CREATED) for one in tags_of(raw)):
            return ()
        source = raw.get("source")
        first = Message(
            id=f"ticket-{raw['id']}",
            author=Author.AGENT if source == OUTBOUND else Author.CUSTOMER,
            public=True,
            text=text_of(raw.get("description"), raw.get("description_text")),
            sent_at=datetime.fromisoformat(raw["created_at"]),
            attachments=_attached(raw),
            vouched=self._checked and source not in (BY_PHONE, OUTBOUND),
        )
        return (first,)

    def _message(self, raw: Mapping[str, Any], requester: int, own: int) -> Message:
        text, public = text_of(raw.get("body"), raw.get("body_text")), raw["private"] is False
        vouched = True
        if raw["incoming"]:
            # Somebody in copy does not speak for the requester.
            author = Author.CUSTOMER if public and raw["user_id"] == requester else Author.AGENT
            vouched = self._checked and raw.get("source") != NOTE
        elif raw["user_id"] == own:
            author, text = Author.ASSISTANT, REFERENCE.sub("", text)
        else:
            author = Author.AGENT
        sent_at = datetime.fromisoformat(raw["created_at"])
        return Message(str(raw["id"]), author, public, text, sent_at, _attached(raw), vouched)


def _attached(raw: Mapping[str, Any]) -> tuple[Attachment, ...]:
    return tuple(
        claimed(one.get("name"), one.get("content_type"), one.get("size"), one.get("attachment_url"))
        for one in raw.get("attachments") or ()
    )
