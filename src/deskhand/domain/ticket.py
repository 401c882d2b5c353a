"""A ticket and the messages on it, whatever help desk or channel it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from deskhand.domain.attachment import Attachment
from deskhand.domain.ref import Ref


class Author(StrEnum):
    CUSTOMER = "customer"
    AGENT = "agent"
    ASSISTANT = "assistant"


class Priority(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Status(StrEnum):
    OPEN = "open"
    PENDING = "pending"
    SOLVED = "solved"
    CLOSED = "closed"
    OTHER = "other"


@dataclass(frozen=True)
class Message:
    """One message. `text` is what the person wrote, as it came; `public` is false for notes among agents.

    `vouched` is false when its system doubts that `author` wrote it, or says that somebody else did in their name.
    """

    id: str
    author: Author
    public: bool
    text: str
    sent_at: datetime
    attachments: tuple[Attachment, ...] = ()
    vouched: bool = True


@dataclass(frozen=True)
class Requester:
    """Who opened the ticket, as its system knows them. `verified`: the system checked that the address is theirs.

    `phone`, in E.164, and `external_id` (the company's own id of them) where the system knows them.
    """

    name: str
    email: str
    verified: bool
    phone: str = ""
    external_id: str = ""


NOBODY = Requester("", "", verified=False)


@dataclass(frozen=True)
class Ticket:
    """`version` is whatever the system gives for optimistic writes; opaque outside its connector.

    `due_at`: until when the help desk promised the next answer; None when it promised none.

    `group` and `assignee` are the system's ids of the people, and of the person, who work on it; empty when there is
    none. `fields` are the company's own fields, by the names that the desk gives them.
    """

    ref: Ref
    subject: str
    status: Status
    channel: str
    requester: Requester
    tags: frozenset[str]
    version: str
    created_at: datetime
    messages: tuple[Message, ...]
    priority: Priority | None = None
    group: str = ""
    assignee: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    due_at: datetime | None = None
