"""The provider goes out at any request of a conversation and comes back: every message ends once, in one outcome."""

import pytest
from tests.llm.conftest import Open
from tests.llm.desks import IN_JSON, MODES, Twin, calls_of, using
from tests.llm.thoughts import uses
from tests.stories.lumen import TWICE, Lumen, Told

from deskhand.domain.outcome import RunOutcome

LATER = "When will you take the next payment from my card?"
REQUESTS = 6  # of the whole conversation when all is well: read, plan with a look-up, plan with its result; twice
GOOD = (RunOutcome.RESOLVED, RunOutcome.ANSWERED, RunOutcome.ASKED, RunOutcome.HANDED_OFF)


@pytest.fixture(scope="module", params=MODES)
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def conversation(lumen: Lumen) -> tuple[str, Told, Told]:
    email = lumen.customer("double_charge_small")
    first = lumen.say(email, TWICE)
    return email, first, lumen.say(email, LATER, first.number)


def ended_once_each(lumen: Lumen, email: str, first: Told, second: Told) -> None:
    assert first.result.outcome is RunOutcome.RESOLVED
    assert second.result.outcome in GOOD
    assert len(lumen.refunds(email)) == 1
    assert len(lumen.replies(first.number)) == 2
    ended = [one for one in lumen.installation.queries.timeline(first.ticket) if one.kind == "message.ended"]
    assert [one.body["message"] for one in ended] == [first.message, second.message]
    assert lumen.open_effects(first.ticket) == []


def test_out_for_one_request_at_any_point_costs_nobody_an_answer(at_work: Lumen, twin: Twin) -> None:
    twin.model.think = uses(("billing__charges", {"days": 60}))
    conversation(at_work)
    assert twin.asked == REQUESTS
    for number in range(1, REQUESTS + 1):
        twin.model.heard.clear()
        twin.model.outage = range(number, number + 1)
        email, first, second = conversation(at_work)
        ended_once_each(at_work, email, first, second)
        assert [bool(call.failed) for call in calls_of(at_work, first)].count(True) == 1
        assert twin.asked == len(calls_of(at_work, first)) <= REQUESTS
        twin.model.outage = range(0)


@pytest.mark.parametrize("number", [1, 3, 4])
def test_out_for_longer_the_model_rests_and_the_built_in_brain_goes_on(desk: Open, twin: Twin, number: int) -> None:
    lumen = desk(using(twin.name("ok", IN_JSON)))
    twin.model.think = uses(("billing__charges", {"days": 60}))
    twin.model.outage = range(number, number + 2)
    email, first, second = conversation(lumen)
    ended_once_each(lumen, email, first, second)
    assert [bool(call.failed) for call in calls_of(lumen, first)] == [False] * (number - 1) + [True, True]
    assert twin.asked == number + 1, "after two failures it is left in peace"
