"""The same story at other help desks, with a CRM beside them: refunded once, answered once, one customer in both."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from tests.stories.lumen import TWICE, WAIT, Lumen, apart, opened

from deskhand.domain.outcome import RunOutcome, RunResult
from deskhand.domain.ref import Ref
from deskhand.workflows.poll_tickets import poll

CRMS = {"freshdesk": "salesforce", "jira": "hubspot"}
TABLES = {"freshdesk": "twin = true\nsenders_checked = true", "jira": "twin = true"}


@dataclass(frozen=True)
class Elsewhere:
    """Lumen's desk with another help desk and a CRM."""

    lumen: Lumen
    system: str

    @property
    def twin(self) -> Any:
        return self.lumen.installation.systems.connected[self.system].twin

    def write(self, email: str, text: str, ticket: str = "") -> tuple[tuple[dict[str, str], bytes], str]:
        """At the help desk only: the event about it, and the ticket."""
        known: tuple[Any, ...] = (int(ticket) if self.system == "freshdesk" else ticket,) if ticket else ()
        signed = self.twin.receive(email, text, *known)
        told = json.loads(signed[1])
        number = told["freshdesk_webhook"]["ticket_id"] if self.system == "freshdesk" else told["issue"]["key"]
        return signed, str(number)

    def deliver(self, signed: tuple[dict[str, str], bytes]) -> int:
        return self.lumen.http.post(f"/webhooks/{self.system}", headers=signed[0], content=signed[1]).status_code

    def result(self, ticket: str) -> RunResult:
        """Of the newest message that was filed on this ticket."""
        lines = self.lumen.installation.queries.timeline(f"{self.system}:ticket:{ticket}")
        message = [one.body["message"] for one in lines if one.kind == "message.received"][-1]
        return self.lumen.installation.wait(f"message/{self.system}:ticket:{ticket}/{message}", WAIT)

    def ask(self) -> int:
        """What changed there, as `serve` asks every so often."""
        installation = self.lumen.installation
        feed, desk = installation.systems.feeds[self.system], installation.systems.tickets[self.system]
        return poll(feed, desk, installation.store, self.lumen.clock)

    def ours(self, ticket: str) -> list[str]:
        """What the customer reads of ours."""
        read = self.lumen.installation.systems.tickets[self.system].ticket
        messages = read(Ref(self.system, "ticket", ticket)).value.messages
        return [one.text for one in messages if one.public and one.author == "assistant"]


@pytest.fixture(scope="module", params=list(CRMS))
def elsewhere(
    request: pytest.FixtureRequest, prepared: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Elsewhere]:
    with desk_of(request.param, copytree(prepared, tmp_path_factory.mktemp(request.param) / "desk")) as found:
        yield found


@contextmanager
def desk_of(system: str, folder: Path) -> Iterator[Elsewhere]:
    file = folder / "desk.toml"
    table = f"[systems.{system}]\n{TABLES[system]}\n\n[systems.{CRMS[system]}]\ntwin = true"
    text = file.read_text("utf-8").replace("[systems.zendesk]\ntwin = true", table)
    file.write_text(re.sub(r"(?m)^(zendesk_guide|resolved_tickets) = .*$", "", text), "utf-8")
    with opened(folder, apart, finished=True) as lumen:
        yield Elsewhere(lumen, system)


def test_a_double_charge_is_given_back_once_and_told(elsewhere: Elsewhere) -> None:
    email = elsewhere.lumen.customer("double_charge_small")
    signed, ticket = elsewhere.write(email, TWICE)

    assert elsewhere.deliver(signed) == 202
    assert elsewhere.result(ticket).outcome is RunOutcome.RESOLVED
    assert len(elsewhere.lumen.refunds(email)) == 1
    (reply,) = elsewhere.ours(ticket)
    assert "refund" in reply.lower()
    assert elsewhere.deliver(signed) == 200, "the same delivery again"
    assert len(elsewhere.lumen.refunds(email)) == 1


def test_the_customer_is_one_in_billing_and_crm(elsewhere: Elsewhere) -> None:
    email = elsewhere.lumen.customer("single_charge")
    signed, ticket = elsewhere.write(email, "How long does a refund take?")
    assert elsewhere.deliver(signed) == 202
    elsewhere.result(ticket)

    lines = elsewhere.lumen.installation.queries.timeline(f"{elsewhere.system}:ticket:{ticket}")
    (considered,) = [one.body for one in lines if one.kind == "message.considered"]
    (joined,) = [one for one in considered["joined"] if one["ref"].startswith(CRMS[elsewhere.system])]
    assert joined["by"] == "email"


def test_whoever_wants_a_person_is_told_once_and_so_are_the_agents(elsewhere: Elsewhere) -> None:
    email = elsewhere.lumen.customer("single_charge")
    signed, ticket = elsewhere.write(email, "I want to talk to a human being, please.")
    assert elsewhere.deliver(signed) == 202
    result = elsewhere.result(ticket)

    assert result.outcome is RunOutcome.HANDED_OFF
    assert result.handoff is not None
    assert CRMS[elsewhere.system] in result.handoff.identity
    assert len(elsewhere.ours(ticket)) == 1


def test_what_no_event_told_of_is_found_by_asking_and_filed_once(elsewhere: Elsewhere) -> None:
    assert elsewhere.ask() == 0, "the first time only marks where we begin"
    email = elsewhere.lumen.customer("double_charge_small")
    signed, ticket = elsewhere.write(email, TWICE)

    assert elsewhere.ask() == 1
    assert elsewhere.result(ticket).outcome is RunOutcome.RESOLVED
    assert elsewhere.deliver(signed) == 200, "the event comes late"
    assert elsewhere.ask() == 0
    assert len(elsewhere.lumen.refunds(email)) == 1
    assert len(elsewhere.ours(ticket)) == 1
