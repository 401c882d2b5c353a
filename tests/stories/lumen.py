"""Lumen's desk under test: customers write through the signed webhook, and the twins tell what really happened."""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
from tests.stories.endings import closed_by_time, ended_well
from tests.stories.folders import read
from tests.stories.mailbox import Mailbox
from tests.stories.network import Network

from deskhand.bootstrap import Installation, now, open_desk
from deskhand.connectors.http.in_process import InProcess
from deskhand.domain.billing import Charge, Refund, Subscription
from deskhand.domain.outcome import RunResult
from deskhand.domain.ref import Ref
from deskhand.domain.stage import Stage
from deskhand.domain.suggestion import Suggestion, SuggestionState
from deskhand.entrypoints.api.app import create_app
from deskhand.settings import AiNoticeTable, FeedbackTable, RolloutTable, Settings, read_settings
from deskhand.workflows.settle_decision import Decided, decide
from deskhand.workflows.take_in import take_in

Signed = tuple[dict[str, str], bytes]
WAIT = 30.0  # seconds for one run
TWICE = "I was charged twice for my subscription this month, can you fix it?"


class Clock:
    """The time, and how far it was put ahead."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return now() + self.ahead

    def past(self, waits: Iterable[timedelta]) -> Iterator[datetime]:
        """Each wait is over when the next one is asked for."""
        for wait in waits:
            self.ahead += wait
            yield self()


@dataclass(frozen=True)
class Told:
    """One message and what became of it."""

    number: int
    message: str
    result: RunResult

    @property
    def ticket(self) -> str:
        return f"zendesk:ticket:{self.number}"


@dataclass(frozen=True)
class Lumen:
    """A desk at work, everything around it, and the words for what a story does and looks at."""

    installation: Installation
    network: Network
    clock: Clock
    http: httpx2.Client
    mailbox: Mailbox = field(default_factory=Mailbox)
    _unmet: dict[str, Iterator[str]] = field(default_factory=dict)

    def __repr__(self) -> str:
        return "a desk"  # whole, it hides what Hypothesis has to say

    # -- what customers do ----------------------------------------------------------------------------

    def customer(self, situation: str) -> str:
        """Somebody in this situation whom no other story has met, and whom no flag keeps from help."""
        if situation not in self._unmet:
            self._unmet[situation] = iter(self._people(situation))
        return next(self._unmet[situation])

    def write(self, email: str, text: str, number: int | None = None) -> Signed:
        """At the help desk only: the signed event has not reached us yet."""
        assert self.installation.systems.zendesk_twin is not None
        return self.installation.systems.zendesk_twin.receive(email, text, number)

    def deliver(self, signed: Signed) -> httpx2.Response:
        headers = [(name.encode(), value.encode("latin-1")) for name, value in signed[0].items()]
        return self.http.post("/webhooks/zendesk", headers=headers, content=signed[1])

    def say(self, email: str, text: str, number: int | None = None, stage: Stage | None = None) -> Told:
        """Write, deliver, and wait for what becomes of it. `stage` goes past the rollout, as `ask --stage` does."""
        signed = self.write(email, text, number)
        if stage is None:
            assert self.deliver(signed).status_code == 202
        else:
            delivery = self.installation.doors["zendesk"](signed[0], signed[1], self.clock())
            assert delivery is not None
            assert take_in(self.installation.store, delivery, str(stage))
        return self.told(signed)

    def number(self, signed: Signed) -> int:
        """The ticket that this event is about."""
        return int(json.loads(signed[1])["detail"]["id"])

    def told(self, signed: Signed) -> Told:
        """What became of the message of this event, once it has ended."""
        number, message = self.number(signed), str(json.loads(signed[1])["event"]["comment"]["id"])
        result = self.installation.wait(f"message/zendesk:ticket:{number}/{message}", WAIT)
        return Told(number, message, result)

    # -- what agents do -------------------------------------------------------------------------------

    def pending(self, ticket: str) -> list[Suggestion]:
        with self.installation.store.begin() as tx:
            return list(tx.suggestions.pending(ticket))

    def suggestion(self, ticket: str) -> Suggestion:
        """The only one that waits on this ticket."""
        (found,) = self.pending(ticket)
        return found

    def decide(
        self, suggestion: Suggestion, decision: str, by: str, seen: str = "", text: str = "", about: str = ""
    ) -> Decided:
        return decide(
            self.installation.store,
            suggestion.id,
            SuggestionState(decision),
            self.installation.people[by],
            seen=seen or suggestion.digest,
            text=text,
            now=self.clock(),
            about=about,
            procedures=self.installation.desk.procedures,
            adverse=self.installation.desk.adverse,
        )

    def settled(self, suggestion: Suggestion) -> RunResult:
        return self.installation.wait(f"settle/{suggestion.id}", WAIT)

    def owner(self, ticket: str) -> str:
        with self.installation.store.begin() as tx:
            return tx.tickets.owner(ticket)

    # -- what is true at the twins, asked on a line without trouble -----------------------------------

    def replies(self, number: int) -> list[str]:
        """What customers can read of ours on this ticket."""
        return [one["body"] for one in self._ours(number) if one["public"]]

    def notes(self, number: int) -> list[str]:
        return [one["body"] for one in self._ours(number) if not one["public"]]

    def charges(self, email: str) -> tuple[Charge, ...]:
        """Newest first."""
        with self.network.quiet():
            (customer,) = self.installation.systems.directories[0].by_email(email)
            return self.installation.systems.ledger.charges(customer.value.ref, self.clock() - timedelta(days=60)).value

    def refunds(self, email: str) -> list[Refund]:
        with self.network.quiet():
            ledger = self.installation.systems.ledger
            return [refund for charge in self.charges(email) for refund in ledger.refunds(charge.ref).value]

    def subscription(self, email: str) -> Subscription:
        with self.network.quiet():
            (customer,) = self.installation.systems.directories[0].by_email(email)
            (found,) = self.installation.systems.ledger.subscriptions(customer.value.ref).value
            return found

    def refund_elsewhere(self, charge: Ref) -> None:
        """Somebody gives the money back in the billing system itself."""
        with self.network.quiet():
            systems = self.installation.systems
            whole = systems.ledger.charge(charge).value.amount
            systems.writer.refund(charge, whole, key=f"by-hand/{charge.id}")

    # -- our own memory -------------------------------------------------------------------------------

    def kinds(self, ticket: str) -> list[str]:
        """What happened on a ticket, by the names of its journal lines."""
        return [line.kind for line in self.installation.queries.timeline(ticket)]

    def eventually(self, true: Callable[[], bool]) -> None:
        """Wait for what happens beside the run that was waited for."""
        until = time.monotonic() + WAIT
        while not true():
            assert time.monotonic() < until, "it never came true"
            time.sleep(0.02)

    def open_effects(self, ticket: str) -> list[str]:
        with self.installation.store.begin() as tx:
            return [one.key for one in tx.ledger.of_ticket(ticket) if one.state not in ("done", "declined")]

    def letters_with_codes(self, ticket: str) -> int:
        with self.installation.store.begin() as tx:
            return sum(one.action == "code" for one in tx.ledger.of_ticket(ticket))

    def _ours(self, number: int) -> list[dict[str, Any]]:
        assert self.installation.systems.zendesk_twin is not None
        return self.installation.systems.zendesk_twin.replies(number)

    def _people(self, situation: str) -> list[str]:
        world = self.installation.systems.world
        assert world is not None
        return [one.email for one in world().people if one.situation == situation and not one.flagged]


def trusted(settings: Settings) -> Settings:
    """The assistant may act alone, in everything."""
    rollout = RolloutTable(default=Stage.AUTONOMOUS)
    return replace(settings, table=settings.table.model_copy(update={"rollout": rollout}))


def apart(settings: Settings) -> Settings:
    """As `trusted`, and no story learns from another's decisions."""
    settings = trusted(settings)
    return replace(settings, table=settings.table.model_copy(update={"feedback": FeedbackTable(use=False)}))


