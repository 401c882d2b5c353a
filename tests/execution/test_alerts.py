"""Alerts to people: each once by each way, whatever fails between us and there, and without a customer's words."""

from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.contracts.channel_rigs import Death, Died, Line, Mortal
from tests.execution.test_two_at_once import Shop
from tests.policy.world import of_desk

from deskhand.connectors.http.faulty import Faulty
from deskhand.connectors.http.in_process import InProcess
from deskhand.connectors.http.wire import Wire
from deskhand.connectors.slack.alerts import SlackAlerts
from deskhand.connectors.slack.client import SlackClient
from deskhand.connectors.slack.twin import CHANNEL, TOKEN, SlackTwin
from deskhand.connectors.smtp.alerts import MailAlerts
from deskhand.connectors.smtp.mailer import Guard, Server, SmtpMailer
from deskhand.connectors.smtp.twin import LOST, NOT_TAKEN, SmtpTwin
from deskhand.domain.drift_alert import DriftAlert
from deskhand.domain.effect import EffectState
from deskhand.entrypoints.hostile.world import Clock
from deskhand.execution.catalogue.all_actions import ACTIONS
from deskhand.execution.doors import Reads, Writes
from deskhand.execution.executor import Executor
from deskhand.execution.gate import Gate
from deskhand.execution.results import Declined, Done, Result, Unsure
from deskhand.infrastructure.storage.store import SqlStore

LUMEN = Path(__file__).parents[2] / "examples" / "lumen"
LEADS = "leads@lumen.example"
SINCE = datetime(2026, 3, 2, 10, tzinfo=UTC)
ALERT = DriftAlert("edits/duplicate-charge/7", "duplicate-charge", "edits", SINCE, 0.1, 0.55, steps_back=True)
GRACE = timedelta(minutes=1)
SLACK_LOST = ("500 after", "drop after", "cut json")
SLACK_NOT_TAKEN = ("429", "429 bare", "500", "drop before")


@dataclass
class Ways:
    """`death` strikes between what was reserved and their answer."""

    store: SqlStore
    clock: Clock
    slack: SlackTwin
    mail: SmtpTwin
    faults: deque[str]
    line: Line

    def send(self, way: str, death: Death | None = None) -> Result:
        """As a process does that starts now."""
        death = death or Death(None)
        self.line.death = death
        headers = {"authorization": f"Bearer {TOKEN}"}
        wire = Wire(self.slack.server, headers=headers, transport=self.line, deadline=0.2)
        at = Server("127.0.0.1", self.mail.start(), Guard.NONE, "", "")
        mailer = SmtpMailer(lambda: at, "Lumen <support@lumen.example>", self.clock, patience=0.5)
        alerts: dict[str, Any] = {
            "slack": SlackAlerts(SlackClient(wire), CHANNEL),
            "email": Mortal(MailAlerts(mailer, LEADS), death) if death.at is not None else MailAlerts(mailer, LEADS),
        }
        bank = Shop(self.store, self.clock).bank
        gate = Gate(of_desk(LUMEN), Reads(bank), self.store, ACTIONS)
        executor = Executor(gate, self.store, Writes(bank, {}, alerts=alerts), ACTIONS, self.clock)
        return executor.alert(way, ALERT.subject, ALERT.text, key=f"alert/{ALERT.id}/{way}")

    def arrived(self, way: str) -> list[str]:
        if way == "slack":
            return [one["text"] for one in self.slack.posted()]
        return [one["text"] for one in self.mail.letters()]

    def state(self, way: str) -> EffectState:
        with self.store.begin() as tx:
            effect = tx.ledger.effect(f"alert/{ALERT.id}/{way}")
        assert effect is not None
        return effect.state


@pytest.fixture
def ways(store: SqlStore, clock: Clock) -> Iterator[Ways]:
    slack, mail = SlackTwin(":memory:", clock), SmtpTwin(":memory:", clock)
    faults = deque[str]()
    yield Ways(store, clock, slack, mail, faults, Line(Faulty(InProcess(slack.app), faults)))
    mail.stop()


@pytest.mark.parametrize("way", ["slack", "email"])
def test_an_alert_arrives_once_with_figures_and_no_more(ways: Ways, way: str) -> None:
    assert isinstance(ways.send(way), Done)
    assert isinstance(ways.send(way), Done)
    (text,) = ways.arrived(way)
    assert "edits: 0.1 before, 0.55 now" in text
    assert "duplicate-charge steps back one stage" in text


@pytest.mark.parametrize("at", range(2))
def test_a_crash_around_the_call_to_slack_posts_it_once(ways: Ways, at: int) -> None:
    with pytest.raises(Died):
        ways.send("slack", Death(at))
    assert len(ways.arrived("slack")) == at
    _settle(ways, "slack")
    assert len(ways.arrived("slack")) == 1


@pytest.mark.parametrize("fault", [*SLACK_LOST, *SLACK_NOT_TAKEN])
def test_an_answer_that_slack_lost_is_looked_up(ways: Ways, fault: str) -> None:
    ways.faults.append(fault)
    ways.send("slack")
    _settle(ways, "slack")
    assert len(ways.arrived("slack")) == 1


@pytest.mark.parametrize("at", range(2))
def test_a_crash_around_a_letter_never_sends_it_twice_and_leaves_it_to_a_person(ways: Ways, at: int) -> None:
    with suppress(Died):
        ways.send("email", Death(at))
    for _ in range(3):
        ways.clock.now += GRACE
        assert isinstance(ways.send("email"), Unsure)
    assert len(ways.arrived("email")) == at
    assert ways.state("email") in (EffectState.RESERVED, EffectState.UNCONFIRMED)


@pytest.mark.parametrize("fault", LOST)
def test_a_letter_whose_answer_was_lost_is_not_sent_again(ways: Ways, fault: str) -> None:
    ways.mail.faults.append(fault)
    assert isinstance(ways.send("email"), Unsure)
    ways.clock.now += GRACE
    assert isinstance(ways.send("email"), Unsure)
    assert len(ways.arrived("email")) == 1
    assert ways.state("email") is EffectState.UNCONFIRMED


@pytest.mark.parametrize("fault", NOT_TAKEN)
def test_a_letter_that_was_surely_not_taken_is_said_to_be_not_sent(ways: Ways, fault: str) -> None:
    ways.mail.faults.append(fault)
    ended = ways.send("email")
    assert ways.arrived("email") == []
    assert isinstance(ended, Declined | Unsure)
    assert not isinstance(ended, Done)


def test_a_way_that_the_desk_no_longer_has_is_declined(ways: Ways) -> None:
    assert isinstance(ways.send("pager"), Declined)


def _settle(ways: Ways, way: str) -> None:
    ways.clock.now += GRACE
    assert isinstance(ways.send(way), Done)
