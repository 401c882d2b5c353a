"""A CRM as the contracts need it: our roles at it, the weather on the way there, and what people do in it."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import pytest
import stamina

from deskhand.domain.errors import ConnectorError
from deskhand.domain.profile import Profile
from deskhand.domain.ref import Ref
from deskhand.ports.reads import CustomerRelations
from deskhand.ports.writes import RelationsWriter
from deskhand.testing.weather import Weather

LOST = ("500 after", "drop after", "cut json", "slow")  # done, and the answer lost
REQUESTS = 8  # more than any call takes
DEALS = 25
DUE = date(2026, 12, 1)


@dataclass(frozen=True)
class Entry:
    """A note or a task as the system itself holds it. `due` is empty on a note."""

    subject: str
    text: str
    due: str
    owner: str


class Relations(Protocol):
    """What a connector's own tests build for the contracts.

    `contact` is Maya Chen, maya.chen@example.com, with a company, an owner, a tier, a subscription and a health, and
    with no note, task or open deal. Of the field `title` the desk allows writing; it holds something.
    """

    @property
    def weather(self) -> Weather:
        """On the way of `relations` and `writer`."""
        ...

    @property
    def relations(self) -> CustomerRelations: ...

    @property
    def writer(self) -> RelationsWriter: ...

    @property
    def stranger(self) -> CustomerRelations:
        """As `relations`, with credentials that the system does not accept."""
        ...

    @property
    def secrets(self) -> Collection[str]:
        """What our side signs in with, and the stranger's too."""
        ...

    @property
    def contact(self) -> Ref: ...

    def reborn(self) -> RelationsWriter:
        """The writer of a new process, which remembers nothing; on the same way."""
        ...

    def alone(self) -> Ref:
        """A contact with neither company nor owner nor anything else."""
        ...

    def nowhere(self) -> Ref:
        """A contact of the right form that does not exist."""
        ...

    def deal(self, name: str, amount: str | None, currency: str, *, closed: bool = False) -> None:
        """A new deal of Maya's, or of her company: "1200.50" in this currency; its stage is `proposal`."""
        ...

    def loop(self) -> None:
        """From now on every page of an answer leads to itself."""
        ...

    def title(self) -> str:
        """What the system holds there."""
        ...

    def owner(self) -> str:
        """The id of who looks after Maya."""
        ...

    def entries(self) -> list[Entry]:
        """Every note and task on Maya."""
        ...

    def type_by_hand(self, text: str) -> None:
        """An agent notes this on Maya."""
        ...


class RelationsTests:
    """What the contracts of a CRM have in common."""

    @pytest.fixture
    def crm(self) -> Relations:
        """A new one for each test."""
        raise NotImplementedError("give your class a fixture `crm`")

    @pytest.fixture(autouse=True)
    def impatient(self) -> Iterator[None]:
        """Four attempts as in life, without the waits between them."""
        with stamina.set_testing(True, attempts=4):
            yield


def error_of(act: Callable[[RelationsWriter], object], writer: RelationsWriter) -> ConnectorError | None:
    try:
        act(writer)
    except ConnectorError as error:
        return error
    return None


def profile(crm: Relations) -> Profile:
    return crm.relations.profile(crm.contact).value
