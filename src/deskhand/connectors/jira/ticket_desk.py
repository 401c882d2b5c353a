"""Reading tickets at Jira: the issue and its comments from the platform, who may read them from the service desk."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from deskhand.connectors.http.wire import Wire
from deskhand.connectors.jira import SYSTEM
from deskhand.connectors.jira.adf import to_text
from deskhand.connectors.jira.comments import comments, shown
from deskhand.connectors.jira.door import issue, key_of, understood
from deskhand.connectors.jira.files import of_comment, of_issue
from deskhand.connectors.jira.words import Words, fields_of
from deskhand.domain.attachment import Attachment
from deskhand.domain.errors import Missing
from deskhand.domain.read import Read
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author, Message, Requester, Ticket

DESCRIPTION = "description"  # the id of the message that a request begins with: Jira has none for it
CHANNEL, MAIL = "request-channel.type", "email"
FIELDS = "summary description status priority labels reporter creator assignee attachment created updated".split()
STAFF = ("atlassian", "app")
Json = dict[str, Any]


class JiraTickets:
    """See `ports.reads.TicketDesk`. `own` gives the account that we write as: its comments are the assistant's.

    `fields` are the ids of the company's own fields, by the desk's names of them. Jira tells nowhere whether somebody
    checked an address, so nobody's is verified, but for the types of account ("atlassian", "customer") in `vouched`,
    which the company vouches for. What is said on a request that came by mail rests on a From line.
    """

    system = SYSTEM

    def __init__(
        self,
        wire: Wire,
        own: Callable[[], str],
        clock: Callable[[], datetime],
        *,
        words: Words | None = None,
        fields: Mapping[str, str] | None = None,
        vouched: Collection[str] = (),
    ):
        self._wire, self._own, self._clock = wire, own, clock
        self._words, self._fields, self._vouched = words or Words(), fields or {}, frozenset(vouched)

    @understood("ticket")
    def ticket(self, ref: Ref) -> Read[Ticket]:
        path, own = issue(ref), self._own()
        asked = {"fields": ",".join([*FIELDS, *self._fields.values()]), "properties": CHANNEL}
        raw = self._wire.read(path, **asked)
        fields, said = raw["fields"], comments(self._wire, path)
        requester = fields.get("reporter") or {}
        request, channel = self._shown(ref), _channel(raw)
        account = requester.get("accountId")
        messages = [_opening(fields, request, own)]
        messages += [_message(one, account, (request or {}).get(str(one["id"])), own) for one in said]
        email = requester.get("emailAddress") or ""
        ticket = Ticket(
            ref=ref,
            subject=fields.get("summary") or "",
            status=self._words.status(fields["status"]),
            channel=channel,
            requester=Requester(
                requester.get("displayName") or "",
                email,
                verified=bool(email) and requester.get("accountType") in self._vouched,
            ),
            tags=frozenset(fields.get("labels") or ()),
            version=fields["updated"],
            created_at=datetime.fromisoformat(fields["created"]),
            messages=tuple(_mailed(one) if channel == MAIL else one for one in messages),
            priority=self._words.priority(fields.get("priority")),
            assignee=str((fields.get("assignee") or {}).get("accountId") or ""),
            fields=fields_of(fields, self._fields),
        )
        return Read(ticket, SYSTEM, self._clock())

    def _shown(self, ref: Ref) -> dict[str, Json] | None:
        """None for an issue that is no request: no customer sees it."""
        try:
            return shown(self._wire, key_of(ref))
        except Missing:
            return None


def _opening(fields: Json, request: dict[str, Json] | None, own: str) -> Message:
    """The description, with the files that no comment has."""
    reporter, creator = ((fields.get(who) or {}).get("accountId") for who in ("reporter", "creator"))
    elsewhere = [file for one in (request or {}).values() for file in _files(one)]
    ids, names = {one.ref for one in elsewhere if one.ref}, {one.name for one in elsewhere if not one.ref}
    files = [of_issue(one) for one in fields.get("attachment") or ()]
    return Message(
        id=DESCRIPTION,
        author=Author.ASSISTANT if creator == own else Author.CUSTOMER,
        public=request is not None,
        text=to_text(fields.get("description")) or fields.get("summary") or "",
        sent_at=datetime.fromisoformat(fields["created"]),
        attachments=tuple(one for one in files if one.ref not in ids and one.name not in names),
        vouched=creator is not None and creator in (reporter, own),  # an agent may have typed what they were told
    )


def _message(raw: Json, requester: str | None, shown: Json | None, own: str) -> Message:
    """`shown` is None for what the service desk does not show: it counts as a note."""
    author = raw.get("author") or {}
    account = author.get("accountId")
    theirs = account is not None and account == requester
    if account is not None and account == own:
        who = Author.ASSISTANT
    elif not theirs and author.get("accountType") in STAFF:
        who = Author.AGENT
    else:  # somebody in copy is no agent, and does not speak for the requester
        who = Author.CUSTOMER
    public = shown is not None and shown.get("public") is True and raw.get("jsdPublic", True) is True
    return Message(
        id=str(raw["id"]),
        author=who,
        public=public and not raw.get("visibility"),
        text=to_text(raw.get("body")),
        sent_at=datetime.fromisoformat(raw["created"]),
        attachments=_files(shown or {}),
        vouched=who is not Author.CUSTOMER or theirs,
    )


def _mailed(message: Message) -> Message:
    """Jira takes whoever a mail names for its author."""
    return replace(message, vouched=message.vouched and message.author is not Author.CUSTOMER)


def _files(shown: Json) -> tuple[Attachment, ...]:
    return tuple(map(of_comment, (shown.get("attachments") or {}).get("values") or ()))


def _channel(raw: Json) -> str:
    told = (raw.get("properties") or {}).get(CHANNEL) or {}
    return str(told.get("value") or SYSTEM)
