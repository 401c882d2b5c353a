"""A help desk as the contracts need it: our roles there, the weather on the way, and what both sides write."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Protocol

import pytest
import stamina

from deskhand.domain.action import Receipt
from deskhand.domain.errors import Unconfirmed
from deskhand.domain.ref import Ref
from deskhand.ports.reads import AttachmentReads, TicketDesk, TicketFeed
from deskhand.ports.writes import TicketWriter
from deskhand.testing.weather import Weather

MAYA = "maya.chen@example.com"


class ReadDesk(Protocol):
    """What a connector's own tests build for the contract of reading: a system with nothing on it but what follows.

    maya.chen@example.com is called Maya Chen there, and her address is verified.
    """

    @property
    def weather(self) -> Weather:
        """On the way of all roles."""
        ...

    @property
    def tickets(self) -> TicketDesk: ...

    @property
    def stranger(self) -> TicketDesk:
        """As `tickets`, with credentials that the system does not accept."""
        ...

    @property
    def secrets(self) -> Collection[str]:
        """What our side signs in with, and the stranger's too."""
        ...

    def customer_writes(self, text: str, ticket: Ref | None = None, email: str = MAYA) -> Ref:
        """On a new ticket or on theirs."""
        ...

    def agent_writes(self, ticket: Ref, text: str, *, public: bool) -> None:
        """A person answers, or leaves a note."""
        ...


class FedDesk(ReadDesk, Protocol):
    """The same for the contract of a feed."""

    @property
    def feed(self) -> TicketFeed:
        """With pages of at most ten tickets."""
        ...


class FiledDesk(ReadDesk, Protocol):
    """The same for the contract of attachments."""

    @property
    def attachments(self) -> AttachmentReads: ...

    def customer_attaches(self, name: str, content: bytes, type: str, ticket: Ref | None = None) -> Ref:
        """Maya writes, on a new ticket or on hers, with this file."""
        ...

    def files_are_deleted(self) -> None:
        """Somebody deletes every file there, and tickets still name them."""
        ...


class WrittenDesk(ReadDesk, Protocol):
    """The same for the contract of writing."""

    @property
    def writer(self) -> TicketWriter: ...

    def reborn(self) -> TicketWriter:
        """The writer of a new process, which remembers nothing; on the same way."""
        ...

    def public_texts(self, ticket: Ref) -> list[str]:
        """What the customer sees there, oldest first, as the system itself holds it."""
        ...

    def notes(self, ticket: Ref) -> list[str]:
        """What only agents see there, likewise."""
        ...

    def count(self) -> int:
        """How many tickets there are."""
        ...


class HelpDesk(FedDesk, WrittenDesk, Protocol):
    """All of it."""


class HelpDeskContract:
    """What the contracts of a help desk have in common."""

    @pytest.fixture
    def desk(self) -> ReadDesk:
        """A new one for each test."""
        raise NotImplementedError("give your class a fixture `desk`")

    @pytest.fixture(autouse=True)
    def impatient(self) -> Iterator[None]:
        """Four attempts as in life, without the waits between them."""
        with stamina.set_testing(True, attempts=4):
            yield


@dataclass(frozen=True)
class Write:
    """One write: `act` does it, `other` does another thing under the same key, `find` looks for it, and `effects`
    counts what is there of it."""

    act: Callable[[TicketWriter], Receipt]
    other: Callable[[TicketWriter], Receipt]
    find: Callable[[TicketWriter], Receipt | None]
    effects: Callable[[], int]

    def once(self, writer: TicketWriter) -> Receipt:
        """What the executor does: look after a lost answer, and come again while nobody can tell."""
        try:
            return self.act(writer)
        except Unconfirmed:
            return self.find(writer) or self.act(writer)
