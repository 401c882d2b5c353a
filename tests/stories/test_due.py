"""What Jira promised is asked apart: for a rule that looks at it, and for whoever takes a ticket over; else never."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from shutil import copytree

import pytest
from tests.stories.test_other_systems import Elsewhere, desk_of

from deskhand.domain.outcome import RunResult

CSV, PERSON = "How big may a CSV file be?", "I want to talk to a human being, please."
RULE = re.compile(r"  - id: deadline-near\n(?:    .*\n)+")


def at_jira(folder: Path, answer_within: timedelta) -> Iterator[Elsewhere]:
    with desk_of("jira", folder) as found:
        found.twin.answer_within = answer_within
        yield found


@pytest.fixture
def ruled(prepared: Path, tmp_path: Path) -> Iterator[Elsewhere]:
    yield from at_jira(copytree(prepared, tmp_path / "desk"), timedelta(minutes=20))


@pytest.fixture
def unruled(prepared: Path, tmp_path: Path) -> Iterator[Elsewhere]:
    """No rule on messages looks at what is due."""
    folder = copytree(prepared, tmp_path / "desk")
    file = folder / "policies" / "escalation.yaml"
    text = file.read_text("utf-8")
    assert RULE.search(text)
    file.write_text(RULE.sub("", text), "utf-8")
    (folder / "policies" / "tests" / "escalation.yaml").unlink()
    yield from at_jira(folder, timedelta(hours=2))


def told(desk: Elsewhere, text: str) -> RunResult:
    signed, ticket = desk.write(desk.lumen.customer("single_charge"), text)
    assert desk.deliver(signed) == 202
    return desk.result(ticket)


def test_a_rule_on_deadlines_holds_at_jira(ruled: Elsewhere) -> None:
    handoff = told(ruled, CSV).handoff

    assert handoff is not None
    assert handoff.reason == "deadline"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC", handoff.deadline)


def test_only_whoever_takes_a_ticket_over_asks_where_no_rule_does(unruled: Elsewhere) -> None:
    network = unruled.lumen.network
    assert told(unruled, CSV).handoff is None
    assert network.count("/sla") == 0

    handoff = told(unruled, PERSON).handoff
    assert handoff is not None
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC", handoff.deadline)
    assert network.count("/sla") == 1


def test_who_may_not_read_it_is_told_of_no_deadline(unruled: Elsewhere) -> None:
    unruled.lumen.network.trouble("/sla", "404", times=9)
    handoff = told(unruled, PERSON).handoff

    assert handoff is not None
    assert handoff.reason == "asked"
    assert unruled.lumen.network.met("404") is False  # nobody asked until it worked
