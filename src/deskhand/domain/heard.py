"""One message as it was heard: on which ticket, from whom, and what it was taken to mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from deskhand.domain.attachment import Attachment
from deskhand.domain.guidance import Again, Guided
from deskhand.domain.moved import Brought
from deskhand.domain.one_time_code import Attempt
from deskhand.domain.recap import NOTHING_BEFORE, Recap
from deskhand.domain.thread import NOTHING_SAID, Thread
from deskhand.domain.ticket import Requester
from deskhand.domain.understanding import Understanding


@dataclass(frozen=True)
class Heard:
    """`ticket` is a `Ref` as text; `text` is what a brain may see of the message; `turns` counts the customer's
    messages so far, this one included; `took_ms` is our own time; `masked` holds what stood in the places of `text`
    and `thread`, such as [email 1], where a reply may name it; `attempt` is what became of a one-time code in it;
    `vouched` is false where the help desk doubts who wrote it; `attachments` say what hangs on it, and not where;
    `due_at` is when the promised answer is due; `recap` tells of all that was written on the ticket, for people;
    `brought` is what was taken over from another ticket; `guided` tells that an agent's whisper changed what is
    asked for, and `again` that an agent had it thought over again; `restricted`: no assistant has read it, or may."""

    ticket: str
    message: str
    channel: str
    requester: Requester
    attachments: tuple[Attachment, ...]
    text: str
    understanding: Understanding
    turns: int
    took_ms: float
    thread: Thread = NOTHING_SAID
    masked: Mapping[str, str] = field(default_factory=dict)
    attempt: Attempt | None = None
    vouched: bool = True
    due_at: datetime | None = None
    recap: Recap = NOTHING_BEFORE
    brought: tuple[Brought, ...] = ()
    guided: Guided | None = None
    again: Again | None = None
    restricted: bool = False

    @property
    def occasion(self) -> str:
        """What replies and notes for this message are keyed by: thought over again it may get others."""
        return f"{self.ticket}/{self.message}" + (f"/{self.again.guidance}" if self.again else "")
