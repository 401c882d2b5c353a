"""A model plays the customer: it is told what is wanted and what was replied, and nothing else of the desk."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.llm.desks import Twin, using
from tests.stories.lumen import silence

from deskhand.bootstrap import SimulatedCustomer, load_folder, simulated_customer
from deskhand.entrypoints.trials.simulated import by_model, conversations
from deskhand.golden.persona import Manner
from deskhand.infrastructure.llm.twin_answers import Answer, answer_to
from deskhand.settings import read_settings


@pytest.fixture
def customer(twin: Twin, prepared: Path) -> Iterator[SimulatedCustomer]:
    with simulated_customer(using(twin.name())(read_settings(prepared))) as found:
        assert found is not None
        yield found


def test_it_says_the_wish_then_the_answer_and_is_content(twin: Twin, customer: SimulatedCustomer) -> None:
    told = [("I was charged twice", "Shall I give it back?")]

    assert customer.line("vague", "You say little.", "I was charged twice", ("yes",), []) == "I was charged twice"
    assert customer.line("vague", "You say little.", "I was charged twice", ("yes",), told) == "yes"
    assert customer.line("vague", "You say little.", "I was charged twice", ("yes",), [*told, ("yes", "Done.")]) is None
    assert twin.asked == 3


@pytest.mark.parametrize("mood", ["down", "garbage", "refuses"])
def test_without_an_answer_it_says_nothing_which_no_assistant_is_blamed_for(
    twin: Twin, prepared: Path, mood: str
) -> None:
    with simulated_customer(using(twin.name(mood))(read_settings(prepared))) as found:
        assert found is not None
        assert found.line("angry", "", "I was charged twice", (), []) == ""


def test_a_desk_without_a_model_has_no_such_customer(prepared: Path) -> None:
    with simulated_customer(read_settings(prepared)) as found:
        assert found is None


def test_a_conversation_with_it_is_held_to_the_rules_and_its_own_faults_are_told_apart(
    twin: Twin, folder: Path, customer: SimulatedCustomer
) -> None:
    settings = read_settings(folder)
    golden = [one for one in load_folder(settings).golden if one.id in ("charged-twice", "lawyer")]
    twin.model.think = out_of_part_about_lawyers

    found = {one.goal: one for one in conversations(settings, golden, [Manner.VAGUE], by_model(customer), silence)}

    assert found["charged-twice"].found.passed
    assert found["charged-twice"].outcomes == ("resolved",)
    assert found["lawyer"].found.assistant == ()
    assert any("out of part" in one for one in found["lawyer"].found.simulator)
    heard = json.dumps(twin.model.heard)
    assert "duplicate-charge" not in heard
    assert "refund-alone-only-small-duplicates" not in heard


def out_of_part_about_lawyers(body: Mapping[str, Any]) -> Answer:
    if "lawyer" in json.dumps(body["messages"][-1]):
        return Answer("spoken", {"text": "How can I help you today?", "over": False})
    return answer_to(body)
