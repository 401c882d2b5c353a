"""Conversations of channels without a help desk: we keep them ourselves, and what of them is on its way out."""

from datetime import datetime
from typing import Protocol

from deskhand.domain.action import Receipt
from deskhand.domain.incoming import Incoming, Outgoing
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author


class Threads(Protocol):
    """Each call is a transaction of its own, and harmless when it is repeated."""

    system: str

    def conversation_of(self, incoming: Incoming, message: str, now: datetime) -> Ref:
        """The conversation that this message belongs to, opened where there is none yet. See `Incoming`."""
        ...

    def known(self, incoming: Incoming, message: str, now: datetime) -> Ref | None:
        """The same where there is one already."""
        ...

    def author(self, conversation: Ref, incoming: Incoming) -> Author:
        """CUSTOMER when the requester of this conversation wrote it, AGENT when somebody beside them did."""
        ...

    def keep(
        self, conversation: Ref, message: str, text: str, incoming: Incoming, *, author: Author, public: bool
    ) -> bool:
        """Add it with what the channel said of it; False when it was there already."""
        ...

    def earlier(self, conversation: Ref, but: str) -> tuple[str, ...]:
        """The texts that were said there in public, oldest first, but for this message."""
        ...

    def replies_since(self, conversation: Ref, at: datetime) -> int:
        """How many public replies of ours it got since then."""
        ...

    def outgoing(self, conversation: Ref, text: str, key: str) -> tuple[str, Outgoing]:
        """The channel of this conversation, and this reply ready for its way out. `Missing` when there is none."""
        ...

    def begin_sending(self, letter: Outgoing) -> None:
        """From here on it may have been sent."""
        ...

    def sending(self, conversation: Ref, key: str) -> tuple[str, Outgoing] | None:
        """What may have been sent under this key; None when surely nothing was."""
        ...

    def not_sent(self, key: str) -> None:
        """It was surely not sent after all."""
        ...

    def sent(self, conversation: Ref, text: str, *, public: bool, key: str, outer: str) -> Receipt:
        """Say that it was; with the same key again the first receipt comes back."""
        ...

    def find_effect(self, conversation: Ref, *, key: str) -> Receipt | None:
        """The receipt of what was said under this key, or None."""
        ...

    def cursor(self, channel: str) -> str:
        """How far a channel that is read was read; "" before its first time."""
        ...

    def move(self, channel: str, cursor: str) -> None:
        """It was read so far."""
        ...
