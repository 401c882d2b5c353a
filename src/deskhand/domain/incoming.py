"""A message at a channel that we host ourselves, as its connector read it, and what goes out in answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from deskhand.domain.attachment import Attachment
from deskhand.domain.ticket import Requester


class Kind(StrEnum):
    """WORDS: a person's, to be answered. AUTOMATIC: a machine's, or our own: never answered. UNREADABLE: for people."""

    WORDS = "words"
    AUTOMATIC = "automatic"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Incoming:
    """`id` is the channel's own of this message, and stops repeats; `outer` is what an answer to it is known by.

    Which conversation it belongs to: the one that holds one of `answers` (outer ids, best first), else that of our own
    id `token`, else the one of the channel's `thread`, where somebody wrote within `quiet`; else a new one. Only one of
    the same requester counts, unless the thread is `shared`: then others write in it as people beside them.

    `vouched`: the channel proved that the requester's address wrote it. `route` is what the way back needs to know.
    """

    channel: str
    id: str
    requester: Requester
    text: str
    kind: Kind = Kind.WORDS
    why: str = ""
    subject: str = ""
    original: str = ""
    attachments: tuple[Attachment, ...] = ()
    vouched: bool = False
    outer: str = ""
    answers: tuple[str, ...] = ()
    token: str = ""
    thread: str = ""
    shared: bool = False
    quiet: timedelta | None = None
    route: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Challenge:
    """A service asks at our door whether we are who was meant; `answer` is what it wants to hear."""

    answer: str


@dataclass(frozen=True)
class Outgoing:
    """A reply on its way out. `before` are the outer ids of the conversation, oldest first; those of other replies are
    among them. `began` is when it was first about to be handed in."""

    key: str
    conversation: str
    text: str
    to: Requester
    subject: str
    route: Mapping[str, str]
    before: tuple[str, ...]
    began: datetime
