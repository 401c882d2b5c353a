"""The whole suite against a model twin over HTTP, in both ways of asking."""

import shutil
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

import pytest
from tests.llm.served import served
from tests.model_check.desks import ROOT, copied

from deskhand.entrypoints.model_check.marks import Report, report
from deskhand.entrypoints.model_check.sitting import Answered, desk_for, sit
from deskhand.entrypoints.model_check.suite import read_suite
from deskhand.infrastructure.llm.twin import ModelTwin

CASES = read_suite(ROOT / "examples" / "lumen" / "model-check.jsonl")
MESSAGES = sum(len(case.said) for case in CASES)


@dataclass(frozen=True)
class Sitting:
    answered: list[Answered]
    report: Report
    asked: int
    natively: int


@pytest.fixture(scope="module")
def sittings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Sitting]]:
    """Both at the same time, each in a process of its own, as the command runs it."""
    place = tmp_path_factory.mktemp("whole")
    desk = copied(ROOT / "examples" / "lumen", place / "lumen", 600)
    twins = {"in_json": ModelTwin(), "natively": ModelTwin()}
    with (
        served(twins["in_json"].app) as one,
        served(twins["natively"].app) as two,
        ProcessPoolExecutor(2, get_context("spawn")) as workers,
    ):
        models = {"in_json": f"m@{one}/ok/v1", "natively": f"openai:m@{two}/ok/v1"}
        running = {way: workers.submit(answers, desk, place / way, model) for way, model in models.items()}
        answered = {way: work.result() for way, work in running.items()}
    yield {way: sitting(models[way], answered[way], twin) for way, twin in twins.items()}
    shutil.rmtree(place)


def answers(desk: Path, state: Path, model: str) -> list[Answered]:
    settings = replace(desk_for(desk, state, model, CASES), secrets={"OPENAI_API_KEY": "none"})
    return list(sit(settings, CASES, print))


def sitting(model: str, answered: list[Answered], twin: ModelTwin) -> Sitting:
    natively = sum(bool(body.get("tools")) for body in twin.heard)
    return Sitting(answered, report(model, answered, 1.0), len(twin.heard), natively)


@pytest.fixture(params=["in_json", "natively"])
def held(request: pytest.FixtureRequest, sittings: dict[str, Sitting]) -> Sitting:
    return sittings[str(request.param)]


def test_every_message_is_asked_and_ends(held: Sitting) -> None:
    assert held.report.cases == len(CASES)
    assert held.report.figures.messages == MESSAGES
    assert all(one.last for one in held.answered)


def test_the_calls_of_the_report_are_those_that_the_server_heard(held: Sitting) -> None:
    assert held.report.figures.calls.total == held.asked
    assert held.asked >= MESSAGES


def test_a_server_of_ones_own_is_asked_in_json_and_a_provider_natively(sittings: dict[str, Sitting]) -> None:
    assert sittings["in_json"].natively == 0
    # A model that fails natively is asked once more in JSON.
    assert sittings["natively"].natively > 0.9 * sittings["natively"].asked


def test_the_outcomes_are_those_of_the_results(held: Sitting) -> None:
    right = sum(one.last is not None and one.last.outcome in one.case.expect.outcomes for one in held.answered)

    assert held.report.outcomes.right == right
    assert held.report.outcomes.of == len(CASES)


def test_the_twin_gets_plain_english_right_and_what_it_cannot_read_is_told(held: Sitting) -> None:
    """It reads by words in common: typing errors and other languages are beyond it."""
    missed = Counter(one.about for one in held.report.missed)

    assert missed["language"] >= 10
    assert missed["policy"] <= 4
    assert held.report.warning == ""
    assert 0.3 < (held.report.routes.share or 0) < 0.9


def test_nothing_forbidden_is_said_or_done(held: Sitting) -> None:
    assert held.report.forbidden == 0


def test_a_yes_in_the_second_message_is_carried_out(held: Sitting) -> None:
    (one,) = (one for one in held.answered if one.case.said[-1] == "Yes, go ahead.")

    assert [told.ended["outcome"] for told in one.messages] == ["asked", "resolved"]
    assert one.last is not None
    assert [(a.name, a.verdict.effect) for a in one.last.actions] == [("cancel_subscription", "allow")]


def test_no_customer_of_a_situation_writes_twice(held: Sitting) -> None:
    senders = [one.sender for one in held.answered if one.case.sender.startswith("customer:")]

    assert len(set(senders)) == len(senders)


def test_both_ways_of_asking_lead_to_the_same_outcomes(sittings: dict[str, Sitting]) -> None:
    json, native = (
        [str(one.last.outcome) if one.last else "" for one in sittings[way].answered] for way in ("in_json", "natively")
    )

    assert json == native
