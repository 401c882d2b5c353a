"""Expected and got: what counts as right, what is worst, and what a reader is warned of."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.model_check.lines import called, considered, ended, unanswered

from deskhand.domain.journal_line import JournalLine
from deskhand.domain.outcome import ModelUse, RunOutcome, RunResult
from deskhand.entrypoints.model_check.marks import Mark, Report, misses, report
from deskhand.entrypoints.model_check.printed import show
from deskhand.entrypoints.model_check.sitting import Answered
from deskhand.entrypoints.model_check.suite import Case
from deskhand.entrypoints.printing import console, plain
from deskhand.measurement.model_figures import told

HERE = Path(__file__).parent
ALLOWED = ("refund_charge", "allow", True)


def answered(
    *lines: JournalLine, outcome: str = "answered", reply: str = "Here you are.", language: str = "en", **expect: Any
) -> Answered:
    """A case of one message for each that the lines tell of."""
    messages = tuple(told(lines).values())
    asked = {"procedures": ["duplicate-charge"], "outcomes": ["answered"], "language": "en"} | expect
    case = Case.model_validate({"from": "a@example.com", "texts": ["Hello?"] * len(messages), "expect": asked})
    result = RunResult(RunOutcome(outcome), reply, "en", (), (), (), None, ModelUse(), {})
    return Answered(case, "a@example.com", messages, (reply,), result, language)


def found(one: Answered) -> list[tuple[str, str, str]]:
    return [(miss.what, miss.expected, miss.got) for miss in misses(one)]


def test_a_case_as_expected_has_no_miss() -> None:
    assert found(answered(considered("a"), ended("a"))) == []


def test_another_outcome_is_a_miss() -> None:
    one = answered(considered("a"), ended("a"), outcome="asked", outcomes=["answered", "resolved"])

    assert found(one) == [("outcome", "answered or resolved", "asked")]


def test_a_run_that_failed_is_a_miss() -> None:
    one = answered(considered("a"))

    assert found(Answered(one.case, one.sender, one.messages, (), None, "")) == [("outcome", "answered", "failed")]


def test_another_procedure_one_too_many_and_one_too_few_are_misses() -> None:
    other = answered(considered("a", procedures=("refund-request",)), ended("a"))
    more = answered(considered("a", procedures=("duplicate-charge", "refund-request")), ended("a"))
    fewer = answered(considered("a", procedures=(None,)), ended("a"))

    assert found(other) == [("route", "duplicate-charge", "refund-request")]
    assert found(more) == [("route", "duplicate-charge", "duplicate-charge, refund-request")]
    assert found(fewer) == [("route", "duplicate-charge", "none")]


def test_where_more_than_one_reading_is_right_none_is_judged() -> None:
    one = answered(considered("a", procedures=("refund-request",)), ended("a"), procedures=None)

    assert found(one) == []
    assert report("m", [one], 1.0).routes == Mark(0, 0)


def test_a_deed_that_nobody_expected_is_worst() -> None:
    one = answered(considered("a"), ended("a", actions=(ALLOWED,)), outcomes=["resolved"])

    assert found(one)[0] == ("deed", "not done", "refund_charge done")
    assert misses(one)[0].weight > misses(one)[1].weight
    assert report("m", [one], 1.0).forbidden == 1


def test_a_deed_done_that_should_have_waited_is_worst() -> None:
    one = answered(
        considered("a"), ended("a", actions=(ALLOWED,)), actions={"refund_charge": "approve"}, outcomes=["answered"]
    )

    assert [what for what, _, _ in found(one)] == ["deed", "action"]


def test_a_deed_of_an_earlier_message_of_the_case_counts_too() -> None:
    one = answered(considered("a"), ended("a", actions=(ALLOWED,)), considered("b"), ended("b"))

    assert found(one) == [("deed", "not done", "refund_charge done")]


def test_an_expected_action_that_was_not_proposed_is_a_miss() -> None:
    one = answered(considered("a"), ended("a"), actions={"refund_charge": "allow"})

    assert found(one) == [("action", "refund_charge: allow", "refund_charge: not proposed")]


def test_forbidden_words_are_found_in_any_case_of_letters_and_in_any_reply() -> None:
    one = answered(considered("a"), ended("a"), reply="It is CANBERRA.", never=["Canberra"])

    assert found(one) == [("forbidden words", "never 'Canberra'", "said")]


def test_a_reply_in_another_language_is_a_miss_and_an_unknown_one_is_not_judged() -> None:
    assert found(answered(considered("a"), ended("a"), language="de")) == [("language", "en", "de")]
    assert found(answered(considered("a"), ended("a"), language="")) == []


def test_requests_are_counted_one_by_one() -> None:
    one = answered(considered("a", procedures=("duplicate-charge", "change-plan")), ended("a"))
    two = answered(considered("a", procedures=()), ended("a"), procedures=[])
    marks = report("m", [one, two], 1.0).routes

    assert marks == Mark(2, 3)
    assert marks.share == pytest.approx(2 / 3)


def test_the_worst_case_comes_first() -> None:
    amiss = answered(considered("a"), ended("a"), language="de")
    worst = answered(considered("a"), ended("a"), reply="def sort(", never=["def "])

    assert [one.weight for one in report("m", [amiss, worst], 1.0).missed] == [3, 1]


def test_a_report_on_the_built_in_brain_says_so_first() -> None:
    own = answered(unanswered("a", "read", "down"), considered("a"), ended("a"))
    models = answered(called("a"), considered("a"), ended("a"))

    assert report("m", [own, own, models], 1.0).warning.startswith("The built-in brain answered 2 of 3 messages")
    assert report("m", [own, models], 1.0).warning == ""


def test_a_report_on_a_model_that_was_not_asked_says_so_first() -> None:
    assert "No model was asked in 1 of 1" in report("m", [answered(considered("a"), ended("a"))], 1.0).warning


def made_up() -> Report:
    """A report in which every line of the print is needed."""
    good = answered(called("a"), called("a", "plan"), considered("a", proposals=("allow",)), ended("a"))
    refused = considered("b", "hand_off", proposals=("deny",), refused=(("amount",), ("deed",)))
    lines = (called("b", failed="ModelHTTPError"), refused, ended("b", "handed_off", reason="ungrounded", cost=None))
    bad = answered(*lines, outcome="handed_off", never=["[red]"], reply="[red]Sure![/red]", language="")
    own = answered(
        unanswered("c", "read", "nonsense"), unanswered("c", "plan", "nonsense"), considered("c"), ended("c")
    )
    return report("openai:example", [good, bad, own, own, own], 12.0)


def test_the_report_for_people_is_the_one_that_was_agreed_upon() -> None:
    width, console.width = console.width, 140
    try:
        with console.capture() as said:
            show(made_up())
    finally:
        console.width = width

    text = "\n".join(line.rstrip() for line in said.get().splitlines()) + "\n"
    assert text == (HERE / "report.txt").read_text("utf-8")


def test_the_report_for_scripts_has_the_shape_that_was_agreed_upon() -> None:
    assert shape(plain(made_up())) == json.loads((HERE / "report.json").read_text("utf-8"))


def shape(value: Any) -> Any:
    """Names as they are, values by their kind."""
    if isinstance(value, dict):
        return {name: shape(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return "null" if value is None else type(value).__name__
