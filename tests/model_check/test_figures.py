"""The figures of models are read from the journal, and nothing else."""

from tests.model_check.lines import called, considered, ended, line, unanswered

from deskhand.domain.journal_line import JournalLine
from deskhand.measurement.model_figures import ModelFigures, Spread, model_figures, told


def figures(*lines: JournalLine) -> ModelFigures:
    return model_figures(told(lines).values())


def test_calls_tokens_cost_and_time_are_counted_for_each_message() -> None:
    found = figures(
        *(called("a"), called("a", "plan", ms=300.0), considered("a"), ended("a", cost=0.004, ms=450.0)),
        *(called("b", ms=200.0), considered("b"), ended("b", cost=0.001, ms=250.0)),
    )

    assert (found.messages, found.built_in, found.unasked) == (2, 0, 0)
    assert found.calls == Spread(1, 2, 3)
    assert found.input_tokens == Spread(1000, 2000, 3000)
    assert found.cached_tokens == Spread(600, 1200, 1800)
    assert found.output_tokens == Spread(50, 100, 150)
    assert found.dollars == Spread(0.001, 0.004, 0.005)
    assert found.call_ms == Spread(200, 300, 600)
    assert found.message_ms == Spread(250, 450, 700)


def test_one_unknown_price_makes_the_cost_unknown_and_never_nothing() -> None:
    found = figures(considered("a"), ended("a", cost=None), considered("b"), ended("b", cost=0.5))

    assert found.dollars == Spread(None, None, None)


def test_a_failed_call_is_counted_and_its_time_is_not() -> None:
    found = figures(called("a", failed="ModelHTTPError", ms=9.0), called("a", ms=100.0), considered("a"), ended("a"))

    assert found.failed == {"ModelHTTPError": 1}
    assert found.call_ms == Spread(100, 100, 100)
    assert found.calls.total == 2


def test_a_message_that_no_model_read_or_planned_was_answered_by_the_built_in_brain() -> None:
    found = figures(
        *(unanswered("a", "read", "down"), considered("a"), ended("a")),
        *(called("b"), unanswered("b", "plan", "nonsense"), considered("b"), ended("b")),
        *(called("c"), called("c", "plan"), considered("c"), ended("c")),
    )

    assert found.built_in == 2
    assert found.unanswered == {"read": {"down": 1}, "plan": {"nonsense": 1}}


def test_at_the_limit_of_a_ticket_people_take_over_and_not_the_built_in_brain() -> None:
    found = figures(called("a"), unanswered("a", "plan", "budget"), considered("a", "hand_off"), ended("a"))

    assert found.built_in == 0


def test_a_judge_that_does_not_answer_makes_no_reply_the_built_in_brains() -> None:
    found = figures(called("a"), unanswered("a", "judge", "down"), considered("a"), ended("a"))

    assert found.built_in == 0


def test_a_message_without_a_call_was_not_put_to_the_model() -> None:
    assert figures(considered("a"), ended("a"), called("b"), considered("b"), ended("b")).unasked == 1


def test_drafts_are_those_that_passed_at_once_anew_or_never() -> None:
    found = figures(
        *(considered("a"), ended("a")),
        *(considered("b", "await", refused=(("amount", "deed"),)), ended("b")),
        *(considered("c", "hand_off", refused=(("deed",), ("deed",))), ended("c", "handed_off", reason="ungrounded")),
        *(considered("d", "hand_off"), ended("d", "handed_off", reason="no_source")),
    )

    assert (found.drafts.at_once, found.drafts.revised, found.drafts.stopped) == (1, 1, 1)
    assert found.drafts.all == 3
    assert found.drafts.faults == {"deed": 3, "amount": 1}
    assert found.handoffs == {"ungrounded": 1, "no_source": 1}


def test_drafts_of_the_built_in_brain_are_not_the_models() -> None:
    found = figures(unanswered("a", "plan", "timeout"), considered("a"), ended("a"))

    assert found.drafts.all == 0


def test_proposals_are_told_by_verdict_and_those_of_a_stopped_reply_apart() -> None:
    stopped = considered("b", "hand_off", proposals=("allow", "deny"), refused=(("deed",), ("deed",)))
    found = figures(
        *(considered("a", proposals=("allow", "approve")), ended("a", actions=(("refund_charge", "allow", True),))),
        *(stopped, ended("b", "handed_off", reason="ungrounded")),
    )

    assert found.proposals.verdicts == {"allow": 2, "approve": 1, "confirm": 0, "deny": 1, "escalate": 0}
    assert (found.proposals.done, found.proposals.refused) == (1, 2)


def test_what_was_told_again_after_a_crash_counts_once() -> None:
    found = figures(considered("a"), considered("a"), ended("a"), ended("a", "handed_off", reason="failure"))

    assert found.messages == 1
    assert found.handoffs == {"failure": 1}


def test_a_message_under_way_is_not_counted() -> None:
    assert figures(called("a"), considered("a")).messages == 0


def test_lines_about_something_else_are_passed_over() -> None:
    other = JournalLine(1, line("x", "a").at, "policy.decided", "deskhand:ticket:a", {"effect": "allow"}, "")

    assert figures(other, considered("a"), ended("a")).messages == 1
