"""What review sends back stands in the journal by its kind, from the draft to the report."""

from collections.abc import Mapping
from typing import Any

import pytest
from tests.cli.script import deskhand
from tests.llm.served import served
from tests.model_check.desks import starter

from deskhand.infrastructure.llm.twin import ModelTwin
from deskhand.infrastructure.llm.twin_answers import Answer, answer_to
from deskhand.planning.plan import kinds

UNTRUE = Answer("reply", {"text": "I have refunded 4321.00 USD to you.", "end": "answered"})


def careless(body: Mapping[str, Any]) -> Answer:
    """Writes an untrue reply first, and to one customer again and again."""
    told = "\n".join(str(message["content"]) for message in body["messages"])
    if not told.startswith("You write"):
        return answer_to(body)
    return answer_to(body) if "It was not sent." in told and "Where is my refund?" not in told else UNTRUE


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Any:
    desk = starter(tmp_path_factory.mktemp("careless") / "desk")
    with served(ModelTwin(careless).app) as url:
        done = deskhand("model-check", f"m@{url}/ok/v1", "--desk", desk, "--json")
    assert done.code == 0, done.err[-2000:]
    return done.json


def test_a_draft_that_was_sent_back_is_counted_as_revised_or_stopped(report: Any) -> None:
    drafts = report["figures"]["drafts"]

    assert (drafts["at_once"], drafts["revised"], drafts["stopped"]) == (0, 2, 1)
    assert report["figures"]["handoffs"]["ungrounded"] == 1


def test_why_it_was_sent_back_is_told_in_kinds_of_fault(report: Any) -> None:
    faults = report["figures"]["drafts"]["faults"]

    assert {"amount", "deed"} <= set(faults)
    assert faults["amount"] == 4  # two drafts of the stopped one, one of each other


def test_a_kind_is_one_word_and_nothing_that_a_draft_said() -> None:
    faults = (
        'amount without a source: "9.00 USD"',
        'deed without a source: "I refunded"',
        'amount without a source: "8.00 USD"',
        "a second model finds no source for: 'You have a right to it.'",
        "a/b does not say 'my secret without a source'",
        "procedure evil is not in play",
    )

    assert kinds(faults) == ("amount", "deed", "judged", "other")
