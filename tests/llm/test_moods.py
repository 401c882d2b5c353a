"""However a model misbehaves, in either way of asking it: one outcome, one letter, one refund, and a bounded bill."""

import pytest
from tests.llm.conftest import Open
from tests.llm.desks import IN_JSON, MODES, NATIVE, Twin, calls_of, settled_once, using
from tests.stories.lumen import TWICE

from deskhand.domain.outcome import RunOutcome

# What the stand-in hears of one message: a reading and a plan.
HEARD = {
    "ok": (2, 2),
    "slow": (2, 2),
    "down": (2, 2),
    "dies": (2, 2),
    "short": (2, 2),
    "garbage": (2, 2),
    "cut": (2, 2),
    "away": (2, 2),
    "refuses": (2, 2),
    "chatty": (12, 6),  # three tries in each way of asking, for each of the two
    "empty": (12, 6),
    "spoken": (2, 6),  # where answers are asked for in JSON, a tool call is none
    "prose": (16, 10),  # three tries with native tools, then five rounds of calls that are none
}
ANSWERS = ("ok", "slow")


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("mood", HEARD)
def test_a_double_charge_is_refunded_once_and_answered_once(desk: Open, twin: Twin, mood: str, mode: str) -> None:
    lumen = desk(using(twin.name(mood, mode)))
    email = lumen.customer("double_charge_small")
    told = lumen.say(email, TWICE)
    assert told.result.outcome is RunOutcome.RESOLVED
    assert len(lumen.refunds(email)) == 1
    settled_once(lumen, told)
    assert twin.asked == len(calls_of(lumen, told)) == HEARD[mood][MODES.index(mode)]


def test_a_wrong_key_is_noted_by_its_name_and_never_with_its_words(desk: Open, twin: Twin) -> None:
    lumen = desk(using(twin.name("away", NATIVE)))
    told = lumen.say(lumen.customer("single_charge"), TWICE)
    assert [call.failed for call in calls_of(lumen, told)] == ["ModelAuthenticationError"] * 2
    assert "key-of-a-test" not in "".join(str(line.body) for line in lumen.installation.queries.timeline(told.ticket))


def test_without_a_server_the_desk_answers_as_if_there_were_no_model(desk: Open) -> None:
    lumen = desk(using("m@http://127.0.0.1:9/v1"))
    email = lumen.customer("double_charge_small")
    told = lumen.say(email, TWICE)
    assert told.result.outcome is RunOutcome.RESOLVED
    assert [call.failed for call in calls_of(lumen, told)] == ["ModelConnectionError"] * 2
    settled_once(lumen, told)


@pytest.mark.parametrize("mode", [NATIVE, IN_JSON])
@pytest.mark.parametrize("mood", ["hang", "drip"])
def test_a_server_that_never_comes_to_an_end_costs_one_wait_a_question(
    desk: Open, twin: Twin, mood: str, mode: str
) -> None:
    lumen = desk(using(twin.name(mood, mode), timeout_seconds=0.3))
    email = lumen.customer("double_charge_small")
    told = lumen.say(email, TWICE)
    assert told.result.outcome is RunOutcome.RESOLVED
    assert len(lumen.refunds(email)) == 1
    assert twin.asked == 2
    assert all(call.failed for call in calls_of(lumen, told))
    settled_once(lumen, told)


@pytest.mark.parametrize("mode", MODES)
def test_an_answer_beyond_all_bounds_is_paid_once_and_then_people_take_over(desk: Open, twin: Twin, mode: str) -> None:
    lumen = desk(using(twin.name("huge", mode), twin.name("ok", mode)))
    told = lumen.say(lumen.customer("double_charge_small"), TWICE)
    assert told.result.handoff is not None
    assert told.result.handoff.reason == "budget"
    assert twin.asked == len(calls_of(lumen, told)) == 1
    settled_once(lumen, told)


def test_when_the_first_model_talks_nonsense_the_second_one_does_all_the_work(desk: Open, twin: Twin) -> None:
    lumen = desk(using(twin.name("chatty"), twin.name("ok")))
    email = lumen.customer("double_charge_small")
    told = lumen.say(email, TWICE)
    assert told.result.outcome is RunOutcome.RESOLVED
    assert len(lumen.refunds(email)) == 1
    assert twin.model.moods == {"chatty": 6, "ok": 2}
    settled_once(lumen, told)
