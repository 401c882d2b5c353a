"""Tickets of customers, and a worker that dies while it sees to them."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from tests.crash import twins
from tests.crash.lives import Lives
from tests.crash.twins import Twins
from tests.crash.worker import Order

from deskhand.domain.stage import Stage

Post = tuple[dict[str, str], str]  # headers and body of a delivery


@dataclass(frozen=True)
class Story:
    """What a customer writes at a desk of this stage, all of it before anybody reads."""

    stage: Stage
    messages: tuple[str, ...]


class Ticket:
    """A ticket of a customer of its own, in a folder for the worker. `place` tells where the worker died on it."""

    def __init__(self, there: Twins, story: Story, state: Path, place: str):
        self.customer, self.twins, self.place = there.customer(), there, place
        posts, self.number = _posts(there, self.customer.email, story.messages)
        self.ref = f"zendesk:ticket:{self.number}"
        self.messages = tuple(json.loads(copies[0][1])["event"]["comment"]["id"] for copies in posts)
        self.runs = tuple(f"message/{self.ref}/{id}" for id in self.messages)
        self.folder = state / f"ticket-{self.number}"
        self.folder.mkdir()
        # Messages that arrive together: the first copy of each, then the second of each.
        deliveries = list(chain.from_iterable(zip(*posts, strict=True)))
        told = {"ticket": self.ref, "runs": self.runs, "deliveries": deliveries}
        (self.folder / "story.json").write_text(json.dumps(told), "utf-8")

    def refunds(self) -> list[dict[str, Any]]:
        """What the customer was given back."""
        charges = {paid.id for paid in self.customer.payments}
        return [one for one in self.twins.refunds() if one["charge"] in charges]

    def invoices(self) -> int:
        """How often the customer was sent an invoice."""
        return self.twins.sent(self.customer.id)

    def written(self, *, public: bool) -> list[str]:
        """What the assistant wrote on the ticket, oldest first."""
        return [one["body"] for one in self.twins.zendesk.replies(self.number) if one["public"] is public]


def _posts(there: Twins, email: str, messages: Iterable[str]) -> tuple[list[list[Post]], int]:
    """Each message five times: three copies of one delivery, and two deliveries more of the same event."""
    found, number = [], None
    for text in messages:
        headers, body = there.zendesk.receive(email, text, number)
        number = int(json.loads(body)["detail"]["id"])
        again = [there.zendesk.signed(body)[0] for _ in range(2)]
        found.append([(one, body.decode()) for one in (headers, headers, headers, *again)])
    assert number is not None
    return found, number


def first(there: Twins, place: Path) -> str:
    """The folder of a ticket by which a worker grows up: a deed, an answer, and a handoff."""
    said = ("I was charged twice, please give one back.", "When is the next payment?", "I want to talk to a person.")
    state = place / "first"
    state.mkdir()
    return str(Ticket(there, Story(Stage.AUTONOMOUS, said), state, "growing up").folder)


def deaths(lives: Lives, story: Story, state: Path, when: str, numbers: Iterable[int]) -> Iterator[Ticket]:
    """The story again and again at one desk: each life takes a new customer's ticket, and dies at one boundary of it.

    The next life brings that ticket to its end; then it is given out. A life that comes to its own end before its
    boundary is the last but one: the last finds nothing to do.
    """
    former: Ticket | None = None
    for number in numbers:
        ticket = Ticket(lives.twins, story, state, f"{when} {number}")
        pid = lives.begin(_order(lives, story, state, former, ticket, when, number))
        assert lives.ready(), "killed too early"
        if former:
            yield former
        lives.twins.lie_in_wait(when, number, pid)
        former = ticket
        if lives.end():
            break
    assert former, "no number was given"
    lives.begin(_order(lives, story, state, former, None))
    assert lives.ready()
    assert lives.end()
    yield former


def lived(lives: Lives, story: Story, ticket: Ticket, state: Path, number: int) -> bool:
    """Whether a life brought the ticket to its end before its request `number`, counted from its birth."""
    pid = lives.begin(_order(lives, story, state, ticket, None))
    lives.twins.lie_in_wait(twins.BEFORE, number, pid)
    return lives.ready() and lives.end()


def _order(
    lives: Lives,
    story: Story,
    state: Path,
    former: Ticket | None,
    fresh: Ticket | None,
    when: str = "",
    number: int = 0,
) -> Order:
    return Order(
        folder=str(lives.place / story.stage),
        state=str(state),
        former=(str(former.folder),) if former else (),
        fresh=str(fresh.folder) if fresh else "",
        when=when,
        number=number,
        approve=story.stage is Stage.ASSISTED,
    )