def as_written(settings: Settings) -> Settings:
    """The rollout of Lumen's own desk.toml."""
    return settings


@contextmanager
def opened(
    folder: Path,
    change: Callable[[Settings], Settings] = trusted,
    mailbox: Mailbox | None = None,
    elsewhere: Mapping[str, httpx2.BaseTransport] | None = None,
    finished: bool = False,
    notice: bool = False,
) -> Iterator[Lumen]:
    """The desk of this folder at work, with its API beside it. With a `mailbox` it can send letters. `elsewhere`: see
    `Network`. `finished`: at the end people see to what is theirs, and every ticket closes. `notice`: replies say that
    an AI wrote them; else the help desk does."""
    network, clock = Network(elsewhere), Clock()
    settings = change(read_settings(folder))
    said = AiNoticeTable(elsewhere=not notice)
    settings = replace(settings, table=settings.table.model_copy(update={"ai_notice": said}))
    with (
        open_desk(
            settings,
            tell=silence,
            clock=clock,
            grace=timedelta(0),
            through=network.line,
            mailer=mailbox,
            folder=read(settings),
        ) as installation,
        httpx2.Client(transport=InProcess(create_app(installation)), base_url="http://desk.test") as http,
    ):
        yield Lumen(installation, network, clock, http, mailbox or Mailbox())
        assert blank_packets(installation) == []
        with network.quiet():
            (ended_well if finished else closed_by_time)(installation, clock.past)


def blank_packets(installation: Installation) -> list[tuple[str, object]]:
    """Of every handoff of this desk that left a required field blank: its ticket, and which. Every story ends here."""
    ended = (one for one in installation.queries.of_kinds(["message.ended"]) if "handoff" in one.body)
    return [(one.ticket, one.body["handoff"]) for one in ended if one.body["handoff"]["completeness"] < 1]


def silence(text: str) -> None:
    """What the desk tells people while it starts is not part of these stories."""
