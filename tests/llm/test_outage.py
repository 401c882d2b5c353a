"""The provider fails at any one request of a conversation: every message ends once, in one outcome."""

import pytest
from tests.llm.conversations import conversation, ended_once_each
from tests.llm.desks import MODES, Twin, calls_of
from tests.llm.thoughts import uses
from tests.stories.lumen import Lumen

REQUESTS = 6  # of the whole conversation when all is well: read, plan with a look-up, plan with its result; twice


@pytest.fixture(scope="module", params=MODES)
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


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
